"""A notice's source to a `ParsedDoc`: front matter, HTML body, links with positions.

Owns the use of Python-Markdown and the cutting of a body at its links. Must not know other files.
"""

from __future__ import annotations

import re
from collections import defaultdict

import markdown
from markdown.extensions import Extension, toc
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension

from build_site.loading import (
    body_ids,
    footnotes,
    front_matter,
    heading_ranks,
    markup,
    pictures,
    raw_html,
    table_source,
    tables,
)
from build_site.loading.binding import Binder
from build_site.loading.markdown_cjk import JoinChineseLines
from build_site.loading.markdown_quick import QuickInline
from build_site.loading.markdown_tree import QuickTree
from build_site.loading.prose import prose_of
from build_site.loading.source_places import link_places, mask
from build_site.loading.traces.source import traces
from build_site.model.content import Body, Heading, Link, ParsedDoc
from build_site.model.finding import Fault
from build_site.model.notice import Notice
from build_site.model.text import SourceFile

_MAX_BRACKETS = 1000  # Markdown takes quadratic time over brackets in one line; no notice has so many
_WORD_MARKS = re.compile(r"<\?xml.*?>|<!\[[^\]\n]*\]>", re.IGNORECASE)  # Word's own; Markdown trips over them
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_FREE_ENOUGH = 200  # rule D1 only asks whether there is any text besides links
_RANK = re.compile(r"<h([1-6])[\s>]")
_TARGET = r"[^）\n]*(?:/|\.[a-z]{2,5}|https?:)[^）\n]*）"
_FULL_WIDTH_LINK = re.compile(rf"\[[^\]\n]+\]（{_TARGET}|［[^］\n]+］（{_TARGET}")


def engine(*more: Extension) -> markdown.Markdown:
    """Return the Markdown engine of this project, with the extensions `more`."""
    return markdown.Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),  # an inline style would need a weaker content policy
            "fenced_code",
            FootnoteExtension(BACKLINK_TITLE="回到正文中的注释 {}"),
            "attr_list",
            "sane_lists",
            toc.TocExtension(slugify=body_ids.slug),
            JoinChineseLines(),
            *more,
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
    prose = prose_of(source, head.body_offset)
    return ParsedDoc(source.path, notice, body, at, (*faults, *more), traces(source), prose)


def parse_body(source: SourceFile, text: str, offset: int, title: str) -> tuple[Body, list[Fault]]:
    """Render `text`, the body that begins at `offset` of `source`, and cut it at its links."""
    if not text.strip():
        return Body(), []
    if not _shared:
        _shared.append(engine(QuickInline(), QuickTree()))
    crowded = next((number for number, line in enumerate(text.split("\n")) if line.count("[") > _MAX_BRACKETS), -1)
    if crowded >= 0:
        place = len("\n".join(text.split("\n")[:crowded]))
        return Body(), [Fault("nested-too-deep", source.at(offset + place + (1 if crowded else 0)))]
    try:
        html = _shared[0].reset().convert(table_source.parted(_WORD_MARKS.sub("", text)))
    except RecursionError:
        _shared.clear()  # its block parser is left in the middle of its work
        return Body(), [Fault("nested-too-deep", source.at(offset + len(text) - len(text.lstrip())))]
    faults = [
        *_full_width_links(source, text, offset),
        *table_source.faults(source, text, offset),
        *footnotes.faults(source, text, offset),
    ]
    if "<" in text or "{" in text:  # only these can bring in markup of the editor's own
        faults += raw_html.unsafe_markup(source, text, offset, html)
        faults += raw_html.broken_markup(source, text, offset, html)
        html = raw_html.clean(html)
    if "<" in text or "{" in text or "[^" in text:
        html = body_ids.valid(html)
    html = _one_title(html, title)
    body = _cut(source, text, offset, pictures.finish(footnotes.finish(tables.finish(html, title))))
    faults += heading_ranks.faults(source, text, offset, body.headings)
    return body, [*faults, *pictures.alt_faults(html, body.links)]


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
            if token.name in _HEADINGS:
                heading = (int(token.name[1]), markup.attributes(token.attrs).get("id", ""), [])
        elif token.name == "a":
            open_link = -1
        elif heading and token.name == f"h{heading[0]}":
            headings.append(Heading(heading[0], heading[1], markup.visible_text("".join(heading[2])).strip()))
            heading = None
    parts.append(html[at:])
    places = link_places(source, text, offset, [spot.url for spot, _ in spots])
    links = tuple(
        Link(spot.url, spot.tag, place, markup.visible_text("".join(labels[number])).strip())
        for number, ((spot, _), place) in enumerate(zip(spots, places, strict=True))
    )
    return Body(tuple(parts), links, tuple(headings), free)


def _full_width_links(source: SourceFile, text: str, offset: int) -> list[Fault]:
    if "]（" not in text and "］" not in text:
        return []
    return [
        Fault("full-width-link-brackets", source.at(offset + match.start(), len(match[0])), (("text", match[0]),))
        for match in _FULL_WIDTH_LINK.finditer(mask(text))
    ]
