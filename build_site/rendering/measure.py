"""The facts of a rendered page: links, anchors, substance, modules.

Owns the contract between templates and checks: `<main>`, `data-shell`, `data-file`, `data-contact`, `data-module`,
`data-all`, `data-note` (documented in docs/theme.md). Must not judge.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

from build_site.loading.markup import VOID, Token, attributes, count_chars, tokens, url_values
from build_site.loading.placeholders import is_navigation, is_placeholder
from build_site.model.page import Entry, Module, PageLink, RenderedPage, Substance
from build_site.rendering.measure_head import measure_head
from build_site.rendering.shape import ENDS, ShapeMeter

_SHELL_TAGS = frozenset({"nav", "header", "footer", "h1"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
_ROWS = frozenset({"tbody", "dd", "li"})
_TEXT_KEPT = 500
_ENOUGH = 5000  # no threshold asks for more


@dataclass(slots=True)
class _Open:
    """An element that is open: its name, whether it is shell, and what was counted for it."""

    name: str
    shell: bool
    counted: bool = False
    contact: bool = False
    linked: bool = False
    texts: list[str] | None = None


@dataclass(slots=True)
class _Module:
    depth: int
    headings: list[list[str]] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    nested: dict[str, None] = field(default_factory=dict)
    others: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    depth: int
    text: list[str] = field(default_factory=list)
    url: str = ""
    explained: bool = False


class _Meter:
    """Walks over the tokens of one page and keeps count."""

    def __init__(self, html: str, address: str) -> None:
        self.html = html
        self.address = address
        self.stack: list[_Open] = []
        self.main = -1
        self.links: list[PageLink] = []
        self.ids: set[str] = set()
        self.han = self.letters = self.rows = self.files = self.contacts = self.forms = 0
        self.text: list[str] = []
        self.text_size = 0
        self.rowish = 0
        self.sections: list[tuple[int, str]] = []
        self.hollow: set[str] = set()
        self.title = ""
        self.modules: list[_Module] = []
        self.module: _Module | None = None
        self.entry: _Entry | None = None
        self.heading: list[str] | None = None
        self.stray: list[list[str]] = []
        self.other: list[str] | None = None
        self.shape = ShapeMeter()

    @property
    def counts(self) -> bool:
        return self.main >= 0 and not (self.stack and self.stack[-1].shell)

    def run(self) -> None:
        for token in tokens(self.html, blanks=False):
            if token.kind == "text":
                self._text(self.html[token.start : token.end])
            elif token.kind == "close":
                self._close(token.name)
            else:
                self._open(token)

    def _open(self, token: Token) -> None:
        name = token.name
        attrs = attributes(token.attrs) if token.attrs else {}
        if name != "template":
            if "id" in attrs:
                self.ids.add(attrs["id"])
            if name == "a" and "name" in attrs:
                self.ids.add(attrs["name"])
            for url in url_values(name, attrs):
                self.links.append(PageLink(url, name))
        self.shape.open(token, attrs, self.main >= 0)
        if token.kind == "raw":
            return
        if name == "main" and self.main < 0:
            self.main = len(self.stack)
        parent_shell = bool(self.stack) and self.stack[-1].shell
        shell = parent_shell or "data-shell" in attrs or (self.main >= 0 and name in _SHELL_TAGS)
        if self.main >= 0:
            self._structure(name, attrs)
            if not shell:
                self._substance(name, attrs)
        if name not in VOID and not token.attrs.endswith("/"):
            contact = "data-contact" in attrs or bool(self.stack and self.stack[-1].contact)
            self.stack.append(_Open(name, shell, contact=contact))
            self.rowish += name in _ROWS

    def _begin_section(self, rank: int, name: str) -> None:
        while self.sections and self.sections[-1][0] >= rank:
            self.sections.pop()
        self.sections.append((rank, name))
        if name:
            self.hollow.add(name)

    def _substance(self, name: str, attrs: dict[str, str]) -> None:
        if name == "a" and "href" in attrs:
            if "data-file" in attrs:
                self.files += 1
            item = next((element for element in reversed(self.stack) if element.name == "li"), None)
            if item:
                item.linked = True
        elif name == "form" and attrs.get("role") != "search":
            self.forms += 1
        elif name == "img" and attrs.get("alt"):
            self._add(attrs["alt"])

    def _structure(self, name: str, attrs: dict[str, str]) -> None:
        if name == "section" and "data-module" in attrs and self.module is None:
            self.module = _Module(len(self.stack))
            self.modules.append(self.module)
            return
        if name in _HEADINGS:
            self.heading = []
            self._begin_section(int(name[1]), attrs.get("id", ""))
            if self.module is not None:
                self.module.headings.append(self.heading)
            elif name != "h1":
                self.stray.append(self.heading)
        if self.module is None:
            return
        inside = [element.name for element in self.stack[self.module.depth + 1 :]]
        if name in _LISTS | {"dl"} and any(outer in _LISTS | {"dl"} for outer in inside):
            self.module.nested["list"] = None
        elif name in ("details", "summary"):
            self.module.nested["details"] = None
        elif attrs.get("role") in ("tablist", "tab", "tabpanel", "menu"):
            self.module.nested["tabs"] = None
        elif name == "th" and attrs.get("scope") == "rowgroup":
            self.module.nested["row-group"] = None
        if name == "li" and self.entry is None:
            self.entry = _Entry(len(self.stack), explained="data-note" in attrs)
            self.module.entries.append(self.entry)
        elif name == "a" and self.entry is not None and not self.entry.url and "href" in attrs:
            self.entry.url = _address(self.address, attrs["href"])
        elif name == "a" and self.entry is None and self.heading is None:
            self.other = [attrs["aria-label"]] if "aria-label" in attrs else []
            self.module.others.append(self.other)
        if self.entry is not None and "data-note" in attrs:
            self.entry.explained = True

    def _close(self, name: str) -> None:
        if name in ENDS:
            self.shape.close(name)
        at = len(self.stack) - 1
        if at >= 0 and self.stack[at].name != name:
            at = next((number for number in range(at, -1, -1) if self.stack[number].name == name), -1)
        if at < 0:
            return
        ended = self.stack[at:]
        self._end_rows(ended)
        for element in ended:
            self.rowish -= element.name in _ROWS
        del self.stack[at:]
        if name in _HEADINGS:
            self.heading = None
        if name == "a":
            self.other = None
        if self.entry is not None and at <= self.entry.depth:
            self.entry = None
        if self.module is not None and at <= self.module.depth:
            self.module = self.entry = None
        if at <= self.main:
            self.main = -1

    def _text(self, raw: str) -> None:
        text = (unescape(raw) if "&" in raw else raw).strip()
        if text and self.shape.listens:
            self.shape.text(text)
        if not text or self.main < 0:
            return
        if self.heading is not None:
            self.heading.append(text)
        if self.other is not None:
            self.other.append(text)
        if self.entry is not None:
            self.entry.text.append(text)
        if self.stack and self.stack[-1].name == "h1":
            self.title = text
        if (
            self.counts and text != self.title and self.heading is None
        ):  # a body that only repeats the title says nothing
            self._add(text)
            if self.hollow and not is_placeholder(text):
                self.hollow.difference_update(name for _, name in self.sections)
            if self.rowish:
                self._row(text)

    def _end_rows(self, elements: list[_Open]) -> None:
        """Count the rows that end: a line of a list with a link, a line of a table; not those that say nothing."""
        for element in elements:
            texts = element.texts or []
            if element.name == "li" and not element.linked:
                continue
            if texts and not all(is_placeholder(text) or is_navigation(text) for text in texts):
                self.rows += 1

    def _row(self, text: str) -> None:
        body = False
        for element in self.stack[self.main + 1 :]:
            if element.name == "tbody":
                body = True
            elif (element.name == "tr" and body) or element.name == "li":
                element.texts = [*(element.texts or []), text]
            elif element.name == "dd" and element.contact and not element.counted:
                element.counted = True
                self.contacts += 1

    def _add(self, text: str) -> None:
        if self.han < _ENOUGH and self.letters < _ENOUGH:
            han, letters = count_chars(text)
            self.han += han
            self.letters += letters
        if self.text_size < _TEXT_KEPT:
            self.text.append(text)
            self.text_size += len(text)


def _address(page: str, url: str) -> str:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", url):
        return url
    path = unquote(url.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page


def measure(html: str, address: str, source: str) -> RenderedPage:
    """Return the facts of the page `html` at `address`, made from `source`."""
    meter = _Meter(html, address)
    meter.run()
    modules = tuple(
        Module(
            title=" ".join(module.headings[0]) if module.headings else "",
            headings=len(module.headings),
            entries=tuple(Entry(" ".join(entry.text), entry.url, entry.explained) for entry in module.entries),
            nested=tuple(module.nested),
            others=tuple("".join(other) for other in module.others),
        )
        for module in meter.modules
    )
    substance = Substance(
        meter.han,
        meter.letters,
        meter.rows,
        meter.files,
        meter.contacts,
        meter.forms,
        "\n".join(meter.text)[:_TEXT_KEPT],
    )
    stray = tuple(" ".join(heading) for heading in meter.stray if heading)
    home = address == "index.html"
    return RenderedPage(
        address,
        source,
        tuple(meter.links),
        frozenset(meter.ids),
        substance,
        modules if home else (),
        stray if home else (),
        frozenset(meter.hollow),
        shape=meter.shape.shape(len(html.encode())),
        head=measure_head(html),
    )
