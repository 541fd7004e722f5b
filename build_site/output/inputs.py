"""What a build is made from, as its manifest tells it: the program, the theme, the files of the site.

Owns the names of these inputs and their digests. Must not know what is made of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import build_site
from build_site.model.content import ParsedDoc
from build_site.output.digest import digest, program
from build_site.output.manifest import FileEntry, with_source
from build_site.rendering.closure import whole_theme
from build_site.rendering.render import Renderer

CATALOGUE = "catalog.yaml"
_WORDING = "wording.yaml"
_LIBRARIES = ("Markdown", "Jinja2", "PyYAML", "python-frontmatter", "nh3", "chinesecalendar", "rcssmin")
"""The libraries that a page's bytes depend on, by the names of their distributions."""


@dataclass(frozen=True)
class Inputs:
    """What a build is made from: `sources` are the digests of the site's own files by their paths, `copies` the sources of
    files that are published as they are, and `origins` those of the theme's files with their digests, by address; `told` is
    what the manifest says of all inputs together.
    """

    sources: Mapping[str, str]
    copies: Mapping[str, str]
    origins: Mapping[str, tuple[str, str]]
    told: Mapping[str, Any]

    @staticmethod
    def of(root: Path, docs: Sequence[ParsedDoc], files: Mapping[str, str], renderer: Renderer, theme: str) -> Inputs:
        """Return what the site at `root` is made from: `docs`, the published `files` (address -> source) and the theme
        called `theme`, whose templates `renderer` has. Raises OSError when the disk fails.
        """
        sources = {doc.path: doc.sha256 for doc in docs}
        own = {name: found for name in (CATALOGUE, _WORDING) if (found := _of_file(root / name))}
        theirs = renderer.theme
        origins = {address: theirs.origins[name] for name, (address, _) in theirs.static.items()}
        told = {
            "engine": {"version": build_site.__version__, "sha256": program(), "libraries": _libraries()},
            "theme": {"name": theme, "sha256": _theme(renderer)},
            **({"catalogue": {"source": CATALOGUE, "sha256": own[CATALOGUE]}} if CATALOGUE in own else {}),
            **({"wording": {"source": _WORDING, "sha256": own[_WORDING]}} if _WORDING in own else {}),
        }
        return Inputs({**sources, **own}, files, origins, told)

    def traced(self, address: str, entry: FileEntry, source: str = "") -> FileEntry:
        """Return `entry` of the file at `address` with what it was made from: a page from `source`, a file that is published as
        it is from itself, anything else from the catalogue.
        """
        if address in self.copies:
            return with_source(entry, self.copies[address], entry.sha256)
        if address in self.origins:
            return with_source(entry, *self.origins[address])
        path = source or CATALOGUE
        return with_source(entry, path, self.sources.get(path, ""))


def _of_file(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _libraries() -> dict[str, str]:
    return {name: metadata.version(name) for name in _LIBRARIES}


def _theme(renderer: Renderer) -> str:
    """The digest of all templates and of all static files as they are served."""
    templates = [part.encode() for pair in whole_theme(renderer.environment) for part in pair]
    served = [part for name, (_, data) in sorted(renderer.theme.static.items()) for part in (name.encode(), data)]
    return digest(digest(*templates), digest(*served)).hex()
