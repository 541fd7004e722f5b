"""The head of a notice: found by python-frontmatter, with positions kept by a handler of ours.

Owns the fence and the split into front matter and body. Must not know which keys a notice has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from build_site.loading.yaml_nodes import YamlText, compose
from build_site.model.finding import Fault
from build_site.model.text import Location, SourceFile

_FENCE = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A split notice: the YAML text with its node (None if unreadable), the body and its offset in the file."""

    head: YamlText
    node: yaml.Node | None
    body: str
    body_offset: int
    faults: tuple[Fault, ...] = ()


class _PositionsHandler(BaseHandler):
    """Keeps what python-frontmatter drops: where the two parts stand, and the nodes instead of plain values."""

    FM_BOUNDARY = _FENCE
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self, source: SourceFile, skipped: int) -> None:
        super().__init__()
        self._source = source
        self._skipped = skipped
        self.head = YamlText(source.path, "")
        self.body_offset = 0
        self.node: yaml.Node | None = None
        self.faults: list[Fault] = []

    def split(self, text: str) -> tuple[str, str]:
        fences = [match.span() for match in _first(_FENCE.finditer(text), 2)]
        if len(fences) < 2:
            raise ValueError("the front matter is not closed")
        start, end = fences[0][1], fences[1][0]
        line = self._source.at(self._skipped + start).line
        self.head = YamlText(self._source.path, text[start:end], line)
        self.body_offset = self._skipped + fences[1][1]
        return self.head.text, text[fences[1][1] :]

    def load(self, fm: str) -> dict[str, Any]:
        self.node, self.faults = compose(self.head)
        return {}


def _first(matches: Any, count: int) -> list[re.Match[str]]:
    return [match for _, match in zip(range(count), matches, strict=False)]


def split(source: SourceFile) -> FrontMatter:
    """Split a notice into front matter and body.

    A missing or unclosed front matter is a fault; the body is then empty, so that nothing half-read is published.
    """
    text = source.text
    skipped = len(text) - len(text.lstrip())
    opening = _FENCE.match(text, skipped)
    if opening is None:
        fault = Fault("front-matter-missing", Location(source.path, 1, 1), (("first", source.line(1)[:30]),))
        return FrontMatter(YamlText(source.path, ""), None, "", 0, (fault,))
    handler = _PositionsHandler(source, skipped)
    frontmatter.parse(text, handler=handler)
    if not handler.body_offset:
        here = source.at(skipped, len(opening[0]))
        return FrontMatter(YamlText(source.path, ""), None, "", 0, (Fault("front-matter-unclosed", here),))
    faults = tuple(handler.faults)
    if handler.node is None and not faults:
        faults = (Fault("front-matter-missing", source.at(skipped, 3), (("first", ""),)),)
    return FrontMatter(handler.head, handler.node, text[handler.body_offset :], handler.body_offset, faults)
