"""A Markdown file: what its front matter and its body carry along.

Owns the finding of tables in the source, with the place of every cell as an editor program shows it. Must not know
front matter from body: both are published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from build_site.loading.traces import prose, tables
from build_site.model.text import SourceFile
from build_site.model.traces import Trace

MOST = 500
"""Traces kept of one file; whoever has more has seen enough."""
_RULE_LINE = re.compile(r"^[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*$", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")
_HTML_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_HTML_ROW = re.compile(r"<tr\b[^<>]*>(.*?)(?=<tr\b|</tr|</table|\Z)", re.IGNORECASE | re.DOTALL)
_HTML_CELL = re.compile(r"<t[dh]\b[^<>]*>(.*?)(?=<t[dhr]\b|</t[dhr]|\Z)", re.IGNORECASE | re.DOTALL)
_TOP = 5
Cell = tuple[int, str]


def traces(source: SourceFile) -> tuple[Trace, ...]:
    """Return what a notice carries along, in the order of the text."""
    text = source.text
    found: list[Trace] = []
    outside: list[str] = []
    at = 0
    for number, (start, end, rows) in enumerate(_tables(text)):
        outside += (text[at:start], re.sub(r"[^\n]", " ", text[start:end]))
        at = end
        found += tables.scan(_table(source, rows, str(number)))
    rest = "".join((*outside, text[at:]))
    for stretch in (*prose.scan(rest), *prose.secrecy(rest, top=_TOP + _head_lines(text))):
        where = source.at(stretch.start, stretch.end - stretch.start)
        found.append(Trace(stretch.kind, where._replace(confidential=True), mark=stretch.mark))
    return tuple(sorted(found, key=lambda trace: (trace.where.line, trace.where.column))[:MOST])


def _head_lines(text: str) -> int:
    """How many lines the front matter has that are not blank: the top of the text lies below it."""
    end = text.find("\n---", 3)
    return sum(bool(line.strip()) for line in text[: end + 4].split("\n")) if text.startswith("---") and end > 0 else 0


def _table(source: SourceFile, rows: list[list[Cell]], name: str) -> tables.Table:
    def place(row: int, column: int, at: int, length: int) -> tables.Spot:
        return source.at(rows[row][column][0] + at, length), None

    return tables.Table([[cell for _, cell in row] for row in rows], place, name)


def _tables(text: str) -> list[tuple[int, int, list[list[Cell]]]]:
    found = []
    if "|" in text:
        found += list(_bar_tables(text))
    if "<t" in text or "<T" in text:
        found += list(_html_tables(text))
    found.sort(key=lambda table: table[0])
    apart: list[tuple[int, int, list[list[Cell]]]] = []
    for table in found:
        if not apart or table[0] >= apart[-1][1]:
            apart.append(table)
    return apart


def _bar_tables(text: str) -> Iterator[tuple[int, int, list[list[Cell]]]]:
    done = 0
    for rule in _RULE_LINE.finditer(text):
        start = text.rfind("\n", 0, max(0, rule.start() - 1)) + 1
        if rule.start() < max(1, done) or start < done or "|" not in text[start : rule.start()]:
            continue
        rows = [_bar_cells(text, start, rule.start() - 1)]
        at = rule.end() + 1
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if "|" not in text[at:end]:
                break
            rows.append(_bar_cells(text, at, end))
            at = end + 1
        done = min(at, len(text))
        yield start, done, rows


def _bar_cells(text: str, start: int, end: int) -> list[Cell]:
    line = text[start:end]
    bars = [match.start() for match in _BAR.finditer(line)]
    edges = bars if line.lstrip().startswith("|") else [-1, *bars]
    if not line.rstrip().endswith("|") or line.rstrip().endswith("\\|"):
        edges = [*edges, len(line)]
    return [(start + left + 1, line[left + 1 : right]) for left, right in pairwise(edges)]


def _html_tables(text: str) -> Iterator[tuple[int, int, list[list[Cell]]]]:
    for table in _HTML_TABLE.finditer(text):
        rows = [
            [(row.start(1) + cell.start(1), cell[1]) for cell in _HTML_CELL.finditer(row[1])]
            for row in _HTML_ROW.finditer(table[0])
        ]
        yield table.start(), table.end(), [[(table.start() + at, cell) for at, cell in row] for row in rows]
