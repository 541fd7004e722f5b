"""A site as it is on the disk: its documents, parsed, and its files, measured, with all cores at work.

Owns the order in which a site is read, and what of it is known from earlier builds: a result is kept under the digest of
the program, the file's path and its bytes, for it depends on nothing else. Must not judge or render it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from build_site.loading.assemble import assemble
from build_site.loading.attachments import measure as measure_file
from build_site.loading.catalogue import load_catalogue
from build_site.loading.files import list_content, read_source
from build_site.loading.history import dropped_addresses, head_commit, read_history, uncommitted_drops
from build_site.loading.lock import read_lock
from build_site.loading.receipts import receipted
from build_site.loading.wording import load_wording
from build_site.model.columns import Catalogue
from build_site.model.content import ParsedDoc, SourceAsset
from build_site.model.finding import Fault
from build_site.model.history import History
from build_site.model.site import Site
from build_site.model.wording import Wording
from build_site.output.digest import digest, engine
from build_site.output.far import Parsed, parse_far, parsed, spread
from build_site.output.outcome import Progress, silent
from build_site.output.packing import packed, unpacked, unpacked_or_none
from build_site.output.store import NO_STORE, Store
from build_site.output.workers import MIN_ITEMS, in_chunks

_MANY_FILES = 40  # a PDF takes as long as a few notices
DOCUMENTS, FILES, DROPS = "doc", "file", "drops"


def read_site(root: Path, as_of: date) -> tuple[Site | None, tuple[Fault, ...]]:
    """Return the site at `root` as it is on the day `as_of`, without judging or rendering it, and what is wrong with its catalogue.

    Raises OSError when the disk fails. The site is None when `catalog.yaml` cannot be used at all.
    """
    catalogue, faults = load_catalogue(root)
    if catalogue is None:
        return None, faults
    listing = list_content(root)
    docs, _ = read_documents(root, listing.texts, silent)
    wording, _ = load_wording(root)
    assets = measure_files(root, listing.assets, silent)
    return assembled(root, catalogue, docs, assets, as_of, wording, history_of(root)), faults


def assembled(
    root: Path,
    catalogue: Catalogue,
    docs: list[ParsedDoc],
    assets: list[SourceAsset],
    as_of: date,
    wording: Wording,
    history: History | None,
) -> Site:
    """Return the site at `root` made of what was read; it reads `urls.lock` and the last receipts."""
    site = assemble(catalogue, docs, assets, as_of, read_lock(root), wording)
    return replace(site, history=history, receipted=receipted(root))


def history_of(root: Path, store: Store = NO_STORE) -> History | None:
    """Return what Git knows of the site at `root`, None for nothing; what commits took out of the lock is looked for once for
    each commit.
    """
    history = read_history(root)
    if history is None:
        return None
    key = digest(DROPS.encode(), engine(), head_commit(root).encode())
    known = [unpacked_or_none(value) for _, value in store.load(DROPS, [key])]
    if known and isinstance(known[0], dict):
        dropped: dict[str, str] = known[0]
    else:
        dropped = dropped_addresses(root)
        store.save(DROPS, [(key, packed(dropped))])
    store.uses(DROPS, [key])
    return replace(history, dropped={**dropped, **dict.fromkeys(uncommitted_drops(root), "")})


def read_documents(
    root: Path, paths: tuple[str, ...], progress: Progress, store: Store = NO_STORE, executor: Executor | None = None
) -> tuple[list[ParsedDoc], list[Fault]]:
    """Return the documents at `paths` below `root`, parsed, and what is wrong with them or keeps them from being read.

    An `executor` is given what has to be parsed; without one it is done by helpers here. Raises FarError.
    """

    def read(path: str) -> tuple[bytes, Parsed]:
        data = read_source(root, path)
        return _key(DOCUMENTS, path, data), parsed(path, data)

    def far(stale: list[str]) -> Iterator[list[tuple[bytes, bytes]]]:
        assert executor is not None
        sources = [(path, read_source(root, path)) for path in stale]
        results = spread(executor, parse_far, sources)
        for start in range(0, len(sources), MIN_ITEMS):
            part = sources[start : start + MIN_ITEMS]
            answers = list(islice(results, len(part)))
            yield [(_key(DOCUMENTS, path, data), one) for (path, data), one in zip(part, answers, strict=True) if one]

    def key(path: str) -> bytes:
        return _key(DOCUMENTS, path, read_source(root, path))

    near = _by_helpers(read, MIN_ITEMS)
    found = _remembered(paths, key, far if executor else near, DOCUMENTS, _told(progress, "read", len(paths)), store)
    docs = [doc for doc, _ in found if doc is not None]
    return docs, [fault for _, faults in found for fault in faults]


def measure_files(root: Path, paths: tuple[str, ...], progress: Progress, store: Store = NO_STORE) -> list[SourceAsset]:
    """Return the measured facts of the files at `paths` below `root`."""

    def key(path: str) -> bytes:
        with (root / path).open("rb") as file:
            return _key(FILES, path, hashlib.file_digest(file, "sha256").digest())

    def look(path: str) -> tuple[bytes, SourceAsset]:
        while True:  # a file that changes while it is looked into is looked into again
            before = key(path)
            asset = measure_file(root, path)
            if key(path) == before:
                return before, asset

    work = _by_helpers(look, _MANY_FILES)
    return _remembered(paths, key, work, FILES, _told(progress, "measure", len(paths)), store)


def _key(kind: str, path: str, data: bytes) -> bytes:
    return digest(kind.encode(), engine(), path.encode("utf-8", "surrogateescape"), data)


def _told(progress: Progress, step: str, of: int) -> Callable[[int], None]:
    return lambda done: progress(step, done, of)


_Work = Callable[[list[str]], Iterator[list[tuple[bytes, bytes]]]]
"""Yields, for paths, the key of what was read with the result, packed; in their order, some at a time."""


def _by_helpers(work: Callable[[str], tuple[bytes, object]], least: int) -> _Work:
    def do(paths: list[str]) -> Iterator[list[tuple[bytes, bytes]]]:
        def chunk(part: range) -> list[tuple[bytes, bytes]]:
            return [(key, packed(result)) for key, result in (work(paths[number]) for number in part)]

        return in_chunks(chunk, len(paths), least)

    return do


def _remembered(
    paths: tuple[str, ...],
    key: Callable[[str], bytes],
    work: _Work,
    kind: str,
    tell: Callable[[int], None],
    store: Store,
) -> list[Any]:
    """Return the result for each of `paths`: from the store where its `key` is known, else of `work`; that is kept."""
    found: dict[str, Any] = {}
    known = store.keys(kind)
    if known:
        keys = {key(path): path for path in paths}  # a key holds the path: no two are equal
        for name, value in store.load(kind, [name for name in keys if name in known]):
            result = unpacked_or_none(value)
            if result is not None:
                found[keys[name]] = result
        store.uses(kind, (name for name, path in keys.items() if path in found))
    stale = [path for path in paths if path not in found]
    todo = iter(stale)
    for chunk in work(stale):
        store.save(kind, chunk)
        store.uses(kind, (name for name, _ in chunk))
        found |= zip(islice(todo, len(chunk)), (unpacked(value) for _, value in chunk), strict=True)
        tell(len(found))
    return [found[path] for path in paths]
