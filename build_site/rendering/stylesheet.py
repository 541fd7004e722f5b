"""Style sheets: put together from the parts of all layers, and made small.

Owns the `@import` lines and the use of rcssmin. Must not know what a style means.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import rcssmin

from build_site.loading.files import decode
from build_site.model.finding import Fault
from build_site.model.text import Location, SourceFile

_IMPORT = re.compile(r'\s*@import "(?:([a-z][a-z0-9-]*)/)?(css/[\w-]+(?:/[\w-]+)*\.css)";\s*', re.ASCII)
_AT_IMPORT = re.compile(r"(?:^|[;}])\s*@import\b", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A file of a layer: the layer's folder and the path in it."""

    layer: Path
    path: str

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self.layer / self.path

    @property
    def shown(self) -> str:
        """How messages call it."""
        return f"themes/{self.layer.name}/{self.path}"

    def leads_out(self) -> bool:
        """Return whether it is a symbolic link to something outside its layer."""
        return not Path(os.path.realpath(self.file)).is_relative_to(os.path.realpath(self.layer))


_DEEPEST = 50


def bundle(sheet: Part, layers: tuple[Path, ...]) -> tuple[bytes, tuple[Fault, ...]]:
    """Return the style sheet as it is served: parts put in, comments and blanks out; and what is wrong with it.

    A line `@import "css/NAME.css";` stands for that file of the topmost layer that has it,
    `@import "LAYER/css/NAME.css";` for that of this layer or the next below, so that a part can keep the one below it
    and add to it.
    Nothing else may be imported: the address of a static file is not known while the sheet is written, and a sheet
    from elsewhere would tell others who reads the page.
    """
    texts: list[str] = []
    faults: list[Fault] = []
    for piece in _pieces(sheet, layers, (), set()):
        if isinstance(piece, Fault):
            faults.append(piece)
        else:
            texts.append(piece)
    return str(rcssmin.cssmin("\n".join(texts))).encode(), tuple(faults)


def _pieces(part: Part, layers: tuple[Path, ...], above: tuple[Part, ...], done: set[Part]) -> Iterator[str | Fault]:
    if part.leads_out():
        yield Fault("symlink-out-of-site", Location(part.shown))
        return
    source, undecodable = decode(part.shown, part.file.read_bytes())
    yield from undecodable
    if source is None:
        return
    bare = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source.text).split("\n")
    for number, (line, code) in enumerate(zip(source.text.split("\n"), bare, strict=True), 1):
        wanted = _IMPORT.fullmatch(code)
        if wanted:
            yield from _import(wanted, _where(source, number), layers, (*above, part), done)
        elif _AT_IMPORT.search(code):
            yield Fault("broken-style-import", _where(source, number), (("problem", "form"),))
        else:
            yield line


def _import(
    wanted: re.Match[str], where: Location, layers: tuple[Path, ...], above: tuple[Part, ...], done: set[Part]
) -> Iterator[str | Fault]:
    layer, path = wanted.groups()
    names = [folder.name for folder in layers]
    below = layers if layer is None else layers[names.index(layer) :] if layer in names else ()
    found = next((place for folder in below if (place := Part(folder, path)).file.is_file()), None)
    if found is None:
        missing = (("problem", "missing"), ("name", path if layer is None else f"{layer}/{path}"))
        yield Fault("broken-style-import", where, missing)
    elif found in above or len(above) > _DEEPEST:
        yield Fault("broken-style-import", where, (("problem", "loop"), ("name", found.shown)))
    elif found not in done:  # a part stands once, however often it is asked for
        done.add(found)
        yield from _pieces(found, layers, above, done)


def _where(source: SourceFile, number: int) -> Location:
    line = source.line(number)
    column = len(line) - len(line.lstrip())
    return Location(source.path, number, column + 1, max(1, len(line.strip())))
