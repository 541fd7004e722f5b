"""A Markdown extension for Chinese prose.

Owns the joining of soft line breaks between Chinese characters, which browsers would show as a gap.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_WIDE = r"[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uffee]"
_BREAK = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})")


class _Joiner(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("pre", "code"):
                continue
            if element.text and "\n" in element.text:
                element.text = _BREAK.sub("", element.text)
            if element.tail and "\n" in element.tail:
                element.tail = _BREAK.sub("", element.tail)


class JoinChineseLines(Extension):
    """Joins two lines of a paragraph when both sides of the line break are Chinese (clreq, line breaking)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Register the treeprocessor after the inline stage."""
        md.treeprocessors.register(_Joiner(md), "join-chinese-lines", 15)
