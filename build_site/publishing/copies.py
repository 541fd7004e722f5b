"""Copies of a site that can be read file by file: a folder, or a package (ZIP, tar).

Owns reading them without following what leads out of them. Must not judge what it reads. `live` has the third kind.
"""

from __future__ import annotations

import os
import tarfile
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from build_site.output.manifest import MANIFEST_NAME

_TAR_ENDINGS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
PACKAGE_ENDINGS = (".zip", *_TAR_ENDINGS)


class State(Enum):
    """What was found at an address."""

    READ = "read"
    MISSING = "missing"
    NO_FILE = "no-file"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a copy has at an address: the bytes when they were read; `note` says more for people: a status, where it moved to.

    `media` is the type that a server gave, "" elsewhere.
    """

    state: State
    data: bytes = b""
    media: str = ""
    note: str = ""


MISSING = Answer(State.MISSING)


class Copy(Protocol):
    """A copy of a site."""

    def names(self) -> frozenset[str] | None:
        """Return the addresses of everything in it, or None where nobody can know."""

    def read(self, address: str) -> Answer:
        """Return what is at an address."""


class FolderCopy:
    """A site in a folder. Symbolic links are never followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def names(self) -> frozenset[str]:
        """Return the paths of all files, and of links to folders."""
        found = set()
        for place, folders, files in os.walk(self._folder):
            base = Path(place).relative_to(self._folder)
            links = [name for name in folders if (Path(place) / name).is_symlink()]
            found |= {(base / name).as_posix() for name in (*files, *links)}
        return frozenset(found)

    def read(self, address: str) -> Answer:
        """Return the content of a file. Raises OSError only for what the disk cannot do."""
        file = self._folder / address
        if not is_inside(address) or not os.path.lexists(file):
            return MISSING
        if file.resolve() != file or not file.is_file():
            return Answer(State.NO_FILE)
        return Answer(State.READ, file.read_bytes())


class DamagedCopyError(Exception):
    """A package cannot be opened at all."""


class PackageCopy:
    """A site in a ZIP or tar file, at its top or in the only folder that has a manifest."""

    def __init__(self, file: Path) -> None:
        """Open the package and list what is in it. Raises DamagedCopyError, OSError."""
        self._zip: zipfile.ZipFile | None = None
        self._tar: tarfile.TarFile | None = None
        try:
            if file.name.lower().endswith(".zip"):
                self._zip = zipfile.ZipFile(file)
                listed = [info.filename for info in self._zip.infolist() if not info.is_dir()]
            else:
                self._tar = tarfile.open(file)  # noqa: SIM115 - open as long as this object
                listed = [member.name.removeprefix("./") for member in self._tar.getmembers() if not member.isdir()]
        except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, ValueError, NotImplementedError) as error:
            raise DamagedCopyError(str(error)) from None
        roots = sorted((name for name in listed if name.rpartition("/")[2] == MANIFEST_NAME), key=len)
        self._base = roots[0].removesuffix(MANIFEST_NAME) if roots else ""
        self._count = Counter(listed)

    def names(self) -> frozenset[str]:
        """Return the addresses of all entries; of one outside the site's folder its whole path."""
        return frozenset(name.removeprefix(self._base) for name in self._count)

    def read(self, address: str) -> Answer:
        """Return the content of an entry; two of one name are no file, for nobody knows which counts."""
        name = self._base + address
        if not self._count[name]:
            return MISSING
        if self._count[name] > 1:
            return Answer(State.NO_FILE)
        try:
            return self._content(name)
        except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, RuntimeError, NotImplementedError):
            return Answer(State.DAMAGED)

    def _content(self, name: str) -> Answer:
        if self._zip is not None:
            return Answer(State.READ, self._zip.read(name))
        assert self._tar is not None
        member = next(one for one in self._tar.getmembers() if one.name.removeprefix("./") == name)
        stream = self._tar.extractfile(member) if member.isfile() else None
        return Answer(State.READ, stream.read()) if stream else Answer(State.NO_FILE)


def is_inside(address: str) -> bool:
    """Return whether an address stays inside the folder that it belongs to."""
    return not address.startswith("/") and all(part not in ("", ".", "..") for part in address.split("/"))
