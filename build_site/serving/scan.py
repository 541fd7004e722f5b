"""What a site's sources are at this moment, so that a touch is told from a change.

Owns the digests of the files that a build reads. Must not read them for any other purpose.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from build_site.loading.names import is_ignored

SOURCE_FILES = ("catalog.yaml", "wording.yaml", "baseline.json", "urls.lock")
FOLDERS = ("content", "keys", "themes")
_TICK = 100_000_000  # two changes within this many nanoseconds may have the same time


class Scan:
    """The digests of a site's sources by path. Only files whose size or times have changed are read again."""

    def __init__(self, root: Path) -> None:
        """Know nothing yet of the site at `root`."""
        self.root = root
        self._known: dict[str, tuple[tuple[int, int, int], str]] = {}

    def now(self) -> Mapping[str, str]:
        """Return the digest of every source as it is now. What vanishes meanwhile is left out, and so is what cannot be read:
        the build says why.
        """
        known: dict[str, tuple[tuple[int, int, int], str]] = {}
        started = time.time_ns()
        for path, entry in self._entries():
            try:
                about = entry.stat()
                mark = (about.st_mtime_ns, about.st_size, about.st_ino)
                before = self._known.get(path)
                if before is not None and before[0] == mark and started - about.st_mtime_ns > _TICK:
                    known[path] = before
                else:
                    known[path] = (mark, hashlib.blake2b(Path(entry.path).read_bytes(), digest_size=16).hexdigest())
            except OSError:
                continue
        self._known = known
        return {path: found for path, (_, found) in known.items()}

    def _entries(self) -> Iterator[tuple[str, os.DirEntry[str]]]:
        for entry in _inside(self.root):
            if entry.name in SOURCE_FILES and entry.is_file():
                yield entry.name, entry
            elif entry.name in FOLDERS:
                yield from _below(entry, entry.name)


def _below(folder: os.DirEntry[str], path: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for entry in _inside(folder):
        if is_ignored(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", entry


def _inside(folder: os.PathLike[str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []  # no folder, or one that is going away
