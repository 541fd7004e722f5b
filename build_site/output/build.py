"""The pipeline of a build, readable from top to bottom.

Owns the order of the steps; no step changes an earlier result. Must not know what a page or a rule says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from build_site.checks.baseline import gone, set_aside
from build_site.checks.policy import apply_policy
from build_site.checks.rule import RenderedSite
from build_site.checks.rules import RULES_BY_NAME
from build_site.checks.run import check_faults, merge
from build_site.loading.address_book import is_computed
from build_site.loading.baseline_file import read_baseline
from build_site.loading.catalogue import load_catalogue
from build_site.loading.files import list_content
from build_site.loading.lock import LOCK_NAME, lock_text
from build_site.loading.placing import NOT_FOUND
from build_site.loading.wording import load_wording
from build_site.model.baseline import Baseline
from build_site.model.events import events
from build_site.model.file_card import file_cards
from build_site.model.finding import Diagnostic, Fault, Severity
from build_site.model.site import Site, Standing
from build_site.model.text import Location
from build_site.output.collecting import rarely_collecting
from build_site.output.earlier import Earlier, is_settled
from build_site.output.folder import Staging, check_owned, prepared
from build_site.output.inputs import Inputs
from build_site.output.judging import judge_output, judge_site
from build_site.output.manifest import (
    MANIFEST_NAME,
    SUMS_NAME,
    FileEntry,
    entry_of,
    has_sm3,
    manifest_text,
    signatures_in,
    sums_text,
)
from build_site.output.means import Means
from build_site.output.once import remembered
from build_site.output.outcome import Outcome
from build_site.output.page_keys import SiteDigest
from build_site.output.pages import Nowhere, Pages, Target, render_all
from build_site.output.quarantine import held_back, to_hold
from build_site.output.signals import uninterrupted
from build_site.output.sources import assembled, history_of, measure_files, read_documents
from build_site.rendering.generated import generated_files
from build_site.rendering.plan import plan
from build_site.rendering.render import make_renderer
from build_site.rendering.shared_view import shared_view
from build_site.rendering.theme import load_theme

OUT = "public"
"""The usual output folder, below the site's own."""


def check(
    root: Path,
    as_of: date,
    locked: bool = False,
    last: Path | None = None,
    means: Means | None = None,
    recorded: Path | None = None,
) -> Outcome:
    """Build the site at `root` in memory, as it would be on the day `as_of`, and write nothing but to the store.

    It is compared with the last build in `last`, by default the usual folder, where there is one, and with the history in Git: that
    of the site in `recorded` where `root` is a copy without one.
    """
    with rarely_collecting():
        order = _Order(root, last or root / OUT, as_of, locked, recorded=recorded)
        return _run(order, Nowhere(), means or Means()).outcome


def build(
    root: Path,
    out: Path,
    as_of: date,
    locked: bool = False,
    fail_on: Severity = Severity.ERROR,
    record: bool = True,
    quarantine: bool = False,
    means: Means | None = None,
    themes: Path | None = None,
) -> Outcome:
    """Build the site at `root` into `out`, unless a finding at or above `fail_on` forbids it.

    `locked` demands that `urls.lock` is up to date; otherwise it is brought up to date, unless `record` is false: what
    nobody has read yet, such as a build for a day to come, is not to be remembered. Raises `OutputRefusedError` when
    `out` is not ours to replace, OSError when the disk fails; the last good output stays whole in every case.

    With `quarantine`, a build that documents nobody has seen yet stand in the way of is made without them, as if they
    were drafts, as long as that helps; when it does not, the outcome is that of the whole site.

    `themes` is a folder of themes that the site shares with others. What is in the store is not made again, and what is made is kept there; the output is the same with and without.
    """
    means = means or Means()
    order = _Order(root, out, as_of, locked, fail_on, record, themes=themes)
    with rarely_collecting():
        with means.phases("prepare"):
            check_owned(out, root)
        whole = tried = _build(order, means)
        reasons: tuple[Diagnostic, ...] = ()
        while quarantine and tried.site is not None and tried.outcome.fails(fail_on):
            failing = tried.outcome.failing(fail_on)
            more = to_hold(failing, tried.site, tried.sources)
            if not more:
                return whole.outcome
            reasons = merge(reasons, failing)
            tried = _build(replace(order, held=tried.outcome.held | more), means)
        if tried.outcome.published:  # a build that ended early has not used what the next one will
            with means.phases("tidy"):
                means.store.sweep()
    cards = {**tried.outcome.cards, **whole.outcome.cards}
    return replace(tried.outcome, diagnostics=merge(tried.outcome.diagnostics, reasons), cards=cards)


def rehearse(root: Path, as_of: date, means: Means | None = None) -> tuple[Outcome, Site | None, dict[str, FileEntry]]:
    """Build the site at `root` in memory; return what came of it, the site, and every file that the build would write.

    So an output folder can be shown to be what the sources say. Writes nothing but to the store.
    """
    with rarely_collecting():
        made = _run(_Order(root, root / OUT, as_of, False), Nowhere(), means or Means())
        files = dict(made.files)
        files.update((address, entry_of(source.read_bytes())) for address, source in made.copies)
        files.update((address, entry_of(data)) for address, data in made.static)
    return made.outcome, made.site, files


@dataclass(frozen=True)
class _Order:
    """What is to be built: see `build` and `check`. `last` is the output folder; `held` are the sources that are left out."""

    root: Path
    last: Path
    as_of: date
    locked: bool
    fail_on: Severity = Severity.ERROR
    record: bool = True
    held: frozenset[str] = frozenset()
    themes: Path | None = None
    recorded: Path | None = None


def _build(order: _Order, means: Means) -> _Made:
    """Build the site without the sources that are held, and put it in the place of the output folder unless it fails."""
    phases, record = means.phases, order.record and not order.locked
    with Staging(order.last) as staging:
        made = _run(order, staging, means)
        if made.site is None or made.outcome.fails(order.fail_on):
            return made
        files = dict(made.files)
        with phases("copy"):
            for address, source in made.copies:
                data = source.read_bytes()
                files[address] = entry_of(data)
                staging.write(address, data)
            for address, data in made.static:
                files[address] = entry_of(data)
                staging.write(address, data)
            _write_lists(order, made, files, staging)
        addresses = frozenset(made.site.locked or ()) | (_addresses(made.site) if record else frozenset())
        with (
            phases("exchange"),
            prepared(order.root / LOCK_NAME, lock_text(addresses)) as put_lock,
            uninterrupted(),
        ):
            number = staging.exchange()
            if record:
                put_lock()
            staging.discard()
    return replace(made, outcome=replace(made.outcome, published=True, folder=number, hashed_twice=has_sm3()))


def _write_lists(order: _Order, made: _Made, files: Mapping[str, FileEntry], staging: Staging) -> None:
    """Write the manifest of `files` and what `sha256sum -c` reads. The signatures in the last output stay when they are of
    the same manifest.
    """
    assert made.inputs is not None
    inputs, sources = made.inputs(), made.sources_of
    traced = {address: inputs.traced(address, entry, sources.get(address, "")) for address, entry in files.items()}
    manifest = manifest_text(traced, order.as_of.isoformat(), inputs.told).encode()
    staging.write(MANIFEST_NAME, manifest)
    staging.write(SUMS_NAME, sums_text({**files, MANIFEST_NAME: entry_of(manifest)}).encode())
    last = order.last / MANIFEST_NAME
    if last.is_file() and last.read_bytes() == manifest:
        for signature in signatures_in(order.last):
            staging.write(signature.name, signature.read_bytes())


@dataclass(frozen=True)
class _Made:
    outcome: Outcome
    site: Site | None = None
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    copies: tuple[tuple[str, Path], ...] = ()
    static: tuple[tuple[str, bytes], ...] = ()
    sources: frozenset[str] = frozenset()
    inputs: Callable[[], Inputs] | None = None
    sources_of: Mapping[str, str] = field(default_factory=dict)


def _run(order: _Order, target: Target, means: Means) -> _Made:
    root, phases, store = order.root, means.phases, means.store
    with phases("list"):
        catalogue, catalogue_faults = load_catalogue(root)
        named = catalogue.site if catalogue else None
        theme = load_theme(root, named.theme, named.at("theme"), order.themes) if named else load_theme(root)
        listing = list_content(root)
    with phases("read"):
        docs, document_faults = read_documents(root, listing.texts, means.progress, store, means.executor)
    docs = [held_back(doc) if doc.path in order.held else doc for doc in docs]
    baseline, baseline_faults = read_baseline(root)
    wording, wording_faults = load_wording(root)
    faults = (*catalogue_faults, *wording_faults, *theme.faults, *listing.faults, *document_faults)
    if catalogue is None:
        found = check_faults(faults)
        cards = file_cards({item.where.path for item in found}, docs, None, None)
        return _Made(Outcome(found, misconfigured=True, counts={"documents": len(docs)}, cards=cards))
    with phases("measure"):
        assets = measure_files(root, listing.assets, means.progress, store)
    with phases("assemble"):
        site = assembled(root, catalogue, docs, assets, order.as_of, wording, history_of(order.recorded or root, store))
    with phases("check site"):
        found = merge(check_faults((*faults, *site.faults)), judge_site(site))
        if order.locked:
            found = merge(found, check_faults(_lock_faults(site)))
        wanted = _as_wanted(found, site, order.held)
        if any(item.severity is Severity.ERROR for item in set_aside(wanted, baseline or Baseline(), RULES_BY_NAME)[0]):
            target = Nowhere()  # nothing of this will be published
    with phases("plan"):
        happened = events(site)
        planned = tuple(plan(site, happened))
        earlier = Earlier(order.last, site)
        renderer = make_renderer(theme, shared_view(site), site.catalogue.site.trusted)
    with phases("render"):
        pages = render_all(
            planned, renderer, SiteDigest.of(site), target, earlier, store, means.progress, means.executor
        )
    files = dict(pages.files)
    with phases("feeds"):
        generated = dict(generated_files(site, happened, remembered(store)))
        for address, data in generated.items():
            files[address] = entry_of(data)
            target.write(address, data)
    with phases("check pages"):
        static = frozenset((*generated, *(address for address, _ in theme.static.values())))
        rendered = RenderedSite(pages.facts, static, {address: len(data) for address, data in theme.static.values()})
        found = merge(found, check_faults((*pages.faults, *earlier.faults)), judge_output(site, rendered))
        found = _as_wanted(found, site, order.held)
    shown, hidden = found, 0
    if baseline is not None:
        shown, hidden = set_aside(found, baseline, RULES_BY_NAME)
        stale = () if order.held else gone(found, baseline, RULES_BY_NAME)
        shown = merge(shown, check_faults((*baseline_faults, *stale)))
    outcome = Outcome(
        shown,
        any(item.severity is Severity.ERROR for item in check_faults(catalogue_faults)),
        _counts(site, pages, len(docs)),
        cards=file_cards({item.where.path for item in found}, docs, catalogue, site),
        site=f"{catalogue.site.host}{catalogue.site.title}",
        found=found,
        hidden=hidden,
        held=order.held,
        future=tuple(
            (document.path, document.notice.published_on)
            for document in site.documents
            if document.standing is Standing.FUTURE and document.notice.published_on
        ),
        rendered=pages.reasons,
        addresses=frozenset(pages.facts),
        settled=is_settled((*pages.faults, *earlier.faults)),
    )
    copies = tuple((address, root / source) for address, source in site.files.items())
    inputs = partial(Inputs.of, root, docs, site.files, renderer, catalogue.site.theme)
    sources_of = {address: page.source for address, page in pages.facts.items()}
    return _Made(
        outcome, site, files, copies, tuple(theme.static.values()), frozenset(listing.texts), inputs, sources_of
    )


def _counts(site: Site, pages: Pages, documents: int) -> dict[str, int]:
    standings = Counter(document.standing.value for document in site.documents)
    return {
        "documents": documents,
        "pages": len(pages.facts),
        "links": sum(len(page.links) for page in pages.facts.values()),
        "files": len(site.files),
        "drafts": standings["draft"],
        "future": standings["future"],
        "closed": standings["closed"],
    }


def _as_wanted(found: tuple[Diagnostic, ...], site: Site, held: frozenset[str]) -> tuple[Diagnostic, ...]:
    """Return the findings as the site's own policy wants them, and what is wrong with that policy; what is wrong with
    sources that are `held` back was told before.
    """
    kept, faults = apply_policy(found, site.catalogue.checks, RULES_BY_NAME, site.as_of)
    return tuple(item for item in merge(kept, check_faults(faults)) if item.where.path not in held)


def _addresses(site: Site) -> frozenset[str]:
    """Return what `urls.lock` records: every page but the 404 page, and every published file."""
    return (frozenset(site.pages) | frozenset(site.files)) - {NOT_FOUND}


def _lock_faults(site: Site) -> tuple[Fault, ...]:
    missing = sorted(
        address
        for address in _addresses(site) - set(site.locked or ())
        if not is_computed(address)  # these come and go with the day, and lead on by themselves when they go
    )
    if not missing:
        return ()
    shown = "、".join(missing[:5]) + ("……" if len(missing) > 5 else "")
    return (Fault("lock-out-of-date", Location(LOCK_NAME), (("count", str(len(missing))), ("addresses", shown))),)
