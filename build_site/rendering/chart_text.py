"""Text in charts: numbers, widths in em, line breaks, SVG text elements.

Owns what SVG leaves to its author: it does not wrap text, and while a page is made nobody knows the reader's font. So widths
are estimated, a little too wide rather than too narrow. Must not know what a chart shows.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal
from html import escape

LINE = 1.5
"""Distance between two baselines in em. Chinese fonts need up to 1.45 em from the highest to the lowest point."""

FIT = 11.0
"""Longest line in em. A telephone 320 px wide leaves 288 px for text, which in large mode (24 px) is 12 em."""

HINT = "\u200b"
"""Where a line had best end; not printed."""

_BASELINE = 1.17
# The largest number a float can hold, with its decimals.
_EXACT = Context(prec=320)
_CLOSING = frozenset("、，。；：！？）》」』】〉”’…—%％·),.;:!?]}")
_OPENING = frozenset("（《「『【〈“‘([{")
_WIDE_LATIN = frozenset("mwMW@%&")
_NARROW = frozenset(" .,:;'|!()[]-")
# Letters and figures of the West stay together, and so does a count with its measure: 20个工作日, 3.5%.
_UNIT = re.compile(
    r"[0-9]+(?:[.,][0-9]+)*(?:个?工作日|个月|[%％个件条人次项元万亿年月日天])?|[A-Za-z0-9]+(?:[-./][A-Za-z0-9]+)*|.",
    re.DOTALL,
)
_KEY = re.compile(r"[^\W\d][\w-]*")


def number(value: int | float) -> str:
    """Return a number as charts print it: at most two decimals, no trailing zeros, thousands not separated, no `-0`."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP, _EXACT)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def length(value: float) -> str:
    """Return a coordinate with at most three decimals."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def em(value: float) -> str:
    """Return a length in em, for an attribute."""
    return f"{length(value)}em"


def percent(value: float) -> str:
    """Return a part of one as a percentage, for an attribute."""
    return f"{length(value * 100)}%"


def width(text: str) -> float:
    """Return how wide a text is at most, in em: a Chinese character is one, letters and figures are less."""
    return sum(map(_width, text))


def _width(char: str) -> float:
    if unicodedata.combining(char) or char == HINT:
        return 0.0
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char in _WIDE_LATIN:
        return 0.95
    if char in _NARROW:
        return 0.32
    return 0.74 if char.isupper() else 0.6


def wrap(text: str, limit: float) -> tuple[str, ...]:
    """Return the lines of a text, none wider than `limit` em, all about equally long.

    A line does not begin with a mark that closes, nor end with one that opens; figures and Latin words stay whole
    unless one alone is too wide. A zero-width space (U+200B) says where a line had best end; a text that holds one is broken
    elsewhere only if a part alone is too wide. It is not printed.
    """
    text = " ".join(text.split())
    units = _units(text, limit)
    lines = _fill(units, limit)
    if len(lines) > 1:
        # The narrowest measure that needs no further line: 6 + 6 characters look better than 11 + 1.
        for tenth in range(int(width(text) / len(lines) * 10), int(limit * 10)):
            even = _fill(units, tenth / 10)
            if len(even) == len(lines):
                return even
    return lines


def _fill(units: list[str], limit: float) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for unit in units:
        if line and width((line + unit).rstrip()) > limit:
            lines.append(line.rstrip())
            line = unit.lstrip()
        else:
            line += unit
    return (*lines, line.rstrip()) if line.strip() else tuple(lines)


def _units(text: str, limit: float) -> list[str]:
    """Return the parts between which a line may end."""
    if HINT in text:
        parts = [part for part in text.split(HINT) if part]
        return [unit for part in parts for unit in ([part] if width(part) <= limit else _units(part, limit))]
    units: list[str] = []
    for unit in _UNIT.findall(text):
        if units and (unit in _CLOSING or units[-1][-1] in _OPENING) and width(units[-1] + unit) <= limit:
            units[-1] += unit
        elif width(unit) > limit:
            units += unit
        else:
            units.append(unit)
    return units


def text_line(text: str, y: float, *, x: str = "0", dx: float = 0, css: str = "", bold: bool = False) -> str:
    """Return a `<text>` whose line box begins `y` em below the top; `x` is a length, `dx` em are added to it."""
    shift = f' dx="{em(dx)}"' if dx else ""
    named = f' class="{css}"' if css else ""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text{named} x="{x}" y="{em(y + _BASELINE)}"{shift}{weight}>{escape(text.replace(HINT, ""))}</text>'


def frame(key: str, kind: str, title: str, description: str, height: float, body: str) -> str:
    """Return the `<svg>` around a chart.

    It has no viewBox, so that letters keep the reader's size while the width follows the page. `key` begins its ids and must be
    unique on the page; anything that cannot be an id is the caller's error. The fill is that of the text around it, so a chart
    is legible without its stylesheet, in dark mode and on paper.
    """
    if not _KEY.fullmatch(key):
        raise ValueError(f"not the beginning of an id: {key!r}")
    return (
        f'<svg class="chart {kind}" width="100%" height="{em(height)}" role="img" aria-labelledby="{key}-t {key}-d"'
        f' fill="currentColor" overflow="visible"><title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(description)}</desc>{body}</svg>'
    )
