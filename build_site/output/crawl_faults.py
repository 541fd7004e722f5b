"""What is wrong with one address that a crawler met, as faults at the places that lead to it.

Owns which fault a visit is. Must not know wording, nor how the visit came about.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urljoin

from build_site.model.finding import Fault
from build_site.output.crawl_places import Places
from build_site.output.crawl_program import Visit


def link_faults(visit: Visit, places: Places) -> Iterator[Fault]:
    """Yield what is wrong with an address, at every place that leads to it; nothing for one that is as it should be."""
    site, url = places.site, visit.url or visit.written
    if visit.moved and not visit.reason:
        url = urljoin(visit.parent, visit.written)  # where it led is right; what is written is not
    address = places.address(url)
    shown = unquote(url) if address is None else address
    page = ("page", places.address(visit.parent) or "")
    if visit.reason:
        known = "known" if address in site.pages or address in site.files else ""
        data = (("url", shown), ("reason", visit.reason), page, ("known", known))
        for place in places.of(url, visit.written, visit.parent):
            yield Fault("published-link-broken", place, data)
    elif visit.anchor:
        for place in places.of(url, visit.written, visit.parent):
            yield Fault("published-anchor-missing", place, (("page", shown), ("anchor", visit.anchor)))
    elif visit.moved and visit.parent:  # else it is the address that the crawl began with
        to = places.address(visit.url) or visit.url
        where = places.of(url, visit.written, visit.parent)
        yield from (
            Fault("published-link-redirected", place, (("url", visit.written), ("to", to), page)) for place in where
        )
