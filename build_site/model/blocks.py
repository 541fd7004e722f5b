"""A text as blocks: what is left of a page when its looks are taken away.

Owns the records that the other forms of a document are written from: plain text, Markdown, later Word and PDF. Must not know HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class BlockKind(Enum):
    """What a block is."""

    HEADING = "heading"
    """`rank` is that of the heading, 1 to 6."""
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """An entry of a list: `rank` is how deep it stands, from 1, `marker` what precedes it: a number with its dot, or ""."""
    PAIR = "pair"
    """A labelled fact: `marker` is the label."""
    CODE = "code"
    """Lines as they are."""
    TABLE = "table"
    """`rows` of cells; `rank` counts the head rows; the runs are its caption."""
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look: bold or not, italic or not, leading to `href` or nowhere. A line break is a line feed."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table: its letters, whether it is a head, and over how many columns and rows it reaches."""

    runs: Runs
    head: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text that stands by itself; what `rank`, `marker` and `rows` mean, `BlockKind` says. `quote`: how often it is
    quoted.
    """

    kind: BlockKind
    runs: Runs = ()
    rank: int = 0
    marker: str = ""
    rows: tuple[tuple[TableCell, ...], ...] = ()
    quote: int = 0


def text_of(runs: Runs) -> str:
    """Return the letters of `runs` without their looks."""
    return "".join(run.text for run in runs)
