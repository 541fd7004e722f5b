"""Media types: whether what a server calls a file can be right.

Owns the types of the endings that sites publish. An ending that is not listed may be called anything but a page.
"""

from __future__ import annotations

_TYPES = {
    "html": ("text/html",),
    "css": ("text/css",),
    "js": ("text/javascript", "application/javascript", "application/x-javascript"),
    "json": ("application/json", "text/json"),
    "xml": ("application/xml", "text/xml", "application/atom+xml", "application/rss+xml"),
    "txt": ("text/plain",),
    "pdf": ("application/pdf",),
    "png": ("image/png",),
    "jpg": ("image/jpeg",),
    "jpeg": ("image/jpeg",),
    "gif": ("image/gif",),
    "webp": ("image/webp",),
    "svg": ("image/svg+xml",),
}
_UNSAID = ("", "application/octet-stream")
"""What a server says that knows no type; a page under it would be offered as a download."""
_PAGE = "text/html"


def fits(address: str, media: str) -> bool:
    """Return whether a file at `address` may be called `media`, the value of Content-Type; "" is no claim."""
    kind = media.partition(";")[0].strip().lower()
    wanted = _TYPES.get(address.rpartition(".")[2].lower())
    if not media:
        return True
    if wanted is None:
        return kind != _PAGE
    return kind in wanted or (kind in _UNSAID and _PAGE not in wanted)
