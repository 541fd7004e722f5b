"""The files of a site on disk: a sorted walk, decoding, and what is refused.

Owns the way from a folder to `SourceFile`s and asset paths. Must not parse anything.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from build_site.loading.names import is_ignored, name_trouble
from build_site.model.finding import Fault
from build_site.model.text import Location, SourceFile

MAX_TEXT_BYTES = 2 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HAN_UTF8 = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")  # GBK pairs can look like two-byte UTF-8, hardly like three


@dataclass(frozen=True, slots=True)
class Listing:
    """The files below a folder: paths relative to the site root with `/`, sorted; and faults of their names."""

    texts: tuple[str, ...]
    assets: tuple[str, ...]
    faults: tuple[Fault, ...]


def list_content(root: Path, folder: str = "content") -> Listing:
    """Walk `root/folder`, sorted by path; Markdown files are texts, all others assets.

    Symbolic links that lead out of the site, and links to folders, are faults and are not followed.
    """
    texts: list[str] = []
    assets: list[str] = []
    faults: list[Fault] = []
    home = os.path.realpath(root)
    if not _inside(root / folder, home):
        return Listing((), (), (Fault("symlink-out-of-site", Location(folder)),))
    for path, entry in _walk(root / folder, folder):
        trouble = name_trouble(entry.name)
        if entry.is_symlink() and not (_inside(Path(entry.path), home) and Path(entry.path).is_file()):
            faults.append(Fault("symlink-out-of-site", Location(printable(path))))
            continue
        if trouble:
            faults.append(Fault("unsafe-file-name", Location(printable(path)), (("why", trouble),)))
        elif entry.is_dir():
            continue
        elif not entry.is_file():
            faults.append(Fault("unsafe-file-name", Location(path), (("why", "special"),)))
        else:
            (texts if entry.name.endswith(".md") else assets).append(path)
    faults += _case_clashes([*texts, *assets])
    return Listing(tuple(texts), tuple(assets), tuple(faults))


def _inside(path: Path, home: str) -> bool:
    # realpath does not raise on a link that leads to itself, as Path.resolve does
    return Path(os.path.realpath(path)).is_relative_to(home)


def printable(text: str) -> str:
    """Return `text` with control and undecodable characters made visible, for messages."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def _walk(folder: Path, path: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if is_ignored(entry.name) and name_trouble(entry.name) != "empty":
            continue
        here = f"{path}/{entry.name}"
        yield here, entry
        if entry.is_dir(follow_symlinks=False) and not name_trouble(entry.name):
            yield from _walk(Path(entry.path), here)


def _case_clashes(paths: list[str]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path in paths:
        first = seen.setdefault(path.casefold(), path)
        if first != path:
            yield Fault("unsafe-file-name", Location(path), (("why", "case-clash"), ("other", first)))


def read_text(root: Path, path: str) -> tuple[SourceFile | None, tuple[Fault, ...]]:
    """Read and decode one text file of the site.

    Returns the text with line feeds as line ends and without a byte-order mark, or None with the faults that forbid it.
    Raises OSError only for what the disk cannot do.
    """
    return decode_source(path, read_source(root, path))


def read_source(root: Path, path: str) -> bytes:
    """Return the bytes of a text file of the site; of one that is too large, as many as show that it is."""
    with (root / path).open("rb") as file:
        return file.read(MAX_TEXT_BYTES + 1)


def decode_source(path: str, data: bytes) -> tuple[SourceFile | None, tuple[Fault, ...]]:
    """Return the text that `read_source` read, or None with the faults that forbid it."""
    if len(data) > MAX_TEXT_BYTES:
        return None, (Fault("oversized-text", Location(path), (("limit", str(MAX_TEXT_BYTES)),)),)
    return decode(path, data)


def decode(path: str, data: bytes) -> tuple[SourceFile | None, tuple[Fault, ...]]:
    """Decode UTF-8 with or without a byte-order mark; anything else is a fault that names the likely encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, (Fault("undecodable-text", Location(path, 1, 1), (("guess", "utf-16"),)),)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_undecodable(path, data, error),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = SourceFile(path, text)
    control = _CONTROL.search(text)
    if control:
        fault = Fault("control-character", source.at(control.start()), (("code", f"U+{ord(control[0]):04X}"),))
        return None, (fault,)
    return source, ()


def _undecodable(path: str, data: bytes, error: UnicodeDecodeError) -> Fault:
    before = data[: error.start]
    lines = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    column = len(lines[-1].decode("utf-8", "replace")) + 1
    if error.end >= len(data) and error.reason == "unexpected end of data":
        guess = "truncated"
    elif _HAN_UTF8.search(before):
        guess = "mixed"
    else:
        guess = _guess(data)
    return Fault("undecodable-text", Location(path, len(lines), column), (("guess", guess),))


def _guess(data: bytes) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "binary"
    han = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return "gbk" if han * 4 >= len(text.strip()) // 4 else "binary"
