"""Bar charts as inline SVG; the front door for all charts.

Owns where bars and words stand. Must not know what is counted, nor colours: those are the stylesheet's, by class.

Letters must not shrink with the page, so there is no viewBox. Lengths are in % of the width and in em, and often in both: a bar
of the share f of "the whole width less r em" is `f·100 %` wide, begins at `-f·r em`, and is cut off at the zero line by
the `<svg>` around it. That leaves r em at the right for the value of even the longest bar, at any width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from build_site.rendering.chart_data import Figure, Group, Series, groups, summary
from build_site.rendering.chart_text import FIT, LINE, em, frame, percent, text_line, width, wrap
from build_site.rendering.process_chart import Step, process_chart

__all__ = ["Series", "Step", "bar_chart", "process_chart", "summary"]

_BAR = 0.9
_THIN = 0.6
_GAP = 0.6
_SPACE = 0.4
_DASH = 1.6
# Words beside the bars may take this much of a line of 12 em; the rest is the longest bar.
_BESIDE = 8.5
_FILLS = (
    ("bar-a", ' fill-opacity=".75"'),
    ("bar-b", ' fill-opacity=".35" stroke="currentColor" stroke-width="1"'),
    ("bar-c", ' fill-opacity="0" stroke="currentColor" stroke-width="2"'),
)


def bar_chart(
    key: str, title: str, description: str, labels: Sequence[str], series: Sequence[Series], unit: str = ""
) -> str:
    """Return horizontal bars, a group for each label, or "" when there is no number to show.

    Every bar has its value, and its series' name where there are several, printed at its end or, where that would leave no
    room for bars, on a line of its own above it; so no legend is needed, and nothing depends on colour. Zero is
    "0" with no bar, an unknown number a dashed line with 无数据. Numbers below zero are drawn to the left of a zero line, because
    a chart that refused or hid them would say something else than the table behind it.

    `key` begins the ids of the chart; `description` is its text alternative (see `summary`). Trends have the newest label last.
    Raises ValueError when a series has not one value for each label.
    """
    rows = groups(labels, series, unit)
    if not rows:
        return ""
    scale = _scale(rows)
    parts = _Parts((), (), (), 0)
    for row in rows:
        lines = (row.label,) if scale.inline else wrap(row.label, FIT)
        words = tuple(
            text_line(line, parts.y + at * LINE, css="label", bold=len(series) > 1) for at, line in enumerate(lines)
        )
        parts = parts.plus(words=words, height=0 if scale.inline else len(lines) * LINE)
        top = parts.y
        for at, figure in enumerate(row.figures):
            parts = _above(parts, scale, figure, at) if scale.above else _beside(parts, scale, figure, at)
        parts = parts if scale.above else parts.plus(marks=(_axis(top, parts.y),), height=0)
        parts = parts.plus(height=_GAP)
    body = _plot(scale, parts) + "".join(parts.words)
    return frame(key, "chart-bars", title, description, parts.y - _GAP, body)


@dataclass(frozen=True)
class _Scale:
    """Where numbers lie: `low` and `high` enclose all of them and zero; `left` and `right` are em kept for words."""

    low: float
    high: float
    left: float
    right: float
    above: bool
    inline: bool

    @property
    def kept(self) -> float:
        return self.left + self.right

    @property
    def zero(self) -> float:
        return self.share(self.low)

    @property
    def shift(self) -> float:
        """The em that are added to the share `zero` to reach the zero line."""
        return self.left - self.zero * self.kept

    def share(self, value: float) -> float:
        """The part of the scale between zero and a number."""
        return abs(value) / ((self.high - self.low) or 1)


def _scale(rows: tuple[Group, ...]) -> _Scale:
    figures = [figure for row in rows for figure in row.figures]
    values = [figure.value for figure in figures if figure.value is not None]
    # An unknown number stands at the zero line; only with bars on both sides of it can that be near the right edge.
    ends = figures if min(values) < 0 else [figure for figure in figures if figure.value is not None]
    right = max(width(figure.words) + (0 if figure.value is not None else _DASH) for figure in ends) + _SPACE + 0.2
    left = max(width(row.label) for row in rows) + _SPACE
    unknown = max((width(figure.words) + _DASH + _SPACE for figure in figures if figure.value is None), default=0)
    above = right > _BESIDE or unknown > FIT
    inline = not above and left + right <= _BESIDE and left + unknown <= FIT
    return _Scale(
        min(0, *values), max(0, *values), left if inline else 0, 0.2 if above else right, above=above, inline=inline
    )


@dataclass(frozen=True)
class _Parts:
    """What has been drawn down to `y` em: words, bars with whether they are above zero, other marks at the zero line."""

    words: tuple[str, ...]
    bars: tuple[tuple[bool, str], ...]
    marks: tuple[str, ...]
    y: float

    def plus(
        self,
        *,
        words: tuple[str, ...] = (),
        bars: tuple[tuple[bool, str], ...] = (),
        marks: tuple[str, ...] = (),
        height: float,
    ) -> _Parts:
        return _Parts(self.words + words, self.bars + bars, self.marks + marks, self.y + height)


def _above(parts: _Parts, scale: _Scale, figure: Figure, at: int) -> _Parts:
    lines = wrap(figure.words, FIT)
    words = tuple(text_line(line, parts.y + row * LINE, css="val") for row, line in enumerate(lines))
    parts = parts.plus(words=words, height=len(lines) * LINE)
    if figure.value == 0:
        return parts
    parts = _drawn(parts, scale, figure, at, _THIN)
    return parts.plus(marks=(_axis(parts.y, parts.y + _THIN),), height=_THIN + _THIN / 2)


def _beside(parts: _Parts, scale: _Scale, figure: Figure, at: int) -> _Parts:
    end, dash = scale.zero, 0.0 if figure.value is not None else _DASH
    if figure.value is not None and figure.value > 0:
        end += scale.share(figure.value)
    dx = scale.left + dash + _SPACE - end * scale.kept
    words = (text_line(figure.words, parts.y, x=percent(end), dx=dx, css="val"),)
    return _drawn(parts.plus(words=words, height=0), scale, figure, at, LINE).plus(height=LINE)


def _drawn(parts: _Parts, scale: _Scale, figure: Figure, at: int, height: float) -> _Parts:
    """Add the bar of a number, in a row that begins at `parts.y` and is `height` em high; a dashed line for none."""
    if figure.value is None:
        middle = em(parts.y + height / 2)
        mark = (
            f'<line class="gap" x1="0" x2="{em(_DASH)}" y1="{middle}" y2="{middle}"'
            ' stroke="currentColor" stroke-width="2" stroke-dasharray="4 4"/>'
        )
        return parts.plus(marks=(mark,), height=0)
    if not figure.value:
        return parts
    css, fill = _FILLS[at % len(_FILLS)]
    share = scale.share(figure.value)
    thick = min(_BAR, height)
    bar = (
        f'<rect class="bar {css}" x="{em(-share * scale.kept)}" y="{em(parts.y + (height - thick) / 2)}"'
        f' width="{percent(share)}" height="{em(thick)}"{fill}/>'
    )
    return parts.plus(bars=((figure.value > 0, bar),), height=0)


def _axis(top: float, bottom: float) -> str:
    return f'<line class="axis" x1="0" x2="0" y1="{em(top)}" y2="{em(bottom)}" stroke="currentColor"/>'


def _plot(scale: _Scale, parts: _Parts) -> str:
    """Return bars and marks with zero at the left edge of an `<svg>` of their own, one piece for each bar."""
    body = _cut(parts, above_zero=True)
    below = _cut(parts, above_zero=False)
    body += f'<g transform="scale(-1 1)">{below}</g>' if below else ""
    body += "".join(parts.marks)
    # Percent and em cannot be added in one attribute, but one `<svg>` can stand in another.
    for x, needed in ((em(scale.shift), scale.shift), (percent(scale.zero), scale.zero)):
        body = f'<svg x="{x}" overflow="visible">{body}</svg>' if needed else body
    return body


def _cut(parts: _Parts, *, above_zero: bool) -> str:
    bars = [bar for above, bar in parts.bars if above == above_zero]
    return f'<svg overflow="hidden">{"".join(bars)}</svg>' if bars else ""
