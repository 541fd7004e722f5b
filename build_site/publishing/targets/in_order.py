"""The layout for stores that cannot exchange a tree: file by file, what is referred to before what refers to it.

Owns the two records below `.build-site/`: the receipt, written last, and the note of what is being changed, written first.
After a cut, everything that the note names counts as unknown and is sent again, but for what the journal on this machine
knows to have arrived. Must not know any protocol.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_site.publishing.receipt import Receipt, read_receipt, receipt_text
from build_site.publishing.release import Release
from build_site.publishing.target import Settings
from build_site.publishing.targets.tree import Store

_RECEIPT = ".build-site/receipt.json"
_NOTE = ".build-site/under-way.json"


@dataclass(frozen=True)
class _Note:
    """A publish that is not finished: its own `run` and the digest it is for, the addresses that may be old, new or missing."""

    run: str
    digest: str
    unsure: frozenset[str]

    def text(self) -> bytes:
        return json.dumps({"run": self.run, "digest": self.digest, "unsure": sorted(self.unsure)}).encode()


class InOrderTarget:
    """A target in which files change one by one. See `Target` for the methods."""

    atomic = False
    batch = 1

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.journal = settings.journal
        self._lock = threading.Lock()
        self._last: Receipt | None = None
        self._unsure: frozenset[str] = frozenset()

    def receipt(self) -> Receipt | None:
        """Return the receipt of the last publish that came to its end."""
        return read_receipt(self.store.read(_RECEIPT))

    def interrupted(self) -> bool:
        """Return whether a publish was cut off."""
        return self.store.read(_NOTE) is not None

    def earlier(self) -> tuple[int, ...]:
        """Return nothing: only the present state is there."""
        return ()

    def receipt_of(self, sequence: int) -> Receipt | None:
        """Return None: see `earlier`."""
        del sequence
        return None

    def begin(self, release: Release) -> frozenset[str]:
        """Note what is going to change; return what is already as it shall be."""
        last = self.receipt()
        old = last.files if last else {}
        note = _read_note(self.store.read(_NOTE), frozenset(old) | frozenset(release.files))
        before = note.unsure if note else frozenset()
        differing = {address for address in {*old, *release.files} if old.get(address) != release.files.get(address)}
        sent: frozenset[str] = frozenset()
        if note and note.run and note.digest == release.digest:
            run, sent = note.run, self._sent(note.run)
        else:
            run = secrets.token_hex(8)
        self._last, self._unsure = last, before | differing
        self.store.write(_NOTE, _Note(run, release.digest, self._unsure).text())
        self._start_journal(run, sent)
        same = frozenset(
            address for address, entry in release.files.items() if old.get(address) == entry and address not in before
        )
        return same | (sent & frozenset(release.files))

    def put(self, root: Path, addresses: Sequence[str]) -> None:
        """Send files to where readers find them."""
        self.store.send(root, addresses, "")
        self._write_journal(addresses)

    def surplus(self, release: Release) -> Iterable[str]:
        """Return what is there, or may be, and does not belong to the release."""
        known = self._unsure | (frozenset(self._last.files) if self._last else frozenset())
        return known - frozenset(release.files)

    def delete(self, address: str) -> None:
        """Remove a file."""
        self.store.delete(address)

    def finish(self, receipt: Receipt) -> None:
        """Write the receipt, then remove the note. What everybody can read does not say who published."""
        self.store.write(_RECEIPT, receipt_text(receipt.for_public()))
        self.store.delete(_NOTE)
        if self.journal is not None:
            self.journal.unlink(missing_ok=True)

    def close(self) -> None:
        """End the connection."""
        self.store.close()

    def _sent(self, run: str) -> frozenset[str]:
        """Return what a run of this machine has sent; a line that was cut off does not count."""
        if self.journal is None or not self.journal.is_file():
            return frozenset()
        lines = self.journal.read_bytes().split(b"\n")[:-1]
        return (
            frozenset(line.decode("utf-8", "replace") for line in lines[1:])
            if lines[:1] == [run.encode()]
            else frozenset()
        )

    def _start_journal(self, run: str, sent: frozenset[str]) -> None:
        if self.journal is None:
            return
        self.journal.parent.mkdir(parents=True, exist_ok=True)
        aside = self.journal.with_name(f".{self.journal.name}")
        aside.write_text("".join(f"{line}\n" for line in (run, *sorted(sent))), "utf-8")
        aside.replace(self.journal)

    def _write_journal(self, addresses: Sequence[str]) -> None:
        if self.journal is not None:
            with self._lock, self.journal.open("a", encoding="utf-8") as stream:
                stream.write("".join(f"{address}\n" for address in addresses))


def _read_note(data: bytes | None, everything: frozenset[str]) -> _Note | None:
    """Return the note, None for none; of one that cannot be read everything that is known is unsure."""
    if data is None:
        return None
    with contextlib.suppress(ValueError, KeyError, TypeError):
        body = json.loads(data)
        return _Note(str(body["run"]), str(body["digest"]), frozenset(map(str, body["unsure"])))
    return _Note("", "", everything)
