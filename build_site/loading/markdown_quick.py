"""A Markdown extension that looks only for what a text can hold.

Owns the short cut through the inline stage. Must not change what comes out: the same HTML as without it, to the byte.

Python-Markdown tries each of some 15 patterns on every piece of text, although most pieces of a Chinese notice hold none
of the characters with which a match could begin.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

TRIGGERS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""By pattern: without one of these there is no match. A pattern that is not here is always tried."""
_ANY = re.compile("|".join(sorted({re.escape(mark) for marks in TRIGGERS.values() for mark in marks})))


class _QuickInline(InlineProcessor):
    """The inline stage of Python-Markdown, with two of its private steps replaced; a test compares what comes out."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        patterns = self.inlinePatterns
        names = {patterns.get_index_for_name(name): name for name in TRIGGERS if name in patterns}
        self._marks = [TRIGGERS.get(names.get(index, ""), ("",)) for index in range(len(patterns))]
        self._all_known = len(names) == len(patterns)
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - Markdown's
        if isinstance(data, AtomicString) or (self._all_known and not _ANY.search(data)):
            return data
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self._marks)):
            if any(mark in data for mark in self._marks[index]):
                start, matched = 0, True
                while matched:
                    data, matched, start = apply(self.inlinePatterns[index], data, index, start)
        return data


class QuickInline(Extension):
    """Leaves out inline patterns that cannot match."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Take the place of the inline stage, under its name and at its turn."""
        md.treeprocessors.register(_QuickInline(md), "inline", 20)
