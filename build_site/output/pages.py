"""The pages of a site, rendered and measured with all cores at work.

Owns the way from a planned page to its bytes. Must not know where they are written, nor judge them.
"""

from __future__ import annotations

from collections.abc import Sequence

from build_site.model.events import Event
from build_site.model.finding import Fault
from build_site.model.page import RenderedPage
from build_site.model.site import Site
from build_site.output.earlier import Sink
from build_site.output.manifest import FileEntry, entry_of
from build_site.output.outcome import Progress
from build_site.output.workers import in_chunks
from build_site.rendering.measure import measure as measure_page
from build_site.rendering.plan import plan
from build_site.rendering.render import make_renderer
from build_site.rendering.shared_view import shared_view
from build_site.rendering.theme import Theme


def render_all(
    site: Site, happened: Sequence[Event], theme: Theme, progress: Progress, sink: Sink
) -> tuple[dict[str, RenderedPage], dict[str, FileEntry], list[Fault]]:
    """Render every page of `site` with `theme` into `sink`; return what was measured on the pages, what was written, and what is
    wrong with the templates. `happened` are the events that lists of news tell.
    """
    renderer = make_renderer(theme, shared_view(site), site.catalogue.site.trusted)
    planned = tuple(plan(site, happened))

    def render(part: range) -> list[tuple[str, bytes, RenderedPage | None, Fault | None]]:
        found: list[tuple[str, bytes, RenderedPage | None, Fault | None]] = []
        for number in part:
            address, source, view = planned[number]
            html, fault = renderer.page(view, address)
            page = measure_page(html, address, source) if fault is None else None
            found.append((address, html.encode(), page, fault))
        return found

    pages: dict[str, RenderedPage] = {}
    files: dict[str, FileEntry] = {}
    faults: list[Fault] = []
    done = 0
    for chunk in in_chunks(render, len(planned)):
        for address, data, page, fault in chunk:
            if page is not None:
                pages[address] = page
                files[address] = entry_of(data)
                sink(address, data)
            elif fault is not None and not any(known.where == fault.where for known in faults):
                faults.append(fault)  # one line of a template fails on every page: once is enough
        done += len(chunk)
        progress("render", done, len(planned))
    return pages, files, faults
