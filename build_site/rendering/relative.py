"""Addresses as hrefs: relative to the page they stand on.

Owns the way from an output address to what is written into HTML, so that the output works in any folder.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_SAFE = "/-._~!$'()*+,;=:@"


def is_remote(address: str) -> bool:
    """Return whether an address leaves the site: it has a scheme or a host."""
    return _SCHEME.match(address) is not None


def href(address: str, page: str, fragment: str = "") -> str:
    """Return the URL of `address` as written on the page at the address `page`; percent-encoded, not HTML-escaped."""
    tail = "#" + quote(fragment, safe="/?:@!$'()*+,;=-._~") if fragment else ""
    if address == page and tail:
        return tail
    return _from_folder(address, page.rpartition("/")[0]) + tail


@lru_cache(maxsize=65536)
def _from_folder(address: str, folder: str) -> str:
    """The URL of `address` on every page in `folder`: a site has far fewer folders than pages."""
    if is_remote(address):
        return address
    return quote(posixpath.relpath(address, folder) if folder else address, safe=_SAFE)


def rooted(address: str, base_path: str) -> str:
    """Return the URL of `address` from the root of the host; for the 404 page, which is shown at any depth."""
    return address if is_remote(address) else base_path + quote(address, safe=_SAFE)
