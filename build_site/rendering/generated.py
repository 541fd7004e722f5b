"""Every file that is made from the site as a whole, beside its pages.

Owns the list of them. Must not know what stands in any, nor write files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from build_site.model.events import Event
from build_site.model.generated import ROBOTS
from build_site.model.site import Site
from build_site.rendering.feeds import feeds
from build_site.rendering.open_data import Once, open_data_files
from build_site.rendering.robots import robots_txt, sitemap_files


def anew(name: str, source: bytes, make: Callable[[], bytes]) -> bytes:
    """Make what is made of `source`, and remember nothing."""
    del name, source
    return make()


def generated_files(site: Site, happened: Sequence[Event], once: Once = anew) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of every generated file; each address is one that `model.generated` reserves.

    `once` makes what takes long; it may remember what came of the same source before.
    """
    yield from feeds(site, happened)
    yield from sitemap_files(site, happened)
    yield from open_data_files(site, happened, once)
    yield ROBOTS, robots_txt(site)
    for key in site.catalogue.signing:
        yield key.address, key.public.encode()
