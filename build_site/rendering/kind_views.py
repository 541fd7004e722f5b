"""The views of columns that are more than a list: guide, agency, reports, on request, institution, places, accounts.

Owns what each kind of column adds to what all share. Must not know templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from build_site.model.columns import Account, Place
from build_site.model.site import ColumnNode, Site
from build_site.model.words import ColumnKind, PlaceKind
from build_site.rendering import words
from build_site.rendering.catalogue_items import audience
from build_site.rendering.column_views import (
    facet_views,
    files_of,
    frame,
    introduction,
    list_rows,
    list_view,
    lists_of,
    revisions_of,
)
from build_site.rendering.figures_view import handled, newest_report, trends
from build_site.rendering.on_request import deadlines, process
from build_site.rendering.relative import is_remote
from build_site.rendering.shared_view import agency_facts, online_address, telephone
from build_site.rendering.tables import table
from build_site.rendering.views import (
    AgencyView,
    Card,
    CardsView,
    CatalogueView,
    Cell,
    ColumnView,
    Fact,
    GuideView,
    InstitutionView,
    ItemRow,
    NavItem,
    OnRequestView,
    ReportsView,
    View,
    widen,
)

Widen = Callable[[Site, ColumnNode, ColumnView], ColumnView]


def column_pages(site: Site, node: ColumnNode) -> tuple[tuple[str, View], ...]:
    """Return the address and view of every page of a column: its own, those of its years, those of its facets."""
    kind = node.column.page_kind
    if kind in _OWN:
        return ((node.address, _OWN[kind](site, node)),)
    lists = lists_of(site, node)
    first, *others = lists.pages
    view = list_view(site, node, lists, first)
    if kind in _WIDENED:
        view = _WIDENED[kind](site, node, view)
    years = ((page.address, list_view(site, node, lists, page)) for page in others)
    return ((first.address, view), *years, *facet_views(site, node, lists))


def _guide(site: Site, node: ColumnNode) -> GuideView:
    html, toc = introduction(node)
    revisions = revisions_of(site, node)
    return GuideView(
        *frame(site, node),
        updated=_updated(site, node),
        owner=node.column.owner,
        intro_html=html,
        toc=toc,
        agency=agency_facts(site.catalogue.agency),
        files=files_of(node),
        rows=list_rows(site, node, node.documents),
        revisions=revisions,
    )


def _updated(site: Site, node: ColumnNode) -> str:
    """Return the day of a column's text: of its last correction, else of its publication."""
    written = words.day(node.intro.notice.published if node.intro else node.latest)
    return max((written, *(revision.date for revision in revisions_of(site, node))))


def _agency(site: Site, node: ColumnNode) -> AgencyView:
    return AgencyView(
        *frame(site, node),
        agency=agency_facts(site.catalogue.agency),
        intro_html=introduction(node)[0],
        files=files_of(node),
        rows=list_rows(site, node, node.documents),
    )


def _catalogue(site: Site, node: ColumnNode) -> CatalogueView:
    items = []
    for number, item in enumerate(site.catalogue.items, 1):
        target = site.columns.get(tuple(item.column.split("/")))
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
                audience(item),
                item.mode.zh,
                item.level,
                target.address if target and target.present else "",
                awaited=bool(item.column) and not (target and target.present),
            )
        )
    return CatalogueView(
        *frame(site, node),
        updated=_updated(site, node),
        description=node.column.description,
        intro_html=introduction(node)[0],
        items=tuple(items),
        rows=list_rows(site, node, node.documents),
        files=files_of(node),
    )


_OWN: Mapping[ColumnKind, Callable[[Site, ColumnNode], View]] = {
    ColumnKind.GUIDE: _guide,
    ColumnKind.AGENCY: _agency,
    ColumnKind.CATALOGUE: _catalogue,
}


def _reports(site: Site, node: ColumnNode, base: ColumnView) -> ColumnView:
    del site
    return widen(ReportsView, base, figures=trends(node))


def _on_request(site: Site, node: ColumnNode, base: ColumnView) -> ColumnView:
    del node
    newest = newest_report(site)
    return widen(
        OnRequestView,
        base,
        online=online_address(site.catalogue.agency),
        process=process(),
        dates=deadlines(site.as_of),
        last_year=handled(newest[0]) if newest else None,
        last_report=NavItem(newest[1].notice.title, newest[1].address) if newest else None,
    )


def _institution(site: Site, node: ColumnNode, base: ColumnView) -> ColumnView:
    del node
    told = site.catalogue.institution
    if told is None:
        return base
    leaders = tuple(
        Card(item.name, item.post, (Fact("分工", item.duties),) if item.duties else ()) for item in told.leaders
    )
    phones = any(office.phone for office in told.offices)
    offices = [(item.name, item.duties, *((_dialled(item.phone),) if phones else ())) for item in told.offices]
    units = [(item.name, item.duties, item.address, _dialled(item.phone)) for item in told.units]
    return widen(
        InstitutionView,
        base,
        leaders=leaders,
        offices=table("内设机构", ("名称", "职责", *(("电话",) if phones else ())), offices) if offices else None,
        units=table("直属单位", ("名称", "职责", "地址", "电话"), units) if units else None,
        checked=words.day(told.checked),
    )


def _dialled(phone: str) -> Cell:
    return Cell(phone, telephone(phone))


def _places(site: Site, node: ColumnNode, base: ColumnView) -> ColumnView:
    del node
    groups = tuple(
        (kind.zh, tuple(_place(place) for place in site.catalogue.places if place.kind is kind)) for kind in PlaceKind
    )
    return widen(CardsView, base, groups=tuple(group for group in groups if group[1]))


def _place(place: Place) -> Card:
    facts = (
        Fact("地址", place.address),
        Fact("开放时间", place.hours),
        Fact("联系电话", place.phone, telephone(place.phone)),
        Fact("核对日期", words.day(place.checked)),
    )
    return Card(place.name, place.kind.zh, tuple(fact for fact in facts if fact.value), place.services)


def _accounts(site: Site, node: ColumnNode, base: ColumnView) -> ColumnView:
    del node
    platforms = dict.fromkeys(account.platform for account in site.catalogue.accounts)
    groups = tuple(
        (platform, tuple(_account(item) for item in site.catalogue.accounts if item.platform == platform))
        for platform in platforms
    )
    return widen(CardsView, base, groups=groups)


def _account(account: Account) -> Card:
    facts = (
        Fact("账号", account.handle),
        Fact("责任处室", account.owner),
        Fact("服务对象", account.audience),
        Fact("发布内容", account.scope),
        Fact("网址", account.url if is_remote(account.url) else "", account.url),
        Fact("核对日期", words.day(account.checked)),
    )
    return Card(account.name, account.platform, tuple(fact for fact in facts if fact.value))


_WIDENED: Mapping[ColumnKind, Widen] = {
    ColumnKind.REPORTS: _reports,
    ColumnKind.ON_REQUEST: _on_request,
    ColumnKind.INSTITUTION: _institution,
    ColumnKind.PLACES: _places,
    ColumnKind.ACCOUNTS: _accounts,
}
