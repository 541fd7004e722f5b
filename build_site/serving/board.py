"""What the preview shows at this moment, and how those who wait for a change are told.

Owns the state that all threads of the server share: one frozen record that is exchanged whole. Must not know HTTP or HTML.
"""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from build_site.serving.records import Note, Step, Stored, Waiting

LISTED = 30


class Pages:
    """The file in which the builder keeps its pages; it is closed when nobody needs it any more."""

    def __init__(self, file: int) -> None:
        """Take over an open descriptor."""
        self._file = file

    def read(self, place: Stored) -> bytes:
        """Return the bytes of a page."""
        return os.pread(self._file, place.length, place.offset)

    def __del__(self) -> None:
        os.close(self._file)


@dataclass(frozen=True)
class Findings:
    """All findings, with what is asked of them at every request."""

    notes: tuple[Note, ...] = ()

    @cached_property
    def errors(self) -> int:
        """How many forbid publishing."""
        return sum(note.error for note in self.notes)

    @property
    def warnings(self) -> int:
        """How many do not."""
        return len(self.notes) - self.errors

    @cached_property
    def by_path(self) -> Mapping[str, tuple[Note, ...]]:
        """The findings of each file."""
        found: defaultdict[str, list[Note]] = defaultdict(list)
        for note in self.notes:
            found[note.path].append(note)
        return {path: tuple(notes) for path, notes in found.items()}

    @cached_property
    def first(self) -> tuple[Note, ...]:
        """As many as can be taken in, errors first."""
        return tuple(sorted(self.notes, key=lambda note: not note.error)[:LISTED])


@dataclass(frozen=True)
class Shown:
    """All that is served: the pages of the last whole build, over them `fresh` ones of single sources, with the number of
    the save that each belongs to.

    `builds` counts whole builds. `trouble` says why the last build made no pages, `apology` that we failed. `working` is true
    while a whole build is under way, `step` says how far it has come. `watched` is a sentence when watching is poor.
    `hint` has the addresses of single pages that have just changed.
    """

    builds: int = 0
    pages: Mapping[str, Stored] = field(default_factory=dict)
    store: Pages | None = None
    fresh: Mapping[str, tuple[int, bytes]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    waiting: Mapping[str, Waiting] = field(default_factory=dict)
    findings: Findings = Findings()
    base_path: str = "/"
    trouble: str = ""
    apology: str = ""
    working: bool = False
    step: Step | None = None
    watched: str = ""
    hint: tuple[str, ...] = ()

    @property
    def started(self) -> bool:
        """Whether there is anything to show yet."""
        return self.store is not None

    def has(self, address: str) -> bool:
        """Return whether a page or made file has this address."""
        return address in self.pages

    def page(self, address: str) -> bytes:
        """Return the bytes of a page or made file. Raises KeyError for an address that has none."""
        if address in self.fresh:
            return self.fresh[address][1]
        if self.store is None:
            raise KeyError(address)
        return self.store.read(self.pages[address])


class Board:
    """The state, and a number that grows with every change of it."""

    def __init__(self) -> None:
        """Begin with nothing to show."""
        self._changed = threading.Condition()
        self._shown = Shown()
        self._version = 0

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown

    def change(self, **fields: Any) -> None:
        """Exchange some fields of the state and tell everybody who waits."""
        with self._changed:
            self._shown = replace(self._shown, **{"hint": (), **fields})
            self._version += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until the version is another than `seen`, or so many seconds; return the version."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != seen, seconds)
            return self._version
