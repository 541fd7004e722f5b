"""The part of a line around a finding, as pieces of text.

Owns how much of a long line is shown. Must not know how the marked piece is set off; the terminal's excerpt, which counts
cells and draws carets, is in `text`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from build_site.checks.emit.visible import one_line, visible
from build_site.model.text import Location

_BEFORE, _MARKED, _AFTER = 40, 160, 60


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line in three pieces; `before` and `after` begin or end in … where something was cut off."""

    before: str
    marked: str
    after: str


def excerpt(where: Location, read_line: Callable[[str, int], str]) -> Excerpt | None:
    """Return the line at a place, with the characters meant; None where there is no line or it is blank.

    Without a column the whole line is meant; a place behind the end of the line is shown as ⏎.
    """
    line = read_line(where.path, where.line) if where.line else ""
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
