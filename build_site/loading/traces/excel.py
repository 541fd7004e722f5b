"""Excel files: cells, hidden sheets, rows and columns, comments.

Owns the reading of the parts of an `.xlsx`. Must not judge.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from build_site.loading.traces import numbers, prose, tables
from build_site.loading.traces.package import Package, local
from build_site.model.finding import Message
from build_site.model.text import Location
from build_site.model.traces import Trace, TraceKind

_MAX_CELLS = 300_000
_MAX_COLUMNS = 300
_MAX_SHEETS = 100
_ENTRY = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PARTS = frozenset({"row", "cols", "dataValidations"})


@dataclass
class _Sheet:
    title: str
    number: int
    hidden: bool
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: int = 0
    formulas: str = ""

    @property
    def name(self) -> Message:
        """What to call it; a title that holds a number is not repeated."""
        if not self.title or len(self.title) > 40 or re.search(r"\d{5}", numbers.plain(self.title)):
            return Message(f"第 {self.number} 张工作表", f"sheet {self.number}")
        return Message(f"工作表“{self.title}”", f"sheet “{self.title}”")


def traces(package: Package) -> Iterator[Trace]:
    """Yield what an Excel file carries along, without its properties. Raises what `package.BROKEN` lists."""
    where = Location(package.path, confidential=True)
    strings = _strings(package)
    left = _MAX_CELLS
    sheets = []
    names: list[str] = []
    for sheet, part in _sheets(package, names):
        _read(package, part, sheet, strings, left)
        left -= sum(map(len, sheet.rows))
        sheets.append(sheet)
        yield from _cells(where, sheet)
        if left <= 0:
            break
    referred = "\n".join((*names, *(sheet.formulas for sheet in sheets)))
    for sheet in sheets:
        yield from _hidden(where, sheet, referred)
    written = _count(package, r"xl/comments(?:\d*|/.*)\.xml", "comment")
    comments = max(written, _count(package, r"xl/threadedComments/.*\.xml", "threadedComment"))  # Excel writes both
    if comments:
        yield Trace(TraceKind.COMMENT, where, count=comments)


def _count(package: Package, parts: str, name: str) -> int:
    return sum(1 for part in package.names(parts) for _ in package.elements(part, frozenset({name})))


def _strings(package: Package) -> list[str]:
    found = []
    for item in package.elements("xl/sharedStrings.xml", frozenset({"si"})):
        found.append(_text(item))
        if len(found) >= _MAX_CELLS:
            break
    return found


def _text(element: Element) -> str:
    """Return the text of a shared or inline string, without its reading aids."""
    aids = {id(text) for aid in element if local(aid.tag) == "rPh" for text in aid.iter()}
    return "".join(item.text or "" for item in element.iter() if local(item.tag) == "t" and id(item) not in aids)


def _sheets(package: Package, names: list[str]) -> Iterator[tuple[_Sheet, str]]:
    """Yield every sheet with the name of its part; `names` gets the formulas of the names that the workbook defines."""
    targets = {
        item.get("Id", ""): posixpath.normpath(posixpath.join("xl", item.get("Target", "")).replace("xl//xl", "xl"))
        for item in package.children("xl/_rels/workbook.xml.rels")
    }
    found = []
    for group in package.children("xl/workbook.xml"):
        if local(group.tag) == "sheets":
            for number, item in enumerate(list(group)[:_MAX_SHEETS], 1):
                relation = next((value for key, value in item.items() if local(key) == "id"), "")
                hidden = item.get("state", "visible") != "visible"
                part = targets.get(relation, f"xl/worksheets/sheet{number}.xml").removeprefix("/")
                found.append((_Sheet(item.get("name", ""), number, hidden), part))
        elif local(group.tag) == "definedNames":
            names += [item.text or "" for item in group if not item.get("name", "").startswith("_xlnm")]
    if not found:
        parts = package.names(r"xl/worksheets/sheet\d*\.xml")[:_MAX_SHEETS]
        found = [(_Sheet("", number, False), part) for number, part in enumerate(parts, 1)]
    yield from found


def _read(package: Package, part: str, sheet: _Sheet, strings: list[str], left: int) -> None:
    for element in package.elements(part, _PARTS):
        match local(element.tag):
            case "cols":
                for item in element:
                    if item.get("hidden") in ("1", "true"):
                        first, last = (int(item.get(key, "0")) for key in ("min", "max"))
                        sheet.hidden_columns.update(range(first - 1, min(last, _MAX_COLUMNS)))
            case "row":
                cells = _row(element, strings)
                if cells:
                    left -= len(cells)
                    sheet.rows.append([cells.get(column, "") for column in range(max(cells) + 1)])
                    sheet.lines.append(int(element.get("r", len(sheet.rows))))
                    sheet.hidden_rows += element.get("hidden") in ("1", "true")
                if left <= 0:
                    return
            case _:
                sheet.formulas += "\n".join(item.text or "" for item in element.iter())


def _row(row: Element, strings: list[str]) -> Mapping[int, str]:
    found = {}
    for number, cell in enumerate(row):
        named = _ENTRY.fullmatch(cell.get("r", ""))
        column = _column(named[1]) if named else number
        text = _value(cell, strings)
        if text.strip() and column < _MAX_COLUMNS:
            found[column] = text
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(column: int) -> str:
    name = ""
    while column >= 0:
        name = chr(65 + column % 26) + name
        column = column // 26 - 1
    return name


def _value(cell: Element, strings: list[str]) -> str:
    kind = cell.get("t", "")
    for item in cell:
        if local(item.tag) == "is":
            return _text(item)
        if local(item.tag) == "v":
            text = item.text or ""
            if kind == "s":
                return strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
            if kind in ("", "n") and re.search(r"[.eE]", text):
                return _whole(text)
            return text
    return ""


def _whole(text: str) -> str:
    """Return a number as Excel shows it: 1.3E10 has eleven digits."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e18 else text


def _cells(where: Location, sheet: _Sheet) -> Iterator[Trace]:
    def place(row: int, column: int, at: int, length: int) -> tables.Spot:
        del at, length
        cell = f"{_letters(column)}{sheet.lines[row]}"
        return where, Message(f"{sheet.name.zh}的 {cell}", f"{sheet.name.en}, {cell}")

    table = tables.Table(sheet.rows, place, f"sheet{sheet.number}")
    yield from tables.scan(table)
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            for stretch in prose.secrecy(cell, top=1 if number < 2 else 0):
                yield replace(table.trace(stretch.kind, number, column), in_list=False)


def _hidden(where: Location, sheet: _Sheet, referred: str) -> Iterator[Trace]:
    """Yield what of a sheet is hidden and holds something; lists that cells choose from are hidden for good reason."""
    chosen_from = sheet.title and re.search(rf"(?<!\w){re.escape(sheet.title)}'?!", referred)
    columns = {column for row in sheet.rows for column, cell in enumerate(row) if cell} & sheet.hidden_columns
    if sheet.hidden:
        if sheet.rows and not chosen_from:
            spot = Message(f"隐藏的{sheet.name.zh}", f"hidden {sheet.name.en}")
            yield Trace(TraceKind.HIDDEN, where, spot)
        return
    if columns:
        letters = "、".join(map(_letters, sorted(columns)[:5]))
        spot = Message(f"{sheet.name.zh}隐藏的 {letters} 列", f"{sheet.name.en}, hidden column {letters}")
        yield Trace(TraceKind.HIDDEN, where, spot)
    if sheet.hidden_rows:
        count = sheet.hidden_rows
        spot = Message(f"{sheet.name.zh}隐藏的 {count} 行", f"{sheet.name.en}, {count} hidden rows")
        yield Trace(TraceKind.HIDDEN, where, spot)
