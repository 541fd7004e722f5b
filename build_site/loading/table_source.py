"""Tables as they are written: rows and heads in Markdown, with their places.

Owns what can only be seen in the source: cells that Markdown drops, heads that say nothing, tables that touch the line
above them. Must not know the HTML made of them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from build_site.loading.source_places import mask
from build_site.model.finding import Fault
from build_site.model.text import SourceFile

_RULE_LINE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_RULE = re.compile(r"^[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*$", re.MULTILINE)
_OTHER_BLOCK = re.compile(r"[ \t>#|]|[-*+] |\d+[.)] |$")
_BAR = re.compile(r"(?<!\\)\|")
_TABLE_TAG = re.compile(r"<table\b", re.IGNORECASE)
_HEAD_TAG = re.compile(r"<th\b[^<>]*>", re.IGNORECASE)
_NOTHING = re.compile(r"(?:\s|&nbsp;|&#160;|<br\s*/?>|</?(?:p|b|strong|span)\b[^<>]*>)*</?t[hdr]", re.IGNORECASE)


def parted(text: str) -> str:
    """Return `text` with an empty line before each table that touches the line above it, where Markdown would see none:
    a caption is written right above its table, and the table must not become a line of bars.
    """
    if "|" not in text or not _RULE.search(text):
        return text
    masked = mask(text)
    spots = []
    for rule in _RULE.finditer(masked):
        head = masked.rfind("\n", 0, max(rule.start() - 1, 0)) + 1
        above = masked.rfind("\n", 0, max(head - 1, 0)) + 1
        line = masked[above : head - 1] if head else ""
        if head and "|" in masked[head : rule.start()] and "|" not in line and not _OTHER_BLOCK.match(line):
            spots.append(head)
    return "\n".join(text[start:end] for start, end in zip([0, *spots], [*spots, None], strict=True))


def faults(source: SourceFile, text: str, offset: int) -> list[Fault]:
    """Find table rows with more cells than the head (Markdown drops what is too much, without a word), heads with
    blank cells, and tables without head cells.
    """
    found: list[Fault] = []
    if "|" in text:
        found += _rows(source, text, offset)
    if "<table" in text.lower():
        found += _raw(source, text, offset)
    return found


def _rows(source: SourceFile, text: str, offset: int) -> list[Fault]:
    found: list[Fault] = []
    lines = mask(text).split("\n")
    at = width = 0
    for number, line in enumerate(lines):
        if _RULE_LINE.fullmatch(line.strip()) and number and "|" in lines[number - 1]:
            head = lines[number - 1]
            width = _cells(head)
            start = at - len(head) - 1
            found += _blank_head(source, offset + start, head, text[start : at - 1])
        elif "|" not in line:
            width = 0
        elif width and _cells(line) > width:
            data = (("cells", str(_cells(line))), ("width", str(width)))
            found.append(Fault("table-row-too-long", source.at(offset + at, len(line)), data))
        at += len(line) + 1
    return found


def _cells(line: str) -> int:
    inner = line.strip().replace("\\|", "")
    return inner.removeprefix("|").removesuffix("|").count("|") + 1


def _blank_head(source: SourceFile, start: int, masked: str, head: str) -> list[Fault]:
    """Find the first blank cell of a table's head but the top-left one."""
    bars = [match.start() for match in _BAR.finditer(masked)]
    edges = [*bars] if head.lstrip().startswith("|") else [-1, *bars]
    if not masked.rstrip().endswith("|") or masked.rstrip().endswith("\\|"):
        edges.append(len(head))
    for number, (left, right) in enumerate(pairwise(edges), 1):
        if number > 1 and not head[left + 1 : right].strip():
            where = source.at(start + left + 1, right - left - 1)
            return [Fault("table-head-blank", where, (("column", str(number)),))]
    return []


def _raw(source: SourceFile, text: str, offset: int) -> list[Fault]:
    """Look at the tables that were written in HTML."""
    found: list[Fault] = []
    masked = mask(text)
    starts = [match.start() for match in _TABLE_TAG.finditer(masked)]
    for start, end in pairwise([*starts, len(masked)]):
        table = masked[start:end].partition("</table")[0]
        heads = list(_HEAD_TAG.finditer(table))
        rows, cells = (len(re.findall(rf"<{name}\b", table, re.IGNORECASE)) for name in ("tr", "t[dh]"))
        if not heads and rows > 1 and cells > 2 * rows - 1:
            found.append(Fault("table-without-head", source.at(offset + start, len("<table"))))
        for number, head in enumerate(heads):
            if number and _NOTHING.match(table, head.end()):
                where = source.at(offset + start + head.start(), len("<th"))
                found.append(Fault("table-head-blank", where, (("column", str(number + 1)),)))
                break
    return found
