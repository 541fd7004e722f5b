"""What a target must be able to do, so that the engine can publish to it.

Owns the interface and the settings that all targets share. Must not know any protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from build_site.publishing.receipt import Receipt
from build_site.publishing.release import Release


@dataclass(frozen=True)
class Settings:
    """How a target is used: how many earlier releases it keeps (0: all), whether it may use symbolic links, where it notes
    how far it has come, the address of its service where that is not the usual one.
    """

    keep: int = 10
    links: bool = True
    journal: Path | None = None
    endpoint: str = ""


class Target(Protocol):
    """A place where a site is published. Every method may raise LostError (ask again) and TargetError (do not).

    Methods may be called again after LostError, and `put` and `delete` by several threads at once.
    """

    @property
    def atomic(self) -> bool:
        """Whether readers see all of a release at once; else file by file, in the order of the calls."""

    @property
    def batch(self) -> int:
        """How many files are best given to one call of `put`."""

    def receipt(self) -> Receipt | None:
        """Return the receipt of what readers see; where a publish was cut off, of what they saw before."""

    def interrupted(self) -> bool:
        """Return whether readers may see a publish that was cut off."""

    def earlier(self) -> tuple[int, ...]:
        """Return the numbers of the releases that `finish` can go back to without any `put`, oldest first."""

    def receipt_of(self, sequence: int) -> Receipt | None:
        """Return the receipt of one of `earlier`."""

    def begin(self, release: Release) -> frozenset[str]:
        """Make ready for `release`; return the addresses of its files that need not be put."""

    def put(self, root: Path, addresses: Sequence[str]) -> None:
        """Bring files of the folder `root` to the target, each of them whole or not at all."""

    def surplus(self, release: Release) -> Iterable[str]:
        """Return the addresses that are to be deleted once everything of `release` is there."""

    def delete(self, address: str) -> None:
        """Remove a file, if it is there."""

    def finish(self, receipt: Receipt) -> None:
        """Let readers see the release, and put its receipt on record."""

    def close(self) -> None:
        """End the connection; a target is not used afterwards."""
