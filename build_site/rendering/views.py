"""The views: one frozen record per kind of page, the theme's documented interface.

Owns what a template may see. A view is closed: plain values, nothing lazy, no way back to the site; the same view
renders to the same bytes. Addresses in views are paths in the output folder; the `url` filter makes them relative.
Must not know templates or files.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar


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
    mourning: bool = False
    search: NavItem | None = None
    search_page: NavItem | None = None
    all_columns: NavItem | None = None
    verify: NavItem | None = None
    feed: NavItem | None = None


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
    state: str = ""
    state_key: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, and the address it leads to, if any."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of data: caption, column heads, rows of cells; the first cell of a row is its head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class FigureView:
    """A chart with the table behind it: caption, SVG, table."""

    caption: str
    svg: str
    table: TableView


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """Pre-built selections of a list by one attribute: label, and its values with addresses and counts."""

    label: str
    items: tuple[PagerItem, ...]


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of a key area with its documents; `id` is the place on the page, empty where there are none."""

    title: str
    id: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A contact card: title, a word for its kind, labelled facts, remarks in a list."""

    title: str
    kind: str = ""
    facts: tuple[Fact, ...] = ()
    lines: tuple[str, ...] = ()


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
    """Paging without script: the pages of a list; `current` marks where we are."""

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
    """What every kind of page has: title, breadcrumb, page tags, the navigation key that is current, and what
    machines read: canonical address, Open Graph tags, JSON-LD, the column's feed.
    """

    template: ClassVar[str] = ""

    title: str
    crumbs: tuple[NavItem, ...]
    tags: tuple[Tag, ...]
    nav_key: str
    canonical: str = ""
    open_graph: tuple[Tag, ...] = ()
    json_ld: str = ""
    feed: NavItem | None = None


W = TypeVar("W", bound=View)


def widen(view: type[W], base: View, **more: Any) -> W:
    """Return `base` as a view of the class `view` below its own, with the fields that this adds."""
    return view(**{field.name: getattr(base, field.name) for field in dataclasses.fields(base)}, **more)


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
    stages: tuple[StageView, ...] = ()
    matrix: TableView | None = None
    explanation: ExplanationView | None = None
    absent: tuple[str, ...] = ()
    revisions: tuple[RevisionView, ...] = ()
    facets: tuple[FacetGroup, ...] = ()
    more: bool = False
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class ReportsView(ColumnView):
    """The annual reports, newest first, with their figures over the years."""

    template: ClassVar[str] = "reports.html"

    figures: tuple[FigureView, ...] = ()


@dataclass(frozen=True, slots=True)
class OnRequestView(ColumnView):
    """Disclosure on request (条例 art. 27 to 45): how it runs, its time limits, the year's dates, last year's figures."""

    template: ClassVar[str] = "on-request.html"

    online: str = ""
    process: FigureView | None = None
    dates: TableView | None = None
    last_year: TableView | None = None
    last_report: NavItem | None = None


@dataclass(frozen=True, slots=True)
class CardsView(ColumnView):
    """A column made of contact cards in groups: reading places and service points, or accounts in new media."""

    template: ClassVar[str] = "cards.html"

    groups: tuple[tuple[str, tuple[Card, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class InstitutionView(ColumnView):
    """The agency: duties (its introduction), heads, offices, units, the day this was checked."""

    template: ClassVar[str] = "institution.html"

    leaders: tuple[Card, ...] = ()
    offices: TableView | None = None
    units: TableView | None = None
    checked: str = ""


@dataclass(frozen=True, slots=True)
class RegisterView(View):
    """All published documents by year, 公开目录, with the fields of 条例 art. 12."""

    template: ClassVar[str] = "register.html"

    year: int = 0
    count: int = 0
    latest: str = ""
    years: tuple[PagerItem, ...] = ()
    table: TableView | None = None
    validities: tuple[tuple[str, str], ...] = ()
    figures: tuple[FigureView, ...] = ()
    pager: Pager | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class OutOfForceView(View):
    """The documents out of force, in one list: 废止失效文件."""

    template: ClassVar[str] = "out-of-force.html"

    count: int = 0
    table: TableView | None = None
    validities: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateDay:
    """A day of the update log, with what happened on it: a word for the event, the document, a note."""

    date: str
    entries: tuple[UpdateRow, ...]


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """An event of the update log: its word and key, the document's title and address, a note."""

    word: str
    key: str
    title: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UpdatesView(View):
    """What changed on the site: publications, corrections, repeals, newest first."""

    template: ClassVar[str] = "updates.html"

    days: tuple[UpdateDay, ...] = ()
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class SearchView(View):
    """Where one looks for something: the search box, the register by year, the columns."""

    template: ClassVar[str] = "search.html"

    years: tuple[PagerItem, ...] = ()
    columns: tuple[NavItem, ...] = ()
    on_request: NavItem | None = None
    register: NavItem | None = None


@dataclass(frozen=True, slots=True)
class DataView(View):
    """Open data: the files, what their fields mean, when they change, on what terms they may be used."""

    template: ClassVar[str] = "data.html"

    files: tuple[FileView, ...] = ()
    lists: tuple[FileView, ...] = ()
    fields: TableView | None = None
    terms: str = ""
    schema: str = ""


@dataclass(frozen=True, slots=True)
class AccessibilityView(View):
    """The accessibility statement with its known failings, counted on this very site."""

    template: ClassVar[str] = "accessibility.html"

    agency: AgencyFacts | None = None
    failings: tuple[str, ...] = ()
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class KeyView:
    """A public key: its id, algorithm and the algorithm's English key, first and last day, the fingerprint of the key in groups,
    the address of the key and that of the signature made with it; whether it is used on the day of the build.
    """

    id: str
    algorithm: str
    algorithm_key: str
    starts: str
    ends: str
    fingerprint: str
    address: str
    signature: str
    current: bool = True


@dataclass(frozen=True, slots=True)
class VerifyView(View):
    """How to tell a true page from a forged one."""

    template: ClassVar[str] = "verify.html"

    agency: AgencyFacts | None = None
    example: str = ""
    keys: tuple[KeyView, ...] = ()


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
    """A correction or an addition: day, what was corrected or added, the word for which of both and its key."""

    date: str
    note: str
    word: str
    key: str


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
    replaces: tuple[Row, ...] = ()
    related: tuple[Row, ...] = ()
    revisions: tuple[RevisionView, ...] = ()
    owner: str = ""
    contact: Fact | None = None


@dataclass(frozen=True, slots=True)
class InterpretationView(DocumentView):
    """An interpretation of policy: what it interprets stands first, its form, and who drafted it (谁起草谁解读)."""

    template: ClassVar[str] = "interpretation.html"

    form: str = ""


@dataclass(frozen=True, slots=True)
class ReportView(DocumentView):
    """An annual report, with its headline figures beside those of the year before."""

    template: ClassVar[str] = "report.html"

    compared: TableView | None = None
    earlier: NavItem | None = None
    later: NavItem | None = None


@dataclass(frozen=True, slots=True)
class ConsultationView(DocumentView):
    """A consultation: its state on the day, both dates, then what came of it, then the draft."""

    template: ClassVar[str] = "consultation.html"

    state: str = ""
    state_key: str = ""
    days: int = 0
    dates: tuple[Fact, ...] = ()
    received: int | None = None
    adopted: int | None = None
    opinions: TableView | None = None
    result: Row | None = None


@dataclass(frozen=True, slots=True)
class DecisionsView(DocumentView):
    """A year's catalogue of major decisions: each matter with its chain draft, opinions, meeting, result."""

    template: ClassVar[str] = "decisions.html"

    decisions: TableView | None = None


@dataclass(frozen=True, slots=True)
class MeetingView(DocumentView):
    """A meeting: when, agenda, who attended, outcome, its documents."""

    template: ClassVar[str] = "meeting.html"

    held: str = ""
    session: str = ""
    agenda: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    documents: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceView(DocumentView):
    """A service guide: its elements in order, materials as a table, the steps."""

    template: ClassVar[str] = "service.html"

    matter: str = ""
    elements: tuple[Fact, ...] = ()
    basis: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    materials: TableView | None = None
    steps: tuple[str, ...] = ()
    online: str = ""
    bundle: TableView | None = None


@dataclass(frozen=True, slots=True)
class ResponseView(DocumentView):
    """A response to public concern, with the times of the event and of the first response."""

    template: ClassVar[str] = "response.html"

    happened: str = ""
    answered: str = ""
    elapsed: str = ""
    emergency: bool = False
    in_time: str = ""


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
    awaited: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueView(View):
    """The standard catalogue, 公开标准目录, as one table."""

    template: ClassVar[str] = "catalogue.html"

    updated: str = ""
    description: str = ""
    intro_html: str = ""
    items: tuple[ItemRow, ...] = ()
    rows: tuple[Row, ...] = ()
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteMapView(View):
    """The site map: every column with its children, and the pages about the site itself."""

    template: ClassVar[str] = "sitemap.html"

    groups: tuple[tuple[ColumnRow, tuple[ColumnRow, ...]], ...] = ()
    others: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFoundView(View):
    """The 404 page; its addresses are absolute, because it is shown at any depth."""

    template: ClassVar[str] = "404.html"

    columns: tuple[NavItem, ...] = ()
    register: NavItem | None = None


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
    ReportsView,
    OnRequestView,
    CardsView,
    InstitutionView,
    GuideView,
    AgencyView,
    CatalogueView,
    DocumentView,
    InterpretationView,
    ReportView,
    ConsultationView,
    DecisionsView,
    MeetingView,
    ServiceView,
    ResponseView,
    RegisterView,
    OutOfForceView,
    UpdatesView,
    DataView,
    SearchView,
    SiteMapView,
    AccessibilityView,
    VerifyView,
    NotFoundView,
    RedirectView,
    WithdrawnView,
)
