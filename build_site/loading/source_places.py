"""Where in the Markdown source a rendered link or tag was written.

Owns the alignment: Python-Markdown keeps no positions, so the k-th link to a URL is matched with the k-th place in the
source where that URL stands. Must not judge.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape

from build_site.model.text import Location, SourceFile

_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1|(`+)[^`].*?\2|<!--.*?-->", re.DOTALL | re.MULTILINE)


_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")


_CANDIDATE = re.compile(
    r"\]\(\s*<(?P<angle>[^>\n]*)>"
    r"|\]\(\s*(?P<plain>[^\s<)][^\n]*?)(?=[)\s\"])"
    r"|\]\((?P<nothing>)\s*\)"
    r"|<a\s+(?:[^>]*\s)?(?P<valueless>href)(?=[\s>])(?!\s*=)"
    r"|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<definition>[^\s>]+)"
    r"|<(?P<auto>[a-zA-Z][a-zA-Z0-9+.-]*:[^>\s]*|[^@\s<>]+@[^@\s<>]+)>"
    r"|(?:href|src|srcset|poster|data|action|cite)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.MULTILINE | re.IGNORECASE,
)


def link_places(source: SourceFile, text: str, offset: int, urls: list[str]) -> list[Location]:
    """Match the k-th link to a URL with the k-th place in the source where that URL is written."""
    if not urls:
        return []
    masked = mask(text)
    written: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _CANDIDATE.finditer(masked):
        group = match.lastgroup or "plain"
        raw = match[group]
        start = match.start(group)
        if group == "valueless":
            written[""].append((start, len(raw)))
            continue
        plain = _ESCAPED.sub(r"\1", raw)
        for form in {raw, raw.strip(), unescape(raw), plain, raw.expandtabs(4)}:
            written[form].append((start, len(raw)))
        if group == "auto" and "@" in raw:
            written["mailto:" + raw.removeprefix("mailto:")].append((start, len(raw)))
    used: dict[str, int] = defaultdict(int)
    places = []
    for url in urls:
        spots = written.get(url) or _find(masked, url)
        if spots:
            start, length = spots[min(used[url], len(spots) - 1)]
            places.append(source.at(offset + start, length))
        else:
            places.append(Location(source.path))
        used[url] += 1
    return places


def mask(text: str) -> str:
    """Blank out code and comments, so that nothing in them is taken for a link or a tag; offsets stay."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def tag_places(masked: str, name: str, is_tag: bool) -> list[int]:
    """Return the offsets where an element or attribute called `name` is written in a masked source."""
    if is_tag:
        return [match.start(1) for match in re.finditer(rf"<\s*({re.escape(name)})\b", masked, re.IGNORECASE)]
    inside = re.compile(rf"(?<![\w-]){re.escape(name)}(?=\s*=)", re.IGNORECASE)
    spans = re.finditer(r"<[^>]*>|\{[^}]*\}", masked)
    return [span.start() + match.start() for span in spans for match in inside.finditer(span[0])]


def _find(text: str, url: str) -> list[tuple[int, int]]:
    return [(match.start(), len(url)) for match in re.finditer(re.escape(url), text)] if url.strip() else []
