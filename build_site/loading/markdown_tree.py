"""A Markdown extension that walks the parsed tree in fewer steps.

Owns short cuts through the stages after the inline one: attribute lists, headings' ids, line ends, writing the tree as HTML. Must not
change what comes out: the same HTML as without it, to the byte. Where a text needs more than the plain case, the
stage of Python-Markdown does the work.
"""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown, serializers
from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor, unique
from markdown.serializers import (
    RE_AMP,
    to_html_string,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOOLEAN: frozenset[str] = serializers.BOOLEAN_ATTRIBUTES["html"]  # type: ignore[attr-defined]
_RAW = frozenset({"script", "style"})


class _OnlyWith(Treeprocessor):
    """A stage that has nothing to do in a text without `mark`."""

    def __init__(self, md: Markdown, stage: Treeprocessor, mark: str) -> None:
        super().__init__(md)
        self._stage, self._mark = stage, mark

    def run(self, root: Element) -> Element | None:
        return self._stage.run(root) if any(self._mark in line for line in _lines(self.md)) else None


class _HeadingIds(Treeprocessor):
    """Gives plain headings their ids and makes no contents list, which nobody asked for."""

    def __init__(self, md: Markdown, stage: TocTreeprocessor) -> None:
        super().__init__(md)
        self._stage = stage

    def run(self, root: Element) -> None:
        used: set[str] = set()
        headings: list[Element] = []
        for element in root.iter():
            if "id" in element.attrib:
                used.add(element.attrib["id"])
            if element.tag in _HEADINGS:
                headings.append(element)
        marker = self._stage.marker
        if not all(map(_is_plain, headings)) or any(marker in line for line in _lines(self.md)):
            self._stage.run(root)
            return
        counters: dict[str, int] = {}
        for heading in headings:
            if "id" not in heading.attrib:
                name = " ".join((heading.text or "").split())
                heading.attrib["id"] = unique(self._stage.slugify(name, self._stage.sep), used, counters)


def _lines(md: Markdown) -> list[str]:
    """The lines of the text as the preprocessors left them."""
    lines: list[str] = md.lines  # type: ignore[attr-defined]
    return lines


def _is_plain(heading: Element) -> bool:
    """Whether a heading is one text, in which no markup can hide."""
    text = heading.text or ""
    marked = STX in text or "&" in text or "<" in text or ">" in text
    return not (len(heading) or marked or "data-toc-label" in heading.attrib)


class QuickTree(Extension):
    """Walks the parsed tree in fewer steps."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Take the place of the stages, under their names and at their turns; to be given after their extensions."""
        stages = md.treeprocessors
        toc = stages["toc"]
        assert isinstance(toc, TocTreeprocessor)
        stages.register(_OnlyWith(md, stages["attr_list"], "{"), "attr_list", 8)
        stages.register(_HeadingIds(md, toc), "toc", 5)
        md.is_block_level = lru_cache(maxsize=None)(md.is_block_level)  # type: ignore[method-assign]  # asked for each element
        md.serializer = html_of


def html_of(root: Element) -> str:
    """Return an element as HTML: what `markdown.serializers.to_html_string` returns."""
    out: list[str] = []
    write = out.append
    todo: list[Element | str] = [root]
    while todo:
        element = todo.pop()
        if isinstance(element, str):
            write(element)
            continue
        tag = element.tag
        if type(tag) is not str:  # comments and the like
            return to_html_string(root)
        attributes = element.attrib
        head = f"{tag}{_attributes(attributes)}" if attributes else tag
        text, tail, lower = element.text or "", element.tail or "", tag.lower()
        if text and lower not in _RAW:
            text = _escaped(text)
        end = "" if lower in HTML_EMPTY else f"</{tag}>"
        if len(element):
            write(f"<{head}>{text}")
            todo.append(f"{end}{_escaped(tail)}")
            todo += element[::-1]
        else:
            write(f"<{head}>{text}{end}{_escaped(tail)}")
    return "".join(out)


def _attributes(attributes: dict[str, str]) -> str:
    found = ""
    for key, value in sorted(attributes.items()):
        if value is None:
            found += f" {key}"
            continue
        value = _escaped(value).replace('"', "&quot;")
        found += f" {value}" if key == value and key in _BOOLEAN else f' {key}="{value}"'
    return found


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")
