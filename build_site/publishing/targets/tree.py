"""What a file protocol must be able to do: as a store of files, and as a tree with links.

Owns the two interfaces on which the layouts stand. Must not know any protocol. All names are relative, with `/`. Every
method may raise LostError (ask again) and TargetError (do not).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol


class Store(Protocol):
    """Files by name. Each is written whole: a reader sees the old one or the new one."""

    def read(self, name: str) -> bytes | None:
        """Return a file, or None where there is none."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file, and the folders it stands in."""

    def send(self, root: Path, addresses: Sequence[str], folder: str) -> None:
        """Write the files `addresses` of the local folder `root` into `folder` ("" for the top)."""

    def delete(self, name: str) -> None:
        """Remove a file, if it is there."""

    def close(self) -> None:
        """End the connection."""


class Tree(Store, Protocol):
    """A store with folders, hard links, and symbolic links that are exchanged in one step."""

    @property
    def batch(self) -> int:
        """How many files are best given to one call of `send`."""

    def lock(self, name: str) -> None:
        """Keep others on this tree from publishing, until `close`, where the protocol can do that."""

    def kind(self, name: str) -> str:
        """Return what stands at a name: "link", "folder", "file" or ""."""

    def led_to(self, link: str) -> str:
        """Return where a symbolic link leads, as it is written."""

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder, sorted; nothing where there is no folder."""

    def walk(self, folder: str) -> Mapping[str, int]:
        """Return every file below a folder with its size."""

    def clone(self, root: Path, old: str, new: str, addresses: Iterable[str]) -> None:
        """Put files of the folder `old` into `new` too, as hard links; what cannot be linked is left out. `root` holds the same."""

    def rename(self, old: str, new: str) -> None:
        """Give a folder another name; the new one is free. Done before: nothing."""

    def point(self, link: str, to: str) -> None:
        """Let a symbolic link lead to `to`, in one step, whether it is there or not."""

    def exchange(self, one: str, other: str) -> None:
        """Let two names change places in one step."""

    def remove(self, folder: str) -> None:
        """Remove a folder with everything in it, if it is there."""

    def secure(self, folder: str) -> None:
        """See that everything in a folder is on the disk, as far as the protocol can."""
