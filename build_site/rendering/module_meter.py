"""The modules of the column's home page, taken on the walk of `rendering.measure`.

Owns what counts as a module, its headings, its entries and the structures nested too deep in it. Must not judge.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from build_site.model.page import Entry, Module

_LISTS = frozenset({"ul", "ol", "dl"})


@dataclass(slots=True)
class _Entry:
    depth: int
    text: list[str] = field(default_factory=list)
    url: str = ""
    explained: bool = False


@dataclass(slots=True)
class _Module:
    depth: int
    headings: list[list[str]] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    nested: dict[str, None] = field(default_factory=dict)
    others: list[list[str]] = field(default_factory=list)


class ModuleMeter:
    """Takes the modules of the page at `address` from the tags and texts of its `<main>`, in their order."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.found: list[_Module] = []
        self.module: _Module | None = None
        self.entry: _Entry | None = None
        self.heading: list[str] | None = None
        self.other: list[str] | None = None
        self.strays: list[list[str]] = []

    def open(self, name: str, attrs: dict[str, str], rank: int, outer: Sequence[str]) -> None:
        """Take an opening tag; `rank` is that of a heading, else 0, `outer` are the open elements around it."""
        if name == "section" and "data-module" in attrs and self.module is None:
            self.module = _Module(len(outer))
            self.found.append(self.module)
            return
        if rank:
            self.heading = []
            if self.module is not None:
                self.module.headings.append(self.heading)
            elif rank > 1:
                self.strays.append(self.heading)
        if self.module is not None:
            self._inside(self.module, name, attrs, outer)

    def _inside(self, module: _Module, name: str, attrs: dict[str, str], outer: Sequence[str]) -> None:
        if name in _LISTS and any(element in _LISTS for element in outer[module.depth + 1 :]):
            module.nested["list"] = None
        elif name in ("details", "summary"):
            module.nested["details"] = None
        elif attrs.get("role") in ("tablist", "tab", "tabpanel", "menu"):
            module.nested["tabs"] = None
        elif name == "th" and attrs.get("scope") == "rowgroup":
            module.nested["row-group"] = None
        if name == "li" and self.entry is None:
            self.entry = _Entry(len(outer), explained="data-note" in attrs)
            module.entries.append(self.entry)
        elif name == "a" and self.entry is not None and not self.entry.url and "href" in attrs:
            self.entry.url = _address(self.address, attrs["href"])
        elif name == "a" and self.entry is None and self.heading is None:
            self.other = [attrs["aria-label"]] if "aria-label" in attrs else []
            module.others.append(self.other)
        if self.entry is not None and "data-note" in attrs:
            self.entry.explained = True

    def close(self, name: str, rank: int, depth: int) -> None:
        """Take a closing tag, after which `depth` elements are open."""
        if rank:
            self.heading = None
        if name == "a":
            self.other = None
        if self.entry is not None and depth <= self.entry.depth:
            self.entry = None
        if self.module is not None and depth <= self.module.depth:
            self.module = self.entry = None

    def text(self, text: str) -> None:
        """Take a text that is not blank."""
        if self.heading is not None:
            self.heading.append(text)
        if self.other is not None:
            self.other.append(text)
        if self.entry is not None:
            self.entry.text.append(text)

    def modules(self) -> tuple[Module, ...]:
        """Return the modules, after the last tag."""
        return tuple(
            Module(
                title=" ".join(module.headings[0]) if module.headings else "",
                headings=len(module.headings),
                entries=tuple(Entry(" ".join(entry.text), entry.url, entry.explained) for entry in module.entries),
                nested=tuple(module.nested),
                others=tuple("".join(other) for other in module.others),
            )
            for module in self.found
        )

    def stray_headings(self) -> tuple[str, ...]:
        """Return the headings below the page's title that stand in no module."""
        return tuple(" ".join(heading) for heading in self.strays if heading)


def _address(page: str, url: str) -> str:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", url):
        return url
    path = unquote(url.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
