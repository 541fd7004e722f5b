"""The page of one changed notice, made from the site as it was built last.

Owns which changes can be shown in this way: those after which the document has the same column, address and standing.
What other pages say of it follows with the next whole build. Must not read more than the changed files.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from build_site.checks.baseline import set_aside
from build_site.checks.policy import apply_policy
from build_site.checks.rules import RULES_BY_NAME
from build_site.checks.run import check_faults
from build_site.loading.assemble import link_tables, linked
from build_site.loading.document import parse
from build_site.loading.files import read_text
from build_site.loading.filing import bare_document, place_all
from build_site.loading.link_tables import LinkTables
from build_site.loading.placing import columns_of
from build_site.model.finding import Diagnostic, Fault, Lang
from build_site.model.site import Document, Standing
from build_site.rendering.detail_views import page_view
from build_site.rendering.document_view import Relations, relations
from build_site.rendering.kind_views import column_pages
from build_site.rendering.plan import for_machines
from build_site.rendering.render import Renderer, make_renderer
from build_site.rendering.shared_view import shared_view
from build_site.serving.findings import notes_of
from build_site.serving.records import Glance, Glimpsed
from build_site.serving.whole import Whole


class Kept:
    """The last whole build, prepared so that a single page can be made of it in no time."""

    def __init__(self, root: Path, built: Whole) -> None:
        """Keep what `built` holds of the site at `root`."""
        self.root = root
        self.site = built.shown
        self.waiting = frozenset(built.waiting)
        self.theme = built.theme
        self.baseline = built.baseline

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by source."""
        return {document.path: document for document in self.site.documents}

    @cached_property
    def tables(self) -> LinkTables:
        """What links can lead to."""
        site = self.site
        return link_tables(site.catalogue, site.columns, site.documents, site.assets, site.pages, site.redirects)

    @cached_property
    def related(self) -> Relations:
        """Which documents speak of one another."""
        return relations(self.site)

    @cached_property
    def renderer(self) -> Renderer:
        """The templates, ready for use."""
        return make_renderer(self.theme, shared_view(self.site), self.site.catalogue.site.trusted)

    def commonest(self) -> tuple[str, ...]:
        """Return the source of a notice like most others, if there is one."""
        found = (item for item in self.site.documents if item.standing is Standing.PUBLISHED and not item.intro)
        return tuple(document.path for document in (next(found, None),) if document)

    def page(self, document: Document) -> tuple[str, bytes] | None:
        """Return address and bytes of the page of `document`, or None when a template fails."""
        site = self.site
        if document.intro:
            node = replace(site.columns[document.column], intro=document)
            address, view = column_pages(site, node)[0]
            html, fault = self.renderer.page(for_machines(site, address, view, node), address)
        else:
            address = document.address
            view = page_view(site, document, self.related)
            html, fault = self.renderer.page(for_machines(site, address, view, document), address)
        return None if fault else (address, html.encode())


def glimpse(kept: Kept, glance: Glance, lang: Lang) -> Glimpsed:
    """Return the pages of the sources that `glance` names; a source that has vanished, is new or has moved is `missed`."""
    pages: dict[str, bytes] = {}
    sources, missed = [], []
    found: list[Diagnostic] = []
    for path in glance.paths:
        document, told = _changed(kept, path)
        made = kept.page(document) if document else None
        if made is None:
            missed.append(path)
            continue
        pages[made[0]] = made[1]
        sources.append(path)
        found += told
    wanted, _ = apply_policy(found, kept.site.catalogue.checks, RULES_BY_NAME, kept.site.as_of)
    wanted, _ = set_aside(wanted, kept.baseline, RULES_BY_NAME)
    return Glimpsed(glance.number, pages, tuple(sources), notes_of(wanted, lang), tuple(missed))


def _changed(kept: Kept, path: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Return the document at `path` as it is on the disk now, with its findings, if its page can be made by itself."""
    known = kept.documents.get(path)
    if known is None or known.standing is not Standing.PUBLISHED:
        return None, ()
    try:
        source, _ = read_text(kept.root, path)
    except OSError:
        return None, ()  # gone, or on its way
    doc = parse(source) if source else None
    if doc is None or doc.notice is None:
        return None, ()  # the last good page stays, and the whole build says why
    site = kept.site
    public = place_all([doc], columns_of(site.catalogue), site.as_of, [])
    placed = place_all([doc], columns_of(site.catalogue), site.as_of, [], ahead=True)
    if not placed or placed[0].address != known.address or placed[0].standing is not Standing.PUBLISHED:
        return None, ()
    hidden = not public or public[0].standing is not Standing.PUBLISHED
    if hidden is not (path in kept.waiting) or placed[0].place.intro is not known.intro:
        return None, ()
    faults: list[Fault] = []
    return linked(bare_document(placed[0]), kept.tables, site.assets, faults), check_faults((*doc.faults, *faults))
