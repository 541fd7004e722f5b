"""Files that are made from the site as a whole, beside its pages: feeds, site map for search engines, robots.txt, data.

Owns their addresses, so that links to them are known and nothing else takes them. Must not know what stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from build_site.model.open_data import DATA_FOLDER, DATA_PAGE, GUIDE, LIST_NAME, data_addresses
from build_site.model.site import ColumnNode, ColumnPath

ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
_FEED = "gengxin.xml"
_AT_ROOT = re.compile(rf"robots\.txt|sitemap(-\d+)?\.xml|gengxin\.xml|{re.escape(GUIDE)}", re.ASCII)
_IN_COLUMN = frozenset({_FEED, LIST_NAME})


def feed_address(path: ColumnPath = ()) -> str:
    """Return the address of a column's feed, or of the feed of everything."""
    return "/".join((*path, _FEED))


def has_feed(node: ColumnNode) -> bool:
    """Return whether a column has a feed: it has a page, and documents in it or in its sub-columns."""
    return node.present and node.count > 0


def sitemap_part(number: int) -> str:
    """Return the address of a part of the site map, counted from 1."""
    return f"sitemap-{number}.xml"


def generated_addresses(columns: Mapping[ColumnPath, ColumnNode], items: Sequence[object]) -> Iterator[str]:
    """Yield the addresses that every build makes of a site with these `columns` and `items` of a standard catalogue; the parts of
    a site map that was split are not among them.
    """
    yield from (ROBOTS, SITEMAP, feed_address())
    yield from (feed_address(path) for path, node in columns.items() if has_feed(node))
    yield from data_addresses(columns, items)


def is_reserved(address: str, columns: Mapping[ColumnPath, ColumnNode]) -> bool:
    """Return whether an address is kept for generated files, now or when a column gets its first document."""
    folder, _, name = address.casefold().rpartition("/")
    if folder == DATA_FOLDER:
        return address.casefold() != DATA_PAGE
    if not folder:
        return _AT_ROOT.fullmatch(name) is not None
    return name in _IN_COLUMN and tuple(folder.split("/")) in columns
