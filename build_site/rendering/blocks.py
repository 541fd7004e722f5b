"""HTML of our own as blocks.

Owns what counts as text of a page: all that `<main>` shows but the ways to other places, controls and drawings. Must not know templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

from build_site.loading.markup import VOID, Token, attributes, tokens
from build_site.model.blocks import Block, BlockKind, Run, Runs, TableCell, text_of

_LEFT_OUT = frozenset({"nav", "form", "button", "svg", "select", "h1"})
"""The title is told by the page's head; lists of places lead away; drawings have a table beside them."""
_BLOCKS = frozenset({"p", "div", "section", "article", "ul", "ol", "dl", "figure", "figcaption", "details", "summary", "header", "footer", "aside", "address", "main"})  # fmt: skip
_RANKS = {f"h{rank}": rank for rank in range(2, 7)}
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DOUBLE = re.compile(r" *\n *")


def main_of(html: str) -> str:
    """Return what stands in the `<main>` of the page `html`, the empty string where there is none."""
    start = html.find("<main")
    return html[html.find(">", start) + 1 : html.rfind("</main>")] if start >= 0 else ""


def blocks_of(html: str, base: str) -> tuple[Block, ...]:
    """Return the blocks of well-formed `html`; its links are made whole with the URL `base` of the page."""
    reader = _Reader(base)
    for token in tokens(html, leaves=True):
        reader.take(token, html)
    reader.end_block()
    return tuple(reader.blocks)


@dataclass
class _List:
    ordered: bool
    number: int
    item: bool = False
    """Whether an item is open whose first block is still to come."""


@dataclass
class _Table:
    rows: list[list[TableCell]] = field(default_factory=list)
    caption: Runs = ()
    heads: int = 0
    in_head: bool = False
    cell: dict[str, str] | None = None
    head_cell: bool = False


class _Reader:
    """Takes the tokens of a text in order."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.left_out: list[str] = []
        self.lists: list[_List] = []
        self.tables: list[_Table] = []
        self.looks: list[tuple[str, str]] = []
        self.rank = self.quote = self.code = 0
        self.label = ""
        self.in_label = False

    def take(self, token: Token, html: str) -> None:
        """Take the next token of `html`."""
        if self.left_out:
            if token.kind == "open" and token.name == self.left_out[-1] and token.name not in VOID:
                self.left_out.append(token.name)
            elif token.kind == "close" and token.name == self.left_out[-1]:
                self.left_out.pop()
        elif token.kind == "text":
            self._text(html[token.start : token.end])
        elif token.kind == "leaf":
            self._open(token)
            if self.left_out:
                self.left_out.pop()
            else:
                self._text(token.raw)
                self._close(token.name)
        elif token.kind == "open":
            self._open(token)
        elif token.kind == "close":
            self._close(token.name)

    def end_block(self) -> None:
        """End the block that is open, if it holds anything."""
        runs = _tidy(self.runs, bool(self.code))
        self.runs = []
        if self.tables:
            self.runs = [*runs, Run("\n")] if runs else []
            return
        if not runs:
            return
        if self.code:
            self.blocks.append(Block(BlockKind.CODE, runs, quote=self.quote))
        elif self.rank:
            self.blocks.append(Block(BlockKind.HEADING, runs, self.rank, quote=self.quote))
        elif self.label:
            self.blocks.append(Block(BlockKind.PAIR, runs, marker=self.label, quote=self.quote))
        elif self.lists and self.lists[-1].item:
            self.lists[-1].item = False
            self.blocks.append(Block(BlockKind.ITEM, runs, len(self.lists), self._marker(), quote=self.quote))
        else:
            self.blocks.append(Block(BlockKind.PARAGRAPH, runs, len(self.lists), quote=self.quote))

    def _marker(self) -> str:
        own = self.lists[-1]
        return f"{own.number}." if own.ordered else ""

    def _text(self, written: str) -> None:
        text = unescape(written) if "&" in written else written
        if not self.code:
            text = _BLANKS.sub(" ", text)
        if not self.looks:
            if text != " " or self.runs:
                self.runs.append(Run(text))
            return
        names = {name for name, _ in self.looks}
        href = next((value for name, value in reversed(self.looks) if name == "a"), "")
        self.runs.append(Run(text, bool(names & _BOLD), bool(names & _ITALIC), href))

    def _open(self, token: Token) -> None:
        name = token.name
        attrs = attributes(token.attrs) if token.attrs else {}
        if name in _LEFT_OUT or "hidden" in attrs:
            if name not in VOID and not token.attrs.endswith("/"):
                self.left_out.append(name)
        elif name in ("a", *_BOLD, *_ITALIC):
            href = attrs.get("href", "") if name == "a" else ""
            self.looks.append((name, urljoin(self.base, href) if href and not href.startswith("#") else ""))
        elif name == "br":
            self.runs.append(Run("\n"))
        elif name == "img" and attrs.get("alt"):
            self.runs.append(Run(f"[图：{attrs['alt']}]"))
        elif name == "hr":
            self.end_block()
            self.blocks.append(Block(BlockKind.RULE, quote=self.quote))
        elif name in _RANKS:
            self.end_block()
            self.rank = _RANKS[name]
        elif name == "pre":
            self.end_block()
            self.code += 1
        elif name == "blockquote":
            self.end_block()
            self.quote += 1
        else:
            self._open_structure(name, attrs)

    def _open_structure(self, name: str, attrs: dict[str, str]) -> None:
        if name in ("ul", "ol"):
            self.end_block()
            start = attrs.get("start", "")
            self.lists.append(_List(name == "ol", int(start) - 1 if start.isdecimal() else 0))
        elif name == "li" and self.lists:
            self.end_block()
            self.lists[-1].number += 1
            self.lists[-1].item = True
        elif name == "dt":
            self.end_block()
            self.label, self.in_label = "", True
        elif name == "dd":
            self.end_block()
        elif name == "table":
            self.end_block()
            self.tables.append(_Table())
        elif self.tables and name in ("thead", "tr", "td", "th"):
            self._open_cell(name, attrs)
        elif name in _BLOCKS:
            self.end_block()

    def _open_cell(self, name: str, attrs: dict[str, str]) -> None:
        table = self.tables[-1]
        if name == "thead":
            table.in_head = True
        elif name == "tr":
            table.rows.append([])
            table.heads += table.in_head
        else:
            self.runs = []
            table.cell, table.head_cell = attrs, name == "th"

    def _close(self, name: str) -> None:
        if name in ("a", *_BOLD, *_ITALIC):
            at = next((number for number in reversed(range(len(self.looks))) if self.looks[number][0] == name), -1)
            if at >= 0:
                del self.looks[at]
        elif name in _RANKS:
            self.end_block()
            self.rank = 0
        elif name == "pre":
            self.end_block()
            self.code -= self.code > 0
        elif name == "blockquote":
            self.end_block()
            self.quote -= self.quote > 0
        elif name in ("ul", "ol") and self.lists:
            self.end_block()
            self.lists.pop()
        elif name == "li" and self.lists:
            self.end_block()
            self.lists[-1].item = False
        elif name == "dt":
            self.label, self.in_label = text_of(_tidy(self.runs, False)), False
            self.runs = []
        elif name == "dd":
            self.end_block()
        elif name == "dl":
            self.end_block()
            self.label = ""
        elif self.tables and name in ("caption", "thead", "td", "th", "table"):
            self._close_cell(name)
        elif name in _BLOCKS:
            self.end_block()

    def _close_cell(self, name: str) -> None:
        table = self.tables[-1]
        if name == "caption":
            table.caption = _tidy(self.runs, False)
            self.runs = []
        elif name == "thead":
            table.in_head = False
        elif name == "table":
            self.tables.pop()
            self.runs = []
            rows = tuple(tuple(row) for row in table.rows if row)
            if rows:
                self.blocks.append(Block(BlockKind.TABLE, table.caption, table.heads, rows=rows, quote=self.quote))
        elif table.cell is not None:
            runs = _tidy(self.runs, False)
            self.runs = []
            if not table.rows:
                table.rows.append([])
            spans = (_count(table.cell.get("colspan", "")), _count(table.cell.get("rowspan", "")))
            table.rows[-1].append(TableCell(runs, table.head_cell, *spans))
            table.cell, table.head_cell = None, False


def _count(written: str) -> int:
    return max(1, int(written)) if written.isdecimal() and len(written) < 4 else 1


def _tidy(runs: list[Run], as_it_is: bool) -> Runs:
    """Return `runs` with neighbours of one look joined, and without the blanks at both ends."""
    if len(runs) == 1 and not as_it_is:  # most are
        run = runs[0]
        text = (_DOUBLE.sub("\n", run.text) if "\n" in run.text else run.text).strip()
        return (run if text == run.text else Run(text, run.bold, run.italic, run.href),) if text else ()
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.bold, last.italic, last.href) == (run.bold, run.italic, run.href):
            joined[-1] = Run(last.text + run.text, run.bold, run.italic, run.href)
        else:
            joined.append(run)
    if as_it_is:
        whole = [Run(run.text, run.bold, run.italic, run.href) for run in joined]
        return tuple(whole) if text_of(tuple(whole)).strip() else ()
    joined = [Run(_DOUBLE.sub("\n", run.text), run.bold, run.italic, run.href) for run in joined]
    while joined and not joined[0].text.lstrip():
        joined.pop(0)
    while joined and not joined[-1].text.rstrip():
        joined.pop()
    if joined:
        first, last = joined[0], joined[-1]
        joined[0] = Run(first.text.lstrip(), first.bold, first.italic, first.href)
        last = joined[-1]
        joined[-1] = Run(last.text.rstrip(), last.bold, last.italic, last.href)
    return tuple(joined)
