"""What search engines read: the site map (sitemaps.org 0.9) and robots.txt (RFC 9309).

Owns which pages they are told about and since when. Must not know views, nor write files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape

from build_site.loading.placing import HOME, NOT_FOUND, SITE_MAP
from build_site.model.events import by_column, events
from build_site.model.generated import ROBOTS, SITEMAP, sitemap_part
from build_site.model.paging import list_pages
from build_site.model.site import Site, Standing
from build_site.model.words import ColumnKind
from build_site.rendering.absolute import absolute, canonical

LIMIT = 50_000  # the protocol's own
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_Entry = tuple[str, date | None]


def sitemap_files(site: Site, limit: int = LIMIT) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of the site map: one file, or an index and parts of at most `limit` pages."""
    changed = _changed(site)
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


def _changed(site: Site) -> dict[str, date]:
    """Return the day of the last change of each page, as far as it is known.

    A document changes when it is published or corrected and when it ends; a list with the documents on it; the home
    and the map for people with everything.
    """
    days: dict[str, list[date]] = defaultdict(list)
    happened = events(site)
    for event in happened:
        days[event.subject].append(event.day)
        days[HOME].append(event.day)
        days[SITE_MAP].append(event.day)
    last = {address: max(found) for address, found in days.items()}
    listed = by_column(site, happened)
    agency = site.catalogue.agency.checked
    for path, node in site.columns.items():
        found = [event.day for event in listed[path]] + ([node.latest] if node.latest else [])
        if node.column.page_kind is ColumnKind.AGENCY and agency <= site.as_of:
            found.append(agency)
        if found:
            last[node.address] = max(found)
        for page in list_pages(node, site.catalogue.site.page_size)[1:]:
            last[page.address] = max(last[document.address] for document in page.documents)
    return last


def _document(root: str, item: str, entries: Sequence[_Entry]) -> bytes:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for url, day in entries:
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<{item}><loc>{escape(url)}</loc>{changed}</{item}>")
    return ("\n".join([*lines, f"</{root}>"]) + "\n").encode()
