"""Tables: whether one lists people, and what of them it shows.

Owns the reading of heads and columns. Must not know from which kind of file a table came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from build_site.loading.traces import numbers, words
from build_site.model.finding import Message
from build_site.model.text import Location
from build_site.model.traces import Trace, TraceKind, mark_of

Spot = tuple[Location, Message | None]
_HEAD_ROWS = 6
_BANK = re.compile(r"62|4|5[1-5]|95588|9558")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Table:
    """Rows of cells as they were written, and a function from row, column, offset and length to the place.

    `name` tells it from the other tables of its file.
    """

    rows: Sequence[Sequence[str]]
    place: Callable[[int, int, int, int], Spot]
    name: str

    @cached_property
    def head(self) -> tuple[int, dict[int, str]]:
        """The number of the row that names the columns, and the names without blanks; -1 where there is none."""
        first = -1
        for number, row in enumerate(self.rows[:_HEAD_ROWS]):
            labels = {column: _label(cell) for column, cell in enumerate(row) if cell.strip()}
            if len(labels) < 2:
                continue
            if any(_names_people(label) for label in labels.values()):
                return number, labels
            first = number if first < 0 else first
        if first < 0:
            return -1, {}
        return first, {column: _label(cell) for column, cell in enumerate(self.rows[first]) if cell.strip()}

    @cached_property
    def people(self) -> dict[int, str]:
        """The rows that name somebody in a table of people, with the name; empty for every other table."""
        _, labels = self.head
        if any(words.STAFF.search(label) for label in labels.values()) or _of_the_fallen(labels.values()):
            return {}
        column = next((column for column, label in labels.items() if _names_people(label)), -1)
        if column < 0:
            return {}
        found = {}
        for number, cells in self.below(column):
            name = re.sub(r"[\s（(].*", "", re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", cells))
            if words.ANY_NAME.fullmatch(name) and name not in words.NO_NAME and not words.VALUE.search(name):
                found[number] = name
        known = sum(bool(words.SURNAME.match(name)) for name in found.values())
        return found if 2 * known > len(found) else {}  # or the column holds the labels of a form

    def below(self, column: int) -> Iterator[tuple[int, str]]:
        """Yield the cells of `column` below the head that are not blank, with the numbers of their rows."""
        start, _ = self.head
        for number in range(start + 1, len(self.rows)):
            row = self.rows[number]
            text = _TAG.sub("", row[column]).strip() if column < len(row) else ""
            if text:
                yield number, text

    def trace(self, kind: TraceKind, row: int, column: int, at: int = 0, length: int = 0) -> Trace:
        """Return a trace at a cell, or in it from the offset `at`."""
        cell = self.rows[row][column]
        lead = len(cell) - len(cell.lstrip())
        where, spot = self.place(row, column, at if length else lead, length or max(1, len(cell.strip())))
        return Trace(kind, where._replace(confidential=True), spot, f"{self.name}/{column}", bool(self.people))


def _label(cell: str) -> str:
    return re.sub(r"[\s*]+", "", _TAG.sub("", cell))


def _names_people(label: str) -> bool:
    return bool(words.NAME.fullmatch(label)) and not words.NO_PERSON.match(label)


def _of_the_fallen(labels: Iterable[str]) -> bool:
    """Whether a table lists martyrs and nobody who is alive."""
    told = tuple(labels)
    fallen = any(words.FALLEN.search(label) for label in told)
    return fallen and not any(words.LIVING.search(label) for label in told)


def scan(table: Table) -> Iterator[Trace]:
    """Yield what a table shows of people."""
    yield from _numbers(table)
    if table.people:
        for column, label in table.head[1].items():
            yield from _open_values(table, column, label)
            yield from _health(table, column, label)
        yield from _minors(table)
        first = min(table.people)
        column = next(column for column, label in table.head[1].items() if _names_people(label))
        named = sum("某" not in name for name in table.people.values())
        yield replace(table.trace(TraceKind.PEOPLE, first, column), count=named, group=table.name)


def _numbers(table: Table) -> Iterator[Trace]:
    _, labels = table.head
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            label = labels.get(column, "")
            beside = _label(row[column - 1]) if column else ""
            beside = "" if any(char.isdigit() for char in beside) else beside
            for hit in numbers.find(cell, cards=bool(table.people)):
                if hit.kind is TraceKind.CARD and not _is_card(hit.digits, label):
                    continue
                if hit.kind is not TraceKind.CARD and _is_other(label or beside, hit, bool(table.people)):
                    continue
                trace = table.trace(hit.kind, number, column, hit.start, hit.end - hit.start)
                yield replace(trace, mark=mark_of(hit.digits))
            if words.MILITARY.search(label) and re.search(r"\d{5}", numbers.plain(cell)) and not _masked(cell):
                yield table.trace(TraceKind.MILITARY, number, column)
            elif len(cell) > 5:
                for match in words.MILITARY_NUMBER.finditer(cell):
                    if match.lastgroup == "unit" and words.LONG_PAST.search(" ".join(row)):
                        continue
                    at = match.start(match.lastgroup or 0)
                    yield table.trace(TraceKind.MILITARY, number, column, at, match.end() - at)


def _is_card(digits: str, label: str) -> bool:
    if re.search(r"银行|卡号|[账帐]号|社保|社会保障", label):
        return True
    return bool(_BANK.match(digits)) and not words.OTHER_NUMBER.search(label)


def _is_other(label: str, hit: numbers.Hit, people: bool) -> bool:
    """Whether the head of a column says that its numbers belong to something else.

    An account may have as many digits as an identity number, and where no people are listed it is an account.
    """
    known = words.VALUE.search(label)
    if known and known.lastgroup == "card" and (len(hit.digits) < 18 or not people):
        return True
    if len(hit.digits) == 18:
        return bool(re.search(r"信用代码|机构代码|税号|纳税人", label))
    return bool(words.OTHER_NUMBER.search(label)) and not words.VALUE.search(label)


def _masked(text: str) -> bool:
    return bool(words.MASK.search(text))


def _open_values(table: Table, column: int, label: str) -> Iterator[Trace]:
    known = words.VALUE.search(label)
    if not known:
        return
    what = known.lastgroup or ""
    offices = any(words.POST.search(other) for other in table.head[1].values())
    for number, text in table.below(column):
        value = numbers.plain(text)
        if number not in table.people or _masked(value):
            continue
        if what == "address":
            shown = bool(words.ADDRESS.search(value))
        elif what == "phone":
            shown = not offices and bool(words.LANDLINE.fullmatch(value))
        else:
            digits = re.sub(r"[ -]", "", value)
            shown = bool(words.DIGITS.fullmatch(digits)) and not _told_already(value, label)
        if shown:
            yield replace(table.trace(TraceKind.OPEN_COLUMN, number, column), what=words.VALUE_NAMES[what])


def _told_already(value: str, label: str) -> bool:
    """Whether a cell of a table of people is reported for its number, and need not be for its column."""
    return any(
        _is_card(hit.digits, label) if hit.kind is TraceKind.CARD else not _is_other(label, hit, people=True)
        for hit in numbers.find(value, cards=True)
    )


def _health(table: Table, column: int, label: str) -> Iterator[Trace]:
    if not words.HEALTH.search(label):
        return
    for number, text in table.below(column):
        if words.FULL_NAME.fullmatch(_full(table, number)) and not words.HEALTHY.fullmatch(text):
            yield table.trace(TraceKind.HEALTH, number, column)


def _full(table: Table, row: int) -> str:
    """Return the full name in a row, or an empty string where it is masked."""
    name = table.people.get(row, "")
    return "" if words.UNNAMED.search(name) else name


def _minors(table: Table) -> Iterator[Trace]:
    labels = table.head[1]
    if any(words.TEACHER.search(label) for label in labels.values()):
        return
    told = [column for column, label in labels.items() if words.SCHOOL.search(label)]
    ages = [column for column, label in labels.items() if words.AGE.search(label)]
    if not told:
        return
    for number in table.people:
        row = table.rows[number]
        young = next((column for column in told if column < len(row) and words.YOUNG.search(row[column])), -1)
        for column in ages:
            age = re.match(r"\s*(\d{1,2})\s*岁?\s*$", numbers.plain(row[column])) if column < len(row) else None
            young = column if age and int(age[1]) < 14 else young
        if young >= 0 and _full(table, number):
            yield table.trace(TraceKind.MINOR, number, young)
