"""Word files: text and tables, tracked changes, comments.

Owns the reading of the parts of a `.docx`. Must not judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from build_site.loading.traces import prose, tables
from build_site.loading.traces.package import Package, local
from build_site.model.finding import Message
from build_site.model.text import Location
from build_site.model.traces import Trace, TraceKind

_BLOCKS = frozenset({"p", "tbl"})
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_MAX_CELLS = 200_000
_TOP = 5


def traces(package: Package) -> Iterator[Trace]:
    """Yield what a Word file carries along, without its properties. Raises what `package.BROKEN` lists."""
    where = Location(package.path, confidential=True)
    changes = 0
    for part in package.names(r"word/(?:document|(?:header|footer|footnotes|endnotes)\d*)\.xml"):
        paragraphs = grids = cells = 0
        found = "" if part == "word/document.xml" else "页眉、页脚或注释"
        for block in package.elements(part, _BLOCKS):
            changes += sum(local(item.tag) in _CHANGES for item in block.iter())
            if local(block.tag) == "p":
                paragraphs += 1
                yield from _paragraph(where, _text(block), paragraphs, found)
                continue
            grids += 1
            rows = [[_text(cell) for cell in _inside(row, "tc")] for row in _inside(block, "tr")]
            cells += sum(map(len, rows))
            if cells > _MAX_CELLS:
                break
            yield from _table(where, rows, grids, part)
    if changes:
        yield Trace(TraceKind.TRACKED, where, count=changes)
    comments = sum(1 for _ in package.elements("word/comments.xml", frozenset({"comment"})))
    if comments:
        yield Trace(TraceKind.COMMENT, where, count=comments)


def _paragraph(where: Location, text: str, number: int, part: str) -> Iterator[Trace]:
    if not text.strip():
        return
    spot = Message(part, "in a header, footer or note") if part else Message(f"第 {number} 段", f"paragraph {number}")
    for stretch in (*prose.scan(text), *prose.secrecy(text, top=1 if number <= _TOP or part else 0)):
        yield Trace(stretch.kind, where, spot, f"{part}{number}", mark=stretch.mark)


def _table(where: Location, rows: list[list[str]], number: int, part: str) -> Iterator[Trace]:
    def place(row: int, column: int, at: int, length: int) -> tables.Spot:
        del at, length
        zh = f"第 {number} 个表格第 {row + 1} 行第 {column + 1} 列"
        return where, Message(zh, f"table {number}, row {row + 1}, column {column + 1}")

    table = tables.Table(rows, place, f"{part}/{number}")
    yield from tables.scan(table)
    for at, row in enumerate(rows[:2] if number == 1 else ()):
        for column, cell in enumerate(row):
            for stretch in prose.secrecy(cell):
                trace = table.trace(stretch.kind, at, column)
                yield replace(trace, in_list=False)


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, through content controls, not through other tables."""
    for child in element:
        name = local(child.tag)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _inside(child, wanted)


def _text(block: Element) -> str:
    """Return the text of a paragraph or cell as it is shown, without what a tracked change deletes."""
    pieces: list[str] = []
    waiting = [block]
    while waiting:
        element = waiting.pop()
        match local(element.tag):
            case "t":
                pieces.append(element.text or "")
            case "tab":
                pieces.append("\t")
            case "br" | "cr":
                pieces.append("\n")
            case "Fallback" | "del" | "moveFrom" | "instrText":
                continue
            case "p" if pieces:
                pieces.append("\n")
        waiting += reversed(element)
    return "".join(pieces)
