"""The pages of a site, rendered and measured with all cores at work.

Owns the way from a planned page to its bytes, and which pages need no rendering because an earlier build made the same.
Must not judge them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from build_site.model.finding import Fault
from build_site.model.page import RenderedPage
from build_site.output.earlier import Earlier
from build_site.output.facts import FactsReader, facts_bytes
from build_site.output.far import render_far, spread
from build_site.output.manifest import FileEntry, entry_of, has_sm3
from build_site.output.outcome import Progress
from build_site.output.packing import packed, unpacked, unpacked_or_none
from build_site.output.page_keys import PageKeys, SiteDigest, key_of
from build_site.output.store import Store
from build_site.output.workers import in_chunks
from build_site.rendering.kit import Kit
from build_site.rendering.measure import measure as measure_page
from build_site.rendering.plan import PlannedPage
from build_site.rendering.render import Renderer
from build_site.rendering.text_fingerprint import page_fingerprint, printed_fingerprint
from build_site.rendering.views import View

PAGES, FACTS, NEAR, LAST = "page", "facts", "near", "last"


class Target(Protocol):
    """Where pages go."""

    def write(self, address: str, data: bytes) -> None:
        """Put a file with the content `data` at `address`."""

    def link(self, address: str, file: Path) -> None:
        """Put the content of `file`, which nobody will write to again, at `address`."""


class Nowhere:
    """A target that keeps nothing: what is only checked is not written."""

    def write(self, address: str, data: bytes) -> None:
        """Let it go."""

    def link(self, address: str, file: Path) -> None:
        """Let it go."""


@dataclass(frozen=True)
class Pages:
    """What came of rendering: the facts of each page, the files written, what is wrong; and why pages were made anew.

    `reasons` has, for each page that was rendered, which parts it was made from have changed; None for a page that is new.
    """

    facts: Mapping[str, RenderedPage]
    files: Mapping[str, FileEntry]
    faults: tuple[Fault, ...]
    reasons: Mapping[str, frozenset[str] | None]


def render_all(
    planned: Sequence[PlannedPage],
    renderer: Renderer,
    site_digest: SiteDigest,
    target: Target,
    earlier: Earlier,
    store: Store,
    progress: Progress,
    executor: Executor | None = None,
) -> Pages:
    """Render every page that is `planned` into `target`, or put there what the store has of it; compare each with `earlier`.

    An `executor` is given what has to be rendered; without one it is done by helpers here. Raises FarError.
    """
    keys = PageKeys(renderer, site_digest)
    work = _Work(planned, keys, renderer, target, earlier, store, dict(store.load(PAGES)), dict(store.load(NEAR)))
    if planned and keys.near(planned[-1]) not in work.near:
        renderer.warm_up(planned[-1].view())  # once here, not in every helper
    facts: dict[str, RenderedPage] = {}
    files: dict[str, FileEntry] = {}
    faults: list[Fault] = []
    reasons: dict[str, frozenset[str] | None] = {}
    reader = FactsReader()
    for chunk in _rendered_far(work, executor) if executor else in_chunks(work, len(planned)):
        wanted = store.load(FACTS, [made.key for made in chunk if made.entry and made.facts is None])
        known = {key: reader.read_or_none(value) for key, value in wanted}
        whole = [made if _is_whole(made, known) else work.anew(made.number) for made in chunk]
        for made in whole:
            if made.fault is not None and not any(fault.where == made.fault.where for fault in faults):
                faults.append(made.fault)  # one line of a template fails on every page: once is enough
            if made.entry is not None:
                faults += [made.changed] if made.changed else ()
                files[made.address] = made.entry
                page = reader.read(made.facts) if made.facts else known[made.key]
                assert page is not None  # `_is_whole`
                facts[made.address] = page
        reasons |= _kept(whole, store)
        progress("render", chunk[-1].number + 1, len(planned))
    store.uses_pages(entry.sha256 for entry in files.values())
    store.forget(LAST, {address.encode() for address in files})
    return Pages(facts, files, tuple(faults), reasons)


class _Made(NamedTuple):
    """A page that is in its place: `facts` are packed, None for those that the store has."""

    number: int
    address: str
    key: bytes = b""
    entry: FileEntry | None = None
    facts: bytes | None = None
    fault: Fault | None = None
    changed: Fault | None = None
    parts: Mapping[str, bytes] | None = None
    near: bytes = b""
    was_near: bool = False


def _is_whole(made: _Made, known: Mapping[bytes, RenderedPage | None]) -> bool:
    return made.entry is None or made.facts is not None or known.get(made.key) is not None


@dataclass(frozen=True)
class _Work:
    """What a helper does. `known` are the entries of the pages in the store, packed, by their keys; `near` are such keys
    by those that can be told before there is a view.
    """

    planned: Sequence[PlannedPage]
    keys: PageKeys
    renderer: Renderer
    target: Target
    earlier: Earlier
    store: Store
    known: Mapping[bytes, bytes]
    near: Mapping[bytes, bytes]

    def __call__(self, part: range) -> list[_Made]:
        return [self.remembered(number) or self.anew(number) for number in part]

    def remembered(self, number: int) -> _Made | None:
        if not self.known:
            return None
        page = self.planned[number]
        near = self.keys.near(page)
        was_near = near in self.near
        key = self.near[near] if was_near else key_of(self.keys.parts(page, page.view()))
        if key not in self.known:
            return None
        entry = _entry_of_bytes(self.known[key])
        file = self.store.page(entry.sha256) if entry else None
        if entry is None or file is None:
            return None
        try:
            self.target.link(page.address, file)
            changed = self.earlier.changed(page.address, entry, file.read_bytes)
        except FileNotFoundError:
            return None  # somebody has just removed it
        return _Made(number, page.address, key, entry, changed=changed, near=near, was_near=was_near)

    def anew(self, number: int) -> _Made:
        """Render and measure a page and put it into its place."""
        page = self.planned[number]
        view = page.view()
        html, fault = self.renderer.page(view, page.address)
        if fault is not None:
            return _Made(number, page.address, fault=fault)
        return self.placed(number, view, html.encode(), facts_bytes(measure_page(html, page.address, page.source)))

    def placed(self, number: int, view: View, data: bytes, facts: bytes) -> _Made:
        """Put a page that was rendered from `view` and measured into its place."""
        page = self.planned[number]
        entry = _page_entry(data)
        file = self.store.put_page(entry.sha256, data)
        try:
            if file is not None:
                self.target.link(page.address, file)
        except FileNotFoundError:
            file = None  # somebody has just removed it
        if file is None:
            self.target.write(page.address, data)
        changed = self.earlier.changed(page.address, entry, lambda: data)
        if not self.store.on:
            return _Made(number, page.address, b"", entry, facts, changed=changed)
        parts = self.keys.parts(page, view)
        return _Made(number, page.address, key_of(parts), entry, facts, None, changed, parts, self.keys.near(page))


def _rendered_far(work: _Work, executor: Executor) -> Iterator[list[_Made]]:
    """Yield all pages in their order; those that the store does not have are rendered by `executor`."""
    found = in_chunks(lambda part: [work.remembered(number) for number in part], len(work.planned))
    made = {number: one for number, one in enumerate(chain.from_iterable(found)) if one is not None}
    stale = [number for number in range(len(work.planned)) if number not in made]
    try:
        kit = Kit.of(work.renderer)
    except UnicodeDecodeError:  # each page tells of it
        yield [made.get(number) or work.anew(number) for number in range(len(work.planned))]
        return
    views = {number: work.planned[number].view() for number in stale}
    items = [(kit, work.planned[number].address, work.planned[number].source, views[number]) for number in stale]
    for number, result in zip(stale, spread(executor, render_far, items), strict=True):
        made[number] = work.placed(number, views[number], *unpacked(result)) if result else work.anew(number)
    yield [made[number] for number in range(len(work.planned))]


def _kept(made: Sequence[_Made], store: Store) -> dict[str, frozenset[str] | None]:
    """Keep what came of pages, and return why those that were rendered had to be."""
    fresh = [one for one in made if one.entry and one.facts and one.parts]
    store.save(PAGES, ((one.key, _entry_bytes(one.entry)) for one in fresh if one.entry))
    store.save(FACTS, ((one.key, one.facts) for one in fresh if one.facts))
    store.save(NEAR, ((one.near, one.key) for one in made if one.near and not one.was_near and one.entry))
    store.uses(PAGES, (one.key for one in made))
    store.uses(FACTS, (one.key for one in made))
    store.uses(NEAR, (one.near for one in made))
    parts = {one.address.encode(): one.parts or {} for one in fresh}
    last = {name: unpacked_or_none(value) or {} for name, value in store.load(LAST, parts)}
    store.save(LAST, ((name, packed(dict(value))) for name, value in parts.items()))
    changed = {
        name.decode(): frozenset(part for part in {*now, *last[name]} if now.get(part) != last[name].get(part))
        if name in last
        else None
        for name, now in parts.items()
    }
    return changed if store.on else {one.address: None for one in made if one.facts}


def _page_entry(data: bytes) -> FileEntry:
    html = data.decode()
    return replace(entry_of(data), text=printed_fingerprint(html) or page_fingerprint(html))


def _entry_bytes(entry: FileEntry) -> bytes:
    text = bytes.fromhex(entry.text)
    return (
        bytes.fromhex(entry.sha256)
        + entry.size.to_bytes(8, "big")
        + bytes([len(text)])
        + text
        + bytes.fromhex(entry.sm3)
    )


def _entry_of_bytes(data: bytes) -> FileEntry | None:
    """Return the entry that the store has; None when it was made where SM3 can be computed and here it cannot, or the reverse."""
    until = 41 + data[40]
    size, sha256, text, sm3 = int.from_bytes(data[32:40], "big"), data[:32], data[41:until], data[until:]
    return FileEntry(size, sha256.hex(), sm3.hex(), text=text.hex()) if bool(sm3) is has_sm3() else None
