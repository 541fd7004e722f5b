"""The view of the column home, 专栏首页.

Owns its modules: one for every level-1 column, either sub-columns or documents under each. Must not know templates.
"""

from __future__ import annotations

from build_site.model.site import ColumnNode, Site
from build_site.model.words import ColumnKind
from build_site.rendering import words
from build_site.rendering.column_views import files_of, list_rows
from build_site.rendering.shared_view import agency_facts, children, column_row, crumbs, online_address, row, site_tags
from build_site.rendering.views import HomeView, ModuleView, Row, Tag

ROWS_ON_HOME = 6
RECENT = 10


def home_view(site: Site) -> HomeView:
    """Return the column home: a module for every level-1 column that has a page."""
    info = site.catalogue.site
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
        modules=tuple(_module(site, node) for path, node in site.columns.items() if len(path) == 1 and node.present),
        recent=tuple(row(document, site.as_of) for document in site.listed[:RECENT]),
    )


def _guide(node: ColumnNode) -> tuple[Row, ...]:
    """The guide is a text, not a list: its module shows that text by its own title and day."""
    if node.intro is None or node.column.page_kind is not ColumnKind.GUIDE:
        return ()
    notice = node.intro.notice
    return (Row(notice.title, node.address, words.day(notice.published)),)


def _module(site: Site, node: ColumnNode) -> ModuleView:
    column = node.column
    kind = column.page_kind
    inner = children(site, node) if kind is not ColumnKind.ON_REQUEST else ()
    return ModuleView(
        title=column.title,
        address=node.address,
        count=node.count,
        latest=words.day(node.latest),
        rows=() if inner else list_rows(site, node, node.documents)[:ROWS_ON_HOME] or _guide(node),
        columns=tuple(column_row(child) for child in inner),
        agency=agency_facts(site.catalogue.agency) if kind is ColumnKind.AGENCY else None,
        files=files_of(node) if kind is ColumnKind.ON_REQUEST else (),
        summary=column.description,
        online=online_address(site.catalogue.agency) if kind is ColumnKind.ON_REQUEST else "",
        role=kind.en,
    )
