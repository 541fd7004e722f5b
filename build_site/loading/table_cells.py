"""Tables of a body as rows and cells.

Owns the reading of clean HTML. Must not decide how a table is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from build_site.loading.markup import Token, attributes, tokens, visible_text

_NOTE_MARK = re.compile(r'<sup id="fnref[^>]*>.*?</sup>', re.DOTALL)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Cell:
    """A cell: as it was written (tags, attributes, text without footnote marks), and what it is to become."""

    token: Token
    attrs: dict[str, str]
    close: Token | None = None
    text: str = ""
    scope: str = ""
    tag: str = ""
    label: str = ""

    @property
    def spans(self) -> bool:
        """Whether the cell covers more than one row or column."""
        return any(self.attrs.get(name, "1") != "1" for name in ("colspan", "rowspan"))

    @property
    def height(self) -> int:
        """How many rows the cell covers."""
        written = self.attrs.get("rowspan", "1")
        return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1

    def inner(self, html: str) -> str:
        """Return the HTML in the cell."""
        return html[self.token.end : self.close.start] if self.close else ""


@dataclass(slots=True)
class Table:
    """A table: its tags, its rows, and what stands above it; a table in a cell is part of the cell.

    `group` begins the first group of rows below the head, `ends` are the tags that end these rows.
    """

    start: Token
    above: str
    paragraph: tuple[int, int, str] | None  # a paragraph right above: from, to, content
    end: Token | None = None
    head: list[list[Cell]] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    ends: list[Token] = field(default_factory=list)
    captioned: str = ""
    inner: list[Cell] = field(default_factory=list)  # cells of tables in this table
    nested: bool = False
    in_head: bool = False
    group: Token | None = None


def read(html: str, title: str) -> list[Table]:
    """Return the tables of `html` with what stands above them: a heading, or else `title`, and a paragraph."""
    found: list[Table] = []
    table: Table | None = None
    inner = 0
    heading: Token | None = None
    above = title
    opened: Token | None = None
    paragraph: tuple[int, int, str] | None = None
    for token in tokens(html, blanks=False):
        if table is not None:
            inner += (token.kind == "open") - (token.kind == "close") if token.name == "table" else 0
            if inner == 0:
                table.end = token
                found.append(table)
                table = paragraph = None
            elif inner == 1:
                _take(table, token, html)
            else:
                table.nested = True
                if token.kind == "open" and token.name in ("td", "th"):
                    table.inner.append(Cell(token, attributes(token.attrs), tag=token.name))
        elif token.kind == "open" and token.name == "table":
            table, inner = Table(token, above, paragraph), 1
        elif token.kind == "open" and token.name in _HEADINGS:
            heading = token
        elif token.kind == "close" and heading is not None and token.name == heading.name:
            above = plain(html[heading.end : token.start]) or above
            heading = None
        elif token.kind == "open" and token.name == "p" and not token.attrs:
            opened = token
        elif token.kind == "close" and token.name == "p" and opened is not None:
            paragraph = (opened.start, token.end, html[opened.end : token.start])
            opened = None
            continue
        if table is None and opened is None:
            paragraph = None
    return found


def _take(table: Table, token: Token, html: str) -> None:
    rows = table.head if table.in_head else table.rows
    match token.kind, token.name:
        case "open", "thead":
            table.in_head = True
        case "close", "thead":
            table.in_head = False
        case "open", "tbody":
            table.group = table.group or token
        case "open", "caption":
            table.captioned = html[token.end : html.find("</caption>", token.end)]
        case "open", "tr":
            rows.append([])
        case "close", "tr":
            if not table.in_head:
                table.ends.append(token)
        case "open", ("td" | "th"):
            if not rows:
                rows.append([])
            rows[-1].append(Cell(token, attributes(token.attrs), tag=token.name))
        case "close", ("td" | "th"):
            if rows and rows[-1]:
                cell = rows[-1][-1]
                cell.close = token
                cell.text = plain(html[cell.token.end : token.start])


def plain(html: str) -> str:
    """Return what is read in `html`, in one line, without the marks of footnotes."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    return " ".join(visible_text(_NOTE_MARK.sub("", html)).split())
