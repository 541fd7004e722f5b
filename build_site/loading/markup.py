"""HTML as tokens: links, ids, visible text.

Owns one fast scanner for well-formed HTML, such as Markdown's, nh3's and the templates' output. Must not know
what a link should lead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from html import unescape
from typing import NamedTuple

_ATTRIBUTES = r"[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*"
_TOKEN = re.compile(rf"<!--|</([a-zA-Z][^\s/>]*)({_ATTRIBUTES})>|<([a-zA-Z][^\s/>]*)({_ATTRIBUTES})>(?:([^<]*)</\3>)?")
_RAW_ENDS = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "template", "textarea", "title")
}
RAW = frozenset(_RAW_ENDS)
"""The elements whose content is no markup."""
_ATTR = re.compile(
    r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?",
)
_SRCSET = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+[^,]*)?(?:,|$)")
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
URL_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "form": ("action",),
    "input": ("src",),
    "blockquote": ("cite",),
    "use": ("href",),
}
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LETTER = re.compile(r"[^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Token(NamedTuple):
    """A tag or a stretch of text: `kind` is open, close, text, raw or leaf; offsets are those in the scanned HTML.

    `raw` is what stands in a raw element, or the text of a leaf.
    """

    kind: str
    name: str
    start: int
    end: int
    attrs: str = ""
    raw: str = ""


def tokens(html: str, at: int = 0, blanks: bool = True, leaves: bool = False) -> Iterator[Token]:
    """Yield the tags and texts of `html` from the offset `at` on; comments are left out, raw elements come as one token.

    Without `blanks`, texts of white space only are left out. With `leaves`, an element that holds text only comes as
    one token as well: three quarters of the tags of a notice do.
    """
    token = partial(tuple.__new__, Token)  # a third of the time of Token(...), for each of some 300 on a page
    known, going_on = at, True
    while going_on:
        going_on = False
        for match in _TOKEN.finditer(html, at):
            start, end = match.span()
            closed, rest, name, attrs, text = match.groups()
            comment = closed is None and name is None
            if comment:
                end = html.find("-->", max(end, known)) + 3
                if end < 3:
                    known = len(html)  # a comment that never ends is text
                    continue
            if start > at and (blanks or not html[at:start].isspace()):
                yield token(("text", "", at, start, "", ""))
            at = end
            if closed is not None:
                yield token(("close", closed.lower(), start, at, rest, ""))
                continue
            if comment:
                going_on = True  # what stands in a comment is no markup
                break
            name = name.lower()
            if name in _RAW_ENDS:
                inside = match.end(4) + 1
                ended = _RAW_ENDS[name].search(html, inside)
                if ended:
                    at = ended.end()
                    yield token(("raw", name, start, at, attrs, html[inside : ended.start()]))
                else:
                    at = inside
                    yield token(("open", name, start, at, attrs, ""))
                going_on = True  # nor what stands in a script
                break
            if text is None:
                yield token(("open", name, start, at, attrs, ""))
            elif leaves and text and name not in VOID and not attrs.endswith("/"):
                yield token(("leaf", name, start, at, attrs, text))
            else:
                inside, outside = match.span(5)
                yield token(("open", name, start, inside, attrs, ""))
                if text and (blanks or not text.isspace()):
                    yield token(("text", "", inside, outside, "", ""))
                yield token(("close", name, outside, at, "", ""))
    if at < len(html):
        yield token(("text", "", at, len(html), "", ""))


@lru_cache(maxsize=4096)
def attributes(text: str) -> dict[str, str]:
    """Return the attributes written in `text`, names in lower case, values unescaped; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTR.findall(text):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


@dataclass(frozen=True, slots=True)
class UrlSpot:
    """A URL in HTML: element, attribute, unescaped value, offsets of the raw value."""

    tag: str
    attribute: str
    url: str
    start: int
    end: int


def urls_of(html: str, token: Token) -> Iterator[UrlSpot]:
    """Yield the URLs that an opening tag carries, with their exact places in `html`."""
    wanted = URL_ATTRIBUTES.get(token.name)
    if not wanted or not token.attrs:
        return
    base = html.index(token.attrs, token.start)
    seen: set[str] = set()
    for match in _ATTR.finditer(token.attrs):
        name = match[1].lower()
        if name not in wanted or name in seen:
            continue
        seen.add(name)
        group = next((number for number in (2, 3, 4) if match[number] is not None), 0)
        value = match[group] if group else ""
        start = base + (match.start(group) if group else match.end())
        if name == "srcset":
            for part in _SRCSET.finditer(value):
                yield UrlSpot(token.name, name, unescape(part[1]), start + part.start(1), start + part.end(1))
        else:
            yield UrlSpot(token.name, name, unescape(value), start, start + len(value))


def url_values(name: str, attrs: dict[str, str]) -> Iterator[str]:
    """Yield the URLs among the attributes of an element called `name`, where their places do not matter."""
    for attribute in URL_ATTRIBUTES.get(name, ()):
        if attribute in attrs:
            if attribute == "srcset":
                yield from (part[1] for part in _SRCSET.finditer(attrs[attribute]))
            else:
                yield attrs[attribute]


def visible_text(html: str) -> str:
    """Return the text that a reader sees, entities resolved, tags dropped without a space in their place."""
    return unescape("".join(html[token.start : token.end] for token in tokens(html) if token.kind == "text"))


def count_chars(text: str) -> tuple[int, int]:
    """Return how many Chinese characters and how many other letters or digits `text` holds."""
    return len(HAN.findall(text)), len(LETTER.findall(text))
