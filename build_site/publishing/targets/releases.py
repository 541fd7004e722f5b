"""The layout in which readers see a release at once: each in a folder of its own, and a link to the one that is served.

Owns the names beside the served place and the order in which they change:

    zfxxgk -> .zfxxgk.releases/9f2c…      what readers see, exchanged in one step
    .zfxxgk.releases/9f2c…/               a whole release, named by its digest, never changed again
    .zfxxgk.releases/new-51ab…/           one that is being sent
    .zfxxgk.releases/000007-9f2c….json    a receipt
    .zfxxgk.aside                         for a moment, when a plain folder is replaced by the link

Where links may not be used, the served place is a folder, and the two folders change places. Must not know any protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from build_site.model.finding import Message
from build_site.output.manifest import MANIFEST_NAME, entry_of
from build_site.publishing.receipt import Receipt, read_receipt, receipt_text, short
from build_site.publishing.refusal import TargetError
from build_site.publishing.release import Release, is_companion, state_digest
from build_site.publishing.target import Settings
from build_site.publishing.targets.tree import Tree

M = Message
_RECEIPT = re.compile(r"(\d{6,})-([0-9a-f]{16})\.json")
_RELEASE = re.compile(r"[0-9a-f]{16}")
_NEW = "new-"


class ReleaseTarget:
    """A target that keeps whole releases beside the served place `name` of a tree. See `Target` for the methods."""

    atomic = True

    def __init__(self, tree: Tree, name: str, settings: Settings) -> None:
        self.tree = tree
        self.name = name
        self.settings = settings
        self.place = f".{name}.releases"
        self.aside = f".{name}.aside"
        self._release = ""

    @property
    def batch(self) -> int:
        """How many files are best given to one call of `put`."""
        return self.tree.batch

    def receipt(self) -> Receipt | None:
        """Return the receipt of the release that is served."""
        state = self._served()
        numbered = [(number, name) for number, of, name in self._receipts() if of == state]
        return read_receipt(self.tree.read(f"{self.place}/{max(numbered)[1]}")) if numbered else None

    def interrupted(self) -> bool:
        """Return False: readers never see a publish that was cut off."""
        return False

    def earlier(self) -> tuple[int, ...]:
        """Return the numbers of the releases that are kept."""
        there = {*self.tree.names(self.place), self._served()}
        return tuple(number for number, of, _ in self._receipts() if of in there)

    def receipt_of(self, sequence: int) -> Receipt | None:
        """Return the receipt with a number."""
        name = next((name for number, _, name in self._receipts() if number == sequence), "")
        return read_receipt(self.tree.read(f"{self.place}/{name}")) if name else None

    def begin(self, release: Release) -> frozenset[str]:
        """Make the folder of the new release, with hard links to what is the same in the one that is served."""
        self.tree.lock(f"{self.place}/lock")
        last = self.receipt()
        self._release = release.digest
        self._tidy(last, release.digest)
        if self.tree.kind(self._folder(release.digest)) == "folder":
            return frozenset(release.files)
        staged = self._staged(release)
        if last is not None:
            same = [
                address
                for address, entry in release.files.items()
                if address not in staged and last.files.get(address) == entry
            ]
            if same:
                self.tree.clone(release.folder, self._served_folder(last), self._new(release.digest), same)
                staged |= self._staged(release)
        return staged

    def put(self, root: Path, addresses: Sequence[str]) -> None:
        """Send files into the folder of the new release, which nobody reads yet."""
        self.tree.send(root, addresses, self._new(self._release))

    def surplus(self, release: Release) -> Iterable[str]:
        """Return nothing: the new folder holds only what belongs to it."""
        del release
        return ()

    def delete(self, address: str) -> None:
        """Do nothing: see `surplus`."""

    def finish(self, receipt: Receipt) -> None:
        """Name the release as whole, write the receipt, let readers see it, and remove the oldest."""
        new, whole = self._new(receipt.digest), self._folder(receipt.digest)
        served = self._served()
        if self.tree.kind(new) == "folder":
            sizes = {address: entry.size for address, entry in receipt.files.items()}
            if self.tree.walk(new) != sizes:
                self.tree.remove(new)
                raise TargetError(
                    M("目标上的文件不全，没有切换", "the files on the target are not whole: nothing was exchanged"),
                    M("再运行一次", "run again"),
                )
            self.tree.secure(new)
            self.tree.rename(new, whole)
        self.tree.write(f"{self.place}/{receipt.name}", receipt_text(receipt))
        if served != short(receipt.digest):
            self._expose(whole, served)
        self._prune(receipt)

    def close(self) -> None:
        """End the connection."""
        self.tree.close()

    def _expose(self, whole: str, served: str) -> None:
        standing = self.tree.kind(self.name)
        if self.settings.links and standing != "folder":
            self.tree.point(self.name, whole)
        elif self.settings.links:  # from a folder that was copied there to a link
            self.tree.point(self.aside, whole)
            self.tree.exchange(self.aside, self.name)
            self.tree.remove(self.aside)
        elif standing == "folder":
            self.tree.exchange(whole, self.name)
            self._settle(served, whole)
        else:
            self.tree.rename(whole, self.name)

    def _settle(self, state: str, whole: str) -> None:
        """Name the folder that was served until now by what it holds."""
        if state and self.tree.kind(f"{self.place}/{state}") != "folder":
            self.tree.rename(whole, f"{self.place}/{state}")
        else:
            self.tree.remove(whole)

    def _tidy(self, last: Receipt | None, digest: str) -> None:
        """Remove what other publishes left that were cut off, and name the folder right of one cut off in the exchange."""
        number = last.sequence if last else 0
        for sequence, _, name in self._receipts():
            if sequence > number:
                self.tree.delete(f"{self.place}/{name}")
        for name in self.tree.names(self.place):
            if name.startswith(_NEW) and name != f"{_NEW}{short(digest)}":
                self.tree.remove(f"{self.place}/{name}")
        self.tree.remove(self.aside)
        folder = f"{self.place}/{self._served()}"
        if self.tree.kind(self.name) == "folder" and self.tree.kind(folder) == "folder":
            self._settle(self._state_of(folder), folder)

    def _prune(self, receipt: Receipt) -> None:
        if not self.settings.keep:
            return
        receipts = sorted(self._receipts())
        kept = receipts[-self.settings.keep :]
        states = {of for _, of, _ in kept} | {short(receipt.digest)}
        for _, _, name in receipts[: -self.settings.keep]:
            self.tree.delete(f"{self.place}/{name}")
        for name in self.tree.names(self.place):
            if _RELEASE.fullmatch(name) and name not in states:
                self.tree.remove(f"{self.place}/{name}")

    def _receipts(self) -> list[tuple[int, str, str]]:
        found = [_RECEIPT.fullmatch(name) for name in self.tree.names(self.place)]
        return [(int(match[1]), match[2], match[0]) for match in found if match]

    def _served(self) -> str:
        """Return the state that readers see, "" for none. Raises TargetError where something else stands there."""
        standing = self.tree.kind(self.name)
        if standing == "link":
            folder, _, state = self.tree.led_to(self.name).rpartition("/")
            if folder == self.place and _RELEASE.fullmatch(state):
                return state
        elif standing == "folder":
            state = self._state_of(self.name)
            if state or not self.tree.names(self.name):
                return state
        elif not standing:
            return ""
        raise TargetError(
            M(f"目标位置 {self.name} 上已有不是本程序发布的东西，没有动它", f"what stands at {self.name} was not published by this program; it was left alone"),
            M("换一个位置，或先把它移走", "choose another place, or move it away"),
        )  # fmt: skip

    def _state_of(self, folder: str) -> str:
        companions = {}
        for name in self.tree.names(folder):
            data = self.tree.read(f"{folder}/{name}") if is_companion(name) else None
            if data is not None:
                companions[name] = entry_of(data)
        return short(state_digest(companions)) if MANIFEST_NAME in companions else ""

    def _served_folder(self, last: Receipt) -> str:
        return self.name if self.tree.kind(self.name) == "folder" else self._folder(last.digest)

    def _staged(self, release: Release) -> frozenset[str]:
        sizes = self.tree.walk(self._new(release.digest))
        return frozenset(address for address, entry in release.files.items() if sizes.get(address) == entry.size)

    def _folder(self, digest: str) -> str:
        return f"{self.place}/{short(digest)}"

    def _new(self, digest: str) -> str:
        return f"{self.place}/{_NEW}{short(digest)}"
