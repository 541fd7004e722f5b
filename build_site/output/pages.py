"""The pages of a site, rendered and measured with all cores at work.

Owns the way from a planned page to its bytes, and which pages need no rendering because an earlier build made the same.
Must not judge them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from build_site.model.finding import Fault
from build_site.model.page import RenderedPage
from build_site.output.earlier import Earlier
from build_site.output.manifest import FileEntry, entry_of
from build_site.output.outcome import Progress
from build_site.output.packing import packed, unpacked
from build_site.output.page_keys import PageKeys, key_of
from build_site.output.store import Store
from build_site.output.workers import in_chunks
from build_site.rendering.measure import measure as measure_page
from build_site.rendering.plan import PlannedPage
from build_site.rendering.render import Renderer

PAGES, FACTS, LAST = "page", "facts", "last"


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
    target: Target,
    earlier: Earlier,
    store: Store,
    progress: Progress,
) -> Pages:
    """Render every page that is `planned` into `target`, or put there what the store has of it; compare each with `earlier`."""
    work = _Work(planned, PageKeys(renderer), renderer, target, earlier, store, dict(store.load(PAGES)))
    facts: dict[str, RenderedPage] = {}
    files: dict[str, FileEntry] = {}
    faults: list[Fault] = []
    fresh: list[_Made] = []
    for chunk in in_chunks(work, len(planned)):
        known = dict(store.load(FACTS, [made.key for made in chunk if made.entry and made.facts is None]))
        whole = [made if _is_whole(made, known) else work.anew(made.number) for made in chunk]
        for made in whole:
            if made.fault is not None and not any(fault.where == made.fault.where for fault in faults):
                faults.append(made.fault)  # one line of a template fails on every page: once is enough
            if made.entry is not None:
                faults += [made.changed] if made.changed else ()
                files[made.address] = made.entry
                facts[made.address] = unpacked(made.facts or known[made.key])
        store.uses(PAGES, (made.key for made in whole))
        store.uses(FACTS, (made.key for made in whole))
        new = [made for made in whole if made.entry and made.facts]
        store.save(PAGES, ((made.key, _entry_bytes(made.entry)) for made in new if made.entry))
        store.save(FACTS, ((made.key, made.facts) for made in new if made.facts))
        fresh += (made._replace(facts=None) for made in new)
        progress("render", chunk[-1].number + 1, len(planned))
    store.uses_pages(entry.sha256 for entry in files.values())
    return Pages(facts, files, tuple(faults), _reasons(fresh, files, store))


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


def _is_whole(made: _Made, known: Mapping[bytes, bytes]) -> bool:
    return made.entry is None or made.facts is not None or made.key in known


@dataclass(frozen=True)
class _Work:
    """What a helper does; `known` are the entries of the pages in the store, packed, by their keys."""

    planned: Sequence[PlannedPage]
    keys: PageKeys
    renderer: Renderer
    target: Target
    earlier: Earlier
    store: Store
    known: Mapping[bytes, bytes]

    def __call__(self, part: range) -> list[_Made]:
        return [self._remembered(number) or self.anew(number) for number in part]

    def _remembered(self, number: int) -> _Made | None:
        page = self.planned[number]
        key = key_of(self.keys.parts(page, page.view())) if self.known else b""
        if key not in self.known:
            return None
        entry = _entry_of_bytes(self.known[key])
        file = self.store.page(entry.sha256)
        if file is None:
            return None
        self.target.link(page.address, file)
        return _Made(
            number, page.address, key, entry, changed=self.earlier.changed(page.address, entry, file.read_bytes)
        )

    def anew(self, number: int) -> _Made:
        """Render and measure a page and put it into its place."""
        page = self.planned[number]
        view = page.view()
        html, fault = self.renderer.page(view, page.address)
        if fault is not None:
            return _Made(number, page.address, fault=fault)
        facts = packed(measure_page(html, page.address, page.source))
        data = html.encode()
        entry = entry_of(data)
        file = self.store.put_page(entry.sha256, data)
        if file is None:
            self.target.write(page.address, data)
        else:
            self.target.link(page.address, file)
        changed = self.earlier.changed(page.address, entry, lambda: data)
        if not self.store.on:
            return _Made(number, page.address, b"", entry, facts, changed=changed)
        parts = self.keys.parts(page, view)
        return _Made(number, page.address, key_of(parts), entry, facts, None, changed, parts)


def _reasons(fresh: Iterable[_Made], files: Mapping[str, FileEntry], store: Store) -> dict[str, frozenset[str] | None]:
    """Return why pages were made anew, and keep what they are made from for the next time that somebody asks."""
    parts = {made.address.encode(): made.parts or {} for made in fresh}
    last = {name: unpacked(value) for name, value in store.load(LAST, parts)}
    store.note(LAST, ((name, packed(dict(value))) for name, value in parts.items()), {name.encode() for name in files})
    return {
        name.decode(): frozenset(part for part in {*now, *last[name]} if now.get(part) != last[name].get(part))
        if name in last
        else None
        for name, now in parts.items()
    }


def _entry_bytes(entry: FileEntry) -> bytes:
    return bytes.fromhex(entry.sha256) + entry.size.to_bytes(8, "big")


def _entry_of_bytes(data: bytes) -> FileEntry:
    return FileEntry(int.from_bytes(data[32:], "big"), data[:32].hex())
