"""The pages of the preview in one file without a name, which is gone with the last process that has it open.

Owns writing it: by the builder and by the helpers that it forks, all at once, so each page is appended in one piece, with
what it is before it. Must not know what is in a page.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import struct
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_site.serving.records import Stored

_WASTE = 64 * 1024 * 1024
_HEAD = struct.Struct("!HQ32s")


class PageFile:
    """Pages by address, a target for rendering. What is put counts from `commit` on; a build that ends early changes nothing.

    Bytes that are there already are not written again. When more than half of the file is of no use, a new one is begun.
    """

    def __init__(self) -> None:
        """Begin with an empty file. Raises OSError when the disk fails."""
        self.live: dict[str, Stored] = {}
        self._begin()

    def _begin(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="build-site-preview-", buffering=0)  # noqa: SIM115 - kept open
        fcntl.fcntl(self._file, fcntl.F_SETFL, fcntl.fcntl(self._file, fcntl.F_GETFL) | os.O_APPEND)
        self._committed = 0

    def fileno(self) -> int:
        """Return the descriptor of the file in which the pages of the last commit lie."""
        return self._file.fileno()

    def write(self, address: str, data: bytes) -> None:
        """Keep a page for the next commit. Raises OSError when the disk is full."""
        self._keep(address, data, hashlib.sha256(data).hexdigest())

    def link(self, address: str, file: Path) -> None:
        """Keep a page that lies in the store of builds, where its name is the digest of its bytes."""
        known = self.live.get(address)
        if known is None or known.digest != file.name:
            self._keep(address, file.read_bytes(), file.name)

    def _keep(self, address: str, data: bytes, digest: str) -> None:
        known = self.live.get(address)
        if known is not None and known.digest == digest:
            return
        name = address.encode()
        record = (_HEAD.pack(len(name), len(data), bytes.fromhex(digest)), name, data)
        if os.writev(self.fileno(), record) != sum(map(len, record)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _put(self) -> Iterator[tuple[str, Stored]]:
        """Yield what was put since the last commit, by whichever process."""
        at, end = self._committed, os.fstat(self.fileno()).st_size
        while at < end:
            length, size, digest = _HEAD.unpack(os.pread(self.fileno(), _HEAD.size, at))
            address = os.pread(self.fileno(), length, at + _HEAD.size).decode()
            at += _HEAD.size + length
            yield address, Stored(at, size, digest.hex())
            at += size

    def drop(self) -> None:
        """Forget what was put since the last commit."""
        os.ftruncate(self.fileno(), self._committed)

    def commit(self, addresses: Iterable[str]) -> dict[str, Stored]:
        """Make `addresses` the pages that there are, and return them; one that was not put stays as it was."""
        kept = self.live | dict(self._put())
        self.live = {address: kept[address] for address in addresses if address in kept}
        self._committed = os.fstat(self.fileno()).st_size
        if self._committed - sum(page.length for page in self.live.values()) > max(_WASTE, self._committed // 2):
            self._move()
        return dict(self.live)

    def _move(self) -> None:
        old, pages = self._file, self.live
        self._begin()
        self.live = {}
        for address, page in pages.items():
            self._keep(address, os.pread(old.fileno(), page.length, page.offset), page.digest)
        self.live = dict(self._put())
        self._committed = os.fstat(self.fileno()).st_size
        old.close()
