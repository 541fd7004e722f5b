"""What builds leave for the next ones, named by the digests of everything it was made from.

Owns the folder `.cache/build-site` of a site: a database of small values, and the rendered pages as files. Every value
carries a checksum and is believed only when that fits. Whatever goes wrong here costs time, never a build: a store that
cannot be read or written is an empty one. Must not know what the values mean.

Two builds at once are kept apart by the database; a build that is killed leaves at most files that nothing names, and
half a file never has the checksum it is looked up by.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

FOLDER = ".cache/build-site"
_DATABASE = "memo-1.db"
_PAGES = "pages"
_WAIT = 10.0  # seconds for another build to finish writing
_SUM = 16
_SPARE = 1000
_TABLE = "CREATE TABLE IF NOT EXISTS memo (kind TEXT, key BLOB, sum BLOB, value BLOB, PRIMARY KEY (kind, key))"
_NOT_OURS = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_TROUBLE = (sqlite3.Error, UnicodeDecodeError)  # of a damaged database even the error's words may be no text
_MARKS = ((".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"))


class Store:
    """The store in `folder`; without a folder nothing is ever found or kept.

    Values are kept by kind and key. Pages are kept by the SHA-256 of their bytes, in hexadecimal.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._used: dict[str, set[bytes]] = {}
        self._used_pages: set[str] = set()

    @property
    def on(self) -> bool:
        """Whether anything can be kept."""
        return self.folder is not None

    def keys(self, kind: str) -> frozenset[bytes]:
        """Return the keys of all values of a kind."""
        found: frozenset[bytes] = frozenset()
        with self._reading() as database:
            if database is not None:
                rows = database.execute("SELECT key FROM memo WHERE kind = ?", (kind,))
                found = frozenset(key for (key,) in rows if isinstance(key, bytes))
        return found

    def load(self, kind: str, keys: Iterable[bytes] | None = None) -> Iterator[tuple[bytes, bytes]]:
        """Yield key and value for those of `keys` that are there and whole; for all that are there without `keys`."""
        with self._reading() as database:
            if database is None:
                return
            if keys is None:
                rows: Iterable[Any] = database.execute("SELECT key, sum, value FROM memo WHERE kind = ?", (kind,))
            else:
                one = "SELECT key, sum, value FROM memo WHERE kind = ? AND key = ?"
                rows = (row for key in keys for row in database.execute(one, (kind, key)))
            for key, checksum, value in rows:
                whole = isinstance(key, bytes) and isinstance(value, bytes)  # one flipped bit makes text of bytes
                if whole and checksum == _sum(kind, key, value):
                    yield key, value

    def save(self, kind: str, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values under their keys, all or none."""
        rows = [(kind, key, _sum(kind, key, value), value) for key, value in values]
        if rows:
            self._write("INSERT OR REPLACE INTO memo VALUES (?, ?, ?, ?)", rows)

    def forget(self, kind: str, keep: AbstractSet[bytes]) -> None:
        """Drop the values of a kind that are not kept under one of the keys `keep`."""
        gone = self.keys(kind) - keep
        if gone:
            self._write("DELETE FROM memo WHERE kind = ? AND key = ?", [(kind, key) for key in gone])

    def sweep(self) -> None:
        """Drop what was not used since this store was opened, once it has become more than what was.

        What the last builds made is worth keeping for a while: branches are switched back.
        """
        for kind, used in self._used.items():
            idle = self.keys(kind) - used
            if len(idle) > len(used) + _SPARE:
                self._write("DELETE FROM memo WHERE kind = ? AND key = ?", [(kind, key) for key in idle])
        self._sweep_pages()

    def _sweep_pages(self) -> None:
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            there = [(place, name) for place, _, names in os.walk(self.folder / _PAGES) for name in names]
            idle = [(place, name) for place, name in there if name not in self._used_pages]
            if len(idle) > len(self._used_pages) + _SPARE:
                for place, name in idle:
                    Path(place, name).unlink(missing_ok=True)

    def uses(self, kind: str, keys: Iterable[bytes]) -> None:
        """Remember that values are in use."""
        self._used.setdefault(kind, set()).update(keys)

    def uses_pages(self, names: Iterable[str]) -> None:
        """Remember that pages, named by their SHA-256, are in use: helpers look for them in processes of their own."""
        self._used_pages.update(names)

    def put_page(self, sha256: str, data: bytes) -> Path | None:
        """Keep a page; return its file, or None when it cannot be kept."""
        if self.folder is None:
            return None
        file = self._page(sha256)
        aside = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            try:
                aside.write_bytes(data)
            except FileNotFoundError:
                _prepare(self.folder)
                file.parent.mkdir(exist_ok=True, parents=True)
                aside.write_bytes(data)
            aside.chmod(0o644)
            aside.replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
            return None
        return file

    def page(self, sha256: str) -> Path | None:
        """Return the file of a page, or None when it is not there or not whole."""
        if self.folder is None:
            return None
        file = self._page(sha256)
        try:
            data = file.read_bytes()
        except OSError:
            return None
        return file if hashlib.sha256(data).hexdigest() == sha256 else None

    def _page(self, sha256: str) -> Path:
        assert self.folder is not None
        return self.folder / _PAGES / sha256[:2] / sha256

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """The database, for as long as it takes to read; None when there is none that can be read.

        It is open for one step only: processes that are started in between must not inherit it.
        """
        if self.folder is None or not (self.folder / _DATABASE).exists():
            yield None
            return
        with self._open(self.folder / _DATABASE) as database:
            try:
                yield database
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_ERROR:
                    raise
                # no such table: a build was killed before it made one, and the first to write makes up for it

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self.folder is None:
            return
        try:
            _prepare(self.folder)
        except OSError:
            self.folder = None
            return
        with self._open(self.folder / _DATABASE) as database:
            if database is not None:
                with database:
                    database.execute(_TABLE)
                    database.executemany(statement, rows)

    @contextlib.contextmanager
    def _open(self, file: Path) -> Iterator[sqlite3.Connection | None]:
        """The database in `file`, None when it cannot be opened; an error of its own ends the block, and the store with it."""
        with contextlib.ExitStack() as at_the_end:
            try:
                database = at_the_end.enter_context(contextlib.closing(sqlite3.connect(file, timeout=_WAIT)))
                database.execute("PRAGMA synchronous = OFF")  # a lost value is made again; checksums find a torn one
            except _TROUBLE as error:
                self._give_up(file, error)
                yield None
                return
            try:
                yield database
            except _TROUBLE as error:
                self._give_up(file, error)

    def _give_up(self, file: Path, error: Exception) -> None:
        """Do without the store; remove what is no database of ours, so that the next build begins a new one."""
        self.folder = None
        if _code(error) in _NOT_OURS:  # else it is busy, full or forbidden: not ours to mend
            _remove(file)


NO_STORE = Store(None)


def remove_store(folder: Path) -> None:
    """Remove a store with everything in it; a store that is not there is none."""
    shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path) -> None:
    """Make the folder of a store, with what keeps it out of version control and of backups. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _MARKS:
        if not (folder / name).exists():
            (folder / name).write_text(text, "ascii")


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        for name in (file.name, f"{file.name}-journal"):
            file.with_name(name).unlink(missing_ok=True)


def _code(error: Exception) -> int:
    """What kind of error it is; one that comes from the contents and not from the database means damage too."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)) & 0xFF


def _sum(kind: str, key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_SUM, key=key[:64], person=kind.encode()[:16]).digest()
