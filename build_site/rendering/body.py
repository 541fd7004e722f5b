"""A document's body with its links set for the page it stands on.

Owns the way from targets to URLs in a body, and the sizes of its pictures. Must not know templates.
"""

from __future__ import annotations

import re
from html import escape

from build_site.model.content import Body, Link, Picture
from build_site.model.site import Document, Reach, Target
from build_site.rendering.relative import href
from build_site.rendering.views import TocEntry

_TOC_FROM = 3
_SIZES = re.compile(r'"(?: width="(?P<width>\d+)")?(?: height="(?P<height>\d+)")?')


def body_html(document: Document, page: str) -> str:
    """Return the body's HTML with every link relative to the page at the address `page`, every picture with its size."""
    body = document.doc.body
    urls = tuple(_url(link, target, page) for link, target in zip(body.links, document.targets, strict=True))
    return _joined(body, urls, document.targets)


def _url(link: Link, target: Target, page: str) -> str:
    if target.reach in (Reach.PAGE, Reach.FILE):
        return escape(href(target.address, page, target.fragment), quote=True)
    return escape(link.url, quote=True)


def _joined(body: Body, urls: tuple[str, ...], targets: tuple[Target, ...]) -> str:
    """Set the URLs in; a link to a file gets `data-file`, by which the checks know that the page has a file, and a picture
    the size of its file, so that the text does not jump when it arrives.
    """
    pieces = [body.parts[0]]
    for link, url, target, part in zip(body.links, urls, targets, body.parts[1:], strict=True):
        if link.tag == "a" and target.reach is Reach.FILE and part.startswith('"'):
            part = '" data-file' + part[1:]
        elif target.picture is not None:
            part = _sized(part, target.picture)
        pieces += (url, part)
    return "".join(pieces)


def _sized(part: str, picture: Picture) -> str:
    """Put the size into `part`, what follows a picture's URL; an editor's width or height is kept, in proportion."""
    found = _SIZES.match(part)
    if found is None:
        return part
    width, height = picture.width, picture.height
    if found["width"]:
        width, height = int(found["width"]), max(1, round(picture.height * int(found["width"]) / picture.width))
    elif found["height"]:
        width, height = max(1, round(picture.width * int(found["height"]) / picture.height)), int(found["height"])
    return f'" width="{width}" height="{height}"{part[found.end() :]}'


def contents(body: Body) -> tuple[TocEntry, ...]:
    """Return the body's contents list, empty when it has fewer than three headings."""
    entries = tuple(TocEntry(heading.rank, heading.id, heading.text) for heading in body.headings if heading.rank <= 3)
    return entries if len(entries) >= _TOC_FROM else ()
