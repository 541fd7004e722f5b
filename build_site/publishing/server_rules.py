"""What any web server should answer with: headers, times to keep an answer, kinds of files.

Owns these facts, the same for every server. Must not know how a server is told of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from build_site.publishing.served_site import ServedSite

FINGERPRINTED = r"assets/.+-[0-9a-f]{10}(?:\.[A-Za-z0-9]+)?"
"""The addresses of a theme's files: the name changes with the content (`rendering.theme`)."""
FEEDS = r"(?:.+/)?gengxin\.xml"
PROOFS = r"(?:manifest\.json|SHA256SUMS)(?:\.[a-z0-9.-]+)?"
"""What shows whether the pages are genuine: never an old copy."""
SHOWN_BY_BROWSERS = r"(?i:.+\.(?:pdf|png|jpe?g|gif|webp|avif|bmp|mp3|wav|mp4|webm))"
"""What a browser opens in a viewer of its own, which may style itself: see `VIEWED`."""

FOREVER = "public, max-age=31536000, immutable"
PAGES = "public, max-age=300"
"""Pages and attachments: a correction is seen after five minutes."""
FEED = "public, max-age=900"
FRESH = "no-cache"

ATOM = "application/atom+xml"
OCTETS = "application/octet-stream"
"""What nobody knows: browsers save it and do not look into it."""
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "html": "text/html",
        "css": "text/css",
        "js": "text/javascript",
        "json": "application/json",
        "xml": "application/xml",
        "txt": "text/plain",
        "md": "text/markdown",
        "csv": "text/csv",
        "pem": "application/x-pem-file",
        "svg": "image/svg+xml",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "gif": "image/gif",
        "webp": "image/webp",
        "avif": "image/avif",
        "bmp": "image/bmp",
        "tif": "image/tiff",
        "tiff": "image/tiff",
        "ico": "image/x-icon",
        "woff": "font/woff",
        "woff2": "font/woff2",
        "pdf": "application/pdf",
        "ofd": "application/ofd",
        "rtf": "application/rtf",
        "doc": "application/msword",
        "xls": "application/vnd.ms-excel",
        "ppt": "application/vnd.ms-powerpoint",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "wps": "application/wps-office.wps",
        "et": "application/wps-office.et",
        "dps": "application/wps-office.dps",
        "zip": "application/zip",
        "rar": "application/vnd.rar",
        "7z": "application/x-7z-compressed",
        "mp3": "audio/mpeg",
        "wav": "audio/wav",
        "mp4": "video/mp4",
        "webm": "video/webm",
    }
)
TEXT = ("text/plain", "text/css", "text/javascript", "text/markdown", "text/csv", "application/json", "application/xml", ATOM, "image/svg+xml")  # fmt: skip
"""What has a charset and shrinks when it is compressed, beside text/html."""

_ALONE = re.compile(r"[A-Za-z0-9/._~ -]+")
VIEWED = "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'"
"""The policy of files that a browser shows: no scripts, but the browser's own viewer works."""


def headers(site: ServedSite, policy: str = "") -> dict[str, str]:
    """Return the headers of an answer: `policy`, by default the pages' own, and who may show it in a frame, which only a header can
    say.
    """
    policy = "; ".join(filter(None, (policy or site.policy, "frame-ancestors 'self'")))
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def is_plain_path(path: str) -> bool:
    """Return whether a folder's path can stand in a server's configuration: no sign that means something there."""
    return _ALONE.fullmatch(path) is not None
