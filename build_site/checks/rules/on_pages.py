"""What is wrong on many pages at once, told once.

Owns the gathering of equal faults over the rendered pages, and where they are reported: a fault of the frame stands at
the theme, one that only the pages of one source have at that source. Must not know any rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_site.checks.rule import RenderedSite
from build_site.model.finding import Message
from build_site.model.page import RenderedPage
from build_site.model.page_shape import FlawKind
from build_site.model.site import Document, Site, Standing
from build_site.model.text import Location

M = Message
_CATALOGUE = "catalog.yaml"


@dataclass(frozen=True)
class Spread:
    """One fault, `what`, with the pages that have it, in the order of the build."""

    what: str
    pages: tuple[RenderedPage, ...]

    def where(self, site: Site) -> Location:
        """Return where to report it: at the only source that made these pages, else where the theme is chosen."""
        sources = {page.source for page in self.pages}
        source = next(iter(sources))
        if len(sources) > 1 or source == _CATALOGUE:
            return site.catalogue.site.at("theme")
        return Location(source)

    @property
    def on(self) -> Message:
        """Which pages have it, in words."""
        first = self.pages[0].address
        if len(self.pages) == 1:
            return M(f"页面 {first}", f"page {first}")
        return M(f"{len(self.pages)} 个页面，如 {first}", f"{len(self.pages)} pages, such as {first}")


def gathered(found: Iterable[tuple[str, RenderedPage]]) -> Iterator[Spread]:
    """Yield one `Spread` for each fault among pairs of fault and page."""
    spread: dict[str, dict[str, RenderedPage]] = {}
    for what, page in found:
        spread.setdefault(what, {})[page.address] = page
    for what, pages in spread.items():
        yield Spread(what, tuple(pages.values()))


def flawed(output: RenderedSite, kind: FlawKind, without: frozenset[str] = frozenset()) -> Iterator[Spread]:
    """Yield the flaws of one kind; pages made from the sources `without` are reported there, by other rules."""
    return gathered(
        (flaw.what, page)
        for page in output.pages.values()
        if page.shape.flaws and page.source not in without
        for flaw in page.shape.flaws
        if flaw.kind is kind
    )


def published(site: Site) -> Iterator[Document]:
    """Yield the documents and introductions that the public can read."""
    return (document for document in site.documents if document.standing is Standing.PUBLISHED)


def with_fault(site: Site, kind: str) -> frozenset[str]:
    """Return the sources in which a fault of this kind was met, and so reported with its place."""
    return frozenset(
        document.path for document in site.documents if any(fault.kind == kind for fault in document.doc.faults)
    )


THEME_HELP = M("告诉维护主题的人", "tell whoever keeps the theme")
