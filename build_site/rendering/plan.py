"""Which pages there are, and the view of each.

Owns the list of pages of a site, in the order of their addresses. Must not render.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from build_site.loading.placing import HOME, NOT_FOUND, SITE_MAP, is_page
from build_site.model.site import Document, Reach, Site, Standing
from build_site.rendering import words
from build_site.rendering.column_views import column_pages, home_view
from build_site.rendering.document_view import document_view
from build_site.rendering.shared_view import children, column_row, crumbs, site_tags
from build_site.rendering.views import NavItem, NotFoundView, RedirectView, SiteMapView, View, WithdrawnView


def plan(site: Site) -> Iterator[tuple[str, str, View]]:
    """Yield address, source path and view of every page of the site, each address once."""
    done: set[str] = set()
    for address, source, view in _pages(site):
        if address not in done:
            done.add(address)
            yield address, source, view


def _pages(site: Site) -> Iterator[tuple[str, str, View]]:
    yield HOME, "catalog.yaml", home_view(site)
    for node in site.columns.values():
        if node.present:
            for address, view in column_pages(site, node):
                yield address, node.intro.path if node.intro else "catalog.yaml", view
    yield from _documents(site)
    yield SITE_MAP, "catalog.yaml", _site_map(site)
    yield NOT_FOUND, "catalog.yaml", _not_found(site)
    for withdrawal in site.catalogue.withdrawals:
        if withdrawal.address not in site.pages:
            continue  # a file, or an address that something else holds
        yield (
            withdrawal.address,
            "catalog.yaml",
            _withdrawn(site, withdrawal.title, withdrawal.kind.zh, words.day(withdrawal.withdrawn), withdrawal.reason),
        )
    titles = _titles(site)
    for old, new in site.redirects.items():
        if is_page(old):
            yield old, "catalog.yaml", _redirect(site, NavItem(titles.get(new, new), new))


def _documents(site: Site) -> Iterator[tuple[str, str, View]]:
    published = {
        document.address: document
        for document in reversed(site.documents)
        if document.standing is Standing.PUBLISHED and not document.intro
    }
    incoming: dict[str, list[Document]] = defaultdict(list)
    for document in published.values():
        for reference in document.references:
            if reference.field == "interprets" and reference.target.reach is Reach.PAGE:
                incoming[reference.target.address].append(document)
    for document in site.documents:
        if document.intro:
            continue
        if document.standing is Standing.PUBLISHED:
            others = tuple(sorted(incoming[document.address], key=lambda other: other.address))
            yield document.address, document.path, document_view(site, document, published, others)
        elif document.standing is Standing.WITHDRAWN:
            notice = document.notice
            view = _withdrawn(site, notice.title, "撤回", words.day(notice.withdrawn_on), notice.withdrawal_reason)
            yield document.address, document.path, view


def _titles(site: Site) -> dict[str, str]:
    titles = {HOME: site.catalogue.site.title, SITE_MAP: "站点地图"}
    titles |= {node.address: node.column.title for node in site.columns.values()}
    return titles | {document.address: document.notice.title for document in site.documents if not document.intro}


def _site_map(site: Site) -> SiteMapView:
    groups = tuple(
        (column_row(node), tuple(column_row(child) for child in children(site, node)))
        for path, node in site.columns.items()
        if len(path) == 1 and node.present
    )
    return SiteMapView("站点地图", crumbs(site, None), site_tags(site), "", groups=groups)


def _not_found(site: Site) -> NotFoundView:
    columns = tuple(
        NavItem(node.column.title, node.address)
        for path, node in site.columns.items()
        if len(path) == 1 and node.present
    )
    return NotFoundView("没有找到这个页面", crumbs(site, None), site_tags(site), "", columns=columns)


def _withdrawn(site: Site, title: str, kind: str, date: str, reason: str) -> WithdrawnView:
    return WithdrawnView(
        "页面已撤下", crumbs(site, None), site_tags(site), "", document=title, kind=kind, date=date, reason=reason
    )


def _redirect(site: Site, target: NavItem) -> RedirectView:
    return RedirectView("页面已改址", crumbs(site, None), site_tags(site), "", target=target)
