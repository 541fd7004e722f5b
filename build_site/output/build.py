"""The pipeline of a build, readable from top to bottom.

Owns the order of the steps; no step changes an earlier result. Must not know what a page or a rule says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from build_site.checks.baseline import gone, set_aside
from build_site.checks.policy import apply_policy
from build_site.checks.rule import RenderedSite
from build_site.checks.rules import RULES_BY_NAME
from build_site.checks.run import check_faults, check_output, check_site, merge
from build_site.loading.address_book import is_computed
from build_site.loading.assemble import assemble
from build_site.loading.attachments import measure as measure_file
from build_site.loading.baseline_file import read_baseline
from build_site.loading.catalogue import load_catalogue
from build_site.loading.document import parse
from build_site.loading.files import list_content, read_text
from build_site.loading.history import read_history
from build_site.loading.lock import LOCK_NAME, lock_text, read_lock
from build_site.loading.placing import NOT_FOUND
from build_site.loading.wording import load_wording
from build_site.model.baseline import Baseline
from build_site.model.columns import Catalogue
from build_site.model.content import ParsedDoc, SourceAsset
from build_site.model.events import Event, events
from build_site.model.file_card import FileCard, file_cards
from build_site.model.finding import Diagnostic, Fault, Severity
from build_site.model.page import RenderedPage
from build_site.model.site import Site
from build_site.model.text import Location
from build_site.model.wording import Wording
from build_site.output.earlier import Earlier, Sink
from build_site.output.folder import Staging, check_owned, prepared
from build_site.output.manifest import MANIFEST_NAME, FileEntry, entry_of, manifest_text
from build_site.output.quarantine import held_back, to_hold
from build_site.output.signals import uninterrupted
from build_site.output.workers import in_chunks
from build_site.rendering.generated import generated_files
from build_site.rendering.measure import measure as measure_page
from build_site.rendering.plan import plan
from build_site.rendering.render import make_renderer
from build_site.rendering.shared_view import shared_view
from build_site.rendering.theme import Theme, load_theme

_MANY_FILES = 40  # a PDF takes as long as a hundred notices
Progress = Callable[[str, int, int], None]
OUT = "public"
"""The usual output folder, below the site's own."""


@dataclass(frozen=True)
class Outcome:
    """What came of a build or check.

    `misconfigured`: `catalog.yaml` itself cannot be used as it is. `counts` are for the report: documents, pages,
    links, files. `published` says whether the output folder was exchanged. `cards` are those of the files with
    findings, `site` is the name of the column. `found` has the findings with those that `baseline.json` hides, `hidden`
    their number; `unreported` counts those that a branch is not answerable for. `held` are the sources that were held
    back so that the rest could be published.
    """

    diagnostics: tuple[Diagnostic, ...]
    misconfigured: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    published: bool = False
    cards: Mapping[str, FileCard] = field(default_factory=dict)
    site: str = ""
    found: tuple[Diagnostic, ...] = ()
    hidden: int = 0
    unreported: int = 0
    held: frozenset[str] = frozenset()

    def failing(self, level: Severity) -> tuple[Diagnostic, ...]:
        """Return the findings at or above `level`, but for those in sources that are held back."""
        return tuple(
            item
            for item in self.diagnostics
            if (level is Severity.WARNING or item.severity is Severity.ERROR) and item.where.path not in self.held
        )

    def fails(self, level: Severity) -> bool:
        """Return whether a finding at or above `level` stands against publishing."""
        return bool(self.failing(level))


def check(
    root: Path, as_of: date, locked: bool = False, progress: Progress | None = None, last: Path | None = None
) -> Outcome:
    """Build the site at `root` in memory, as it would be on the day `as_of`, and write nothing.

    It is compared with the last build in `last`, by default the usual folder, where there is one.
    """
    return _run(root, last or root / OUT, as_of, locked, progress or _silent, _drop).outcome


def build(
    root: Path,
    out: Path,
    as_of: date,
    locked: bool = False,
    fail_on: Severity = Severity.ERROR,
    record: bool = True,
    progress: Progress | None = None,
    quarantine: bool = False,
) -> Outcome:
    """Build the site at `root` into `out`, unless a finding at or above `fail_on` forbids it.

    `locked` demands that `urls.lock` is up to date; otherwise it is brought up to date, unless `record` is false: what
    nobody has read yet, such as a build for a day to come, is not to be remembered. Raises `OutputRefusedError` when
    `out` is not ours to replace, OSError when the disk fails; the last good output stays whole in every case.

    With `quarantine`, a build that documents nobody has seen yet stand in the way of is made without them, as if they
    were drafts, as long as that helps; when it does not, the outcome is that of the whole site.
    """
    check_owned(out, root)
    step = progress or _silent
    whole = tried = _build(root, out, as_of, locked, fail_on, record, step, frozenset())
    reasons: tuple[Diagnostic, ...] = ()
    while quarantine and tried.site is not None and tried.outcome.fails(fail_on):
        failing = tried.outcome.failing(fail_on)
        more = to_hold(failing, tried.site, tried.sources)
        if not more:
            return whole.outcome
        reasons = merge(reasons, failing)
        tried = _build(root, out, as_of, locked, fail_on, record, step, tried.outcome.held | more)
    cards = {**tried.outcome.cards, **whole.outcome.cards}
    return replace(tried.outcome, diagnostics=merge(tried.outcome.diagnostics, reasons), cards=cards)


def _build(
    root: Path,
    out: Path,
    as_of: date,
    locked: bool,
    fail_on: Severity,
    record: bool,
    progress: Progress,
    held: frozenset[str],
) -> _Made:
    """Build the site without the sources `held`, and put it in the place of `out` unless it fails."""
    with Staging(out) as staging:
        made = _run(root, out, as_of, locked, progress, staging.write, held)
        if made.site is None or made.outcome.fails(fail_on):
            return made
        files = dict(made.files)
        for address, source in made.copies:
            data = source.read_bytes()
            files[address] = entry_of(data)
            staging.write(address, data)
        for address, data in made.static:
            files[address] = entry_of(data)
            staging.write(address, data)
        staging.write(MANIFEST_NAME, manifest_text(files, as_of.isoformat()).encode())
        addresses = frozenset(made.site.locked or ()) | (
            _addresses(made.site) if record and not locked else frozenset()
        )
        with prepared(root / LOCK_NAME, lock_text(addresses)) as put_lock, uninterrupted():
            staging.exchange()
            if record and not locked:
                put_lock()
            staging.discard()
    return replace(made, outcome=replace(made.outcome, published=True))


def read_site(root: Path, as_of: date) -> tuple[Site | None, tuple[Fault, ...]]:
    """Return the site at `root` as it is on the day `as_of`, without judging or rendering it, and what is wrong with its catalogue.

    Raises OSError when the disk fails. The site is None when `catalog.yaml` cannot be used at all.
    """
    catalogue, faults = load_catalogue(root)
    if catalogue is None:
        return None, faults
    listing = list_content(root)
    docs, _ = _parse_all(root, listing.texts, _silent)
    wording, _ = load_wording(root)
    return _site(root, catalogue, docs, listing.assets, as_of, wording, _silent), faults


def _silent(step: str, done: int, of: int) -> None:
    del step, done, of


def _drop(address: str, data: bytes) -> None:
    del address, data


@dataclass(frozen=True)
class _Made:
    outcome: Outcome
    site: Site | None = None
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    copies: tuple[tuple[str, Path], ...] = ()
    static: tuple[tuple[str, bytes], ...] = ()
    sources: frozenset[str] = frozenset()


def _run(
    root: Path,
    last: Path,
    as_of: date,
    locked: bool,
    progress: Progress,
    sink: Sink,
    held: frozenset[str] = frozenset(),
) -> _Made:
    catalogue, catalogue_faults = load_catalogue(root)
    theme = load_theme(root, catalogue.site.theme, catalogue.site.at("theme")) if catalogue else load_theme(root)
    listing = list_content(root)
    docs, document_faults = _parse_all(root, listing.texts, progress)
    docs = [held_back(doc) if doc.path in held else doc for doc in docs]
    baseline, baseline_faults = read_baseline(root)
    wording, wording_faults = load_wording(root)
    faults = (*catalogue_faults, *wording_faults, *theme.faults, *listing.faults, *document_faults)
    if catalogue is None:
        found = check_faults(faults)
        cards = file_cards({item.where.path for item in found}, docs, None, None)
        return _Made(Outcome(found, misconfigured=True, counts={"documents": len(docs)}, cards=cards))
    site = _site(root, catalogue, docs, listing.assets, as_of, wording, progress)
    found = merge(check_faults((*faults, *site.faults)), check_site(site))
    if locked:
        found = merge(found, check_faults(_lock_faults(site)))
    wanted = _as_wanted(found, site, held)
    if any(item.severity is Severity.ERROR for item in set_aside(wanted, baseline or Baseline(), RULES_BY_NAME)[0]):
        sink = _drop  # nothing of this will be published
    happened = events(site)
    earlier = Earlier(last, site)
    pages, files, page_faults = _render_all(site, happened, theme, progress, earlier.watching(sink))
    generated = dict(generated_files(site, happened))
    for address, data in generated.items():
        files[address] = entry_of(data)
        sink(address, data)
    static = frozenset((*generated, *(address for address, _ in theme.static.values())))
    rendered = RenderedSite(pages, static, {address: len(data) for address, data in theme.static.values()})
    found = merge(found, check_faults((*page_faults, *earlier.faults)), check_output(site, rendered))
    found = _as_wanted(found, site, held)
    shown, hidden = found, 0
    if baseline is not None:
        shown, hidden = set_aside(found, baseline, RULES_BY_NAME)
        stale = () if held else gone(found, baseline, RULES_BY_NAME)
        shown = merge(shown, check_faults((*baseline_faults, *stale)))
    standings = Counter(document.standing.value for document in site.documents)
    counts = {
        "documents": len(docs),
        "pages": len(pages),
        "links": sum(len(page.links) for page in pages.values()),
        "files": len(site.files),
        "drafts": standings["draft"],
        "future": standings["future"],
        "closed": standings["closed"],
    }
    copies = tuple((address, root / source) for address, source in site.files.items())
    misconfigured = any(item.severity is Severity.ERROR for item in check_faults(catalogue_faults))
    outcome = Outcome(
        shown,
        misconfigured,
        counts,
        cards=file_cards({item.where.path for item in found}, docs, catalogue, site),
        site=f"{catalogue.site.host}{catalogue.site.title}",
        found=found,
        hidden=hidden,
        held=held,
    )
    return _Made(outcome, site, files, copies, tuple(theme.static.values()), frozenset(listing.texts))


def _site(
    root: Path,
    catalogue: Catalogue,
    docs: list[ParsedDoc],
    assets: tuple[str, ...],
    as_of: date,
    wording: Wording,
    progress: Progress,
) -> Site:
    site = assemble(catalogue, docs, _measure_all(root, assets, progress), as_of, read_lock(root), wording)
    return replace(site, history=read_history(root))


def _as_wanted(found: tuple[Diagnostic, ...], site: Site, held: frozenset[str]) -> tuple[Diagnostic, ...]:
    """Return the findings as the site's own policy wants them, and what is wrong with that policy; what is wrong with
    sources that are `held` back was told before.
    """
    kept, faults = apply_policy(found, site.catalogue.checks, RULES_BY_NAME, site.as_of)
    return tuple(item for item in merge(kept, check_faults(faults)) if item.where.path not in held)


def _parse_all(root: Path, paths: tuple[str, ...], progress: Progress) -> tuple[list[ParsedDoc], list[Fault]]:
    def read(part: range) -> list[tuple[ParsedDoc | None, tuple[Fault, ...]]]:
        found: list[tuple[ParsedDoc | None, tuple[Fault, ...]]] = []
        for number in part:
            source, unreadable = read_text(root, paths[number])
            doc = parse(source) if source is not None else None
            found.append((doc, doc.faults if doc else unreadable))
        return found

    docs: list[ParsedDoc] = []
    faults: list[Fault] = []
    done = 0
    for chunk in in_chunks(read, len(paths)):
        for doc, found in chunk:
            faults += found
            if doc is not None:
                docs.append(doc)
        done += len(chunk)
        progress("read", done, len(paths))
    return docs, faults


def _measure_all(root: Path, paths: tuple[str, ...], progress: Progress) -> list[SourceAsset]:
    assets: list[SourceAsset] = []
    for chunk in in_chunks(
        lambda part: [measure_file(root, paths[number]) for number in part], len(paths), _MANY_FILES
    ):
        assets += chunk
        progress("measure", len(assets), len(paths))
    return assets


def _render_all(
    site: Site, happened: Sequence[Event], theme: Theme, progress: Progress, sink: Sink
) -> tuple[dict[str, RenderedPage], dict[str, FileEntry], list[Fault]]:
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
