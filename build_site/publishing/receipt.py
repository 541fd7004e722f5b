"""Receipts: who published what, when, with which digest.

Owns their form and the folder in which a site keeps its own. Must not know targets, nor ask a clock.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from build_site.output.manifest import FileEntry
from build_site.publishing.release import Release

FOLDER = "receipts"
"""Where a site keeps its receipts: a folder of each target, meant to be committed."""
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Receipt:
    """A state of a target: the `sequence`-th that was published there.

    `digest` and `manifest` are those of the release, `previous` is the digest of the state before it ("" for the first).
    `who` and `when` (UTC) say who published it; `reason` why an older state was put over a newer one.
    """

    sequence: int
    digest: str
    manifest: str
    as_of: date
    commit: str
    files: Mapping[str, FileEntry]
    who: str = ""
    when: str = ""
    previous: str = ""
    reason: str = ""

    @property
    def name(self) -> str:
        """The name of its file: order and state."""
        return f"{self.sequence:06d}-{short(self.digest)}.json"

    def for_public(self) -> Receipt:
        """Return it without what is nobody's business: for a target where everybody can read it."""
        return replace(self, who="", reason="")


@dataclass(frozen=True)
class Deed:
    """Who publishes, when (UTC, ISO 8601), and for what reason an older state over a newer one ("" for none)."""

    who: str
    when: str
    reason: str = ""


def short(digest: str) -> str:
    """Return the part of a digest by which folders and receipts are named."""
    return digest[:16]


def next_receipt(release: Release, last: Receipt | None, deed: Deed) -> Receipt:
    """Return the receipt of `release` published after `last`."""
    return Receipt(
        last.sequence + 1 if last else 1,
        release.digest,
        release.manifest,
        release.as_of,
        release.commit,
        release.files,
        deed.who,
        deed.when,
        last.digest if last else "",
        deed.reason,
    )


def receipt_text(receipt: Receipt) -> bytes:
    """Return a receipt as it is stored: the same bytes for the same receipt."""
    body = {
        "sequence": receipt.sequence,
        "digest": receipt.digest,
        "manifest_sha256": receipt.manifest,
        "as_of": receipt.as_of.isoformat(),
        "commit": receipt.commit,
        "who": receipt.who,
        "when": receipt.when,
        "previous": receipt.previous,
        "reason": receipt.reason,
        "files": {
            address: [receipt.files[address].size, receipt.files[address].sha256] for address in sorted(receipt.files)
        },
    }
    return (json.dumps(body, ensure_ascii=False, indent=0) + "\n").encode()


def read_receipt(data: bytes | None) -> Receipt | None:
    """Return the receipt in `data`, or None where it is none."""
    try:
        body = json.loads(data or b"")
        files = {address: FileEntry(int(size), str(sha)) for address, (size, sha) in body["files"].items()}
        return Receipt(
            int(body["sequence"]), str(body["digest"]), str(body["manifest_sha256"]), date.fromisoformat(body["as_of"]),
            str(body["commit"]), files, str(body["who"]), str(body["when"]), str(body["previous"]), str(body["reason"]),
        )  # fmt: skip
    except _UNREADABLE:
        return None


def history(folder: Path) -> tuple[Receipt, ...]:
    """Return the receipts in a folder, oldest first; files that are none are passed over."""
    found = [read_receipt(file.read_bytes()) for file in folder.glob("*.json")] if folder.is_dir() else []
    return tuple(sorted((receipt for receipt in found if receipt), key=lambda receipt: receipt.sequence))


def keep(folder: Path, receipt: Receipt) -> None:
    """Add a receipt to a folder, unless it is there. Raises OSError."""
    file = folder / receipt.name
    if read_receipt(file.read_bytes() if file.exists() else None):
        return
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{receipt.name}"
    aside.write_bytes(receipt_text(receipt))
    aside.replace(file)
