"""Pictures: what file a picture is, and how its element is written into a page.

Owns the four formats that every browser shows, the attributes of `img`, `figure` around a picture with a title, and the
question whether an alternative text says anything. Must not know other files than the one it measures.
"""

from __future__ import annotations

import posixpath
import re
from html import escape
from pathlib import Path
from urllib.parse import unquote

from build_site.loading.markup import attributes, tokens, visible_text
from build_site.model.content import Link, Picture
from build_site.model.finding import Fault

SUFFIXES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WebP"}
_IMG = r"<img\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>"
_ALONE = re.compile(
    rf"<p>\s*(?:(?P<open><a\b(?:[^>\"']|\"[^\"]*\")*>)\s*)?(?P<img>{_IMG})\s*(?:(?P<close></a>)\s*)?</p>", re.IGNORECASE
)
_KEPT = ("class", "id", "lang")
_DECORATIVE = ("presentation", "none")
_EMPTY_NAMES = re.compile(
    r"(?:微信|qq)?(?:图片|图像|图|照片|相片|截图|屏幕截图|插图|配图|附图|题图|示意图|image|img|picture|photo|pic|figure|screenshot|dsc)"
    r"[\s_\-—－()（）0-9一二三四五六七八九十]*(?:\.\w+)?",
    re.IGNORECASE,
)


def picture_of(file: Path) -> Picture | None:
    """Return format and size in pixels of the picture `file`, or None when no browser could show it.

    Photographs that a camera turned by a mark in the file are measured as they are shown. Raises OSError only for what
    the disk cannot do.
    """
    import imagesize  # type: ignore[import-untyped]  # drags in an HTTP client: only when there is a picture

    with file.open("rb") as stream:
        head = stream.read(16)
        stream.seek(0)
        kind = _kind(head)
        if not kind or _cut_off(file, kind, head):
            return None
        try:
            width, height = imagesize.get(stream)
        except Exception:  # whatever a damaged file does to the reader, the file is what is wrong
            return None
    return Picture(kind, int(width), int(height)) if width > 0 and height > 0 else None


def _kind(head: bytes) -> str:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    return "WebP" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def _cut_off(file: Path, kind: str, head: bytes) -> bool:
    """Whether the end of the file is missing, as after a broken upload: half of the picture would be grey."""
    if kind == "WebP":
        return file.stat().st_size < int.from_bytes(head[4:8], "little") + 8
    end = {"PNG": b"IEND", "JPEG": b"\xff\xd9", "GIF": b"\x3b"}[kind]
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - 64))
        if end in stream.read():
            return False
        stream.seek(0)  # something may have been added behind the end
        return end not in stream.read()


def finish(html: str) -> str:
    """Return a body with its pictures written out.

    Each `img` begins with its `src`, so that the size can be set behind the URL once the file is known; it is decoded
    aside and loaded when it is scrolled to. A picture alone in its paragraph with a title is a figure with a caption.
    """
    if "<img" not in html:
        return html
    html = _ALONE.sub(_figure, html)
    pieces: list[str] = []
    at = 0
    for token in tokens(html):
        if token.name == "img" and token.kind == "open":
            pieces += (html[at : token.start], _element(attributes(token.attrs)))
            at = token.end
    return "".join((*pieces, html[at:]))


def _figure(match: re.Match[str]) -> str:
    opened, closed = match["open"] or "", match["close"] or ""
    attrs = attributes(match["img"][4:-1])
    title = attrs.get("title", "").strip()
    if not title or bool(opened) != bool(closed):
        return match[0]
    return (
        f"<figure>{opened}{_element({**attrs, 'title': ''})}{closed}<figcaption>{escape(title)}</figcaption></figure>"
    )


def _element(attrs: dict[str, str]) -> str:
    if "src" not in attrs:
        return ""  # shows nothing; `raw_html` reports it
    found = {"src": attrs["src"]}
    found |= {name: attrs[name] for name in ("width", "height") if re.fullmatch(r"[1-9]\d{0,4}", attrs.get(name, ""))}
    found["alt"] = "" if attrs.get("role") in _DECORATIVE else attrs.get("alt", "").strip()
    found |= {name: attrs[name] for name in ("title", *_KEPT) if attrs.get(name)}
    found |= {"loading": "lazy", "decoding": "async"}
    return "<img " + " ".join(f'{name}="{escape(value)}"' for name, value in found.items()) + ">"


def alt_faults(html: str, links: tuple[Link, ...]) -> list[Fault]:
    """Find pictures whose alternative text is missing or says nothing; `html` as before `finish`, `links` its links.

    WCAG 2.2, 1.1.1. An ornament says so itself: `role="presentation"`.
    """
    if "<img" not in html:
        return []
    faults = []
    pictures = (link for link in links if link.tag == "img")
    for token in tokens(html):
        if token.name != "img" or token.kind != "open":
            continue
        attrs = attributes(token.attrs)
        link = next(pictures, None) if "src" in attrs else None
        if link is None or attrs.get("role") in _DECORATIVE:
            continue
        alt = visible_text(attrs.get("alt", "")).strip()
        data = (("url", link.url), ("alt", alt))
        if not alt:
            faults.append(Fault("picture-without-alt", link.where, data))
        elif _says_nothing(alt, link.url):
            faults.append(Fault("picture-alt-says-nothing", link.where, data))
    return faults


def _says_nothing(alt: str, url: str) -> bool:
    name = posixpath.basename(unquote(url.partition("?")[0])).casefold()
    return alt.casefold() in (name, posixpath.splitext(name)[0]) or _EMPTY_NAMES.fullmatch(alt) is not None
