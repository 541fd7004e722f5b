"""Tables and figures of views: small builders that several kinds of page use.

Owns the way from plain values to `TableView` and `FigureView`. Must not know the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from build_site.rendering.charts import Series, bar_chart, summary
from build_site.rendering.views import Cell, FigureView, TableView

NONE = "—"


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str | Cell]], numeric: bool = False) -> TableView:
    """Return a table; an empty text becomes a dash, so that no cell is empty."""
    cells = tuple(tuple(map(_cell, row)) for row in rows)
    return TableView(caption, tuple(head), cells, numeric)


def _cell(value: str | Cell) -> Cell:
    cell = value if isinstance(value, Cell) else Cell(value)
    return cell if cell.text else Cell(NONE)


def figure(
    key: str, caption: str, label: str, labels: Sequence[str], series: Sequence[Series], unit: str
) -> FigureView | None:
    """Return a bar chart with its table, or None where there is nothing to show.

    `label` heads the column of `labels`; `key` makes the ids of the drawing unique on its page.
    """
    svg = bar_chart(key, caption, summary(labels, series, unit), labels, series, unit)
    if not svg:
        return None
    rows = [
        (name, *("无数据" if value is None else f"{value:g}" for value in values))
        for name, *values in zip(labels, *(item.values for item in series), strict=True)
    ]
    head = (label, *(f"{item.name}（{unit}）" for item in series))
    return FigureView(caption, svg, table(f"{caption}（数据表）", head, rows, numeric=True))
