"""Whether anything changed since a build: if nothing did, what came of it still holds.

Owns what a build reads and writes, as the disk tells it: names, sizes, times, and what Git's log begins with. Must not read content,
and imports nothing that renders: this is asked before anything else is loaded.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from build_site.loading.history import head_commit
from build_site.output.digest import digest, engine
from build_site.output.outcome import Outcome
from build_site.output.packing import packed, unpacked
from build_site.output.store import Store
from build_site.rendering.theme_layers import program_themes

KIND = "build"
_LOCK = "urls.lock"
_INPUTS = ("catalog.yaml", "wording.yaml", "baseline.json", "keys", "content", "themes", "receipts")
_UNIQUE = 16
_SETTLED = 2_000_000_000  # ns; the coarsest clock of a disk in use: a file that is younger may change again unseen


class Stamp:
    """The state of the disk before a build of the site at `root` into `out`; `terms` are all other things it depends on, `themes` is a
    folder of themes that it shares with other sites.
    """

    def __init__(self, root: Path, out: Path, terms: Iterable[str], store: Store, themes: Path | None = None) -> None:
        self._root, self._out, self._store, self._themes = root, out, store, themes
        self._name = digest(b"build", os.fsencode(out.absolute()), *(term.encode() for term in terms))
        self._taken = time.time_ns()
        self._inputs, self._newest = self._before()

    def outcome(self) -> Outcome | None:
        """Return what came of the last build on these terms, if everything is as it was then."""
        if not self._store.on:
            return None
        self._store.uses(KIND, [self._name])
        for _, value in self._store.load(KIND, [self._name]):
            try:
                state, *values = unpacked(value)
            except Exception:  # of another version of the program
                return None
            if state == self._state():
                return Outcome(*values)
        return None

    def keep(self, outcome: Outcome) -> None:
        """Remember what came of the build; only one that was published, from files that cannot have changed unseen."""
        if outcome.published and outcome.settled and self._store.on and self._taken - self._newest > _SETTLED:
            values = [{} if one.name == "rendered" else getattr(outcome, one.name) for one in fields(outcome)]
            value = packed((self._state(), *values))
            if self._is_ours(outcome):
                self._store.save(KIND, [(self._name, value)])

    def _is_ours(self, outcome: Outcome) -> bool:
        """Whether what was just looked at is what this build published: another one may have followed at once."""
        try:
            return self._out.stat().st_ino == outcome.folder
        except OSError:
            return False

    def _before(self) -> tuple[bytes, int]:
        found = hashlib.sha256()
        newest = 0
        shared = (self._themes,) if self._themes else ()
        for place in (*(self._root / name for name in _INPUTS), *shared, program_themes()):
            newest = max(newest, _survey(place, found))
        return digest(engine(), head_commit(self._root).encode(), found.digest()), newest

    def _state(self) -> bytes:
        """The state of the disk; what the build itself writes is looked at when it is asked for."""
        found = hashlib.sha256()
        _survey(self._root / _LOCK, found)
        _survey(self._out, found)
        return digest(self._inputs, found.digest())


def _survey(place: Path, found: hashlib._Hash) -> int:
    """Add names, kinds, sizes and times of everything at and below `place` to `found`; return the newest time in ns."""
    try:
        status = os.lstat(place)
    except OSError as error:
        found.update(f"{error.errno}\0".encode())
        return 0
    newest = _add("", status, found)
    if stat.S_ISLNK(status.st_mode):
        newest = max(newest, _add_target(str(place), found))
    folders = [str(place)] if place.is_dir() else []
    seen = set()  # a link to a folder is followed, as it is when a theme is read; a circle of them ends
    while folders:
        folder = folders.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
            found.update(f"{len(inside)}\0".encode())
            for entry in inside:
                newest = max(newest, _add(entry.name, entry.stat(follow_symlinks=False), found))
                if entry.is_symlink():
                    newest = max(newest, _add_target(entry.path, found))
                if entry.is_dir(follow_symlinks=False) or (entry.is_symlink() and Path(entry.path).is_dir()):
                    folders.append(entry.path)
        except OSError:  # it may not be read, or another build has just exchanged it
            found.update(os.urandom(_UNIQUE))  # a state like no other: nothing is concluded from it
    return newest


def _add(name: str, status: os.stat_result, found: hashlib._Hash) -> int:
    is_folder = stat.S_ISDIR(status.st_mode)  # the time of a folder tells nothing that its names do not
    facts = (
        (status.st_mode,)
        if is_folder
        else (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    )
    found.update(os.fsencode(name) + b"\0" + repr(facts).encode())
    return 0 if is_folder else max(status.st_mtime_ns, status.st_ctime_ns)


def _add_target(path: str, found: hashlib._Hash) -> int:
    found.update(os.fsencode(Path(path).readlink()))
    try:
        return _add("", Path(path).stat(), found)
    except OSError:
        return 0
