"""Options that several commands share.

Owns their names, types and help texts. Imports nothing heavy: every start of the program loads it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from build_site.cli.day import today
from build_site.model.finding import Lang, Message

if TYPE_CHECKING:
    from build_site.cli.reporting import Wanted


@dataclass(frozen=True)
class Told:
    """Options on how the work is done: with what earlier builds left in the `cache`; saying `why` pages are rendered ("" for
    all of them, else for the page at an address); with a `profile` at the end; by the machines at the address `executor`.
    """

    cache: bool = True
    why: str | None = None
    profile: bool = False
    executor: str | None = None


F = TypeVar("F", bound=Callable[..., Any])


FORM_NAMES = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html")
ENDINGS = {
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".sarif": "sarif",
    ".xml": "junit",
    ".html": "html",
}


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


class ReportPlace(click.ParamType[tuple[str, Path]]):
    """A report file given on the command line: `FILE`, whose ending says the form, or `FORM:FILE`."""

    name = "report"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """Return form and path; an ending that means no form is a usage error."""
        if isinstance(value, tuple):
            return value
        form, colon, path = value.partition(":")
        if colon and form in FORM_NAMES and path:
            return form, Path(path)
        told = ENDINGS.get(Path(value).suffix.lower())
        if told is None:
            self.fail(f"'{value}' ends in none of {', '.join(ENDINGS)}; write FORM:FILE", param, ctx)
        return told, Path(value)


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
with_cache = click.option(
    "--no-cache", "cache", flag_value=False, default=True, help="不用上几次留在 .cache/ 里的结果，全部重新做"
)
with_told = together(
    with_cache,
    click.option("--profile", is_flag=True, help="最后列出各个阶段用了多少时间"),
    click.option(
        "--executor", metavar="地址", default=None, help="把读取和生成分给别的机器做，如 dask://10.0.0.5:8786"
    ),
)
with_day = click.option(
    "--as-of", "as_of", type=Day(), default=None, help="按哪一天构建，如 2020-11-17  [默认: 今天（上海）]"
)
with_level = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="到哪一级算不通过：error 必须修改，warning 建议修改",
)
with_reading = together(with_site, with_day, with_lang, with_level)
with_forms = together(
    click.option("--format", "form", type=click.Choice(FORM_NAMES), default="text", show_default=True, help="检查结果的格式"),
    click.option(
        "--report",
        "reports",
        type=ReportPlace(),
        multiple=True,
        metavar="文件",
        help="另外把结果写成文件，格式由后缀定（html、txt、json、jsonl、sarif、xml），或写成 格式:文件；可以写几次",
    ),
)  # fmt: skip
with_reports = together(
    with_forms,
    click.option(
        "--watch-list",
        "watch_list",
        type=click.IntRange(1, 100),
        default=None,
        metavar="行数",
        help="只显示几行摘要，给群机器人用：总数、最要紧的、由谁办",
    ),
)  # fmt: skip
with_locked = click.option("--locked", is_flag=True, help="要求 urls.lock 已经是最新的（用于 CI）")
with_inputs = together(with_reading, with_locked)


def today_or_usage(lang: Lang) -> date:
    """Return today; a day of the environment that is none is a usage error."""
    try:
        return today()
    except (ValueError, OverflowError, OSError):
        message = Message("环境变量 SOURCE_DATE_EPOCH 不是秒数", "SOURCE_DATE_EPOCH is not a number of seconds")
        raise click.UsageError(message.text(lang)) from None


def wanted(
    lang: Lang, fail_on: str, form: str, reports: tuple[tuple[str, Path], ...], watch_list: int | None
) -> Wanted:
    """Return what the options of `with_reading` and `with_reports` ask for; two that exclude each other are a usage error."""
    from build_site.cli.reporting import ReportFile, Wanted
    from build_site.model.finding import Severity

    if watch_list and form != "text":
        raise click.UsageError(
            Message(
                "--watch-list 和 --format 只能用一个；要几种结果，加 --report 文件",
                "--watch-list and --format exclude each other; use --report FILE for further reports",
            ).text(lang)
        )
    files = tuple(ReportFile(name, path) for name, path in reports)
    return Wanted(lang, Severity(fail_on), form, files, watch_list or 0)
