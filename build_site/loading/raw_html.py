"""HTML that an editor wrote into Markdown: what may be published of it.

Owns the allow list, the cleaning by nh3 and the faults of what is not allowed. Must not judge addresses.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from html import escape

import nh3

from build_site.loading import markup
from build_site.loading.source_places import mask, tag_places
from build_site.model.finding import Fault
from build_site.model.text import Location, SourceFile

_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption "
        "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub "
        "summary sup table tbody td tfoot th thead time tr u ul var",
    )
)


_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "role"},
    "td": {"colspan", "rowspan", "align", "headers"},
    "th": {"colspan", "rowspan", "scope", "align", "headers"},
    "col": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
}


_BROKEN_TAG = re.compile(
    r"&lt;(a|table|td|tr|th|p|div|span|img|br|font|b|strong|em|ul|ol|li|iframe|script)(?:\s+[a-z-]+\s*=|\s*/?&gt;)",
    re.IGNORECASE,
)


def clean(html: str) -> str:
    """Keep only what may be published, and every URL as it was written: judging those is for the link checks.

    nh3 drops a URL that it cannot parse, without a word; so it is shown stand-ins.
    """
    pieces: list[str] = []
    urls: list[str] = []
    at = 0
    for token in markup.tokens(html):
        if token.kind == "open":
            for spot in markup.urls_of(html, token):
                quoted = html[spot.start - 1 : spot.start] in "\"'" and spot.start > 0
                stand_in = f"{_STAND_IN}{len(urls)}/"
                pieces += (
                    html[at : spot.start],
                    stand_in if quoted else f'="{stand_in}"' if not spot.url else f'"{stand_in}"',
                )
                at = spot.end
                urls.append(spot.url)
    pieces.append(html[at:])
    cleaned = nh3.clean("".join(pieces), tags=set(_TAGS), attributes=_ATTRIBUTES, link_rel=None, url_schemes={"https"})
    return _STOOD_IN.sub(lambda match: escape(urls[int(match[1])], quote=True), cleaned)


_INLINE = frozenset(
    {"a", "b", "i", "s", "u", "em", "strong", "mark", "small", "big", "del", "ins", "sub", "sup", "code"}
)
_STAND_IN = "https://stand-in.invalid/"


_STOOD_IN = re.compile(re.escape(_STAND_IN) + r"(\d+)/")


def broken_markup(source: SourceFile, text: str, offset: int, html: str) -> list[Fault]:
    """Find tags that were not finished and now stand on the page as text, and pictures of nothing."""
    faults = []
    code = 0
    bare = sum(token.name == "img" and "src" not in markup.attributes(token.attrs) for token in markup.tokens(html))
    if bare:
        places = [at for at in tag_places(mask(text), "img", is_tag=True) if "src" not in text[at:].partition(">")[0]]
        where = source.at(offset + places[0], len("img")) if places else Location(source.path)
        faults.append(_broken(where, "<img>"))
    for token in markup.tokens(html):
        if token.name in ("code", "pre"):
            code += 1 if token.kind == "open" else -1
        elif token.kind == "text" and not code:
            for match in _BROKEN_TAG.finditer(html, token.start, token.end):
                hits = [hit.start() for hit in re.finditer(rf"<{match[1]}\b", mask(text), re.IGNORECASE)]
                where = source.at(offset + hits[0], len(match[1]) + 1) if hits else Location(source.path)
                faults.append(_broken(where, f"<{match[1]}"))
    return faults + _unclosed(source, text, offset, html)


def _unclosed(source: SourceFile, text: str, offset: int, html: str) -> list[Fault]:
    """Find comments and inline elements without an end: `a<b 且 c>d` would lose words and make the rest bold."""
    masked = mask(text)
    comment = masked.find("<!--")
    faults = [] if comment < 0 else [_broken(source.at(offset + comment, 4), "<!--")]
    balance: Counter[str] = Counter()
    for token in markup.tokens(html):
        if token.name in _INLINE and token.kind in ("open", "close"):
            balance[token.name] += 1 if token.kind == "open" else -1
            odd = next((name for name in markup.attributes(token.attrs) if not name.isascii()), "")
            balance[token.name] += 1000 if odd else 0
    for name in sorted(name for name, count in balance.items() if count > 0):
        places = tag_places(masked, name, is_tag=True)
        where = source.at(offset + places[-1], len(name)) if places else Location(source.path)
        faults.append(_broken(where, f"<{name}>"))
    return faults


def _broken(where: Location, what: str) -> Fault:
    return Fault("unsafe-markup", where, (("what", what), ("why", "broken")))


def unsafe_markup(source: SourceFile, text: str, offset: int, html: str) -> list[Fault]:
    """Name the elements and attributes that are not published; presentation left by Word is dropped in silence."""
    faults = []
    masked = mask(text)
    seen: dict[str, int] = defaultdict(int)
    for token in markup.tokens(html):
        if token.kind not in ("open", "raw"):
            continue
        bad = "" if token.name in _TAGS or ":" in token.name or token.name in ("font", "center") else f"<{token.name}>"
        if not bad:
            bad = next((name for name in markup.attributes(token.attrs) if name.startswith("on")), "")
        if not bad:
            continue
        needle = bad.strip("<>")
        hits = tag_places(masked, needle, is_tag=bad.startswith("<"))
        where = source.at(offset + hits[min(seen[bad], len(hits) - 1)], len(needle)) if hits else Location(source.path)
        seen[bad] += 1
        faults.append(Fault("unsafe-markup", where, (("what", bad),)))
    return faults
