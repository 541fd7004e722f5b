"""The pipeline of a build, readable from top to bottom.

Owns the order of the steps; no step changes an earlier result. Must not know what a page or a rule says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from build_site.checks.policy import apply_policy
from build_site.checks.rule import RenderedSite
from build_site.checks.rules import RULES_BY_NAME
from build_site.checks.run import check_faults, check_output, check_site, merge
from build_site.loading.address_book import is_computed
from build_site.loading.assemble import assemble
from build_site.loading.attachments import measure as measure_file
from build_site.loading.catalogue import load_catalogue
from build_site.loading.document import parse
from build_site.loading.files import list_content, read_text
from build_site.loading.history import read_history
from build_site.loading.lock import LOCK_NAME, lock_text, read_lock
from build_site.loading.placing import NOT_FOUND
from build_site.model.columns import Catalogue
from build_site.model.content import ParsedDoc
from build_site.model.finding import Diagnostic, Fault, Severity
from build_site.model.page import RenderedPage
from build_site.model.site import Site
from build_site.model.text import Location
from build_site.output.folder import Staging, check_owned, prepared
from build_site.output.manifest import MANIFEST_NAME, FileEntry, entry_of, manifest_text
from build_site.output.signals import uninterrupted
from build_site.output.workers import in_chunks
from build_site.rendering.generated import generated_files
from build_site.rendering.measure import measure as measure_page
from build_site.rendering.plan import plan
from build_site.rendering.render import make_renderer
from build_site.rendering.shared_view import shared_view
from build_site.rendering.theme import Theme, load_theme

Progress = Callable[[str, int, int], None]
Sink = Callable[[str, bytes], None]


@dataclass(frozen=True)
class Outcome:
    """What came of a build or check.

    `misconfigured`: `catalog.yaml` itself cannot be used as it is. `counts` are for the report: documents, pages,
    links, files. `published` says whether the output folder was exchanged.
    """

    diagnostics: tuple[Diagnostic, ...]
    misconfigured: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    published: bool = False

    def fails(self, level: Severity) -> bool:
        """Return whether a finding is at or above `level`."""
        return any(level is Severity.WARNING or item.severity is Severity.ERROR for item in self.diagnostics)


def check(root: Path, as_of: date, locked: bool = False, progress: Progress | None = None) -> Outcome:
    """Build the site at `root` in memory, as it would be on the day `as_of`, and write nothing."""
    return _run(root, as_of, locked, progress or _silent, _drop).outcome


def build(
    root: Path,
    out: Path,
    as_of: date,
    locked: bool = False,
    fail_on: Severity = Severity.ERROR,
    record: bool = True,
    progress: Progress | None = None,
) -> Outcome:
    """Build the site at `root` into `out`, unless a finding at or above `fail_on` forbids it.

    `locked` demands that `urls.lock` is up to date; otherwise it is brought up to date, unless `record` is false: what
    nobody has read yet, such as a build for a day to come, is not to be remembered. Raises `OutputRefusedError` when
    `out` is not ours to replace, OSError when the disk fails; the last good output stays whole in every case.
    """
    check_owned(out, root)
    with Staging(out) as staging:
        made = _run(root, as_of, locked, progress or _silent, staging.write)
        if made.site is None or made.outcome.fails(fail_on):
            return made.outcome
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
    return replace(made.outcome, published=True)


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


def _run(root: Path, as_of: date, locked: bool, progress: Progress, sink: Sink) -> _Made:
    catalogue, catalogue_faults = load_catalogue(root)
    theme = load_theme(root, catalogue.site.theme, catalogue.site.at("theme")) if catalogue else load_theme(root)
    listing = list_content(root)
    docs, document_faults = _parse_all(root, listing.texts, progress)
    faults = (*catalogue_faults, *theme.faults, *listing.faults, *document_faults)
    if catalogue is None:
        return _Made(Outcome(check_faults(faults), misconfigured=True, counts={"documents": len(docs)}))
    site = _site(root, catalogue, docs, listing.assets, as_of)
    found = merge(check_faults((*faults, *site.faults)), check_site(site))
    if locked:
        found = merge(found, check_faults(_lock_faults(site)))
    if any(item.severity is Severity.ERROR for item in _as_wanted(found, site)):
        sink = _drop  # nothing of this will be published
    pages, files, page_faults = _render_all(site, theme, progress, sink)
    generated = dict(generated_files(site))
    for address, data in generated.items():
        files[address] = entry_of(data)
        sink(address, data)
    static = frozenset((*generated, *(address for address, _ in theme.static.values())))
    found = merge(found, check_faults(page_faults), check_output(site, RenderedSite(pages, static)))
    found = _as_wanted(found, site)
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
    return _Made(Outcome(found, misconfigured, counts), site, files, copies, tuple(theme.static.values()))


def read_site(root: Path, as_of: date) -> tuple[Site | None, tuple[Fault, ...]]:
    """Return the site at `root` as it is on the day `as_of`, without judging or rendering it, and what is wrong with its catalogue.

    Raises OSError when the disk fails. The site is None when `catalog.yaml` cannot be used at all.
    """
    catalogue, faults = load_catalogue(root)
    if catalogue is None:
        return None, faults
    listing = list_content(root)
    docs, _ = _parse_all(root, listing.texts, _silent)
    return _site(root, catalogue, docs, listing.assets, as_of), faults


def _site(root: Path, catalogue: Catalogue, docs: list[ParsedDoc], assets: tuple[str, ...], as_of: date) -> Site:
    site = assemble(catalogue, docs, [measure_file(root, path) for path in assets], as_of, read_lock(root))
    return replace(site, history=read_history(root))


def _as_wanted(found: tuple[Diagnostic, ...], site: Site) -> tuple[Diagnostic, ...]:
    """Return the findings as the site's own policy wants them, and what is wrong with that policy."""
    kept, faults = apply_policy(found, site.catalogue.checks, RULES_BY_NAME, site.as_of)
    return merge(kept, check_faults(faults))


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


def _render_all(
    site: Site, theme: Theme, progress: Progress, sink: Sink
) -> tuple[dict[str, RenderedPage], dict[str, FileEntry], list[Fault]]:
    renderer = make_renderer(theme, shared_view(site))
    planned = tuple(plan(site))

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
