"""What a platform, a proxy or an intruder put into a page: code that no page of ours has.

Owns telling it from what belongs to the page, and the proof that nothing else was changed: with it taken out, the page is the
original again, byte for byte. Must not judge whether that is allowed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from build_site.loading.markup import VOID, Token, attributes, tokens
from build_site.output.manifest import FileEntry

_BASE = "http://site.invalid/"
_LOADERS = {"script": "src", "link": "href", "iframe": "src", "embed": "src", "object": "data", "img": "src"}
_ALWAYS = frozenset({"iframe", "embed", "object", "noscript", "base"})
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARGINS = (r"", r"\n?", r"\s*")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Injected:
    """A piece of code in a page that is not ours: element, the host it is loaded from ("" for code in the page itself), its address or first
    words, and its place in the page's text.
    """

    element: str
    host: str
    shown: str
    start: int
    end: int


def foreign(html: str, address: str, files: Mapping[str, FileEntry]) -> Iterator[Injected]:
    """Yield the pieces of the page at `address` that load or run what is none of the site's `files`, and its comments."""
    for match in _COMMENT.finditer(html):
        yield Injected("comment", "", match[0][:_SHOWN], *match.span())
    until = 0
    for token in tokens(html):
        if (
            token.kind not in ("open", "raw")
            or token.start < until
            or token.name not in {*_LOADERS, *_ALWAYS, "style", "meta"}
        ):
            continue
        found = _foreign(html, token, address, files)
        if found is not None:
            until = found.end
            yield found


def _foreign(html: str, token: Token, address: str, files: Mapping[str, FileEntry]) -> Injected | None:
    attrs = attributes(token.attrs)
    name = token.name
    url = attrs.get(_LOADERS.get(name, ""), "")
    if name == "meta" and attrs.get("http-equiv", "").lower() != "refresh":
        return None
    if name == "meta":
        url = attrs.get("content", "").partition("=")[2]
        ours = _is_ours(url, address, files)
    elif name == "link":
        ours = attrs.get("rel", "").lower() in ("canonical", "alternate") or _is_ours(url, address, files)
    elif name == "img":
        ours = url.startswith("data:") or _is_ours(url, address, files)
    elif name == "script":
        ours = _is_ours(url, address, files) if url else attrs.get("type", "") == "application/ld+json"
    else:
        ours = False
    if ours:
        return None
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, token.end)
    open_ended = token.kind == "raw" or name in VOID or closing is None
    end = token.end if open_ended or closing is None else closing.end()
    words = url or html[token.start : end]
    return Injected(
        name, urlsplit(url).hostname or "" if url else "", " ".join(words.split())[:_SHOWN], token.start, end
    )


def _is_ours(url: str, address: str, files: Mapping[str, FileEntry]) -> bool:
    try:
        parts = urlsplit(urljoin(_BASE + address, url))
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}/" != _BASE:
        return False
    path = unquote(parts.path[1:])  # the error page names files from the top of the host, where the column need not be
    return any(path[at:] in files for at in (0, *(match.end() for match in re.finditer("/", path))))


def is_restored(data: bytes, injected: Sequence[Injected], entry: FileEntry) -> bool:
    """Return whether a page is the one of `entry` again when the pieces are taken out, with or without blanks beside them.

    A comment may be one of the page's own, so it is tried with and without taking those out.
    """
    try:
        html = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    code = [piece for piece in injected if piece.element != "comment"]
    for pieces in (list(injected), code):
        for before in _MARGINS:
            for after in _MARGINS:
                if hashlib.sha256(_without(html, pieces, before, after).encode()).hexdigest() == entry.sha256:
                    return True
    return False


def _without(html: str, pieces: Sequence[Injected], before: str, after: str) -> str:
    kept, at = [], 0
    for piece in sorted(pieces, key=lambda one: one.start):
        if piece.start < at:
            continue
        text = html[at : piece.start]
        kept.append(re.sub(rf"{before}\Z", "", text) if before else text)
        behind = re.compile(after).match(html, piece.end)
        at = behind.end() if behind else piece.end
    return "".join((*kept, html[at:]))
