"""What `build-site build-all` does, and what it says.

Owns how one site of the list is built, which are built at once, the one report and the exit code. Findings go to standard output, summaries
and progress to standard error.
"""

from __future__ import annotations

import posixpath
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import build_site
from build_site.checks.emit.report import Report
from build_site.checks.emit.sites import SiteReport, merged, report
from build_site.checks.rules import RULES
from build_site.checks.run import check_faults
from build_site.cli.crash import crash_report
from build_site.cli.reporting import Wanted, base_of, refused
from build_site.cli.telling import CLEAN, FINDINGS, USAGE, Progress, disk_message, say, unwritten_message
from build_site.cli.work import line_reader, made
from build_site.loading.catalogue import CATALOGUE_NAME
from build_site.loading.git import GitError
from build_site.loading.site_list import PlannedSite, load_site_list
from build_site.model.finding import Diagnostic, Fault, Message
from build_site.output.folder import OutputRefusedError
from build_site.output.means import Means
from build_site.output.outcome import Outcome
from build_site.output.side_by_side import side_by_side
from build_site.output.store import FOLDER as STORE_FOLDER
from build_site.output.store import Store
from build_site.output.workers import cores

BUG, INTERRUPTED = 3, 130
_KILLED = Message(
    "系统结束了生成它的进程，多半是内存不够；原来的网站没有改动",
    "the system ended the process that built it, most likely for want of memory; the last good site was not touched",
)


@dataclass(frozen=True)
class Order:
    """How the sites are to be built and told of: the day, the report, as with --locked, whether urls.lock is brought up to date,
    whether earlier results are used.
    """

    as_of: date
    wanted: Wanted
    locked: bool
    record: bool
    cache: bool


@dataclass(frozen=True)
class Result:
    """What came of one site: the exit code of its build, the outcome or the reason why there is none, seconds."""

    code: int
    seconds: float
    outcome: Outcome | None = None
    problem: Message | None = None


def build_all(file: Path, order: Order) -> int:
    """Build the sites of the list in `file` and report; return the worst of their exit codes."""
    wanted = order.wanted
    try:
        sites, faults = load_site_list(file)
    except OSError as error:
        say(disk_message(error), wanted.lang)
        return USAGE
    if faults:
        return _bad_list(file, check_faults(faults), order)
    refusal = next(filter(None, (refused(wanted.files, site.root, site.out) for site in sites)), None)
    if refusal:
        say(refusal, wanted.lang)
        return USAGE
    start = time.monotonic()
    results, whole = _built(sites, order)
    unwritten = _tell(file, sites, results, order)
    _summary(sites, results, time.monotonic() - start, order, whole)
    if unwritten:
        say(unwritten_message(unwritten), wanted.lang)
    codes = [result.code for result in results.values()]
    return max([*codes, USAGE if unwritten else CLEAN]) if whole else INTERRUPTED


def _built(sites: Sequence[PlannedSite], order: Order) -> tuple[dict[int, Result], bool]:
    """Return the results by the sites' numbers, and whether nobody interrupted.

    With at least as many sites as processors, each is built by a process of its own; fewer are built one after the other, each
    spread over the processors.
    """
    results: dict[int, Result] = {}
    progress = Progress(order.wanted.lang)
    hands = cores()
    try:
        if 1 < hands <= len(sites) and sys.platform == "linux":
            import build_site.output.build  # noqa: F401 - once, and not in every process

            for number, result in side_by_side(lambda number: _build(sites[number], order), len(sites), hands):
                results[number] = result or Result(USAGE, 0.0, problem=_KILLED)
                progress("sites", len(results), len(sites))
        else:
            for number, site in enumerate(sites):
                results[number] = _build(site, order)
                progress("sites", len(results), len(sites))
    except KeyboardInterrupt:
        progress.clear()
        return dict(sorted(results.items())), False
    progress.clear()
    return dict(sorted(results.items())), True


def _build(site: PlannedSite, order: Order) -> Result:
    """Build one site; whatever goes wrong with it is its result."""
    start = time.monotonic()
    if not (site.root / CATALOGUE_NAME).is_file():
        found = check_faults([Fault("listed-site-missing", site.where, (("path", site.shown),))])
        return Result(USAGE, 0.0, Outcome(found, misconfigured=True))
    try:
        outcome = _outcome(site, order)
    except (OutputRefusedError, GitError) as no:
        problem = Message(f"✘ {no.message.zh}；{no.help.zh}", f"✘ {no.message.en}; {no.help.en}")
        return Result(USAGE, time.monotonic() - start, problem=problem)
    except OSError as error:
        return Result(USAGE, time.monotonic() - start, problem=disk_message(error))
    except Exception as error:
        text = crash_report(error, order.wanted.lang)
        return Result(BUG, time.monotonic() - start, problem=Message(text, text))
    failed = outcome.fails(order.wanted.fail_on)
    code = USAGE if outcome.misconfigured else FINDINGS if failed else CLEAN
    return Result(code, time.monotonic() - start, replace(outcome, rendered={}, addresses=frozenset()))


def _outcome(site: PlannedSite, order: Order) -> Outcome:
    folder = site.cache or site.root / STORE_FOLDER
    means = Means(store=Store(folder if order.cache else None))
    return made(
        site.root, site.out, order.as_of, order.locked, order.wanted.fail_on, order.record, False, means, site.themes
    )


def _bad_list(file: Path, found: tuple[Diagnostic, ...], order: Order) -> int:
    """Say what is wrong with the list itself."""
    lang = order.wanted.lang
    whole = replace(_frame(file, order), diagnostics=found, read_line=line_reader(file.parent))
    unwritten = _write((), whole, order.wanted)
    say(
        Message(
            "✘ 站点清单需要先改正；一个站点也没有生成", "✘ the list of sites must be corrected first; none was built"
        ),
        lang,
    )
    if unwritten:
        say(unwritten_message(unwritten), lang)
    return USAGE


def _tell(file: Path, sites: Sequence[PlannedSite], results: Mapping[int, Result], order: Order) -> OSError | None:
    """Write the report; return why a file could not be written, if so."""
    frame = _frame(file, order)
    told = [_site_report(sites[number], result, file, frame) for number, result in results.items()]
    return _write(told, merged(told, frame), order.wanted)


def _site_report(site: PlannedSite, result: Result, file: Path, frame: Report) -> SiteReport:
    outcome = result.outcome or Outcome(())
    in_list = any(item.where.path == file.name and item.name == "listed-site-missing" for item in outcome.diagnostics)
    folder = posixpath.normpath(site.shown)
    return SiteReport(
        name=site.name,
        shown=site.shown,
        out=str(site.out),
        published=outcome.published,
        code=result.code,
        seconds=result.seconds,
        report=replace(
            frame,
            diagnostics=outcome.diagnostics,
            counts=outcome.counts,
            cards=outcome.cards,
            read_line=line_reader(file.parent) if in_list else line_reader(site.root, site.themes),
        ),
        prefix="" if in_list or folder == "." else f"{folder}/",
        problem=result.problem,
    )


def _frame(file: Path, order: Order) -> Report:
    """Return a report without findings, as all reports of this run are."""
    return Report(
        diagnostics=(),
        lang=order.wanted.lang,
        as_of=order.as_of,
        rules={rule.code: rule for rule in RULES},
        read_line=lambda path, line: "",
        fail_on=order.wanted.fail_on,
        site=file.name,
        version=build_site.__version__,
        base=base_of(file.parent),
    )


def _write(sites: Sequence[SiteReport], whole: Report, wanted: Wanted) -> OSError | None:
    unwritten = None
    for place in wanted.files:
        try:
            place.path.write_bytes(report(place.form, sites, whole).encode("utf-8", "replace"))
        except OSError as error:
            unwritten = error
    sys.stdout.write(report(wanted.form, sites, whole))
    sys.stdout.flush()
    return unwritten


def _summary(
    sites: Sequence[PlannedSite], results: Mapping[int, Result], seconds: float, order: Order, whole: bool
) -> None:
    """Say how many sites were published, and of the others which were not and why, as far as that is no finding."""
    lang = order.wanted.lang
    if order.wanted.form != "text":  # there the report itself tells
        for number, result in results.items():
            if result.problem:
                say(
                    Message(f"{sites[number].name}：{result.problem.zh}", f"{sites[number].name}: {result.problem.en}"),
                    lang,
                )
    done = sum(result.outcome is not None and result.outcome.published for result in results.values())
    pages = sum(result.outcome.counts.get("pages", 0) for result in results.values() if result.outcome)
    zh, en = f"共检查 {pages} 页，{seconds:.1f} 秒", f"{pages} pages checked in {seconds:.1f} s"
    if not whole:
        say(
            Message(
                f"\n已中断。{len(sites)} 个站点中 {done} 个已经生成，其余的没有做完",
                f"\nInterrupted. {done} of {len(sites)} sites were published, the others were not finished",
            ),
            lang,
        )
    elif done == len(sites):
        say(Message(f"✔ {done} 个站点全部生成（{zh}）", f"✔ all {done} sites were published ({en})"), lang)
    else:
        left = "、".join(sites[number].name for number, result in results.items() if result.code)
        say(
            Message(
                f"✘ {len(sites)} 个站点中 {done} 个已经生成，{len(sites) - done} 个没有：{left}（{zh}）",
                f"✘ {done} of {len(sites)} sites were published; not published: {left} ({en})",
            ),
            lang,
        )
