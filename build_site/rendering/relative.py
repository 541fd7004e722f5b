"""Addresses as hrefs: relative to the page they stand on.

Owns the way from an output address to what is written into HTML, so that the output works in any folder.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")
_UNUSUAL = re.compile(r"//|/\.\.?/")  # steps that lead nowhere or up
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
    path = _relative(address, folder) if folder else address
    return path if _PLAIN.fullmatch(path) else quote(path, safe=_SAFE)


def _relative(address: str, folder: str) -> str:
    """What `posixpath.relpath` returns, without asking the disk where we are."""
    if _UNUSUAL.search(f"/{address}/") or _UNUSUAL.search(f"/{folder}/"):
        return posixpath.relpath(address, folder)
    there, here = address.split("/"), folder.split("/")
    same = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        same += 1
    return "/".join((*[".."] * (len(here) - same), *there[same:])) or "."


def rooted(address: str, base_path: str) -> str:
    """Return the URL of `address` from the root of the host; for the 404 page, which is shown at any depth."""
    return address if is_remote(address) else base_path + quote(address, safe=_SAFE)
