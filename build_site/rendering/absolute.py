"""Addresses as full URLs, for readers that do not stand on a page: feeds, search engines, other sites.

Owns the way from an output address to a URL with scheme and host. Must not know who reads it.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from build_site.model.site import Site
from build_site.rendering.relative import is_remote, rooted

_INDEX = "index.html"


def absolute(site: Site, address: str) -> str:
    """Return the URL of a file of the site, percent-encoded; an address that has a scheme stays as it is."""
    info = site.catalogue.site
    return address if is_remote(address) else f"https://{ascii_host(info.domain)}{rooted(address, info.base_path)}"


def canonical(site: Site, address: str) -> str:
    """Return the one URL by which a page is to be known (RFC 6596): a folder's index is named by the folder."""
    if not is_remote(address) and f"/{address}".endswith(f"/{_INDEX}"):
        address = address.removesuffix(_INDEX)
    return absolute(site, address)


@lru_cache(maxsize=64)
def ascii_host(domain: str) -> str:
    """Return a domain in the form that URLs carry: Chinese names in their ASCII form (RFC 5891), a port kept."""
    name, colon, port = domain.partition(":")
    try:
        return name.encode("idna").decode("ascii") + colon + port
    except UnicodeError:  # an empty or overlong part: its finding is another's business
        return quote(name) + colon + port
