"""A document's body with its links set for the page it stands on.

Owns the way from targets to URLs in a body. Must not know templates.
"""

from __future__ import annotations

from html import escape

from build_site.model.content import Body, Link
from build_site.model.site import Document, Reach, Target
from build_site.rendering.relative import href
from build_site.rendering.views import TocEntry

_TOC_FROM = 3


def body_html(document: Document, page: str) -> str:
    """Return the body's HTML with every link relative to the page at the address `page`."""
    body = document.doc.body
    urls = tuple(_url(link, target, page) for link, target in zip(body.links, document.targets, strict=True))
    return _mark_files(body, urls, document.targets)


def _url(link: Link, target: Target, page: str) -> str:
    if target.reach in (Reach.PAGE, Reach.FILE):
        return escape(href(target.address, page, target.fragment), quote=True)
    return escape(link.url, quote=True)


def _mark_files(body: Body, urls: tuple[str, ...], targets: tuple[Target, ...]) -> str:
    """Set the URLs in; a link to a file gets `data-file`, by which the checks know that the page has a file."""
    pieces = [body.parts[0]]
    for link, url, target, part in zip(body.links, urls, targets, body.parts[1:], strict=True):
        if link.tag == "a" and target.reach is Reach.FILE and part.startswith('"'):
            part = '" data-file' + part[1:]
        pieces += (url, part)
    return "".join(pieces)


def contents(body: Body) -> tuple[TocEntry, ...]:
    """Return the body's contents list, empty when it has fewer than three headings."""
    entries = tuple(TocEntry(heading.rank, heading.id, heading.text) for heading in body.headings if heading.rank <= 3)
    return entries if len(entries) >= _TOC_FROM else ()
