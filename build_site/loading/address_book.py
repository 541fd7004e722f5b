"""Which addresses there are, who holds each, and where old ones lead.

Owns claims, collisions and redirects. Must not know what stands on a page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date

from build_site.loading.filing import Placed
from build_site.loading.placing import (
    ALWAYS,
    REPEALED,
    RESERVED_KEYS,
    is_page,
)
from build_site.model.columns import Catalogue
from build_site.model.facets import facet_pages, facets_of
from build_site.model.finding import Fault
from build_site.model.generated import is_reserved
from build_site.model.paging import list_pages
from build_site.model.register import REGISTER, out_of_force, register_pages
from build_site.model.site import (
    ColumnNode,
    ColumnPath,
    Document,
    Standing,
)
from build_site.model.text import Location

_LIST_PAGE = re.compile(
    r"(?P<column>[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)?)/(?:(?:\d{4}/)?(?:index|\d+)|mian/[a-z0-9-]+)\.html"
)
_REGISTER_PAGE = re.compile(r"mulu/\d{4}/(?:index|\d+)\.html")


def is_computed(address: str) -> bool:
    """Return whether a page lists what is elsewhere: of a year or facet, of the register, of what is out of force.

    When such a page goes, its address leads on by itself, so nobody has to record it beforehand.
    """
    if _REGISTER_PAGE.fullmatch(address) or address == REPEALED:
        return True
    match = _LIST_PAGE.fullmatch(address)
    if match is None or match["column"].partition("/")[0] in RESERVED_KEYS:
        return False
    return address != f"{match['column']}/index.html"


def claim_pages(
    catalogue: Catalogue,
    nodes: Mapping[ColumnPath, ColumnNode],
    placed: list[Placed],
    documents: tuple[Document, ...],
    as_of: date,
    faults: list[Fault],
) -> dict[str, Location]:
    """Return every page address with the place that made it; an address claimed twice is a fault.

    `documents` are those that the register lists.
    """
    home = Location("catalog.yaml", 1, 1)
    pages = dict.fromkeys(ALWAYS, home)
    pages |= {page.address: home for page in register_pages(documents)}
    if out_of_force(documents, as_of):
        pages[REPEALED] = home
    folded = {address.casefold(): address for address in pages}

    def claim(address: str, where: Location) -> None:
        first = folded.setdefault(address.casefold(), address)
        if address in pages or first != address:
            other = pages[first]
            faults.append(
                Fault(
                    "address-collision", where, (("address", address), ("other", other.path), ("line", str(other.line)))
                )
            )
        else:
            pages[address] = where

    for path, column in catalogue.walk():
        if len(path) == 1 and column.key in RESERVED_KEYS:
            faults.append(Fault("reserved-column-key", column.at("key"), (("key", column.key),)))
        node = nodes[path]
        if node.present and node.column is column:
            size = catalogue.site.page_size
            for page in list_pages(node, size):
                claim(page.address, column.at())
            for facet in facets_of(node, catalogue.themes, as_of):
                for page in facet_pages(node, facet, size):
                    claim(page.address, column.at())
    for item in placed:
        if item.standing in (Standing.PUBLISHED, Standing.WITHDRAWN) and not item.place.intro:
            where = item.notice.at("index_no") if item.notice.index_no else item.notice.at("id")
            claim(item.address, Location(item.doc.path, where.line, where.column, where.length))
    for withdrawal in catalogue.withdrawals:
        if is_page(withdrawal.address):
            claim(withdrawal.address, withdrawal.at("address"))
    return pages


def resolve_redirects(
    catalogue: Catalogue, nodes: Mapping[ColumnPath, ColumnNode], pages: Mapping[str, Location], locked: frozenset[str]
) -> dict[str, str]:
    """Return old addresses with where they lead in the end: those of the catalogue, and list pages that are no more."""
    written = {redirect.source: redirect.target for redirect in catalogue.redirects if redirect.source not in pages}
    found = {}
    for old in written:
        final, steps = written[old], 0
        while final in written and steps <= len(written):
            final, steps = written[final], steps + 1
        found[old] = final
    for old in sorted(locked - set(pages) - set(found)):
        if REGISTER in pages and (_REGISTER_PAGE.fullmatch(old) or old == REPEALED):
            found[old] = REGISTER
            continue
        match = _LIST_PAGE.fullmatch(old)
        node = nodes.get(tuple(match["column"].split("/"))) if match else None
        if node and node.present and old != node.address:  # a list that got shorter keeps its old pages alive
            found[old] = node.address
    return found


def file_clashes(pages: Mapping[str, Location], files: Mapping[str, str]) -> Iterator[Fault]:
    """Find published files whose address a page or another file holds, or that a disk cannot hold beside it."""
    holders = {address.casefold(): where for address, where in pages.items()}
    for address, source in files.items():
        where = Location(source)
        other = holders.get(address.casefold())
        folder = posixpath.dirname(address)
        while other is None and folder:
            other = holders.get(folder.casefold())
            folder = posixpath.dirname(folder)
        if other is not None:
            data = (("address", address), ("other", other.path), ("line", str(other.line)))
            yield Fault("address-collision", where, data)


def folder_clashes(
    catalogue: Catalogue, pages: Mapping[str, Location], redirects: Mapping[str, str]
) -> Iterator[Fault]:
    """Find addresses that are also the folder of another address: a disk cannot hold both."""
    places = dict(pages)
    for redirect in catalogue.redirects:
        if redirect.source in redirects:
            places.setdefault(redirect.source, redirect.at("source"))
    for address, where in places.items():
        folder = posixpath.dirname(address)
        while folder:
            if folder in places:
                data = (("address", folder), ("other", places[folder].path), ("line", str(places[folder].line)))
                yield Fault("address-collision", where, data)
            folder = posixpath.dirname(folder)


def generated_clashes(
    catalogue: Catalogue,
    nodes: Mapping[ColumnPath, ColumnNode],
    pages: Mapping[str, Location],
    files: Mapping[str, str],
    redirects: Mapping[str, str],
) -> Iterator[Fault]:
    """Find addresses, and folders of addresses, that belong to files which every build makes."""
    places = {address: Location(source) for address, source in files.items()} | dict(pages)
    for redirect in catalogue.redirects:
        if redirect.source in redirects:
            places.setdefault(redirect.source, redirect.at("source"))
    for address, where in places.items():
        taken = address
        while taken and not is_reserved(taken, nodes):
            taken = posixpath.dirname(taken)
        if taken:
            yield Fault("address-collision", where, (("address", taken), ("other", ""), ("line", "")))
