"""Figures of annual reports and of the register: comparisons and trends.

Owns which numbers are shown and under which words. Must not draw.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from build_site.model.details import ReportFigures
from build_site.model.site import ColumnNode, Document, Site
from build_site.model.spec import spec_of
from build_site.model.words import ColumnKind
from build_site.rendering.charts import Series
from build_site.rendering.tables import figure, table
from build_site.rendering.views import FigureView, TableView

_YEARS = 10
_TRENDS = (
    ("requests", "历年政府信息公开申请", ("received", "granted", "partly"), "件"),
    ("suits", "历年行政复议和行政诉讼", ("reviews", "lawsuits"), "件"),
    ("documents", "历年行政规范性文件", ("made", "in_force"), "件"),
)


def labels() -> dict[str, str]:
    """Return the label of each headline figure of an annual report, in the order of the report."""
    found = {}
    for field in dataclasses.fields(ReportFigures):
        spec = spec_of(field)
        if spec and field.name != "year":
            found[field.name] = spec.aliases[0]
    return found


_REQUESTS = (
    "received",
    "carried_in",
    "granted",
    "partly",
    "refused",
    "unavailable",
    "unhandled",
    "other",
    "carried_out",
)


def handled(figures: ReportFigures) -> TableView | None:
    """Return how the requests of a report's year were handled, or None where the report does not say."""
    told = labels()
    rows = [(told[name], str(number)) for name in _REQUESTS if (number := getattr(figures, name)) is not None]
    return table(f"{figures.year}年申请办理情况", ("项目", "件"), rows, numeric=True) if rows else None


def compared(figures: ReportFigures, before: ReportFigures | None) -> TableView | None:
    """Return the figures of a report beside those of the year before, or None where there are none."""
    head = ("项目", f"{figures.year}年") + ((f"{before.year}年", "增减") if before else ())
    rows = []
    for name, label in labels().items():
        now, then = getattr(figures, name), getattr(before, name) if before else None
        if now is None and then is None:
            continue
        row = [label, _number(now)]
        if before:
            row += [_number(then), "" if now is None or then is None else f"{now - then:+d}" if now != then else "0"]
        rows.append(row)
    return table(f"{figures.year}年主要数字（件）", head, rows, numeric=True) if rows else None


def _number(value: int | None) -> str:
    return "无数据" if value is None else str(value)


def all_figures(node: ColumnNode) -> tuple[ReportFigures, ...]:
    """Return the figures of a column's reports, oldest first, of each year the newest document's."""
    found: dict[int, ReportFigures] = {}
    for document in node.documents:
        if document.notice.figures:
            found.setdefault(document.notice.figures.year, document.notice.figures)
    return tuple(found[year] for year in sorted(found))


def newest_report(site: Site) -> tuple[ReportFigures, Document] | None:
    """Return the figures of the newest annual report with the document they stand in, if there is one."""
    for node in site.columns.values():
        if node.column.page_kind is ColumnKind.REPORTS:
            told = [(item.notice.figures, item) for item in node.documents if item.notice.figures]
            if told:
                return max(told, key=lambda pair: (pair[0].year, pair[1].address))
    return None


def trends(node: ColumnNode) -> tuple[FigureView, ...]:
    """Return the figures of the last ten years' reports as charts; one year alone is no trend."""
    told = all_figures(node)[-_YEARS:]
    if len(told) < 2:
        return ()
    names = labels()
    years = [f"{item.year}年" for item in told]
    found = []
    for key, caption, fields, unit in _TRENDS:
        series = [Series(names[field], tuple(getattr(item, field) for item in told)) for field in fields]
        series = [item for item in series if any(item.values)]  # bars of noughts are no picture; each report has them
        found.append(figure(key, caption, "年度", years, series, unit) if series else None)
    return tuple(item for item in found if item)


def counts(key: str, caption: str, label: str, pairs: Sequence[tuple[str, int]]) -> FigureView | None:
    """Return numbers of documents by year or column as a chart; a single bar is no picture."""
    if len(pairs) < 2:
        return None
    series = Series("文件", tuple(number for _, number in pairs))
    return figure(key, caption, label, [name for name, _ in pairs], [series], "条")
