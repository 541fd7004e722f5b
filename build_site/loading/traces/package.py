"""Office files as packages: parts of a zip file, read with limits, and the properties that every package has.

Owns the limits that keep a hostile or damaged file from taking minutes or all memory. Must not know Word from Excel.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from lzma import LZMAError
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from build_site.loading.traces import picture
from build_site.model.finding import Message
from build_site.model.text import Location
from build_site.model.traces import Trace, TraceKind, mark_of

MAX_PART = 20 * 1024 * 1024
MAX_BYTES = 60 * 1024 * 1024
MAX_ELEMENTS = 1_000_000  # a second or two
MAX_PARTS = 2000
MAX_DEPTH = 200
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, OSError, RuntimeError, ValueError, EOFError, KeyError, zlib.error, LZMAError,
    ElementTree.ParseError,
)  # fmt: skip
"""What a damaged package may raise while it is read; it was judged by its blankness already."""
_MAX_SMALL = 1024 * 1024
_MAX_PICTURES = 50
_PICTURE_HEAD = 256 * 1024
_TOOLS = re.compile(
    r"|admin(?:istrator)?|users?|windows ?(?:用户|user)|microsoft(?: office)?(?: user| 用户)?|微软(?:用户|中国)?|python-docx|openpyxl|apache poi"
    r"|un-?named|unknown|anonymous|author|作者|wps(?: office)?|libreoffice|hp|dell|lenovo|asus|acer|pc|user-pc|xtzj|home",
    re.IGNORECASE,
)
_FIELDS = {
    "creator": Message("作者", "author"),
    "lastModifiedBy": Message("上次修改者", "last modified by"),
    "Company": Message("公司", "company"),
    "Manager": Message("经理", "manager"),
}
_SECRET = re.compile(r"(?:密\s?级\s?[:：]\s?)?(?:绝密|机密|秘密|内部资料|内部文件|内部材料)(?:\s?[★☆].*)?")


@dataclass(slots=True)
class _Budget:
    """What may still be read of one package."""

    bytes: int
    elements: int


@dataclass(frozen=True)
class Package:
    """An open office file; `path` is its path in the site."""

    file: zipfile.ZipFile
    path: str
    budget: _Budget = field(default_factory=lambda: _Budget(MAX_BYTES, MAX_ELEMENTS))

    def names(self, pattern: str) -> list[str]:
        """Return the names of the parts that match the whole of `pattern`, sorted."""
        return sorted(name for name in self.file.namelist()[:MAX_PARTS] if re.fullmatch(pattern, name))

    def elements(self, name: str, wanted: frozenset[str]) -> Iterator[ElementTree.Element]:
        """Yield the outermost elements of a part whose names, without namespace, are `wanted`; each is emptied when
        the next is asked for. A part that is missing, too long or nested too deep ends early.

        Raises what `BROKEN` lists.
        """
        if name not in self.file.NameToInfo:
            return
        with self.file.open(name) as stream:
            yield from _elements(_Limited(stream, MAX_PART, self.budget), wanted, self.budget)

    def children(self, name: str) -> list[ElementTree.Element]:
        """Return the children of the root of a small part."""
        if name not in self.file.NameToInfo:
            return []
        with self.file.open(name) as stream:
            limited = _Limited(stream, _MAX_SMALL, self.budget)
            return [item for root in _elements(limited, frozenset(), self.budget) for item in root]


class _Limited:
    """A stream that ends after `most` bytes and refuses a document type: its entities could grow without end."""

    def __init__(self, stream: IO[bytes], most: int, budget: _Budget) -> None:
        self._stream = stream
        self._left = most
        self._budget = budget
        self._begun = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(max(0, min(self._left, self._budget.bytes, 65536 if size < 0 else size)))
        if not self._begun and re.search(rb"<!DOCTYPE|<\x00!\x00D\x00O", data):
            raise ValueError("a part of an office file has no document type")
        self._begun = True
        self._left -= len(data)
        self._budget.bytes -= len(data)
        return data


def local(tag: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def _elements(stream: _Limited, wanted: frozenset[str], budget: _Budget) -> Iterator[ElementTree.Element]:
    """Yield the outermost elements called one of `wanted`; with nothing wanted, the root at its end."""
    inside = 0
    above: list[ElementTree.Element] = []
    for event, element in ElementTree.iterparse(stream, ("start", "end")):
        if event == "start":
            inside += bool(inside or local(element.tag) in wanted)
            above.append(element)
            budget.elements -= 1
            if len(above) > MAX_DEPTH or budget.elements < 0:
                return
            continue
        above.pop()
        if inside:
            inside -= 1
            if not inside:
                yield element
        elif not above and not wanted:
            yield element
        if wanted and not inside and above:
            del above[-1][:]  # or all that was read would stay in memory


def properties(package: Package) -> Iterator[Trace]:
    """Yield who stands in the properties of a package (unless it is only a program), and marks of secrecy there."""
    where = Location(package.path, confidential=True)
    for part in ("docProps/core.xml", "docProps/app.xml"):
        for item in package.children(part):
            yield from property_traces(where, local(item.tag), item.text or "")


def property_traces(where: Location, name: str, value: str) -> Iterator[Trace]:
    """Yield what one property of a file tells."""
    value = value.strip()
    if name in _FIELDS and not _TOOLS.fullmatch(value):
        yield Trace(TraceKind.AUTHOR, where, what=_FIELDS[name], mark=mark_of(value))
    elif name in ("title", "subject", "keywords", "category", "description") and _SECRET.fullmatch(value):
        yield Trace(TraceKind.SECRECY, where, Message("文件属性里", "in the file's properties"), group="properties")


def pictures(package: Package) -> Iterator[Trace]:
    """Yield one trace when a photograph in a package says where it was taken."""
    for name in package.names(r"(?:word|xl)/media/.*\.(?:jpe?g|JPE?G|png|PNG)")[:_MAX_PICTURES]:
        with package.file.open(name) as stream:
            if picture.has_position(stream.read(_PICTURE_HEAD)):
                spot = Message("文件里的照片", "in a photograph in the file")
                yield Trace(TraceKind.POSITION, Location(package.path, confidential=True), spot)
                return


def open_package(file: Path, path: str) -> Package:
    """Open an office file; the caller closes `Package.file`. Raises what `BROKEN` lists."""
    return Package(zipfile.ZipFile(file), path)
