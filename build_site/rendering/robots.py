"""What search engines read: the site map (sitemaps.org 0.9) and robots.txt (RFC 9309).

Owns which pages they are told about and since when. Must not know views, nor write files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape

from build_site.loading.placing import HOME, NOT_FOUND, REPEALED, SITE_MAP, UPDATES
from build_site.model.columns import Catalogue
from build_site.model.events import Event, by_column
from build_site.model.facets import facet_pages, facets_of
from build_site.model.generated import ROBOTS, SITEMAP, sitemap_part
from build_site.model.open_data import DATA_PAGE
from build_site.model.paging import list_pages
from build_site.model.register import out_of_force, register_pages
from build_site.model.site import Document, Site, Standing
from build_site.model.words import ColumnKind
from build_site.rendering.absolute import absolute, canonical

LIMIT = 50_000  # the protocol's own
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_Entry = tuple[str, date | None]


def sitemap_files(site: Site, happened: Sequence[Event], limit: int = LIMIT) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of the site map: one file, or an index and parts of at most `limit` pages."""
    changed = _changed(site, happened)
    pages = [(canonical(site, address), changed.get(address)) for address in _public(site)]
    if len(pages) <= limit:
        yield SITEMAP, _document("urlset", "url", pages)
        return
    parts: list[_Entry] = []
    for start in range(0, len(pages), limit):
        chunk = pages[start : start + limit]
        address = sitemap_part(start // limit + 1)
        parts.append((absolute(site, address), max((day for _, day in chunk if day), default=None)))
        yield address, _document("urlset", "url", chunk)
    yield SITEMAP, _document("sitemapindex", "sitemap", parts)


def robots_txt(site: Site) -> bytes:
    """Return robots.txt: a sample is not to be indexed; a real site names its site map."""
    info = site.catalogue.site
    if info.sample:
        return "# 示例站点，不允许搜索引擎收录。\nUser-agent: *\nDisallow: /\n".encode()
    lines = ["User-agent: *", f"Allow: {info.base_path}", f"Sitemap: {absolute(site, SITEMAP)}"]
    if info.base_path != "/":
        lines = [
            f"# 搜索引擎只读取网站根目录的 /{ROBOTS}，不会读取本文件。",
            f"# 本专栏部署在 {info.base_path}，请网站管理员把下面几行并入网站根目录的 {ROBOTS}。",
            *lines,
        ]
    return ("\n".join(lines) + "\n").encode()


def _public(site: Site) -> list[str]:
    """Return the addresses of the pages with something to find, sorted."""
    gone = {NOT_FOUND, *site.redirects, *(item.address for item in site.catalogue.withdrawals)}
    gone |= {item.address for item in site.documents if item.standing is Standing.WITHDRAWN and not item.intro}
    return sorted(set(site.pages) - gone)


def _changed(site: Site, happened: Sequence[Event]) -> dict[str, date]:
    """Return the day of the last change of each page, as far as it is known.

    A document changes when it is published or corrected and when it ends; a list with the documents on it; the home
    and the pages about the whole site with everything.
    """
    days: dict[str, list[date]] = defaultdict(list)
    for event in happened:
        for address in (event.subject, HOME, SITE_MAP, UPDATES, DATA_PAGE):
            days[address].append(event.day)
    last = {address: max(found) for address, found in days.items()}
    by_path = by_column(site, happened)
    for path, node in site.columns.items():
        written = node.intro.notice.published_on if node.intro else None
        found = [event.day for event in by_path[path]] + [day for day in (node.latest, written) if day]
        found += [day for day in _checked(site.catalogue, node.column.page_kind) if day <= site.as_of]
        if found:
            last[node.address] = max(found)
    for address, documents in _lists(site):
        last.setdefault(address, max(last[document.address] for document in documents))
    return last


def _lists(site: Site) -> Iterator[tuple[str, Sequence[Document]]]:
    """Yield the address of every list of documents but the column pages, with what stands on it."""
    size = site.catalogue.site.page_size
    for node in site.columns.values():
        for page in list_pages(node, size)[1:]:
            yield page.address, page.documents
        for facet in facets_of(node, site.catalogue.themes, site.as_of):
            for page in facet_pages(node, facet, size):
                yield page.address, page.documents
    for part in register_pages(site.listed):
        yield part.address, part.documents
    ended = out_of_force(site.listed, site.as_of)
    if ended:
        yield REPEALED, ended


def _checked(catalogue: Catalogue, kind: ColumnKind) -> tuple[date, ...]:
    """Return the days on which the records that a kind of column shows were last compared with reality."""
    match kind:
        case ColumnKind.AGENCY:
            return (catalogue.agency.checked,)
        case ColumnKind.INSTITUTION:
            return (catalogue.institution.checked,) if catalogue.institution else ()
        case ColumnKind.PLACES:
            return tuple(place.checked for place in catalogue.places)
        case ColumnKind.ACCOUNTS:
            return tuple(account.checked for account in catalogue.accounts)
        case _:
            return ()


def _document(root: str, item: str, entries: Sequence[_Entry]) -> bytes:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for url, day in entries:
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<{item}><loc>{escape(url)}</loc>{changed}</{item}>")
    return ("\n".join([*lines, f"</{root}>"]) + "\n").encode()
