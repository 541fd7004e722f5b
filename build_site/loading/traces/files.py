"""A file that is published as it is: what it carries along, by its kind; PDFs are opened by `attachments`.

Owns the choice of the reader. Must not know how any of them reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from build_site.loading.traces import excel, package, picture, text_file, word
from build_site.loading.traces.source import MOST
from build_site.model.text import Location
from build_site.model.traces import Trace, TraceKind

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
_PICTURE_HEAD = 4 * 1024 * 1024


def traces(file: Path, path: str) -> tuple[Trace, ...]:
    """Return what the file carries along; one of an unknown kind, or damaged, carries nothing that could be seen.

    Raises OSError only for what the disk cannot do.
    """
    return tuple(islice(_traces(file, path), MOST))


def _traces(file: Path, path: str) -> Iterator[Trace]:
    suffix = file.suffix.lower()
    if suffix in (".docx", ".docm", ".dotx", ".xlsx", ".xlsm"):
        yield from _office(file, path, suffix)
    elif suffix in (".txt", ".csv"):
        yield from text_file.traces(file, path)
    elif suffix in _PICTURES:
        with file.open("rb") as stream:
            if picture.has_position(stream.read(_PICTURE_HEAD)):
                yield Trace(TraceKind.POSITION, Location(path))


def _office(file: Path, path: str, suffix: str) -> Iterator[Trace]:
    """Yield what could be read of an office file up to where it is damaged."""
    try:
        opened = package.open_package(file, path)
    except package.BROKEN:
        return
    with closing(opened.file):
        readers = (
            word.traces if suffix in (".docx", ".docm", ".dotx") else excel.traces,
            package.properties,
            package.pictures,
        )
        for read in readers:
            try:
                yield from read(opened)
            except package.BROKEN:
                continue
