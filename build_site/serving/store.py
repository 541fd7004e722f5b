"""The pages of the preview in one file without a name, which is gone with the last process that has it open.

Owns writing it. Must not know what is in a page.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable

from build_site.serving.records import Stored

_WASTE = 64 * 1024 * 1024


def digest(data: bytes) -> str:
    """Return the digest by which two versions of a page are told apart."""
    return hashlib.blake2b(data, digest_size=12).hexdigest()


class Store:
    """Pages by address. What is put counts from `commit` on; a build that ends early changes nothing.

    Bytes that are there already are not written again. When more than half of the file is of no use, a new one is begun.
    """

    def __init__(self) -> None:
        """Begin with an empty file. Raises OSError when the disk fails."""
        self.live: dict[str, Stored] = {}
        self._put: dict[str, Stored] = {}
        self._begin()

    def _begin(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="build-site-preview-")  # noqa: SIM115 - open as long as the store
        self._end = 0

    def fileno(self) -> int:
        """Return the descriptor of the file in which the pages of the last commit lie."""
        return self._file.fileno()

    def put(self, address: str, data: bytes) -> None:
        """Keep a page for the next commit."""
        mark = digest(data)
        known = self.live.get(address)
        if known is not None and known.digest == mark:
            self._put[address] = known
            return
        self._write(data)
        self._put[address] = Stored(self._end - len(data), len(data), mark)

    def _write(self, data: bytes) -> None:
        at = self._end
        while data[at - self._end :]:
            at += os.pwrite(self.fileno(), data[at - self._end :], at)
        self._end += len(data)

    def drop(self) -> None:
        """Forget what was put since the last commit."""
        self._put = {}

    def commit(self, addresses: Iterable[str]) -> dict[str, Stored]:
        """Make `addresses` the pages that there are, and return them; one that was not put stays as it was."""
        kept = self.live | self._put
        self.live = {address: kept[address] for address in addresses if address in kept}
        self._put = {}
        if self._end - sum(page.length for page in self.live.values()) > max(_WASTE, self._end // 2):
            self._move()
        return dict(self.live)

    def _move(self) -> None:
        old, pages = self._file, self.live
        self._begin()
        self.live = {}
        for address, page in pages.items():
            self._write(os.pread(old.fileno(), page.length, page.offset))
            self.live[address] = page._replace(offset=self._end - page.length)
        old.close()
