"""The output folder: filled aside, exchanged whole, never left half-written.

Owns staging, exchange, ownership and removal. Must not know what is written.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import glob
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from build_site.model.finding import Message
from build_site.output.manifest import lies_beside, read_manifest
from build_site.output.signals import uninterrupted

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


class OutputRefusedError(Exception):
    """The output folder cannot be used; `message` says why, `help` what to do."""

    def __init__(self, message: Message, help_: Message) -> None:
        super().__init__(message.en)
        self.message = message
        self.help = help_


def check_owned(out: Path, site: Path) -> None:
    """Raise `OutputRefusedError` unless `out` is absent, empty, or filled by us with nothing of others in it."""
    out, site = out.resolve(), site.resolve()
    for inner in (site / "content", site / "themes"):
        if out == site or site.is_relative_to(out) or out.is_relative_to(inner):
            raise OutputRefusedError(
                Message(
                    f"输出文件夹 {out.name} 里有网站的源文件", f"the output folder {out.name} holds the site's sources"
                ),
                Message("换一个文件夹，如 --out public", "choose another folder, like --out public"),
            )
    if out.exists() and not out.is_dir():
        raise OutputRefusedError(
            Message(f"{out.name} 是一个文件，不是文件夹", f"{out.name} is a file, not a folder"),
            Message("换一个名字，或移走这个文件", "choose another name, or move that file away"),
        )
    if not out.is_dir() or not any(out.iterdir()):
        return
    known = read_manifest(out)
    if known is None:
        raise OutputRefusedError(
            Message(
                f"文件夹 {out.name} 不是本程序生成的，没有动它",
                f"{out.name} was not made by this program; it was left alone",
            ),
            Message("换一个空文件夹，或先把里面的东西移走", "choose an empty folder, or move its content away"),
        )
    strange = sorted(path for path in _files(out) if path not in known and not lies_beside(path))
    if strange:
        shown = "、".join(strange[:5]) + ("……" if len(strange) > 5 else "")
        raise OutputRefusedError(
            Message(f"输出文件夹里有 {len(strange)} 个不是本程序写的文件：{shown}", f"{len(strange)} files in the output folder are not ours: {shown}"),
            Message("把它们移到 content/ 里作附件，或移到别处；输出文件夹会整个替换", "move them elsewhere; the output folder is replaced whole"),
        )  # fmt: skip


def _files(folder: Path) -> list[str]:
    found = []
    for place, folders, names in os.walk(folder):
        base = Path(place).relative_to(folder)
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        found += [(base / name).as_posix() for name in (*names, *links)]
    return found


class Staging:
    """A folder beside `out` that becomes `out` when everything in it is right, and vanishes when not.

    Use as a context manager; without `exchange()` the old output stays byte for byte.
    """

    def __init__(self, out: Path) -> None:
        self.out = out.resolve()
        self.folder = self.out.parent / f".{self.out.name}.new-{os.getpid()}"
        self._made: set[Path] = set()

    def __enter__(self) -> Staging:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(self.out)
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            self.folder.mkdir()
            self.folder.chmod(0o755)
        except BaseException:  # an interruption here would never reach `__exit__`
            self.discard()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with uninterrupted():
            self.discard()

    def write(self, address: str, data: bytes) -> None:
        """Write one file; raises ValueError for an address that would leave the folder."""
        file = self._place(address)
        file.unlink(missing_ok=True)  # what stands there may be the same file as a published page: never write into it
        file.write_bytes(data)
        file.chmod(0o644)

    def link(self, address: str, source: Path) -> None:
        """Put the content of `source`, a file that nobody will write to again, at `address`: the same file under a second
        name where the disk can do that, else a copy.
        """
        file = self._place(address)
        try:
            os.link(source, file)
        except OSError:
            file.unlink(missing_ok=True)
            shutil.copyfile(source, file)
        file.chmod(0o644)

    def _place(self, address: str) -> Path:
        parts = address.split("/")
        if address.startswith("/") or any(part in ("", ".", "..") for part in parts):
            raise ValueError(f"address out of the output folder: {address}")
        file = self.folder.joinpath(*parts)
        parent = file.parent
        if parent not in self._made:
            parent.mkdir(parents=True, exist_ok=True)
            while parent not in self._made and parent != self.folder:
                parent.chmod(0o755)
                self._made.add(parent)
                parent = parent.parent
        return file

    def discard(self) -> None:
        """Remove what is aside: the staged files, or after the exchange the old output."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def exchange(self) -> int:
        """Put the staged folder in the place of `out`: at once where the system can, else by two renames. Return the
        number that the disk gave it.
        """
        number = self.folder.stat().st_ino
        self._exchange()
        return number

    def _exchange(self) -> None:
        if not self.out.exists():
            try:
                self.folder.rename(self.out)
                return
            except OSError:
                if not self.out.exists():  # else another build was faster: take its place
                    raise
        if not exchange_names(self.folder, self.out):
            old = self.out.parent / f".{self.out.name}.old-{os.getpid()}"
            self.out.rename(old)
            try:
                self.folder.rename(self.out)
            except OSError:
                old.rename(self.out)
                raise
            old.rename(self.folder)  # removed at the end, with everything aside


def exchange_names(one: Path, other: Path) -> bool:
    """Let what stands at two paths change places in one step; return whether the system has done it."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _remove_leftovers(out: Path) -> None:
    """Remove what a killed build left behind; a folder of a process that still runs is left alone."""
    for kind in ("new", "old"):
        for place in out.parent.glob(f".{glob.escape(out.name)}.{kind}-*"):
            number = place.name.rpartition("-")[2]
            if number.isdigit() and not _runs(int(number)):
                if kind == "old" and not out.exists():
                    place.rename(out)  # the build was killed between its two renames
                else:
                    shutil.rmtree(place, ignore_errors=True)


def _runs(process: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextlib.contextmanager
def prepared(file: Path, text: str) -> Iterator[Callable[[], None]]:
    """Write a text aside and yield the function that puts it in the place of `file`, in one step.

    What the disk cannot do fails before anything else is changed; an unchanged text is not written.
    """
    data = text.encode()
    if file.is_file() and file.read_bytes() == data:
        yield lambda: None
        return
    if file.exists() and not file.is_file():
        raise IsADirectoryError(errno.EISDIR, "not a file", str(file))
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        aside.write_bytes(data)

        def put() -> None:
            aside.replace(file)

        yield put
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def remove_output(out: Path, site: Path) -> bool:
    """Remove an output folder of ours; return whether there was one. Raises `OutputRefusedError` like `check_owned`."""
    check_owned(out, site)
    out = out.resolve()
    if not out.is_dir():
        return False
    _remove_leftovers(out)
    shutil.rmtree(out)
    return True
