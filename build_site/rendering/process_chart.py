"""The steps of a process as inline SVG: boxes one below the other, joined by arrows.

Owns where boxes, arrows and words stand. Must not know which process it is, nor colours: those are the stylesheet's, by class.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_site.rendering.chart_text import FIT, LINE, em, frame, text_line, wrap

_PAD = 0.5
_GAP = 1.7
_TRUNK = "4%"
_HEAD = 0.35
_ARROW = ' stroke="currentColor" stroke-width="2" stroke-linecap="round"'
# Left edge and width of a box, and how long its lines may be: on a line of 12 em, 8 % are nearly one.
_MAIN = ("0.5%", "99%", FIT)
_ASIDE = ("8%", "91.5%", FIT - 1)


@dataclass(frozen=True)
class Step:
    """A step: what happens, its limit in words (`7个工作日内`) or "", a remark; `aside` for one that not every case takes."""

    title: str
    limit: str
    note: str = ""
    aside: bool = False


@dataclass(frozen=True)
class _Box:
    step: Step
    lines: tuple[tuple[str, str], ...]
    top: float

    @property
    def bottom(self) -> float:
        return self.top + len(self.lines) * LINE + 2 * _PAD

    @property
    def middle(self) -> float:
        """Height of the first line, at which an arrow from the side enters."""
        return self.top + _PAD + LINE / 2


def process_chart(key: str, title: str, description: str, steps: tuple[Step, ...]) -> str:
    """Return the steps from top to bottom, or "" when there are none.

    Steps aside are indented and dashed; an arrow leads to them, and the way from the step before to the step after passes them.
    `key` begins the ids of the chart; `description` is its text alternative.
    """
    if not steps:
        return ""
    boxes: list[_Box] = []
    for step in steps:
        top = boxes[-1].bottom + (_GAP if not step.aside else _GAP / 2) if boxes else 0.0
        boxes.append(_Box(step, _lines(step), top))
    body = "".join(_trunk(boxes, at) + _box(box) for at, box in enumerate(boxes))
    return frame(key, "chart-process", title, description, boxes[-1].bottom, body)


def _lines(step: Step) -> tuple[tuple[str, str], ...]:
    """Return the lines of a box, each with its class."""
    most = (_ASIDE if step.aside else _MAIN)[2]
    parts = (("step", step.title), ("limit", step.limit), ("note", step.note))
    return tuple((css, line) for css, text in parts for line in wrap(text, most))


def _box(box: _Box) -> str:
    x, width, _ = _ASIDE if box.step.aside else _MAIN
    dashed = ' stroke-dasharray="6 4"' if box.step.aside else ""
    kind = "box box-aside" if box.step.aside else "box"
    drawn = (
        f'<rect class="{kind}" x="{x}" y="{em(box.top)}" width="{width}" height="{em(box.bottom - box.top)}"'
        f' fill="none" stroke="currentColor" stroke-width="1"{dashed}/>'
    )
    words = (
        text_line(line, box.top + _PAD + at * LINE, x=x, dx=_PAD, css=css, bold=css == "step")
        for at, (css, line) in enumerate(box.lines)
    )
    marked = [at for at, (css, _) in enumerate(box.lines) if css == "limit"]
    mark = (
        f'<rect class="limit" x="{x}" y="{em(box.top + _PAD + marked[0] * LINE)}" width=".25em"'
        f' height="{em(len(marked) * LINE)}"/>'
        if marked
        else ""
    )
    return drawn + mark + "".join(words)


def _trunk(boxes: list[_Box], at: int) -> str:
    """Return the way from the last main step to this one: straight down, or down and to the right for one aside."""
    box = boxes[at]
    # Two steps aside share one way down, so each draws it from the box above only.
    before = boxes[at - 1] if at else None
    if box.step.aside:
        start = (before.bottom if not before.step.aside else before.middle) if before else box.middle
        down = _line(_TRUNK, start, box.middle) if before else ""
        return f'{down}<line class="arrow" x1="{_TRUNK}" x2="8%" y1="{em(box.middle)}" y2="{em(box.middle)}"{_ARROW}/>{_head("8%", box.middle, right=True)}'
    if before is None:
        return ""
    start = before.middle if before.step.aside else before.bottom
    return _line(_TRUNK, start, box.top) + _head(_TRUNK, box.top, right=False)


def _line(x: str, start: float, end: float) -> str:
    return f'<line class="arrow" x1="{x}" x2="{x}" y1="{em(start)}" y2="{em(end)}"{_ARROW}/>'


def _head(x: str, y: float, *, right: bool) -> str:
    """Return the two strokes of an arrow's head whose tip is at (x, y em)."""
    ends = ((-_HEAD, -_HEAD), (-_HEAD, _HEAD)) if right else ((-_HEAD, -_HEAD), (_HEAD, -_HEAD))
    strokes = "".join(f'<line class="arrow" x1="{em(x1)}" y1="{em(y1)}" x2="0" y2="0"{_ARROW}/>' for x1, y1 in ends)
    return f'<svg x="{x}" y="{em(y)}" overflow="visible">{strokes}</svg>'
