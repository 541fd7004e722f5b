"""Which pages there are, and the view of each.

Owns the list of pages of a site, in the order of their addresses. Must not render.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from build_site.loading.placing import (
    ACCESSIBILITY,
    HOME,
    NOT_FOUND,
    REPEALED,
    SEARCH,
    SITE_MAP,
    UPDATES,
    VERIFY,
    is_page,
)
from build_site.model.events import Event
from build_site.model.generated import feed_address, has_feed
from build_site.model.open_data import DATA_PAGE
from build_site.model.site import ColumnNode, Document, Site, Standing
from build_site.rendering import site_views, words
from build_site.rendering.absolute import canonical
from build_site.rendering.data_view import data_view
from build_site.rendering.detail_views import page_view
from build_site.rendering.document_view import relations
from build_site.rendering.home_view import home_view
from build_site.rendering.kind_views import column_pages
from build_site.rendering.structured import column_json, document_json, home_json, open_graph, page_json
from build_site.rendering.views import ColumnView, NavItem, NotFoundView, RedirectView, View, WithdrawnView

_CATALOGUE = "catalog.yaml"


class PlannedPage(NamedTuple):
    """A page to be made: its address, the source file (or catalogue place) it is made from, and what makes its view.

    The view is made where the page is rendered: ten thousand of them at once are worth sharing among the cores, and not
    worth keeping.
    """

    address: str
    source: str
    view: Callable[[], View]


def plan(site: Site, happened: Sequence[Event]) -> Iterator[PlannedPage]:
    """Yield every page of the site, each address once. `happened` are the site's events, newest first."""
    done: set[str] = set()
    for address, source, make, subject in _pages(site, happened):
        if address not in done:
            done.add(address)
            yield PlannedPage(address, source, partial(_whole_view, site, address, make, subject))


Subject = Document | ColumnNode | None
_Planned = tuple[str, str, Callable[[], View], Subject]


def _whole_view(site: Site, address: str, make: Callable[[], View], subject: Subject) -> View:
    return for_machines(site, address, make(), subject)


def for_machines(site: Site, address: str, view: View, subject: Subject) -> View:
    """Return a view with what machines read: canonical address, Open Graph tags, JSON-LD, the feed of its column.

    `subject` is what the page is about: a document, a column, or neither.
    """
    if isinstance(view, NotFoundView | WithdrawnView):
        return view
    if isinstance(view, RedirectView):
        return replace(view, canonical=canonical(site, view.target.address) if view.target else "")
    feed = None
    if isinstance(subject, Document):
        description, kind, data = subject.notice.summary, "article", document_json(site, subject)
        node: ColumnNode | None = site.columns[subject.column]
    elif isinstance(subject, ColumnNode):
        description = view.description if isinstance(view, ColumnView) else subject.column.description
        kind, data = "website", column_json(site, subject)
        node = subject
    else:
        node = None
        home = address == HOME
        description, kind = site.catalogue.site.description if home else "", "website"
        data = home_json(site) if home else page_json(site, view.crumbs)
    if node is not None and has_feed(node):
        feed = NavItem(f"订阅“{node.column.title}”的更新", feed_address(node.path))
    return replace(
        view,
        canonical=canonical(site, address),
        open_graph=open_graph(site, view.title, description, address, kind),
        json_ld=data,
        feed=feed,
    )


def _pages(site: Site, happened: Sequence[Event]) -> Iterator[_Planned]:
    for address, source, view in _pages_about_the_site(site, happened):
        yield address, source, partial(_same, view), None
    for node in site.columns.values():
        if node.present:
            for address, view in column_pages(site, node):
                yield address, node.intro.path if node.intro else _CATALOGUE, partial(_same, view), node
    yield from _documents(site)


def _pages_about_the_site(site: Site, happened: Sequence[Event]) -> Iterator[tuple[str, str, View]]:
    yield HOME, _CATALOGUE, home_view(site)
    for address, view in site_views.register_views(site):
        yield address, _CATALOGUE, view
    if REPEALED in site.pages:
        yield REPEALED, _CATALOGUE, site_views.out_of_force_view(site)
    yield UPDATES, _CATALOGUE, site_views.updates_view(site, happened)
    yield SEARCH, _CATALOGUE, site_views.search_view(site)
    yield DATA_PAGE, _CATALOGUE, data_view(site)
    yield SITE_MAP, _CATALOGUE, site_views.site_map_view(site)
    yield ACCESSIBILITY, _CATALOGUE, site_views.accessibility_view(site)
    yield VERIFY, _CATALOGUE, site_views.verify_view(site)
    yield NOT_FOUND, _CATALOGUE, site_views.not_found_view(site)
    for withdrawal in site.catalogue.withdrawals:
        if withdrawal.address not in site.pages:
            continue  # a file, or an address that something else holds
        day = words.day(withdrawal.withdrawn)
        gone = site_views.withdrawn_view(site, withdrawal.title, withdrawal.kind.zh, day, withdrawal.reason)
        yield withdrawal.address, _CATALOGUE, gone
    titles = _titles(site)
    for old, new in site.redirects.items():
        if is_page(old):
            yield old, _CATALOGUE, site_views.redirect_view(site, NavItem(titles.get(new, new), new))


def _documents(site: Site) -> Iterator[_Planned]:
    related = relations(site)
    for document in site.documents:
        if document.intro:
            continue
        notice = document.notice
        if document.standing is Standing.PUBLISHED:
            yield document.address, document.path, partial(page_view, site, document, related), document
        elif document.standing is Standing.WITHDRAWN:
            day = words.day(notice.withdrawn_on)
            view = site_views.withdrawn_view(site, notice.title, "", day, notice.withdrawal_reason)
            yield document.address, document.path, partial(_same, view), None


def _same(view: View) -> View:
    return view


def _titles(site: Site) -> dict[str, str]:
    titles = {HOME: site.catalogue.site.title, SITE_MAP: "站点地图"}
    titles |= {node.address: node.column.title for node in site.columns.values()}
    return titles | {document.address: document.notice.title for document in site.documents if not document.intro}
