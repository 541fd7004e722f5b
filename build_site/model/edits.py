"""Edits of a text by line and column, all else left byte for byte.

Owns their application. Must not know files or findings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from build_site.model.finding import Fix

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_MARK = "\ufeff"


def steps(fix: Fix) -> tuple[Fix, ...]:
    """Return the edits of a fix, itself first."""
    return (fix, *fix.more)


def edited(text: str, fixes: Iterable[Fix]) -> str:
    """Return `text` with the edits made; line ends and a byte-order mark at the beginning stay as they are.

    Of edits that overlap, the first by place is made. Lines and columns are those of an editor program: from 1,
    without the mark. A place outside the text is left out.
    """
    lines = _LINE.findall(text.removeprefix(_MARK))
    wanted: defaultdict[int, set[tuple[int, int, str]]] = defaultdict(set)
    for fix in fixes:
        for step in steps(fix):
            start = step.where.column - 1
            wanted[step.where.line - 1].add((start, start + step.where.length, step.text))
    for number, edits in wanted.items():
        if 0 <= number < len(lines):
            lines[number] = _line(lines[number], sorted(edits))
    return (_MARK if text.startswith(_MARK) else "") + "".join(lines)


def _line(line: str, edits: list[tuple[int, int, str]]) -> str:
    parts, done = [], 0
    for start, end, text in edits:
        if done <= start and end <= len(line.rstrip("\r\n")):
            parts += [line[done:start], text]
            done = end
    return "".join((*parts, line[done:]))
