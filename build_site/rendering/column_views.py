"""The views of columns: their lists with facets and pages, and what every kind of column shares.

Owns what a column's page shows. Must not know templates.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from build_site.model.columns import Topic
from build_site.model.facets import Facet, facet_address, facet_pages, facets_of
from build_site.model.paging import ListPage, list_pages, year_address, years_of
from build_site.model.site import ColumnNode, Document, Site
from build_site.model.validity import ConsultationState, consultation_on
from build_site.model.words import ColumnKind
from build_site.rendering import words
from build_site.rendering.body import body_html, contents
from build_site.rendering.shared_view import (
    children,
    column_row,
    column_tags,
    crumbs,
    file_view,
    revision_views,
    row,
    site_tags,
)
from build_site.rendering.tables import table
from build_site.rendering.views import (
    Cell,
    ColumnView,
    ExplanationView,
    FacetGroup,
    FileView,
    NavItem,
    Pager,
    PagerItem,
    RevisionView,
    Row,
    StageView,
    TableView,
    Tag,
    TocEntry,
)

_AROUND = 3
_ORDER = (ConsultationState.OPEN, ConsultationState.SOON, ConsultationState.STUDY, ConsultationState.DONE)


def frame(site: Site, node: ColumnNode, title: str = "") -> tuple[str, tuple[NavItem, ...], tuple[Tag, ...], str]:
    """Return what every column page begins with: title, breadcrumb, page tags, navigation key."""
    column = node.column
    return title or column.title, crumbs(site, node), (*site_tags(site), *column_tags(column)), node.path[0]


def introduction(node: ColumnNode) -> tuple[str, tuple[TocEntry, ...]]:
    """Return the introduction's HTML and contents list, empty where there is none."""
    if node.intro is None:
        return "", ()
    return body_html(node.intro, node.address), contents(node.intro.doc.body)


def files_of(node: ColumnNode) -> tuple[FileView, ...]:
    """Return the attachments of a column's introduction."""
    return tuple(file_view(file) for file in node.intro.files) if node.intro else ()


def revisions_of(site: Site, node: ColumnNode) -> tuple[RevisionView, ...]:
    """Return the revisions of a column's introduction."""
    return revision_views(node.intro.notice, site.as_of) if node.intro else ()


def list_rows(site: Site, node: ColumnNode, documents: tuple[Document, ...]) -> tuple[Row, ...]:
    """Return documents as lines of a column's list; consultations that run stand first, then by their last day."""
    if node.column.page_kind is ColumnKind.CONSULTATIONS:
        documents = tuple(sorted(documents, key=lambda document: _urgency(site, document)))
    staged = _topic(site, node) is not None
    return tuple(
        row(document, site.as_of, _remark(node, document), document.notice.topic_stage if staged else "")
        for document in documents
    )


def _urgency(site: Site, document: Document) -> tuple[int, int]:
    told = document.notice.consultation
    if told is None:
        return len(_ORDER), 0
    return _ORDER.index(consultation_on(told, site.as_of)), -told.ends.toordinal()


def _remark(node: ColumnNode, document: Document) -> str:
    notice = document.notice
    if notice.consultation:
        return f"征集期 {words.day(notice.consultation.starts)} 至 {words.day(notice.consultation.ends)}"
    if node.column.page_kind is ColumnKind.CONVERSIONS:
        return f"{words.day(notice.converted_on or notice.published)} 转为主动公开"
    if notice.response:
        return f"首次回应 {words.day(notice.response.answered)}"
    return ""


@dataclass(frozen=True)
class Lists:
    """How a column's documents are spread: its list pages, its years where it has pages for them, its facets.

    Found once for a column, because every one of its pages shows the way to all the others.
    """

    pages: tuple[ListPage, ...]
    years: dict[int, tuple[Document, ...]]
    facets: tuple[Facet, ...]


def lists_of(site: Site, node: ColumnNode) -> Lists:
    """Return how the documents of a column are spread over pages."""
    pages = list_pages(node, site.catalogue.site.page_size)
    facets = facets_of(node, site.catalogue.themes, site.as_of)
    return Lists(pages, years_of(node) if len(pages) > 1 else {}, facets)


def list_view(site: Site, node: ColumnNode, lists: Lists, page: ListPage) -> ColumnView:
    """Return the view of a column's page: of the column page itself, or of a year's page."""
    column = node.column
    on_first = page.address == node.address
    years = lists.years
    html, toc = introduction(node) if on_first else ("", ())
    suffix = f"（{page.year}年）" + (f"第 {page.number} 页" if page.number > 1 else "") if page.year else ""
    told = column.explanation
    stages, rest = _stages(site, node, page) if on_first else ((), page.documents)
    topic = _topic(site, node)
    absent = [
        child for path, child in site.columns.items() if path[:-1] == node.path and path[1:] and not child.present
    ]
    return ColumnView(
        *frame(site, node, column.title + suffix),
        description=column.description,
        kind=column.page_kind.en,
        count=len(years[page.year]) if page.year else node.count,
        latest=words.day(years[page.year][0].notice.published if page.year else node.latest),
        owner=column.owner,
        basis=column_row(node).basis,
        intro_html=html,
        toc=toc,
        files=files_of(node) if on_first else (),
        columns=tuple(column_row(child) for child in children(site, node)) if on_first else (),
        rows=list_rows(site, node, rest),
        stages=stages,
        matrix=_matrix(site, topic) if topic and on_first else None,
        explanation=ExplanationView(
            told.reason, told.basis, told.owner, words.day(told.as_of), words.day(told.review_on)
        )
        if told and not node.filled
        else None,
        absent=tuple(child.column.title for child in absent) if on_first else (),
        revisions=revisions_of(site, node) if on_first else (),
        facets=facet_groups(node, lists, page.address),
        more=bool(years) and on_first,
        pager=_pager(
            [year_address(node, page.year, number) for number in range(1, _last(site, len(years[page.year])) + 1)],
            page.number,
        )
        if page.year
        else None,
    )


def facet_views(site: Site, node: ColumnNode, lists: Lists) -> tuple[tuple[str, ColumnView], ...]:
    """Return address and view of every page of every facet of a column."""
    found = []
    size = site.catalogue.site.page_size
    for facet in lists.facets:
        pages = facet_pages(node, facet, size)
        for page in pages:
            found.append((page.address, _facet_view(site, node, lists, facet, page, len(pages))))
    return tuple(found)


def _facet_view(site: Site, node: ColumnNode, lists: Lists, facet: Facet, page: ListPage, last: int) -> ColumnView:
    suffix = f"（{facet.word}）" + (f"第 {page.number} 页" if page.number > 1 else "")
    return ColumnView(  # without the column's description, which speaks of all its documents
        *frame(site, node, node.column.title + suffix),
        kind=node.column.page_kind.en,
        count=len(facet.documents),
        latest=words.day(facet.documents[0].notice.published),
        owner=node.column.owner,
        rows=list_rows(site, node, page.documents),
        facets=facet_groups(node, lists, facet_address(node, facet.slug)),
        pager=_pager([facet_address(node, facet.slug, number) for number in range(1, last + 1)], page.number),
    )


_GROUPS = (("validity", "有效性"), ("theme", "主题"))


def facet_groups(node: ColumnNode, lists: Lists, current: str) -> tuple[FacetGroup, ...]:
    """Return the selections of a column's list: years where it has year pages, validity, themes.

    `current` is the address of the page (its first, when it has several) that they stand on.
    """
    groups = []
    if lists.years:
        years = tuple(
            PagerItem(f"{year}年", year_address(node, year), len(documents), current.startswith(f"{node.key}/{year}/"))
            for year, documents in lists.years.items()
        )
        groups.append(_with_all("年份", "最新", years, node, current))
    for key, label in _GROUPS:
        items = tuple(
            PagerItem(
                facet.word,
                facet_address(node, facet.slug),
                len(facet.documents),
                facet_address(node, facet.slug) == current,
            )
            for facet in lists.facets
            if facet.group == key
        )
        if items:
            groups.append(_with_all(label, "全部", items, node, current))
    return tuple(groups)


def _with_all(label: str, word: str, items: tuple[PagerItem, ...], node: ColumnNode, current: str) -> FacetGroup:
    return FacetGroup(label, (PagerItem(word, node.address, 0, node.address == current), *items))


def _last(site: Site, count: int) -> int:
    return -(-count // site.catalogue.site.page_size)


def _pager(addresses: list[str], number: int) -> Pager | None:
    return pager(addresses, number) if len(addresses) > 1 else None


def pager(addresses: list[str], number: int) -> Pager:
    """Return the paging over `addresses`, of which the one with this number (from 1) is open.

    Of many pages it names the first, the last and those around the open one; a gap is an item without address.
    """
    last = len(addresses)
    near = {at for at in (1, last, *range(number - _AROUND, number + _AROUND + 1)) if 1 <= at <= last}
    pages: list[PagerItem] = []
    for at in sorted(near):
        if pages and at - 1 not in near:
            pages.append(PagerItem("……", ""))
        pages.append(PagerItem(str(at), addresses[at - 1], current=at == number))
    return Pager(
        pages=tuple(pages),
        previous=NavItem("上一页", addresses[number - 2]) if number > 1 else None,
        next=NavItem("下一页", addresses[number]) if number < last else None,
    )


def _topic(site: Site, node: ColumnNode) -> Topic | None:
    return next((topic for topic in site.catalogue.topics if tuple(topic.column.split("/")) == node.path), None)


def _stages(site: Site, node: ColumnNode, page: ListPage) -> tuple[tuple[StageView, ...], tuple[Document, ...]]:
    """Return the stages of a key area with their documents, and the documents that stand in none."""
    topic = _topic(site, node)
    if topic is None:
        return (), page.documents
    if len(page.documents) < len(node.documents):  # a long list stays one; its rows carry the stage as a word
        return tuple(StageView(stage, "") for stage in topic.stages), page.documents
    stages, grouped = [], set()
    for number, stage in enumerate(dict.fromkeys(topic.stages), 1):
        documents = tuple(item for item in page.documents if item.notice.topic_stage == stage)
        grouped |= {item.address for item in documents}
        rows = tuple(dataclasses.replace(line, stage="") for line in list_rows(site, node, documents))
        stages.append(StageView(stage, f"stage-{number}" if documents else "", rows))
    return tuple(stages), tuple(item for item in page.documents if item.address not in grouped)


def _matrix(site: Site, topic: Topic) -> TableView | None:
    """Return the finance matrix: a row for each year, a column for each kind of information, from all columns."""
    cells: dict[tuple[int, str], Document] = {}
    for document in site.listed:
        notice = document.notice
        if notice.year and notice.finance in topic.kinds:
            cells.setdefault((notice.year, notice.finance), document)
    rows = []
    for year in sorted({year for year, _ in cells}, reverse=True):
        row: list[str | Cell] = [f"{year}年"]
        for kind in topic.kinds:
            found = cells.get((year, kind))
            row.append(Cell(f"{year}年{kind}", found.address) if found else "待公开")
        rows.append(row)
    return table(f"{topic.title}：年度和类别一览", ("年度", *topic.kinds), rows) if rows else None
