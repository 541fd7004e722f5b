"""The shape of a rendered page, taken on the walk of `rendering.measure`.

Owns which elements need a name, a head, an alternative, and what counts as inline or moving. Must not judge.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass

from build_site.loading.markup import Token
from build_site.model.page_shape import UNSEEN, Flaw, FlawKind, PageShape

Attributes = dict[str, str]
_NAMES = ("aria-label", "aria-labelledby", "title")
_NAMELESS_INPUTS = frozenset({"hidden", "submit", "reset"})  # nothing to name, or the browser names them
_SCRIPTS = re.compile(r"\s*(?:module|importmap|(?:text|application)/(?:x-)?(?:java|ecma)script)?\s*(?:;.*)?", re.I)
_NOT_AT_ONCE = re.compile(r"\s*0*[1-9]")


_HARMLESS = frozenset(
    [
        "alt",
        "charset",
        "class",
        "content",
        "datetime",
        "for",
        "href",
        "id",
        "lang",
        "name",
        "property",
        "rel",
        "role",
        "scope",
        "src",
        "title",
        "type",
    ]
)
"""Attributes that are wrong nowhere, so that most elements need no closer look."""


@dataclass(slots=True)
class _Named:
    """A link or button that is open, and whether anything in it can be read out."""

    tag: str
    kind: FlawKind
    what: str
    named: bool


@dataclass(slots=True)
class _Table:
    """A table that is open: whether it holds data, its cells, its head cells, and those that say what they head."""

    what: str
    data: bool
    cells: int = 0
    heads: int = 0
    scoped: int = 0


class ShapeMeter:
    """Takes the shape of one page from the tags and texts that it is shown, in their order."""

    def __init__(self) -> None:
        self.lang = self.policy = self.skipped = ""
        self.titles = self.rank = self.feet = self.labels = 0
        self.heading: list[str] | None = None
        self.footer: list[str] = []
        self.flaws: dict[Flaw, None] = {}
        self.named: list[_Named] = []
        self.tables: list[_Table] = []
        self.controls: list[tuple[str, str]] = []
        self.labelled: set[str] = set()
        self.listens = False
        """Whether texts matter now."""

    def open(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        """Take an opening tag or a raw element with its parsed attributes; `in_main` tells whether `<main>` is open."""
        if not _HARMLESS.issuperset(attrs):
            self._open_flawed(token.name, attrs)
        handler = _OPENED.get(token.name)
        if handler is not None:
            handler(self, token, attrs, in_main)

    def close(self, name: str) -> None:
        """Take the closing tag of one of `ENDS`."""
        _CLOSED[name](self, name)

    def text(self, text: str) -> None:
        """Take a text that is not blank; needed only while `listens`."""
        if self.feet:
            self.footer.append(text)
        if self.heading is not None:
            self.heading.append(text)
        if text.strip(UNSEEN):
            for item in self.named:
                item.named = True

    @property
    def idle(self) -> bool:
        """Whether what comes next is taken by itself: no link, button, label, table, heading or footer is open."""
        return not (self.named or self.tables or self.labels or self.feet or self.heading is not None)

    def add(self, other: ShapeMeter) -> None:
        """Take what an `other` meter took of a part of the page, when both are idle and the part is not in `<main>`."""
        self.footer += other.footer
        self.flaws |= other.flaws
        self.controls += other.controls
        self.labelled |= other.labelled

    def shape(self, size: int) -> PageShape:
        """Return the shape of the page, whose HTML has `size` bytes, after its last tag."""
        while self.named:
            self._end_named()
        while self.tables:
            self._end_table("table")
        for identifier, what in self.controls:
            if identifier not in self.labelled:
                self._flaw(FlawKind.CONTROL, what)
        footer = "\n".join(self.footer)
        return PageShape(size, self.lang, self.policy, self.titles, self.skipped, footer, tuple(self.flaws))

    def _open_flawed(self, name: str, attrs: Attributes) -> None:
        for key, value in attrs.items():
            if key == "style" or (key[:2] == "on" and len(key) > 4 and key.isalpha()):
                self._flaw(FlawKind.INLINE, f"<{name} {key}=…>")
            elif key == "autoplay":
                self._flaw(FlawKind.MOVING, f"<{name} autoplay>")
            elif key == "tabindex" and value.strip("0").isdecimal():
                self._flaw(FlawKind.MOVING, f'<{name} tabindex="{value}">')

    def _flaw(self, kind: FlawKind, what: str) -> None:
        self.flaws.setdefault(Flaw(kind, what))

    def _listen(self) -> None:
        self.listens = bool(self.feet or self.named or self.heading is not None)

    def _open_html(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del token, in_main
        self.lang = attrs.get("lang", "")

    def _open_meta(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del token, in_main
        kind = attrs.get("http-equiv", "").lower()
        if kind == "content-security-policy":
            self.policy = attrs.get("content", "")
        elif kind == "refresh" and _NOT_AT_ONCE.match(attrs.get("content", "")):
            self._flaw(FlawKind.MOVING, '<meta http-equiv="refresh">')

    def _open_code(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del in_main
        runs = token.name == "style" or ("src" not in attrs and _SCRIPTS.fullmatch(attrs.get("type", "")))
        if runs and token.raw.strip():
            self._flaw(FlawKind.INLINE, f"<{token.name}>")

    def _open_mover(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del in_main
        if token.name != "dialog" or "open" in attrs:
            self._flaw(FlawKind.MOVING, f"<{token.name}>")

    def _open_footer(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del token, attrs
        if self.feet or not in_main:
            self.feet += 1
            self.listens = True

    def _close_footer(self, name: str) -> None:
        del name
        self.feet -= self.feet > 0
        self._listen()

    def _open_heading(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del attrs
        if not in_main:
            return
        rank = int(token.name[1])
        self.titles += rank == 1
        skips = rank > self.rank + 1 and not self.skipped
        self.rank = rank
        if skips:
            self.heading = [token.name]
            self.listens = True

    def _close_heading(self, name: str) -> None:
        if self.heading is not None and self.heading[0] == name:
            self.skipped = " ".join(self.heading)
            self.heading = None
            self._listen()

    def _open_named(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del in_main
        if token.name == "a" and "href" not in attrs:
            return
        kind = FlawKind.LINK if token.name == "a" else FlawKind.CONTROL
        what = f'<a href="{_same_everywhere(attrs["href"])}">' if token.name == "a" else "<button>"
        hidden = attrs.get("aria-hidden") == "true"
        self.named.append(_Named(token.name, kind, what, hidden or any(attrs.get(name) for name in _NAMES)))
        self.listens = True

    def _close_named(self, name: str) -> None:
        if any(item.tag == name for item in self.named):
            while self._end_named() != name:
                pass
            self._listen()

    def _end_named(self) -> str:
        item = self.named.pop()
        if not item.named:
            self._flaw(item.kind, item.what)
        return item.tag

    def _open_title(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        """A title of a drawing names the link around it."""
        del attrs, in_main
        if token.raw.strip():
            self.text(token.raw.strip())

    def _open_picture(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del token, in_main
        if "alt" not in attrs and attrs.get("role") not in ("presentation", "none"):
            self._flaw(FlawKind.PICTURE, posixpath.basename(attrs.get("src", "")) or "<img>")
        elif attrs.get("alt"):
            for item in self.named:
                item.named = True

    def _open_label(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del token, in_main
        self.labels += 1
        if "for" in attrs:
            self.labelled.add(attrs["for"])

    def _close_label(self, name: str) -> None:
        del name
        self.labels -= self.labels > 0

    def _open_control(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del in_main
        kind = attrs.get("type", "").lower()
        if self.labels or kind in _NAMELESS_INPUTS or any(attrs.get(name) for name in _NAMES):
            return
        if attrs.get({"image": "alt", "button": "value"}.get(kind, "")):
            return
        known = next((f' {name}="{attrs[name]}"' for name in ("name", "id") if attrs.get(name)), "")
        self.controls.append((attrs.get("id", ""), f"<{token.name}{known}>"))

    def _open_table(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        known = next((f' {name}="{attrs[name]}"' for name in ("id", "class") if attrs.get(name)), "")
        data = in_main and attrs.get("role") not in ("presentation", "none")
        self.tables.append(_Table(f"<{token.name}{known}>", data))

    def _open_cell(self, token: Token, attrs: Attributes, in_main: bool) -> None:
        del in_main
        if self.tables:
            table = self.tables[-1]
            table.cells += 1
            if token.name == "th":
                table.heads += 1
                table.scoped += "scope" in attrs or "id" in attrs

    def _end_table(self, name: str) -> None:
        del name
        if not self.tables:
            return
        table = self.tables.pop()
        if table.data and table.cells > 1 and not table.heads:
            self._flaw(FlawKind.TABLE, table.what)
        elif table.data and table.heads and not table.scoped:
            self._flaw(FlawKind.SCOPE, table.what)


def _same_everywhere(url: str) -> str:
    """Return a link as one would look for it in a template: relative ones differ from folder to folder."""
    return url if ":" in url else posixpath.basename(url)


_Opened = Callable[[ShapeMeter, Token, Attributes, bool], None]
_Closed = Callable[[ShapeMeter, str], None]
_RANKS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OPENED: dict[str, _Opened] = {
    "html": ShapeMeter._open_html,
    "meta": ShapeMeter._open_meta,
    "script": ShapeMeter._open_code,
    "style": ShapeMeter._open_code,
    "marquee": ShapeMeter._open_mover,
    "blink": ShapeMeter._open_mover,
    "bgsound": ShapeMeter._open_mover,
    "dialog": ShapeMeter._open_mover,
    "footer": ShapeMeter._open_footer,
    "a": ShapeMeter._open_named,
    "button": ShapeMeter._open_named,
    "title": ShapeMeter._open_title,
    "img": ShapeMeter._open_picture,
    "label": ShapeMeter._open_label,
    "input": ShapeMeter._open_control,
    "select": ShapeMeter._open_control,
    "textarea": ShapeMeter._open_control,
    "table": ShapeMeter._open_table,
    "th": ShapeMeter._open_cell,
    "td": ShapeMeter._open_cell,
    **dict.fromkeys(_RANKS, ShapeMeter._open_heading),
}
_CLOSED: dict[str, _Closed] = {
    "footer": ShapeMeter._close_footer,
    "a": ShapeMeter._close_named,
    "button": ShapeMeter._close_named,
    "label": ShapeMeter._close_label,
    "table": ShapeMeter._end_table,
    **dict.fromkeys(_RANKS, ShapeMeter._close_heading),
}
ENDS = frozenset(_CLOSED)
"""The elements whose closing tags a `ShapeMeter` needs to see."""
