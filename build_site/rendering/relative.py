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


@lru_cache(maxsize=65536)
def href(address: str, page: str, fragment: str = "") -> str:
    """Return the URL of `address` as written on the page at the address `page`; percent-encoded, not HTML-escaped."""
    tail = "#" + quote(fragment, safe="/?:@!$'()*+,;=-._~") if fragment else ""
    if is_remote(address):
        return address + tail
    if address == page and tail:
        return tail
    folder = posixpath.dirname(page)
    path = posixpath.relpath(address, folder) if folder else address
    return quote(path, safe=_SAFE) + tail


def rooted(address: str, base_path: str) -> str:
    """Return the URL of `address` from the root of the host; for the 404 page, which is shown at any depth."""
    return address if is_remote(address) else base_path + quote(address, safe=_SAFE)
