"""The part of a line around a finding, as pieces of text.

Owns how much of a long line is shown, and what of it may be shown at all. Must not know how the marked piece is set off; the terminal's excerpt, which counts
cells and draws carets, is in `text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from build_site.checks.emit.visible import one_line, visible
from build_site.loading.traces.numbers import masked
from build_site.model.text import Location

ReadLine = Callable[[str, int], str]
_WRITTEN = re.compile(r"\w")
_BEFORE, _MARKED, _AFTER = 40, 160, 60


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line in three pieces; `before` and `after` begin or end in … where something was cut off."""

    before: str
    marked: str
    after: str


def told_line(where: Location, read_line: ReadLine) -> str:
    """Return the line at a place as any report may show it, character by character; empty where there is none.

    Of a confidential place only the shape of its line is left; on every other line numbers of people are masked.
    """
    written = read_line(where.path, where.line) if where.line else ""
    return _WRITTEN.sub("×", written) if where.confidential else masked(written)


def excerpt(where: Location, read_line: ReadLine) -> Excerpt | None:
    """Return the line at a place, with the characters meant; None where there is no line or it is blank.

    Without a column the whole line is meant; a place behind the end of the line is shown as ⏎.
    """
    line = told_line(where, read_line)
    if not line.strip():
        return None
    if not where.column:
        whole = one_line(line)
        return Excerpt("", whole[:_MARKED], "…" if len(whole) > _MARKED else "")
    start = min(where.column - 1, len(line))
    end = min(start + max(1, where.length), len(line))
    cut = min(end, start + _MARKED)
    before, after = line[:start].lstrip(), line[cut:].rstrip()
    return Excerpt(
        visible(("…" if len(before) > _BEFORE else "") + before[-_BEFORE:]),
        visible(line[start:cut]) or "⏎",
        visible(after[:_AFTER] + ("…" if len(after) > _AFTER else "")),
    )
