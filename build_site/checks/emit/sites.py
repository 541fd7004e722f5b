"""The report on many sites that were built in one run.

Owns its two own forms, text for people and JSON for programs, and how the findings of all become one report for every other form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from build_site.checks.emit import text
from build_site.checks.emit.forms import FORMS
from build_site.checks.emit.json import SCHEMA_VERSION, dumps, row, summary
from build_site.checks.emit.report import Report
from build_site.model.file_card import FileCard
from build_site.model.finding import Diagnostic, Fix, Message


@dataclass(frozen=True)
class SiteReport:
    """What came of one site: its name, its folder as it was listed, the output folder, the exit code of its build, how long it took.

    `problem` is why it could not be built where that is no finding. The places in `report` count from the site's folder;
    `prefix` leads to that, and is empty or ends in `/`.
    """

    name: str
    shown: str
    out: str
    published: bool
    code: int
    seconds: float
    report: Report
    prefix: str = ""
    problem: Message | None = None


def report(form: str, sites: Sequence[SiteReport], whole: Report) -> str:
    """Return the report in a form; `whole` is the `merged` one. Without sites it is on the list itself."""
    if form == "text":
        return _text(sites, whole)
    if form == "json":
        return _json(sites, whole)
    return FORMS[form](whole)


def merged(sites: Sequence[SiteReport], frame: Report) -> Report:
    """Return one report with the findings of all sites in their order, their paths counted from the folder of the list.

    All else is taken from `frame`.
    """
    diagnostics: list[Diagnostic] = []
    cards: dict[str, FileCard] = {}
    places: dict[str, tuple[Callable[[str, int], str], str]] = {}
    counts: Counter[str] = Counter()
    for site in sites:
        for item in site.report.diagnostics:
            path = site.prefix + item.where.path
            places[path] = site.report.read_line, item.where.path
            diagnostics.append(_moved(item, site.prefix))
        cards |= {site.prefix + path: card for path, card in site.report.cards.items()}
        counts.update(site.report.counts)
    return replace(
        frame,
        diagnostics=tuple(diagnostics),
        cards=cards,
        counts={"sites": len(sites), "published": sum(site.published for site in sites), **counts},
        read_line=_reader(places),
    )


def _moved(item: Diagnostic, prefix: str) -> Diagnostic:
    where = item.where._replace(path=prefix + item.where.path)
    return replace(item, where=where, fix=_moved_fix(item.fix, prefix) if item.fix else None)


def _moved_fix(fix: Fix, prefix: str) -> Fix:
    where = fix.where._replace(path=prefix + fix.where.path)
    return replace(fix, where=where, more=tuple(_moved_fix(one, prefix) for one in fix.more))


def _reader(places: Mapping[str, tuple[Callable[[str, int], str], str]]) -> Callable[[str, int], str]:
    def read(path: str, line: int) -> str:
        if path not in places:
            return ""
        read_line, inside = places[path]
        return read_line(inside, line)

    return read


def _text(sites: Sequence[SiteReport], whole: Report) -> str:
    if not sites:
        return text.report(whole.diagnostics, whole.read_line, whole.lang)
    return "\n".join(line for site in sites for line in _site_lines(site, whole)) + "\n"


def _site_lines(site: SiteReport, whole: Report) -> Iterator[str]:
    lang = whole.lang
    yield f"■ {_state(site).text(lang)}"
    if site.problem:
        yield f"  {site.problem.text(lang)}"
    found = tuple(_moved(item, site.prefix) for item in site.report.diagnostics)
    if found:
        yield text.report(found, whole.read_line, lang)


def _state(site: SiteReport) -> Message:
    """Return what came of a site in one line; sites are told apart by their folders where names are alike."""
    pages = site.report.counts.get("pages", 0)
    if site.published:
        zh, en = (
            f"已生成到 {site.out}（{pages} 页，{site.seconds:.1f} 秒）",
            f"written to {site.out} ({pages} pages, {site.seconds:.1f} s)",
        )
    else:
        zh, en = "没有生成，原来的网站没有改动", "not published, the last good site was not touched"
    return Message(f"{site.name}（{site.shown}）：{zh}", f"{site.name} ({site.shown}): {en}")


def _json(sites: Sequence[SiteReport], whole: Report) -> str:
    lang = whole.lang
    rows = []
    for site in sites:
        found = site.report.diagnostics
        rows.append(
            {
                "name": site.name,
                "site": site.shown,
                "out": site.out,
                "published": site.published,
                "exit_code": site.code,
                "seconds": round(site.seconds, 3),
                "problem": site.problem.text(lang) if site.problem else None,
                "summary": summary(found, site.report.counts),
                "diagnostics": [row(item, lang) for item in found],
            }
        )
    of_list = [] if sites else [row(item, lang) for item in whole.diagnostics]
    numbers = {"sites": len(sites), "published": sum(site.published for site in sites)}
    total = summary(whole.diagnostics, numbers)
    body = {"schema_version": SCHEMA_VERSION, "summary": total, "diagnostics": of_list, "sites": rows}
    return dumps(body, indent=2) + "\n"
