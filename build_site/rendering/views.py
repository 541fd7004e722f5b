"""The views: one frozen record per kind of page, the theme's documented interface.

Owns what a template may see. A view is closed: plain values, nothing lazy, no way back to the site; the same view
renders to the same bytes. Addresses in views are paths in the output folder; the `url` filter makes them relative.
Must not know templates or files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation or the breadcrumb; `address` starts with a scheme when it leaves the column."""

    title: str
    address: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What every page shows: identity, navigation, footer."""

    site_name: str
    site_domain: str
    site_code: str
    host: str
    title: str
    description: str
    keywords: str
    sample: bool
    home: NavItem | None
    nav: tuple[NavItem, ...]
    footer: tuple[NavItem, ...]
    icp: str
    police: str
    report_error_url: str
    agency: AgencyFacts
    base_path: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A page tag, 网页标签: the name and content of a `<meta>` (国办发〔2017〕47号, annex)."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: title, address, date as YYYY-MM-DD, document number, validity word and its English key."""

    title: str
    address: str
    date: str = ""
    doc_no: str = ""
    index_no: str = ""
    validity: str = ""
    validity_key: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A line of a directory: a column with its basis, number of documents and latest date."""

    title: str
    address: str
    count: int
    latest: str = ""
    basis: str = ""
    description: str = ""
    explained: bool = False


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module of the home page: its column, and either columns or documents under it, never both."""

    title: str
    address: str
    count: int
    latest: str
    rows: tuple[Row, ...] = ()
    columns: tuple[ColumnRow, ...] = ()
    agency: AgencyFacts | None = None
    files: tuple[FileView, ...] = ()
    summary: str = ""
    online: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact: label, value, and the address it leads to, if any."""

    label: str
    value: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """The acceptance body, 受理机构: labelled facts in the order of the work plan for 2020, and the day they were checked."""

    facts: tuple[Fact, ...]
    checked: str
    note: str = ""
    online: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """An attachment card: title, address, kind in words (Word 文档 …), size in words, file name."""

    title: str
    address: str
    kind: str
    size: str
    name: str


@dataclass(frozen=True, slots=True)
class TocEntry:
    """An entry of a page's own contents list."""

    rank: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Notices:
    """The banner above a document: `kind` is its tone (warning, ended, info), then sentences."""

    kind: str
    title: str
    text: str = ""
    link: NavItem | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """Paging without script: years with counts, and pages within a year; `current` marks where we are."""

    years: tuple[PagerItem, ...] = ()
    pages: tuple[PagerItem, ...] = ()
    previous: NavItem | None = None
    next: NavItem | None = None


@dataclass(frozen=True, slots=True)
class PagerItem:
    """A year or page number with its address and, for a year, its number of documents."""

    label: str
    address: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What every kind of page has: title, breadcrumb, page tags, the navigation key that is current."""

    template: ClassVar[str] = ""

    title: str
    crumbs: tuple[NavItem, ...]
    tags: tuple[Tag, ...]
    nav_key: str


@dataclass(frozen=True, slots=True)
class HomeView(View):
    """The column home, 专栏首页: modules in catalogue order, each at most two levels of titles (work plan for 2020, part 1 (3))."""

    template: ClassVar[str] = "home.html"

    modules: tuple[ModuleView, ...] = ()
    recent: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnView(View):
    """A column page: introduction, then sub-columns (directory) or documents (list), or an explanation."""

    template: ClassVar[str] = "column.html"

    description: str = ""
    kind: str = "list"
    count: int = 0
    latest: str = ""
    owner: str = ""
    basis: str = ""
    intro_html: str = ""
    toc: tuple[TocEntry, ...] = ()
    files: tuple[FileView, ...] = ()
    columns: tuple[ColumnRow, ...] = ()
    rows: tuple[Row, ...] = ()
    stages: tuple[str, ...] = ()
    explanation: ExplanationView | None = None
    absent: tuple[str, ...] = ()
    revisions: tuple[RevisionView, ...] = ()
    pager: Pager | None = None
    online: str = ""


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """Why a column holds nothing: reason, basis, responsible office, as-of day, next review day."""

    reason: str
    basis: str
    owner: str
    as_of: str
    review_on: str


@dataclass(frozen=True, slots=True)
class GuideView(View):
    """The disclosure guide, 政府信息公开指南: text with contents list and the acceptance body included."""

    template: ClassVar[str] = "guide.html"

    updated: str = ""
    owner: str = ""
    intro_html: str = ""
    toc: tuple[TocEntry, ...] = ()
    agency: AgencyFacts | None = None
    files: tuple[FileView, ...] = ()
    rows: tuple[Row, ...] = ()
    revisions: tuple[RevisionView, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyView(View):
    """The acceptance body, 受理机构, with an optional introduction."""

    template: ClassVar[str] = "agency.html"

    agency: AgencyFacts | None = None
    intro_html: str = ""
    files: tuple[FileView, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A correction: day and what was corrected."""

    date: str
    note: str


@dataclass(frozen=True, slots=True)
class DocumentView(View):
    """A document: banner, metadata rows in canonical order, body, attachments, related pages, corrections."""

    template: ClassVar[str] = "document.html"

    facts: tuple[Fact, ...] = ()
    notice: Notices | None = None
    validity: str = ""
    validity_key: str = ""
    published: str = ""
    source: str = ""
    body_html: str = ""
    toc: tuple[TocEntry, ...] = ()
    files: tuple[FileView, ...] = ()
    interprets: tuple[Row, ...] = ()
    interpretations: tuple[Row, ...] = ()
    related: tuple[Row, ...] = ()
    revisions: tuple[RevisionView, ...] = ()
    owner: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of the standard catalogue: the official columns; `address` where it is fulfilled, if anywhere."""

    number: int
    level1: str
    level2: str
    elements: tuple[str, ...]
    basis: tuple[str, ...]
    deadline: str
    body: str
    channels: tuple[str, ...]
    audience: str
    mode: str
    level: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueView(View):
    """The standard catalogue, 公开标准目录, as one table."""

    template: ClassVar[str] = "catalogue.html"

    description: str = ""
    intro_html: str = ""
    items: tuple[ItemRow, ...] = ()
    rows: tuple[Row, ...] = ()
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteMapView(View):
    """The site map: every column with its children."""

    template: ClassVar[str] = "sitemap.html"

    groups: tuple[tuple[ColumnRow, tuple[ColumnRow, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class NotFoundView(View):
    """The 404 page; its addresses are absolute, because it is shown at any depth."""

    template: ClassVar[str] = "404.html"

    columns: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class RedirectView(View):
    """A moved address: says so and leads on."""

    template: ClassVar[str] = "redirect.html"

    target: NavItem | None = None


@dataclass(frozen=True, slots=True)
class WithdrawnView(View):
    """A published address whose document was taken down: what it was, when and why."""

    template: ClassVar[str] = "withdrawn.html"

    document: str = ""
    kind: str = ""
    date: str = ""
    reason: str = ""


PAGE_VIEWS: tuple[type[View], ...] = (
    HomeView,
    ColumnView,
    GuideView,
    AgencyView,
    DocumentView,
    CatalogueView,
    SiteMapView,
    NotFoundView,
    RedirectView,
    WithdrawnView,
)
