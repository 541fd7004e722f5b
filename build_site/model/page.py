"""What is measured on a rendered page: links, anchors, substance, the structure of its modules, what it says of itself.

Owns the facts that the output checks read instead of HTML. Must not know templates or rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from build_site.model.page_shape import PageShape


class PageLink(NamedTuple):
    """A URL on a rendered page, as written there, and the element that carries it. A tuple, as `Location` is."""

    url: str
    tag: str


@dataclass(frozen=True, slots=True)
class Substance:
    """What `<main>` holds besides its shell (rule E): characters, rows, attachments, contact records, forms.

    `han` counts Chinese characters, `letters` other letters and digits; `text` is the beginning of the text.
    """

    han: int = 0
    letters: int = 0
    rows: int = 0
    files: int = 0
    contacts: int = 0
    forms: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a module: its label, the URL it leads to ("" for none), whether it carries an explanation."""

    label: str
    url: str
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Module:
    """A `section` of the home page: its headings, entries, and the deeper structures found in it by name.

    `others` are the accessible names of the links that stand outside the entries and the heading.
    """

    title: str
    headings: int
    entries: tuple[Entry, ...]
    nested: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself: its page tags in order, `<title>`, the texts of its `h1`, and what of this a reader
    can see.

    `tags` are those of 国办发〔2017〕47号 only. `labels` are the names of facts that `<main>` lists (索引号, 发布机构 …),
    `shown` the names of the tags whose content stands in `<main>`.
    """

    tags: tuple[tuple[str, str], ...] = ()
    title: str = ""
    h1: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The facts of one rendered page at `address`, made from the source file `source` (or catalogue place).

    `hollow` holds the ids of headings with nothing below them.
    """

    address: str
    source: str
    links: tuple[PageLink, ...]
    ids: frozenset[str]
    substance: Substance
    modules: tuple[Module, ...] = ()
    stray_headings: tuple[str, ...] = ()
    hollow: frozenset[str] = frozenset()
    shape: PageShape = field(default_factory=PageShape)
    head: PageHead = PageHead()
