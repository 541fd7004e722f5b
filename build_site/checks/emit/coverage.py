"""The coverage table as text, JSON and CSV.

Owns its forms. The text is Chinese and aligned for a fixed-width font, in which a Chinese character is two columns wide; CSV begins
with a byte-order mark, by which Excel knows that it is UTF-8.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date

from build_site.checks.coverage import CoverageRow, CoverageState

SCHEMA_VERSION = 1
_HEAD = ("项", "内容", "情况", "栏目", "篇数", "最近日期", "责任处室", "说明")
_WIDE = frozenset("WFA")  # punctuation such as “” is as wide as a character in the fonts that have Chinese


def as_text(rows: Sequence[CoverageRow], host: str, as_of: date) -> str:
    """Return the table for a leader's desk: a summary, then one line for each item; notes stand below their lines."""
    states = Counter(row.state for row in rows if row.article == 20)
    summary = "，".join(f"{state.zh} {states[state]} 项" for state in CoverageState)
    cells = [_HEAD[:-1], *(_cells(row)[:-1] for row in rows)]
    widths = [max(_width(line[place]) for line in cells) for place in range(len(_HEAD) - 1)]
    lines = [f"{host} 主动公开内容覆盖情况（截至 {as_of}）", f"第二十条十五项：{summary}", ""]
    lines.append(_line(cells[0], widths))
    lines.append("-" * (sum(widths) + 2 * (len(widths) - 1)))
    for line, row in zip(cells[1:], rows, strict=True):
        lines.append(_line(line, widths))
        if row.note:
            lines.append(f"{' ' * widths[0]}  └ {row.note}")
    return "\n".join(lines) + "\n"


def as_json(rows: Sequence[CoverageRow], as_of: date) -> str:
    """Return the table for programs: `{"schema_version", "as_of", "items": [...]}`."""
    items = [
        {
            "article": row.article,
            "item": row.item or None,
            "title": row.title,
            "state": row.state.en,
            "columns": list(row.columns),
            "count": row.count,
            "latest": row.latest.isoformat() if row.latest else None,
            "owners": list(row.owners),
            "note": row.note,
        }
        for row in rows
    ]
    body = {"schema_version": SCHEMA_VERSION, "as_of": as_of.isoformat(), "items": items}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def as_csv(rows: Sequence[CoverageRow]) -> str:
    """Return the table for Excel."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    writer.writerows(_cells(row) for row in rows)
    return "\ufeff" + out.getvalue()


def _cells(row: CoverageRow) -> tuple[str, ...]:
    latest = row.latest.isoformat() if row.latest else "—"
    columns, owners = ("、".join(names) or "—" for names in (row.columns, row.owners))
    return (row.label, row.title, row.state.zh, columns, str(row.count), latest, owners, row.note)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in _WIDE else 1 for letter in text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
