"""Options that several commands share.

Owns their names, types and help texts. Imports nothing heavy: every start of the program loads it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day given on the command line as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; a value that is none is a usage error."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"'{value}' is not a date like 2020-11-17", param, ctx)


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Return one decorator that adds all `options`, in their order."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


FOLDER = click.Path(file_okay=False, path_type=Path)
with_lang = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="提示的语言")
with_site = click.option(
    "--site", "root", type=FOLDER, default=Path(), help="站点文件夹，里面有 catalog.yaml  [默认: 当前文件夹]"
)
with_out = click.option("--out", type=FOLDER, default=None, help="输出文件夹  [默认: 站点文件夹下的 public]")
with_day = click.option(
    "--as-of", "as_of", type=Day(), default=None, help="按哪一天构建，如 2020-11-17  [默认: 今天（上海）]"
)
with_inputs = together(
    with_site,
    with_day,
    click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="检查结果的格式"),
    with_lang,
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning"]),
        default="error",
        show_default=True,
        help="到哪一级算不通过：error 必须修改，warning 建议修改",
    ),
    click.option("--locked", is_flag=True, help="要求 urls.lock 已经是最新的（用于 CI）"),
)  # fmt: skip
