"""Mistakes on the command line, in words for an editor.

Owns the Chinese wording of click's usage errors.
"""

from __future__ import annotations

import click

from build_site.cli.options import ENDINGS
from build_site.model.finding import Lang


def usage_text(error: click.ClickException, lang: Lang) -> str:
    """Return what is wrong on the command line and how to go on."""
    if lang == "en":
        return f"{error.format_message()}\nTry: build-site --help"
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "build-site"
    return f"{_chinese(error)}\n查看用法：{command.replace('python -m build_site', 'build-site')} --help"


def _chinese(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        return f"缺少 {name}"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param and error.param.opts else ""
        if error.param and isinstance(error.param.type, click.Choice):
            return f"{name} 只能是：{'、'.join(error.param.type.choices)}"
        kind = error.param.type if error.param else None
        if isinstance(kind, click.Path):
            value = error.message.split("'")[1] if "'" in error.message else ""
            return f"{name} 不是文件夹：{value}"
        if kind is not None and kind.name == "date":
            return f"{name} 不是日历上的日期，写成 2020-11-17"
        if kind is not None and kind.name == "report":
            return f"{name} 看不出要什么格式；文件名以 {'、'.join(ENDINGS)} 结尾，或写成 格式:文件，如 gitlab:gl.json"
        if isinstance(kind, click.IntRange):
            return f"{name} 后面写 {kind.min} 到 {kind.max} 的整数"
        if kind is not None and kind.name == "url":
            return f"{name} 要写完整的网址，如 https://www.example.gov.cn/zfxxgk/"
        return f"{name} 的值不对"
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name} 后面要写一个值"
    text = error.format_message()
    if isinstance(error, click.UsageError) and text.startswith("No such command"):
        wrong = text.split("'")[1] if "'" in text else ""
        others = [part for part in text.split("'")[3::2] if part]
        return f"没有“{wrong}”这个命令" + (f"，是不是 {'、'.join(others)}？" if others else "")
    if text.startswith("Missing command"):
        return "没有写要做什么，例如 build-site build"
    return text.replace("Got unexpected extra argument", "多出的参数")
