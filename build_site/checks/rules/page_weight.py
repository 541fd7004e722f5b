"""How much a reader has to load to see a page.

Owns the sum over a page, its style sheets, scripts and pictures, and the verdict on it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from build_site.checks.rule import RenderedSite
from build_site.model.finding import Finding, Message
from build_site.model.page import RenderedPage
from build_site.model.site import Site
from build_site.model.text import Location

M = Message
_LOADED = frozenset({"link", "script", "img", "source"})
_KILO = 1024


def too_heavy(site: Site, output: RenderedSite) -> Iterator[Finding]:
    """Yield the pages that weigh more than the site allows, at the heaviest picture that an editor put there."""
    most = site.catalogue.checks.thresholds.page_kilobytes
    sizes = dict(output.sizes) | {address: site.assets[source].size for address, source in site.files.items()}
    written = {document.address: document for document in site.documents}
    for page in output.pages.values():
        parts = _parts(page, sizes)
        total = page.shape.size + sum(parts.values())
        if total <= most * _KILO:
            continue
        heaviest = max(parts, key=lambda address: parts[address], default="")
        name, weight = posixpath.basename(heaviest), parts.get(heaviest, 0) // _KILO
        where = Location(page.source)
        document = written.get(page.address)
        for link, target in zip(document.doc.body.links, document.targets, strict=True) if document else ():
            if link.tag == "img" and target.address == heaviest:
                where = link.where
                break
        if weight < page.shape.size // _KILO:
            name, weight = "网页本身 (the page itself)", page.shape.size // _KILO
        yield Finding(
            where,
            M(
                f"打开网页 {page.address} 要下载 {total // _KILO} KB，超过 {most} KB；最大的是 {name}，{weight} KB",
                f"{page.address} makes readers load {total // _KILO} KB, over {most} KB; most of it is {name}, {weight} KB",
            ),
            M("把大图片缩小后再放进来；原图可以作附件", "make large pictures smaller; attach the originals"),
        )


def _parts(page: RenderedPage, sizes: Mapping[str, int]) -> dict[str, int]:
    """Return what a page loads, address -> bytes; what is not ours or only linked is left out."""
    folder = posixpath.dirname(page.address)
    found: dict[str, int] = {}
    for link in page.links:
        if link.tag in _LOADED and ":" not in link.url:
            address = posixpath.normpath(posixpath.join(folder, unquote(link.url)))
            if address in sizes:
                found[address] = sizes[address]
    return found
