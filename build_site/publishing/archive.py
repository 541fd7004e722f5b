"""Archives as bytes that depend on nothing but their content: zip and tar.gz.

Owns both forms, and that nothing leaves the folder into which one is unpacked. Must not know what is packed.
"""

from __future__ import annotations

import gzip
import io
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from build_site.model.finding import Message
from build_site.publishing.refusal import RefusedError

M = Message
ENDINGS = (".zip", ".tar.gz")
_LEVEL = 6
_MODE = 0o644
_BLOCK = 1 << 20


def pack(file: Path, members: Mapping[str, bytes | Path], day: date) -> None:
    """Write the archive `file`, whose ending says the form; every member is dated `day`. Raises OSError."""
    aside = file.with_name(f".{file.name}")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        (_pack_zip if file.name.endswith(".zip") else _pack_tar)(aside, members, day)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def _pack_zip(file: Path, members: Mapping[str, bytes | Path], day: date) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, source in members.items():
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.create_system = 3  # the same on every system
            info.external_attr = (stat.S_IFREG | _MODE) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=_size(source) >= 1 << 31) as target, _opened(source) as stream:
                shutil.copyfileobj(stream, target, _BLOCK)


def _pack_tar(file: Path, members: Mapping[str, bytes | Path], day: date) -> None:
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    with (
        file.open("wb") as raw,
        gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, source in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = _size(source), moment, _MODE
            with _opened(source) as stream:
                archive.addfile(info, stream)


def _size(source: bytes | Path) -> int:
    return len(source) if isinstance(source, bytes) else source.stat().st_size


def _opened(source: bytes | Path) -> IO[bytes]:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def unpack(file: Path, folder: Path) -> None:
    """Unpack an archive into `folder`. Raises RefusedError for what is no archive, or holds anything but plain files with
    names inside the folder; OSError for the disk.
    """
    try:
        for name, stream in _members(file):
            parts = name.split("/")
            if name.startswith("/") or "\\" in name or "\0" in name or any(part in ("", ".", "..") for part in parts):
                raise ValueError(name)
            place = folder.joinpath(*parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as target:
                shutil.copyfileobj(stream, target, _BLOCK)
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, tarfile.TarError, zlib.error, gzip.BadGzipFile, FileExistsError, RuntimeError) as error:  # fmt: skip
        raise RefusedError(
            M(f"{file.name} 不是完好的包", f"{file.name} is no sound package: {error}"),
            M("重新取一份", "fetch it again"),
        ) from error


def _members(file: Path) -> Iterator[tuple[str, IO[bytes]]]:
    if file.name.endswith(".zip"):
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if info.filename.endswith("/") or stat.S_ISLNK(info.external_attr >> 16):
                    raise ValueError(info.filename)
                with archive.open(info) as stream:
                    yield info.filename, stream
        return
    with gzip.open(file) as packed, tarfile.open(fileobj=packed, mode="r:") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None:
                raise ValueError(member.name)
            with content:
                yield member.name, content
        while packed.read(_BLOCK):  # to the end, where the checksum is
            pass
