"""Where reports go: one form on standard output, others into files.

Owns which places are refused and what is said when a file cannot be written. Must not know what a report looks like.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import build_site
from build_site.checks.emit.forms import FORMS
from build_site.checks.emit.report import Report
from build_site.checks.emit.watch_list import digest
from build_site.checks.rules import RULES
from build_site.model.finding import Lang, Message, Severity
from build_site.output.outcome import Outcome


@dataclass(frozen=True)
class ReportFile:
    """A report that is wanted in a file: its form and its place."""

    form: str
    path: Path


@dataclass(frozen=True)
class Wanted:
    """How a person wants to be told: language, fail level, form on standard output, files, lines of a watch list."""

    lang: Lang
    fail_on: Severity
    form: str = "text"
    files: tuple[ReportFile, ...] = ()
    watch_list: int = 0


def refused(files: Iterable[ReportFile], root: Path, out: Path) -> Message | None:
    """Return why a report cannot go where it is wanted: before any work is done, so that none is lost.

    A file in the content would be taken for an attachment, one in the output folder for a page.
    """
    for file in files:
        place = file.path.resolve()
        if file.path.is_dir():
            return Message(f"✘ 报告要写成文件，这里已有文件夹：{file.path}", f"✘ a folder stands there: {file.path}")
        if not place.parent.is_dir():
            return Message(f"✘ 没有这个文件夹：{file.path.parent}", f"✘ no such folder: {file.path.parent}")
        kept = [root / name for name in ("catalog.yaml", "wording.yaml", "urls.lock", "baseline.json")]
        inside = any(place.is_relative_to(folder.resolve()) for folder in (root / "content", root / "themes", out))
        if inside or place in [one.resolve() for one in kept]:
            return Message(
                f"✘ 报告不能写到这里：{file.path}\ncontent、themes 和网站文件夹里只放网站的内容；请写到别的文件夹。",
                f"✘ a report cannot go there: {file.path}\n"
                "content, themes and the output folder hold the site only; choose another folder.",
            )
    return None


def emit(
    outcome: Outcome, root: Path, as_of: date, read_line: Callable[[str, int], str], wanted: Wanted
) -> OSError | None:
    """Write the files, then print the report or the watch list; return why a file could not be written, if so.

    Files come first, so that they are whole although whoever reads standard output has left.
    """
    more = {"hidden": outcome.hidden, "unreported": outcome.unreported, "held": len(outcome.held)}
    data = Report(
        diagnostics=outcome.diagnostics,
        lang=wanted.lang,
        as_of=as_of,
        rules={rule.code: rule for rule in RULES},
        read_line=read_line,
        counts={**outcome.counts, **{name: number for name, number in more.items() if number}},
        cards=outcome.cards,
        fail_on=wanted.fail_on,
        site=outcome.site,
        version=build_site.__version__,
        base=base_of(root),
    )
    unwritten = None
    for file in wanted.files:
        try:
            file.path.write_bytes(FORMS[file.form](data).encode("utf-8", "replace"))
        except OSError as error:
            unwritten = error
    sys.stdout.write(digest(data, wanted.watch_list) if wanted.watch_list else FORMS[wanted.form](data))
    sys.stdout.flush()
    return unwritten


def base_of(root: Path) -> str:
    """Return the way from the folder where the program runs to the site, as CI servers start at the repository."""
    here, there = Path.cwd(), root.resolve()
    if there == here.resolve() or not there.is_relative_to(here.resolve()):
        return ""
    return f"{there.relative_to(here.resolve()).as_posix()}/"
