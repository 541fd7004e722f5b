"""A folder of this machine, or of a disk that is mounted here.

Owns the calls of the system. Must not know what is published.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from build_site.model.finding import Message
from build_site.output.folder import exchange_names
from build_site.publishing.refusal import TargetError
from build_site.publishing.target import Settings
from build_site.publishing.targets.releases import ReleaseTarget

M = Message
_TEMPORARY = ".sending~"


class FolderTree:
    """A folder as a `Tree`; see there for the methods. They raise OSError too."""

    batch = 1

    def __init__(self, root: Path) -> None:
        self.root = root
        self._made: set[Path] = set()
        self._lock: int | None = None

    def lock(self, name: str) -> None:
        """Hold the lock file; TargetError when another process does."""
        if self._lock is not None:
            return
        file = self._ready(name)
        self._lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            self._lock = None
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                return  # a disk without locks
            raise TargetError(
                M("另一个程序正在向这里发布", "another process is publishing here"),
                M("等它结束", "wait until it has ended"),
            ) from error

    def read(self, name: str) -> bytes | None:
        """Return a file's content."""
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Write aside, then rename."""
        file = self._ready(name)
        aside = file.with_name(f".{file.name}{_TEMPORARY}")
        aside.write_bytes(data)
        aside.replace(file)

    def send(self, root: Path, addresses: Sequence[str], folder: str) -> None:
        """Copy each aside, then rename."""
        for address in addresses:
            file = self._ready(f"{folder}/{address}" if folder else address)
            aside = file.with_name(f".{file.name}{_TEMPORARY}")
            try:
                shutil.copyfile(root / address, aside)
                aside.chmod(0o644)
                aside.replace(file)
            except OSError:
                with contextlib.suppress(OSError):
                    aside.unlink(missing_ok=True)
                raise

    def delete(self, name: str) -> None:
        """Remove a file."""
        (self.root / name).unlink(missing_ok=True)

    def kind(self, name: str) -> str:
        """Return what stands there, links not followed."""
        path = self.root / name
        if path.is_symlink():
            return "link"
        return "folder" if path.is_dir() else "file" if path.exists() else ""

    def led_to(self, link: str) -> str:
        """Return the text of a link."""
        return str((self.root / link).readlink())

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        try:
            return tuple(sorted(path.name for path in (self.root / folder).iterdir()))
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def walk(self, folder: str) -> Mapping[str, int]:
        """Return files and sizes, without what a cut left half-written."""
        found: dict[str, int] = {}
        for name, file in _below(os.fspath(self.root / folder), ""):
            if name.endswith(_TEMPORARY):
                Path(file.path).unlink(missing_ok=True)
            else:
                found[name] = file.stat(follow_symlinks=False).st_size
        return found

    def clone(self, root: Path, old: str, new: str, addresses: Iterable[str]) -> None:
        """Link each file; on a disk without hard links, copy it."""
        del root
        for address in addresses:
            file = self._ready(f"{new}/{address}")
            try:
                os.link(self.root / old / address, file)
            except FileNotFoundError:
                continue
            except OSError:
                self.send(self.root / old, [address], new)

    def rename(self, old: str, new: str) -> None:
        """Rename a folder."""
        (self.root / old).rename(self._ready(new))
        self._made.clear()

    def point(self, link: str, to: str) -> None:
        """Make a link aside, then rename it over the old one."""
        place = self._ready(link)
        aside = place.with_name(f".{place.name}{_TEMPORARY}")
        aside.unlink(missing_ok=True)
        try:
            aside.symlink_to(to)
        except OSError as error:
            raise TargetError(
                M(f"这个磁盘上不能建立链接：{error.strerror}", f"no symbolic links on this disk: {error.strerror}"),
                M("给这个目标写上“链接: 否”，或加 --no-links", "write `links: no` for this target, or add --no-links"),
            ) from error
        aside.replace(place)

    def exchange(self, one: str, other: str) -> None:
        """Let two names change places; TargetError where the system cannot do it in one step."""
        if not exchange_names(self.root / one, self.root / other):
            raise TargetError(
                M("这个磁盘不能一步对调两个文件夹", "this disk cannot exchange two folders in one step"),
                M("把目标位置上的文件夹移走，用链接发布", "move the folder at the target away and publish with links"),
            )
        self._made.clear()

    def remove(self, folder: str) -> None:
        """Remove a folder, or a link."""
        path = self.root / folder
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path, ignore_errors=True)
        self._made.clear()

    def secure(self, folder: str) -> None:
        """Ask the system to write the disk of the folder out (Linux; elsewhere every disk)."""
        descriptor = os.open(self.root / folder, os.O_RDONLY)
        try:
            ctypes.CDLL(None, use_errno=True).syncfs(descriptor)
        except (OSError, AttributeError):
            os.sync()
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Give the lock back."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _ready(self, name: str) -> Path:
        file = self.root / name
        if file.parent not in self._made:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(file.parent)
        return file


def _below(folder: str, prefix: str) -> Iterable[tuple[str, os.DirEntry[str]]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry


def folder_target(place: Path, settings: Settings) -> ReleaseTarget:
    """Return the target that is served from the folder `place`; what belongs to it stands beside it."""
    place = place.parent.resolve() / place.name
    return ReleaseTarget(FolderTree(place.parent), place.name, settings)
