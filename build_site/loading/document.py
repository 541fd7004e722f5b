"""A notice's source to a `ParsedDoc`: front matter, HTML body, links with positions.

Owns the use of Python-Markdown and the alignment of rendered links with the source. Must not know other files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape, unescape

import markdown
import nh3
from markdown.extensions import toc
from markdown.extensions.tables import TableExtension

from build_site.loading import front_matter, markup
from build_site.loading.binding import Binder
from build_site.loading.markdown_cjk import JoinChineseLines
from build_site.model.content import Body, Heading, Link, ParsedDoc
from build_site.model.finding import Fault
from build_site.model.notice import Notice
from build_site.model.text import Location, SourceFile

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align", "headers"},
    "th": {"colspan", "rowspan", "scope", "align", "id"},
    "col": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "table": {"summary"},
}
_HARMLESS = frozenset(
    {"style", "align", "valign", "border", "cellpadding", "cellspacing", "width", "height", "color", "face"}
)
_MAX_BRACKETS = 1000  # Markdown takes quadratic time over brackets in one line; no notice has so many
_FREE_ENOUGH = 200  # rule D1 only asks whether there is any text besides links
_RANK = re.compile(r"<h([1-6])[\s>]")
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1|(`+)[^`].*?\2|<!--.*?-->", re.DOTALL | re.MULTILINE)
_BROKEN_TAG = re.compile(
    r"&lt;(a|table|td|tr|th|p|div|span|img|br|font|b|strong|em|ul|ol|li|iframe|script)(?:\s+[a-z-]+\s*=|\s*/?&gt;)",
    re.IGNORECASE,
)
_FULL_WIDTH_LINK = re.compile(r"\[[^\]\n]+\]（[^）\n]*(?:/|\.[a-z]{2,5}|https?:)[^）\n]*）")
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


def _engine() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),  # an inline style would need a weaker content policy
            "fenced_code",
            "footnotes",
            "attr_list",
            "sane_lists",
            toc.TocExtension(slugify=toc.slugify_unicode),
            JoinChineseLines(),
        ],
        output_format="html",
    )


_shared: list[markdown.Markdown] = []


def parse(source: SourceFile) -> ParsedDoc:
    """Parse one notice; whatever is wrong with it is among the faults of the result, never raised."""
    head = front_matter.split(source)
    faults = list(head.faults)
    notice: Notice | None = None
    if head.node is not None:
        binder = Binder(head.head)
        notice = binder.record(head.node, Notice)
        faults += binder.faults
    body, more = parse_body(source, head.body, head.body_offset, notice.title if notice else "")
    lead = len(head.body) - len(head.body.lstrip())
    at = source.at(head.body_offset + lead)
    return ParsedDoc(source.path, notice, body, at, (*faults, *more))


def parse_body(source: SourceFile, text: str, offset: int, title: str) -> tuple[Body, list[Fault]]:
    """Render `text`, the body that begins at `offset` of `source`, and cut it at its links."""
    if not text.strip():
        return Body(), []
    if not _shared:
        _shared.append(_engine())
    crowded = next((number for number, line in enumerate(text.split("\n")) if line.count("[") > _MAX_BRACKETS), -1)
    if crowded >= 0:
        place = len("\n".join(text.split("\n")[:crowded]))
        return Body(), [Fault("nested-too-deep", source.at(offset + place + (1 if crowded else 0)))]
    try:
        html = _shared[0].reset().convert(text)
    except RecursionError:
        _shared.clear()  # its block parser is left in the middle of its work
        return Body(), [Fault("nested-too-deep", source.at(offset + len(text) - len(text.lstrip())))]
    faults: list[Fault] = _full_width_links(source, text, offset)
    if "<" in text or "{" in text:  # only these can bring in markup of the editor's own
        faults += _unsafe_markup(source, text, offset, html)
        faults += _broken_markup(source, text, offset, html)
        html = _clean(html)
    html = _one_title(html, title)
    return _cut(source, text, offset, html), faults


def _clean(html: str) -> str:
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


_STAND_IN = "https://stand-in.invalid/"
_STOOD_IN = re.compile(re.escape(_STAND_IN) + r"(\d+)/")


def _one_title(html: str, title: str) -> str:
    """Keep the page's own title the only `h1`: drop a first heading that repeats it, and number the ranks that are
    used from 2 on without a gap (WCAG 2.2, 1.3.1).
    """
    first = re.match(r"\s*<h1[^>]*>(.*?)</h1>\s*", html, re.DOTALL)
    if first and markup.visible_text(first[1]).strip() == title:
        html = html[first.end() :]
    used = sorted({int(rank) for rank in _RANK.findall(html)})
    if used == list(range(2, 2 + len(used))):
        return html
    rank = {str(old): min(2 + number, 6) for number, old in enumerate(used)}
    return re.sub(r"<(/?)h([1-6])(?=[\s>])", lambda match: f"<{match[1]}h{rank[match[2]]}", html)


def _cut(source: SourceFile, text: str, offset: int, html: str) -> Body:
    parts: list[str] = []
    spots: list[tuple[markup.UrlSpot, int]] = []
    headings: list[Heading] = []
    labels: dict[int, list[str]] = defaultdict(list)
    open_link = -1
    free = 0
    heading: tuple[int, str, list[str]] | None = None
    at = 0
    for token in markup.tokens(html):
        if token.kind == "text":
            piece = html[token.start : token.end]
            if open_link >= 0:
                labels[open_link].append(piece)
            else:
                free += markup.count_chars(piece)[0] if free < _FREE_ENOUGH else 0
            if heading:
                heading[2].append(piece)
        elif token.kind in ("open", "raw"):
            for spot in markup.urls_of(html, token):
                parts.append(html[at : spot.start])
                at = spot.end
                if token.name == "a":
                    open_link = len(spots)
                spots.append((spot, token.start))
            if re.fullmatch(r"h[2-6]", token.name):
                heading = (int(token.name[1]), markup.attributes(token.attrs).get("id", ""), [])
        elif token.name == "a":
            open_link = -1
        elif heading and token.name == f"h{heading[0]}":
            headings.append(Heading(heading[0], heading[1], markup.visible_text("".join(heading[2])).strip()))
            heading = None
    parts.append(html[at:])
    places = _places(source, text, offset, [spot.url for spot, _ in spots])
    links = tuple(
        Link(spot.url, spot.tag, place, markup.visible_text("".join(labels[number])).strip())
        for number, ((spot, _), place) in enumerate(zip(spots, places, strict=True))
    )
    return Body(tuple(parts), links, tuple(headings), free)


def _places(source: SourceFile, text: str, offset: int, urls: list[str]) -> list[Location]:
    """Match the k-th link to a URL with the k-th place in the source where that URL is written."""
    if not urls:
        return []
    masked = _mask(text)
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


def _full_width_links(source: SourceFile, text: str, offset: int) -> list[Fault]:
    if "]（" not in text:
        return []
    return [
        Fault("full-width-link-brackets", source.at(offset + match.start(), len(match[0])), (("text", match[0]),))
        for match in _FULL_WIDTH_LINK.finditer(_mask(text))
    ]


def _broken_markup(source: SourceFile, text: str, offset: int, html: str) -> list[Fault]:
    """Find tags that were not finished and now stand on the page as text."""
    faults = []
    code = 0
    for token in markup.tokens(html):
        if token.name in ("code", "pre"):
            code += 1 if token.kind == "open" else -1
        elif token.kind == "text" and not code:
            for match in _BROKEN_TAG.finditer(html, token.start, token.end):
                hits = [hit.start() for hit in re.finditer(rf"<{match[1]}\b", _mask(text), re.IGNORECASE)]
                where = source.at(offset + hits[0], len(match[1]) + 1) if hits else Location(source.path)
                faults.append(Fault("unsafe-markup", where, (("what", f"<{match[1]}"), ("why", "broken"))))
    return faults


def _mask(text: str) -> str:
    """Blank out code and comments, so that nothing in them is taken for a link or a tag; offsets stay."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _where_written(masked: str, name: str, is_tag: bool) -> list[int]:
    if is_tag:
        return [match.start(1) for match in re.finditer(rf"<\s*({re.escape(name)})\b", masked, re.IGNORECASE)]
    inside = re.compile(rf"(?<![\w-]){re.escape(name)}(?=\s*=)", re.IGNORECASE)
    spans = re.finditer(r"<[^>]*>|\{[^}]*\}", masked)
    return [span.start() + match.start() for span in spans for match in inside.finditer(span[0])]


def _find(text: str, url: str) -> list[tuple[int, int]]:
    return [(match.start(), len(url)) for match in re.finditer(re.escape(url), text)] if url.strip() else []


def _unsafe_markup(source: SourceFile, text: str, offset: int, html: str) -> list[Fault]:
    """Name the elements and attributes that are not published; presentation left by Word is dropped in silence."""
    faults = []
    masked = _mask(text)
    seen: dict[str, int] = defaultdict(int)
    for token in markup.tokens(html):
        if token.kind not in ("open", "raw"):
            continue
        bad = "" if token.name in _TAGS or ":" in token.name or token.name in ("font", "center") else f"<{token.name}>"
        if not bad:
            allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(token.name, set()) | _HARMLESS
            bad = next(
                (name for name in markup.attributes(token.attrs) if name.startswith("on") and name not in allowed), ""
            )
        if not bad:
            continue
        needle = bad.strip("<>")
        hits = _where_written(masked, needle, is_tag=bad.startswith("<"))
        where = source.at(offset + hits[min(seen[bad], len(hits) - 1)], len(needle)) if hits else Location(source.path)
        seen[bad] += 1
        faults.append(Fault("unsafe-markup", where, (("what", bad),)))
    return faults
