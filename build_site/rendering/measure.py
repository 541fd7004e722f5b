"""The facts of a rendered page: links, anchors, substance, modules.

Owns the contract between templates and checks: `<main>`, `data-shell`, `data-file`, `data-contact`, `data-module`,
`data-all`, `data-note` (documented in docs/theme.md). Must not judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from build_site.loading.markup import RAW, VOID, Token, attributes, count_chars, tokens, url_values
from build_site.loading.placeholders import is_navigation, is_placeholder
from build_site.model.page import PageLink, RenderedPage, Substance
from build_site.rendering.measure_head import measure_head
from build_site.rendering.module_meter import ModuleMeter
from build_site.rendering.shape import ENDS, ShapeMeter

_HOME = "index.html"
_FRAMES = frozenset({"header", "nav", "footer"})
_NOT_IN_FRAMES = _FRAMES | RAW | {"main"}
_SHELL_TAGS = frozenset({"nav", "header", "footer", "h1"})
_QUIET = frozenset({"p", "dt", "span", "strong", "em", "time"})
"""Elements that matter only for what they hold, as long as nothing but `_QUIET_ATTRIBUTES` is said of them."""
_QUIET_ATTRIBUTES = frozenset({"class", "datetime"})
_NONE: dict[str, str] = {}
_META_MATTERS = re.compile(r"http-equiv|style|autoplay|tabindex|\bid\b|\bon|data-", re.IGNORECASE)
_PAGE_TAGS = re.compile(r'(?:<meta (?:name|property)="[^"]*" content="[^"]*">\s*)+')
"""Tags that only say something of the page, for `measure_head`; a quarter of all tags, side by side."""
_RANKS = {f"h{rank}": rank for rank in range(1, 7)}
_ROWS = frozenset({"tbody", "dd", "li"})
_TEXT_KEPT = 500
_ENOUGH = 5000  # no threshold asks for more


@dataclass(slots=True)
class _Open:
    """An element that is open: its name, whether it is shell, and what was counted for it."""

    name: str
    shell: bool
    contact: bool
    counted: bool = False
    linked: bool = False
    texts: list[str] | None = None


class _Meter:
    """Walks over the tokens of one page and keeps count."""

    def __init__(self, modules: ModuleMeter | None = None) -> None:
        self.stack: list[_Open] = []
        self.main = -1
        self.links: list[PageLink] = []
        self.ids: set[str] = set()
        self.han = self.letters = self.rows = self.files = self.contacts = self.forms = 0
        self.kept: list[str] = []
        self.text_size = 0
        self.rowish = 0
        self.sections: list[tuple[int, str]] = []
        self.hollow: set[str] = set()
        self.title = ""
        self.in_heading = False
        self.shape = ShapeMeter()
        self.modules = modules

    def walk(self, html: str) -> None:
        """Take the whole of `html`; what stands around `<main>` is taken from what was seen on other pages."""
        at = 0
        while at < len(html):
            at = self._walk(html, at)

    def _walk(self, html: str, start: int) -> int:
        """Take the tokens from `start` on; return where the walk goes on, behind a frame that is known or at the end."""
        for token in tokens(html, start, blanks=False, leaves=True):
            if token.kind == "leaf":
                self.leaf(token)
            elif token.kind == "text":
                self.text(html[token.start : token.end])
            elif token.kind == "close":
                self.close(token.name)
            elif token.name == "meta" and (run := _PAGE_TAGS.match(html, token.start)):
                return run.end()
            elif token.name in _FRAMES and self.main < 0 and (end := self._frame(html, token)):
                return end
            else:
                self.open(token)
        return len(html)

    def _frame(self, html: str, token: Token) -> int:
        """Take a frame as a whole; return its end, or 0 when it has to be walked through."""
        closing = f"</{token.name}>"
        end = html.find(closing, token.end) + len(closing)
        if end < token.end or not self.shape.idle:
            return 0
        frame = _measure_frame(html[token.start : end], token.end - token.start)
        if frame is None:
            return 0
        self.links += frame.links
        self.ids |= frame.ids
        self.shape.add(frame.shape)
        return end

    def open(self, token: Token) -> None:
        """Take an opening tag or a raw element."""
        name = token.name
        if name == "meta" and not _META_MATTERS.search(token.attrs):
            return  # a quarter of the tags of a page
        attrs = attributes(token.attrs) if token.attrs else _NONE
        if attrs and name != "template":
            if "id" in attrs:
                self.ids.add(attrs["id"])
            if name == "a" and "name" in attrs:
                self.ids.add(attrs["name"])
            for url in url_values(name, attrs):
                self.links.append(PageLink(url, name))
        in_main = self.main >= 0
        self.shape.open(token, attrs, in_main)
        if token.kind == "raw":
            return
        if name == "main" and not in_main:
            self.main = len(self.stack)
            in_main = True
        outer = self.stack[-1] if self.stack else None
        shell = (outer is not None and outer.shell) or "data-shell" in attrs or (in_main and name in _SHELL_TAGS)
        if in_main:
            rank = _RANKS.get(name, 0)
            if rank:
                self._begin_section(rank, attrs.get("id", ""))
            if self.modules is not None:
                self.modules.open(name, attrs, rank, [element.name for element in self.stack])
            if not shell:
                self._substance(name, attrs)
        if name not in VOID and not token.attrs.endswith("/"):
            contact = "data-contact" in attrs or (outer is not None and outer.contact)
            self.stack.append(_Open(name, shell, contact))
            self.rowish += name in _ROWS

    def leaf(self, token: Token) -> None:
        """Take an element that holds text only, as its opening tag, its text and its closing tag would be taken."""
        attrs = attributes(token.attrs) if token.attrs else _NONE
        if self.modules is None and not self.in_heading and token.name in _QUIET and attrs.keys() <= _QUIET_ATTRIBUTES:
            self.text(token.raw)
        else:
            self.open(token)
            self.text(token.raw)
            self.close(token.name)

    def _begin_section(self, rank: int, name: str) -> None:
        self.in_heading = True
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

    def close(self, name: str) -> None:
        """Take a closing tag."""
        if name in ENDS:
            self.shape.close(name)
        stack = self.stack
        at = len(stack) - 1
        while at >= 0 and stack[at].name != name:
            at -= 1
        if at < 0:
            return
        for element in stack[at:]:
            if element.name in _ROWS:
                self.rowish -= 1
            if element.texts is not None or element.linked:
                self._end_row(element)
        del stack[at:]
        rank = _RANKS.get(name, 0)
        if rank:
            self.in_heading = False
        if self.modules is not None:
            self.modules.close(name, rank, at)
        if at <= self.main:
            self.main = -1

    def text(self, raw: str) -> None:
        """Take a text as it is written."""
        text = (unescape(raw) if "&" in raw else raw).strip()
        if not text:
            return
        if self.shape.listens:
            self.shape.text(text)
        if self.main < 0:
            return
        if self.modules is not None:
            self.modules.text(text)
        around = self.stack[-1] if self.stack else None
        if around is not None and around.name == "h1":
            self.title = text
        if self.in_heading or text == self.title or (around is not None and around.shell):
            return  # a body that only repeats the title says nothing
        self._add(text)
        if self.hollow and not is_placeholder(text):
            self.hollow.difference_update(name for _, name in self.sections)
        if self.rowish:
            self._row(text)

    def _end_row(self, element: _Open) -> None:
        """Count a row that ends: a line of a list with a link, a line of a table; not those that say nothing."""
        if element.name == "li" and not element.linked:
            return
        texts = element.texts or []
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
            self.kept.append(text)
            self.text_size += len(text)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around `<main>`, measured: a header, a navigation or a footer, the same on many pages."""

    links: tuple[PageLink, ...]
    ids: frozenset[str]
    shape: ShapeMeter


@lru_cache(maxsize=2048)
def _measure_frame(html: str, head: int) -> _Frame | None:
    """Return the facts of the frame `html`, whose opening tag takes `head` characters; None when they depend on what
    stands around it: it holds another frame or `<main>`, or leaves a tag, a quote, a comment or a script open, or
    ends what it did not begin.
    """
    meter = _Meter()
    for token in tokens(html, 0, blanks=False):
        if token.kind == "text":
            text = html[token.start : token.end]
            if "<" in text:
                return None
            meter.text(text)
        elif token.kind == "open" and token.start >= head and token.name in _NOT_IN_FRAMES:
            return None
        elif token.kind == "close":
            if all(element.name != token.name for element in meter.stack):
                return None
            meter.close(token.name)
        else:
            meter.open(token)
    if meter.stack or not meter.shape.idle:
        return None
    return _Frame(tuple(meter.links), frozenset(meter.ids), meter.shape)


def measure(html: str, address: str, source: str) -> RenderedPage:
    """Return the facts of the page `html` at `address`, made from `source`."""
    modules = ModuleMeter(address) if address == _HOME else None
    meter = _Meter(modules)
    meter.walk(html)
    return RenderedPage(
        address,
        source,
        tuple(meter.links),
        frozenset(meter.ids),
        Substance(
            meter.han,
            meter.letters,
            meter.rows,
            meter.files,
            meter.contacts,
            meter.forms,
            "\n".join(meter.kept)[:_TEXT_KEPT],
        ),
        modules.modules() if modules else (),
        modules.stray_headings() if modules else (),
        frozenset(meter.hollow),
        shape=meter.shape.shape(len(html.encode())),
        head=measure_head(html),
    )
