"""What of a source file people read as text.

Owns the blanking of everything else: code, comments, addresses of links, markup. Offsets, lines and columns stay those
of the file. Must not judge the text.
"""

from __future__ import annotations

import re

from build_site.loading.source_places import mask
from build_site.model.text import SourceFile

_YAML_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_HEAD_ADDRESS = re.compile(
    r"https?://[^\s,，;；\]}\"']+|[^\s:：,，;；\[\]{}\"'《》]{1,120}\.(?:md|html?|pdf|docx?|xlsx?|csv|txt|ofd|png|jpe?g|gif|webp|zip)\b",
    re.IGNORECASE,
)
_BODY_ADDRESS = re.compile(
    r"(?<=\])\([^)\n]{0,2000}\)"
    r"|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[^\n]*"
    r"|https?://[\x21-\x7e]+"
    r"|(?<=[\w)\]])\{[^{}\n]*\}|^\{[:#.][^{}\n]*\}",
    re.MULTILINE | re.IGNORECASE,
)
_MOST_MARKS = 1000  # looking for their ends takes quadratic time; a text with more of them keeps its code as prose
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[^\s<>@]+@[^\s<>@]+>|<[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*>")
_SPOKEN = re.compile(r"\b(?:alt|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def prose_of(source: SourceFile, body_offset: int) -> SourceFile:
    """Return `source`, whose body begins at `body_offset`, with all but its prose blanked out by spaces.

    The values of front matter stay, addresses and file names in them do not; of tags, only `alt` and `title` stay.
    """
    head, body = source.text[:body_offset], source.text[body_offset:]
    if "#" in head:
        head = _YAML_COMMENT.sub(_blank, head)
    if "." in head or "//" in head:
        head = _HEAD_ADDRESS.sub(_blank, head)
    if 0 < body.count("`") + body.count("~~~") + body.count("<!--") <= _MOST_MARKS:
        body = mask(body)
    if "]" in body or "{" in body or "//" in body:
        body = _BODY_ADDRESS.sub(_blank, body)
    if "<" in body:
        body = _TAG.sub(_without_markup, body)
    return SourceFile(source.path, head + body)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _without_markup(match: re.Match[str]) -> str:
    tag = match[0]
    blank = re.sub(r"[^\n]", " ", tag)
    for spoken in _SPOKEN.finditer(tag):
        group = 1 if spoken[1] is not None else 2
        start, end = spoken.span(group)
        blank = blank[:start] + tag[start:end] + blank[end:]
    return blank
