"""The views of the home page and of columns.

Owns what each kind of column shows. Must not know templates.
"""

from __future__ import annotations

from build_site.model.paging import ListPage, list_pages, newest_first, year_address, years_of
from build_site.model.site import ColumnNode, Document, Site
from build_site.model.words import ColumnKind
from build_site.rendering import words
from build_site.rendering.body import body_html, contents
from build_site.rendering.shared_view import (
    agency_facts,
    children,
    column_row,
    column_tags,
    crumbs,
    file_view,
    online_address,
    row,
    site_tags,
)
from build_site.rendering.views import (
    AgencyView,
    CatalogueView,
    ColumnView,
    ExplanationView,
    FileView,
    GuideView,
    HomeView,
    ItemRow,
    ModuleView,
    NavItem,
    Pager,
    PagerItem,
    RevisionView,
    Row,
    Tag,
    TocEntry,
    View,
)

Years = dict[int, tuple[Document, ...]]
ROWS_ON_HOME = 6
RECENT = 10
_ON_REQUEST = "依申请公开"


def home_view(site: Site) -> HomeView:
    """Return the column home: a module for every level-1 column that has a page."""
    info = site.catalogue.site
    modules = tuple(_module(site, node) for path, node in site.columns.items() if len(path) == 1 and node.present)
    shown = {document.address: document for node in site.columns.values() for document in node.documents[:RECENT]}
    unique = sorted(shown.values(), key=lambda document: newest_first(document.notice, document.address))[:RECENT]
    return HomeView(
        title=info.title,
        crumbs=crumbs(site, None),
        tags=(
            *site_tags(site),
            Tag("ColumnName", info.title),
            Tag("ColumnDescription", info.description or f"{info.host}{info.title}专栏"),
            Tag("ColumnKeywords", ",".join(info.keywords) or info.title),
            Tag("ColumnType", "首页"),
        ),
        nav_key="",
        modules=modules,
        recent=tuple(row(document, site.as_of) for document in unique),
    )


def _module(site: Site, node: ColumnNode) -> ModuleView:
    column = node.column
    inner = children(site, node)
    kind = column.page_kind
    return ModuleView(
        title=column.title,
        address=node.address,
        count=node.count,
        latest=words.day(node.latest),
        rows=() if inner else tuple(row(document, site.as_of) for document in node.documents[:ROWS_ON_HOME]),
        columns=tuple(column_row(child) for child in inner),
        agency=agency_facts(site.catalogue.agency) if kind is ColumnKind.AGENCY else None,
        files=_files(node) if column.title == _ON_REQUEST else (),
        summary=column.description,
        online=online_address(site.catalogue.agency) if column.title == _ON_REQUEST else "",
        role=kind.en,
    )


def _files(node: ColumnNode) -> tuple[FileView, ...]:
    return tuple(file_view(file) for file in node.intro.files) if node.intro else ()


def _rows(site: Site, page: ListPage) -> tuple[Row, ...]:
    return tuple(row(document, site.as_of) for document in page.documents)


def _revisions(node: ColumnNode) -> tuple[RevisionView, ...]:
    revisions = node.intro.notice.revisions if node.intro else ()
    return tuple(RevisionView(words.day(item.on), item.note) for item in revisions)


def _intro(node: ColumnNode) -> tuple[str, tuple[TocEntry, ...]]:
    if node.intro is None:
        return "", ()
    return body_html(node.intro, node.address), contents(node.intro.doc.body)


def column_pages(site: Site, node: ColumnNode) -> tuple[tuple[str, View], ...]:
    """Return the address and view of every page of a column."""
    kind = node.column.page_kind
    first, *others = list_pages(node, site.catalogue.site.page_size)
    years = years_of(node) if others else {}
    if kind is ColumnKind.GUIDE:
        view: View = _guide(site, node, first)
    elif kind is ColumnKind.AGENCY:
        html, _ = _intro(node)
        agency = agency_facts(site.catalogue.agency)
        view = AgencyView(
            *_frame(site, node), agency=agency, intro_html=html, files=_files(node), rows=_rows(site, first)
        )
    elif kind is ColumnKind.CATALOGUE:
        view = _catalogue(site, node, first)
    else:
        view = _column(site, node, first, years)
    return ((first.address, view), *((page.address, _column(site, node, page, years)) for page in others))


def _frame(site: Site, node: ColumnNode, title: str = "") -> tuple[str, tuple[NavItem, ...], tuple[Tag, ...], str]:
    column = node.column
    tags = (*site_tags(site), *column_tags(column))
    return title or column.title, crumbs(site, node), tags, node.path[0]


def _guide(site: Site, node: ColumnNode, first: ListPage) -> GuideView:
    html, toc = _intro(node)
    return GuideView(
        *_frame(site, node),
        updated=words.day(node.intro.notice.published if node.intro else node.latest),
        owner=node.column.owner,
        intro_html=html,
        toc=toc,
        agency=agency_facts(site.catalogue.agency),
        files=_files(node),
        rows=_rows(site, first),
        revisions=_revisions(node),
    )


def _column(site: Site, node: ColumnNode, page: ListPage, years: Years) -> ColumnView:
    column = node.column
    on_first = page.address == node.address
    html, toc = _intro(node) if on_first else ("", ())
    title = (
        column.title
        if on_first
        else f"{column.title}（{page.year}年）" + (f"第 {page.number} 页" if page.number > 1 else "")
    )
    told = column.explanation
    inner = children(site, node) if on_first else ()
    absent = [
        child for path, child in site.columns.items() if path[:-1] == node.path and path[1:] and not child.present
    ]
    stages = next((topic.stages for topic in site.catalogue.topics if tuple(topic.column.split("/")) == node.path), ())
    return ColumnView(
        *_frame(site, node, title),
        description=column.description,
        kind=column.page_kind.en,
        count=len(years[page.year]) if page.year else node.count,
        latest=words.day(page.documents[0].notice.published if page.year else node.latest),
        owner=column.owner,
        basis=column_row(node).basis,
        intro_html=html,
        toc=toc,
        files=_files(node) if on_first else (),
        columns=tuple(column_row(child) for child in inner),
        rows=_rows(site, page),
        stages=stages,
        explanation=ExplanationView(
            told.reason, told.basis, told.owner, words.day(told.as_of), words.day(told.review_on)
        )
        if told and not node.filled
        else None,
        absent=tuple(child.column.title for child in absent) if on_first else (),
        revisions=_revisions(node) if on_first else (),
        pager=_pager(site, node, page, years) if years else None,
        online=online_address(site.catalogue.agency) if column.title == _ON_REQUEST else "",
    )


def _pager(site: Site, node: ColumnNode, page: ListPage, by_year: Years) -> Pager:
    limit = site.catalogue.site.page_size
    years = tuple(
        PagerItem(f"{year}年", year_address(node, year), len(documents), year == page.year)
        for year, documents in by_year.items()
    )
    if not page.year:
        return Pager(years=years)
    last = -(-len(by_year[page.year]) // limit)
    numbers = tuple(
        PagerItem(str(number), year_address(node, page.year, number), current=number == page.number)
        for number in range(1, last + 1)
    )
    return Pager(
        years=years,
        pages=numbers if last > 1 else (),
        previous=NavItem("上一页", year_address(node, page.year, page.number - 1)) if page.number > 1 else None,
        next=NavItem("下一页", year_address(node, page.year, page.number + 1)) if page.number < last else None,
    )


def _catalogue(site: Site, node: ColumnNode, first: ListPage) -> CatalogueView:
    html, _ = _intro(node)
    items = []
    for number, item in enumerate(site.catalogue.items, 1):
        target = site.columns.get(tuple(item.column.split("/")))
        audience = item.audience.zh + (f"（{item.audience_note}）" if item.audience_note else "")
        items.append(
            ItemRow(
                number,
                item.level1,
                item.level2,
                item.elements,
                item.basis,
                item.deadline,
                item.body,
                item.channels,
                audience,
                item.mode.zh,
                item.level,
                target.address if target and target.present else "",
            )
        )
    return CatalogueView(
        *_frame(site, node),
        description=node.column.description,
        intro_html=html,
        items=tuple(items),
        rows=_rows(site, first),
        files=_files(node),
    )
