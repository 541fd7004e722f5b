"""Digests that name a result by everything it was made from.

Owns how parts become one digest, and what the program itself contributes. Must not know what is kept under a digest.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import unicodedata
from functools import lru_cache
from pathlib import Path

import build_site

_LIBRARIES = (
    "markdown",
    "jinja2",
    "yaml",
    "frontmatter",
    "nh3",
    "pypdfium2",
    "imagesize",
    "chinese_calendar",
    "rcssmin",
)
"""One of these stands in every folder that the program's libraries were installed into."""


def digest(*parts: bytes) -> bytes:
    """Return the SHA-256 of `parts`, each with its length before it, so that no two lists of parts give one digest."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()


@lru_cache(maxsize=1)
def engine() -> bytes:
    """Return the digest of the program: its own files, the installed libraries by name and version, and Python.

    It is computed and never counted up by hand: a result of another program is no result of this one. Raises OSError
    when the program cannot read its own files.
    """
    package = Path(build_site.__file__).parent
    parts = [sys.version.encode(), sys.platform.encode(), unicodedata.unidata_version.encode()]
    for file in sorted(_files(package)):
        parts += (file[len(str(package)) :].encode(), Path(file).read_bytes())
    for folder in sorted(_library_folders()):
        installed = sorted(entry.name for entry in os.scandir(folder))
        parts += (name.encode() for name in installed if name.endswith((".dist-info", ".egg-info")))
    return digest(*parts)


@lru_cache(maxsize=1)
def program() -> str:
    """Return the digest of the program's own modules, in hexadecimal: the same wherever this version is installed."""
    package = Path(build_site.__file__).parent
    modules = sorted(file[len(str(package)) :] for file in _files(package) if file.endswith(".py"))
    parts = [(Path(name).as_posix().encode(), Path(f"{package}{name}").read_bytes()) for name in modules]
    return digest(*(one for pair in parts for one in pair)).hex()


def _files(folder: Path) -> list[str]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        found += [f"{place}/{name}" for name in names]
    return found


def _library_folders() -> set[str]:
    """The folders that the libraries lie in; found without importing them."""
    specs = (importlib.util.find_spec(name) for name in _LIBRARIES)
    places = {Path(spec.origin) for spec in specs if spec and spec.origin}
    return {str(place.parent.parent if place.name == "__init__.py" else place.parent) for place in places}
