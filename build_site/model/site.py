"""The site as a whole: documents with their addresses, columns with their documents, links with their targets.

Owns the assembled picture that checks and rendering read. Must not know YAML, Markdown, HTML or rules.
An address is a path in the output folder, with `/`, for instance `wj/2020/00022.html`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property

from build_site.model.columns import Catalogue, Column
from build_site.model.content import ParsedDoc, Picture, SourceAsset
from build_site.model.finding import Fault
from build_site.model.history import History
from build_site.model.notice import Notice
from build_site.model.text import Location
from build_site.model.wording import Wording

ColumnPath = tuple[str, ...]
_NO_WORDS = Wording()


class Standing(Enum):
    """Whether the public may see a document on the build's day."""

    PUBLISHED = "published"
    DRAFT = "draft"
    FUTURE = "future"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Reach(Enum):
    """What kind of thing a link leads to; exactly one for every link."""

    PAGE = "page"
    FILE = "file"
    EXTERNAL = "external"
    CONTACT = "contact"
    EMPTY_COLUMN = "empty-column"
    MISSING_PAGE = "missing-page"
    MISSING_FILE = "missing-file"
    UNPUBLISHED = "unpublished"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: `address` and `fragment` inside the site, `reason` and `hint` where it fails; for an image,
    what picture it is.
    """

    reach: Reach
    address: str = ""
    fragment: str = ""
    reason: str = ""
    hint: str = ""
    picture: Picture | None = None

    @property
    def fails(self) -> bool:
        """Whether the link leads nowhere."""
        return self.reach in _FAILING


_FAILING = frozenset({Reach.EMPTY_COLUMN, Reach.MISSING_PAGE, Reach.MISSING_FILE, Reach.UNPUBLISHED, Reach.UNUSABLE})


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """An attachment of a document: its source, its address and how to call it."""

    source: str
    address: str
    title: str
    size: int
    where: Location


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another page that stands in the front matter: field, URL as written, target."""

    field: str
    url: str
    where: Location
    target: Target


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document with its place in the site.

    `targets` are those of the body's links, in order; `intro` marks the introduction of a column.
    """

    doc: ParsedDoc
    notice: Notice
    address: str
    column: ColumnPath
    standing: Standing
    intro: bool = False
    targets: tuple[Target, ...] = ()
    references: tuple[Reference, ...] = ()
    files: tuple[AttachedFile, ...] = ()

    @property
    def path(self) -> str:
        """The source file's path."""
        return self.doc.path


@dataclass(frozen=True, slots=True)
class ColumnNode:
    """A column with what is filed in it: published documents newest first, its introduction, its state.

    `filled` says whether anything is published in it, `present` whether a page is made for it: it has content, or
    must have, or explains why not. `latest` is the day of the newest document here or below; of the introduction where
    the column is that text, or there is no document.
    """

    path: ColumnPath
    column: Column
    address: str
    documents: tuple[Document, ...]
    intro: Document | None
    present: bool
    filled: bool
    count: int
    latest: date | None

    @property
    def key(self) -> str:
        """The path of keys joined by `/`."""
        return "/".join(self.path)


@dataclass(frozen=True)
class Site:
    """Everything that the checks and the pages need to know.

    `listed` holds the published documents, newest first, each address once. `pages` holds every page's address with
    the place that made it, `files` the address of every published file with its source, `redirects` old addresses
    with new ones; `locked` the addresses of `urls.lock` with their lines, if there is one; `wording` is
    the word list of program and site, `history` what version control knows, if anything; `receipted` are the addresses that were
    published last, with the receipts that name them.
    """

    catalogue: Catalogue
    as_of: date
    documents: tuple[Document, ...]
    listed: tuple[Document, ...]
    columns: Mapping[ColumnPath, ColumnNode]
    assets: Mapping[str, SourceAsset]
    pages: Mapping[str, Location]
    files: Mapping[str, str]
    redirects: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    locked: Mapping[str, int] | None = None
    history: History | None = None
    wording: Wording = _NO_WORDS
    receipted: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def published(self) -> Mapping[str, Document]:
        """The published documents by their addresses."""
        return {document.address: document for document in self.listed}

    def named(self, document: Document, field: str) -> tuple[Document, ...]:
        """Return the published documents that a front-matter field of a document leads to, as it names them."""
        return tuple(
            self.published[reference.target.address]
            for reference in document.references
            if reference.field == field
            and reference.target.reach is Reach.PAGE
            and reference.target.address in self.published
        )
