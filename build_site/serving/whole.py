"""A whole build in memory: the findings of the site as `check` has them, and its pages with what is not public yet.

Owns the order of the steps. Must not know how a build is asked for, nor write outside the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from build_site.checks.baseline import gone, set_aside
from build_site.checks.policy import apply_policy
from build_site.checks.rule import RenderedSite
from build_site.checks.rules import RULES_BY_NAME
from build_site.checks.run import check_faults, merge
from build_site.loading.assemble import assemble
from build_site.loading.baseline_file import read_baseline
from build_site.loading.catalogue import load_catalogue
from build_site.loading.files import list_content
from build_site.loading.lock import read_lock
from build_site.loading.receipts import receipted
from build_site.loading.wording import load_wording
from build_site.model.baseline import Baseline
from build_site.model.columns import Catalogue
from build_site.model.content import ParsedDoc, SourceAsset
from build_site.model.events import events
from build_site.model.finding import Diagnostic, Fault
from build_site.model.site import Site, Standing
from build_site.model.wording import Wording
from build_site.output.build import OUT
from build_site.output.digest import digest
from build_site.output.earlier import Earlier
from build_site.output.judging import judge_output, judge_site
from build_site.output.once import remembered
from build_site.output.outcome import Progress
from build_site.output.page_keys import SiteDigest
from build_site.output.pages import Nowhere, render_all
from build_site.output.sources import history_of
from build_site.rendering.generated import generated_files
from build_site.rendering.plan import plan
from build_site.rendering.render import Renderer, make_renderer
from build_site.rendering.shared_view import shared_view
from build_site.rendering.theme import Theme, load_theme
from build_site.serving.memory import Memory
from build_site.serving.page_file import PageFile
from build_site.serving.records import Stored, Waiting

_WAITING = (Standing.DRAFT, Standing.FUTURE)
_NO_BUILD = ".no-build"  # what is not public yet is compared with nothing


class UnusableError(Exception):
    """A site of which no page can be made; `found` says why."""

    def __init__(self, found: tuple[Diagnostic, ...]) -> None:
        """Take the findings that explain it."""
        super().__init__()
        self.found = found


@dataclass(frozen=True)
class Whole:
    """What came of a whole build: `shown` is the site with what is not public yet, `waiting` the standing of these
    documents by source.
    """

    shown: Site
    theme: Theme
    pages: Mapping[str, Stored]
    sources: Mapping[str, str]
    waiting: Mapping[str, Waiting]
    found: tuple[Diagnostic, ...]
    baseline: Baseline


def build_whole(
    root: Path, as_of: date, digests: Mapping[str, str], memory: Memory, file: PageFile, progress: Progress
) -> Whole:
    """Build the site at `root` as on the day `as_of` into `file`; `digests` say what its sources hold.

    Raises UnusableError when no page can be made, OSError when files vanish or the disk fails; then nothing is committed.
    """
    catalogue, faults = load_catalogue(root)
    listing = list_content(root)
    docs, document_faults = memory.documents(listing.texts, digests, progress)
    wording, wording_faults = load_wording(root)
    baseline, baseline_faults = read_baseline(root)
    theme = load_theme(root, catalogue.site.theme, catalogue.site.at("theme")) if catalogue else load_theme(root)
    faults = (*faults, *wording_faults, *theme.faults, *listing.faults, *document_faults)
    if catalogue is None:
        raise UnusableError(check_faults(faults))
    assets = memory.assets(listing.assets, digests, progress)
    site = _assembled(root, catalogue, docs, assets, as_of, wording, memory)
    found = merge(check_faults((*faults, *site.faults)), judge_site(site))
    waiting = {doc.path: _why(doc.standing, doc.notice.published_on) for doc in site.documents if _waits(doc.standing)}
    good = memory.last_good(listing.texts)  # a file that cannot be read keeps the page that it had
    unplaced = {doc.path for doc in good} - {doc.path for doc in site.documents}
    shown = (
        _assembled(root, catalogue, good, assets, as_of, wording, memory, ahead=True) if waiting or unplaced else site
    )
    readable = {doc.path for doc in docs if doc.notice}
    waiting |= {doc.path: Waiting(draft=True) for doc in shown.documents if doc.path in unplaced & readable}
    on_pages, sources, made = _render(site, shown, theme, memory, file, progress)
    return Whole(
        shown=shown,
        theme=theme,
        pages=file.commit((*shown.pages, *made)),
        sources=sources,
        waiting=waiting,
        found=_told(merge(found, on_pages), site, baseline, baseline_faults),
        baseline=baseline or Baseline(),
    )


def _assembled(
    root: Path,
    catalogue: Catalogue,
    docs: list[ParsedDoc],
    assets: list[SourceAsset],
    as_of: date,
    wording: Wording,
    memory: Memory,
    ahead: bool = False,
) -> Site:
    site = assemble(catalogue, docs, assets, as_of, read_lock(root), wording, ahead)
    return site if ahead else replace(site, history=history_of(root, memory.store), receipted=receipted(root))


def _waits(standing: Standing) -> bool:
    return standing in _WAITING


def _why(standing: Standing, day: date | None) -> Waiting:
    return Waiting(standing is Standing.DRAFT, day.isoformat() if day and standing is Standing.FUTURE else "")


def _render(
    site: Site, shown: Site, theme: Theme, memory: Memory, file: PageFile, progress: Progress
) -> tuple[tuple[Diagnostic, ...], dict[str, str], tuple[str, ...]]:
    """Put the pages of `shown` into `file`; return what is wrong with the pages of `site`, which the public would see,
    the sources of the pages by address, and the addresses of what was made beside them.

    What both sites have in common is found in the store the second time.
    """
    root, store = memory.root, memory.store
    happened = events(site)
    public = tuple(plan(site, happened))
    earlier = Earlier(root / OUT, site)
    target = file if shown is site else Nowhere()
    pages = render_all(public, _renderer(site, theme), SiteDigest.of(site), target, earlier, store, progress)
    planned = public
    if shown is not site:
        planned = tuple(plan(shown, events(shown)))
        never = Earlier(root / _NO_BUILD, shown)
        render_all(planned, _renderer(shown, theme), _digest_ahead(shown), file, never, store, progress)
    made = (*generated_files(site, happened, remembered(store)), *theme.static.values())
    for address, data in made:
        file.write(address, data)
    static = frozenset(address for address, _ in made)
    rendered = RenderedSite(pages.facts, static, {address: len(data) for address, data in theme.static.values()})
    found = merge(check_faults((*pages.faults, *earlier.faults)), judge_output(site, rendered))
    return found, {page.address: page.source for page in planned}, tuple(static)


def _digest_ahead(shown: Site) -> SiteDigest:
    """Return a digest that no site of the public has: its documents may be the same, and their standing is not.

    By it pages are found in the store, so this keeps what is not public yet out of every other build.
    """
    told = SiteDigest.of(shown)
    return replace(told, all=digest(b"ahead", told.all))


def _renderer(site: Site, theme: Theme) -> Renderer:
    return make_renderer(theme, shared_view(site), site.catalogue.site.trusted)


def _told(
    found: tuple[Diagnostic, ...], site: Site, baseline: Baseline | None, baseline_faults: tuple[Fault, ...]
) -> tuple[Diagnostic, ...]:
    """Return the findings as the site's own policy and baseline want them."""
    kept, policy_faults = apply_policy(found, site.catalogue.checks, RULES_BY_NAME, site.as_of)
    found = merge(kept, check_faults(policy_faults))
    if baseline is None:
        return found
    stale: tuple[Fault, ...] = gone(found, baseline, RULES_BY_NAME)
    return merge(set_aside(found, baseline, RULES_BY_NAME)[0], check_faults((*baseline_faults, *stale)))
