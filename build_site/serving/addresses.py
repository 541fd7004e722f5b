"""From the path of a request to what is shown there.

Owns that decision. Only addresses that the site has lead anywhere, so no path can reach another file. Must not answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from build_site.serving.board import Shown

_INDEX = "index.html"
_NOT_FOUND = "404.html"


@dataclass(frozen=True)
class Found:
    """What a path leads to: the address of a page, the source of an attachment, or the URL of another place.

    `missing` marks the 404 page; without any of them there is nothing at all.
    """

    address: str = ""
    file: str = ""
    moved: str = ""
    missing: bool = False


def locate(shown: Shown, url: str) -> Found:
    """Return what the path of `url` leads to."""
    path = _decoded(url)
    base = shown.base_path
    if path is not None and path in ("/", base.rstrip("/")) and path != base:
        return Found(moved=quote(base))
    if path is not None and path.startswith(base):
        inside = path.removeprefix(base)
        address = f"{inside}{_INDEX}" if not inside or inside.endswith("/") else inside
        if shown.has(address):
            return Found(address)
        if address in shown.files:
            return Found(file=shown.files[address])
        if inside and shown.has(f"{inside}/{_INDEX}"):
            return Found(moved=quote(f"{path}/"))
    return Found(_NOT_FOUND, missing=True) if shown.has(_NOT_FOUND) else Found(missing=True)


def _decoded(url: str) -> str | None:
    try:
        return unquote_to_bytes(path_of(url)).decode("utf-8")
    except UnicodeDecodeError:
        return None


def path_of(url: str) -> str:
    """Return what stands before the query in the target of a request, whatever it looks like."""
    return url.partition("?")[0].partition("#")[0]
