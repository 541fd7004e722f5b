"""The command `build-site`.

Owns the list of commands and the exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 a bug of
ours. Commands import what they need when they run, so that `--version` and mistakes answer at once.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import click

import build_site
from build_site.cli import operating
from build_site.cli.build_all import build_all
from build_site.cli.crash import crash_report
from build_site.cli.crawl import crawl
from build_site.cli.options import (
    FOLDER,
    Told,
    today_or_usage,
    wanted,
    with_day,
    with_inputs,
    with_lang,
    with_out,
    with_reports,
    with_site,
    with_told,
)
from build_site.cli.publish import package, publish
from build_site.cli.serve import serve
from build_site.cli.signing import keygen, sign
from build_site.cli.theme import theme
from build_site.cli.usage import usage_text
from build_site.cli.verify import verify
from build_site.model.finding import Lang, Message

_GROW = Message("--grow 和 --write-baseline 一起用，后面写理由", "--grow goes with --write-baseline and needs a reason")
_EITHER = Message("--changed-since 和 --write-baseline 只能用一个", "use --changed-since or --write-baseline, not both")
_INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
EXIT_FINDINGS, EXIT_USAGE, EXIT_BUG, EXIT_INTERRUPTED = 1, 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(build_site.__version__, prog_name="build-site", message="%(prog)s %(version)s", help="显示版本")
def cli() -> None:
    """政府信息公开专栏静态网站生成器。

    \b
    常用：
      build-site build        检查并生成网站到 public/
      build-site check        只检查，不写任何文件
      build-site serve        边写边看
      build-site explain 编号  解释一条规则
      build-site coverage     十五项公开内容的覆盖情况表
    """  # noqa: D301 - the escape is click's mark for "do not wrap"


@cli.command()
@with_inputs
@with_out
@with_reports
@with_told
@click.option(
    "--why",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[页面]",
    help="最后说明哪些页面为什么重新生成；可以只问一个页面",
)
@click.option("--quarantine", is_flag=True, help="问题都在没有发布过的文章里时，留下这些文章，发布其余的")
def build(
    root: Path,
    out: Path | None,
    as_of: date | None,
    locked: bool,
    cache: bool,
    profile: bool,
    executor: str | None,
    why: str | None,
    quarantine: bool,
    **told: Any,
) -> None:
    """检查并生成网站；有必须修改的问题时，保留上一次的网站不动。"""
    from build_site.cli import work

    lang: Lang = told["lang"]
    day = as_of or today_or_usage(lang)
    record = day <= today_or_usage(lang)
    raise SystemExit(
        work.build(
            root,
            out or root / "public",
            day,
            wanted(**told),
            locked,
            record,
            quarantine,
            Told(cache, why, profile, executor),
        )
    )


@cli.command()
@with_inputs
@with_reports
@with_told
@click.option("--changed-since", "revision", metavar="版本", help="只报告从这个 Git 版本以来改动的文件和改动引起的问题")
@click.option("--write-baseline", is_flag=True, help="把现有的问题记进 baseline.json；已经有的，只减不增")
@click.option("--grow", "reason", metavar="理由", help="写明理由，允许 --write-baseline 增加问题")
def check(
    root: Path,
    as_of: date | None,
    locked: bool,
    cache: bool,
    profile: bool,
    executor: str | None,
    revision: str | None,
    write_baseline: bool,
    reason: str | None,
    **told: Any,
) -> None:
    """只检查，除了 .cache/ 不写任何文件（--report 写报告，--write-baseline 写 baseline.json）。"""
    from build_site.cli import inherited, work

    lang: Lang = told["lang"]
    if reason is not None and (not write_baseline or not reason.strip()):
        raise click.UsageError(_GROW.text(lang))
    if revision is not None and write_baseline:
        raise click.UsageError(_EITHER.text(lang))
    day = as_of or today_or_usage(lang)
    how = Told(cache, profile=profile, executor=executor)
    if write_baseline:
        raise SystemExit(inherited.write(root, day, wanted(**told), (reason or "").strip(), how))
    if revision is not None:
        raise SystemExit(inherited.since(root, revision, day, wanted(**told), locked, how))
    raise SystemExit(work.check(root, day, wanted(**told), locked, how))


@cli.command()
@with_site
@with_day
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True, help="表的格式"
)
@with_lang
def coverage(root: Path, as_of: date | None, form: str, lang: Lang) -> None:
    """条例第二十条十五项的覆盖情况表。"""
    from build_site.cli.coverage import show

    raise SystemExit(show(root, as_of or today_or_usage(lang), form, lang))


@cli.command()
@click.argument("rule", metavar="[编号、名称或标题里的词]", required=False)
@click.option("--by-basis", "basis", is_flag=True, help="按依据的法规和条款列出规则")
@with_lang
def explain(rule: str | None, lang: Lang, basis: bool) -> None:
    """解释一条规则；不写编号时列出全部规则。"""
    if rule and basis:
        raise click.UsageError(
            Message("--by-basis 列出全部规则，不写编号", "--by-basis lists all rules; leave the code out").text(lang)
        )
    from build_site.cli import work

    raise SystemExit(work.explain(rule, lang, basis))


@cli.command()
@with_site
@click.option("--apply", "write", is_flag=True, help="把改动写进文件；不写时只显示")
@with_lang
def fix(root: Path, write: bool, lang: Lang) -> None:
    """改正不会改变意思的写法，如全角的网址、文号的括号；默认只显示。"""
    from build_site.cli.fix import fix as fix_site

    raise SystemExit(fix_site(root, today_or_usage(lang), write, lang))


@cli.command()
@with_site
@with_out
@with_lang
def clean(root: Path, out: Path | None, lang: Lang) -> None:
    """删除生成的网站；不是本程序生成的文件夹不会删除。"""
    from build_site.cli import work

    raise SystemExit(work.clean(root, out or root / "public", lang))


@cli.command()
@click.argument("folder", metavar="文件夹", type=FOLDER)
@with_lang
def init(folder: Path, lang: Lang) -> None:
    """新建一个小而完整的站点。"""
    from build_site.cli.starter import start

    raise SystemExit(start(folder, lang))


cli.add_command(build_all)
cli.add_command(crawl)
cli.add_command(keygen)
cli.add_command(package)
cli.add_command(publish)
cli.add_command(serve)
cli.add_command(sign)
cli.add_command(theme)
cli.add_command(verify)
for operator_command in operating.COMMANDS:
    cli.add_command(operator_command)


def run() -> None:
    """Run the command line and exit; never ends in a traceback."""
    lang: Lang = "en" if _wants_english(sys.argv) else "zh"
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    for number in _INTERRUPTS:
        signal.signal(number, _interrupt)
    try:
        cli.main(standalone_mode=False)
        code = 0
    except SystemExit as finished:
        code = finished.code if isinstance(finished.code, int) else 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        _interrupted(lang)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = EXIT_USAGE
    except click.ClickException as error:
        click.echo(usage_text(error, lang), err=True)
        code = EXIT_USAGE
    except BrokenPipeError:
        sys.stderr.close()
        code = EXIT_FINDINGS
    except Exception as error:
        click.echo(crash_report(error, lang), err=True)
        code = EXIT_BUG
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End at once when everything is said: taking a large site apart record by record would take another second."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)  # nobody reads any more; Python's own way knows what to do
    os._exit(code)


def _interrupt(number: int, frame: object) -> None:
    """Leave by one way for Ctrl-C and for a cancelled CI job; whoever asks again does not disturb the cleaning up."""
    del number, frame
    for each in _INTERRUPTS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _wants_english(arguments: list[str]) -> bool:
    return "--lang=en" in arguments or any(pair == ("--lang", "en") for pair in pairwise(arguments))


def _interrupted(lang: Lang) -> NoReturn:
    message = Message("已中断。原来的网站没有改动。", "Interrupted. The last good site was not touched.")
    click.echo("\n" + message.text(lang), err=True)
    sys.stdout.flush()
    os._exit(EXIT_INTERRUPTED)  # everything is cleaned up; the usual way out would wait for killed helpers
