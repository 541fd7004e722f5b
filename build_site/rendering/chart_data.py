"""What charts show: rows of numbers, the words for a number, and the sentence that sums them up.

Owns the numbers and their wording. Must not know where anything is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from build_site.rendering.chart_text import HINT, number

NO_DATA = "无数据"


@dataclass(frozen=True)
class Series:
    """A row of numbers, one for each label; `None` (or a number that is not finite) where nothing is known."""

    name: str
    values: tuple[int | float | None, ...]


@dataclass(frozen=True)
class Figure:
    """One number of a chart: `words` say it with its unit, and with its series' name where there are several.

    Where they do not fit on a line, they are broken between the name and the number.
    """

    value: int | float | None
    words: str


@dataclass(frozen=True)
class Group:
    """A label with its numbers, one of each series."""

    label: str
    figures: tuple[Figure, ...]


def groups(labels: Sequence[str], series: Sequence[Series], unit: str) -> tuple[Group, ...]:
    """Return the numbers label by label; nothing when none is known. Raises ValueError when a series is longer or shorter."""
    for one in series:
        if len(one.values) != len(labels):
            raise ValueError(f"{len(one.values)} values for {len(labels)} labels: {one.name}")
    if not any(known(value) is not None for one in series for value in one.values):
        return ()
    return tuple(
        Group(label, tuple(_figure(one.values[at], unit, one.name if len(series) > 1 else "") for one in series))
        for at, label in enumerate(labels)
    )


def known(value: int | float | None) -> int | float | None:
    """Return a number, or None for what is none."""
    return value if value is not None and isfinite(value) else None


def _figure(value: int | float | None, unit: str, name: str) -> Figure:
    text = NO_DATA if known(value) is None else _told(value or 0, unit)
    return Figure(known(value), f"{name}{HINT} {text}" if name else text)


def _told(value: int | float, unit: str) -> str:
    return f"{number(value)}{unit}"


def summary(labels: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """Return one Chinese sentence for the text alternative: first, last and highest number, and how many are unknown.

    With several series each has its clause, begun with its name. "" when there is no number at all.
    """
    if not groups(labels, series, unit):
        return ""
    clauses = [(one.name if len(series) > 1 else "", _clause(labels, one, unit)) for one in series]
    return "；".join(f"{name}：{clause}" if name else clause for name, clause in clauses) + "。"


def _clause(labels: Sequence[str], series: Series, unit: str) -> str:
    found = [(label, value) for label, value in zip(labels, series.values, strict=True) if known(value) is not None]
    pairs = [(label, value) for label, value in found if value is not None]
    if not pairs:
        return NO_DATA
    parts = [f"{label}{_told(value, unit)}" for label, value in (pairs if len(pairs) < 3 else (pairs[0], pairs[-1]))]
    top = max(value for _, value in pairs)
    highest = [label for label, value in pairs if value == top]
    if len(highest) == len(pairs) > 1:
        parts.append("各项相同")
    elif len(pairs) > 1:
        parts.append(f"最高为{'、'.join(highest)}（{_told(top, unit)}）")
    if len(pairs) < len(labels):
        parts.append(f"{len(labels) - len(pairs)}项{NO_DATA}")
    return "，".join(parts)
