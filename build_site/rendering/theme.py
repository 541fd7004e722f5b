"""Themes: layers of folders, and what lies in them.

Owns finding a theme's templates and static files. Must not render.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import build_site
from build_site.loading.names import is_ignored
from build_site.model.finding import Fault
from build_site.model.text import Location

DEFAULT = "default"


@dataclass(frozen=True)
class Theme:
    """A theme: its layers from the top, and its static files as name -> (address, path)."""

    layers: tuple[Path, ...]
    static: dict[str, tuple[str, Path]]
    faults: tuple[Fault, ...] = ()


def default_layer() -> Path:
    """Return the folder of the default theme: in the package when installed, beside it in a checkout."""
    package = Path(build_site.__file__).parent
    for place in (package / "themes" / DEFAULT, package.parent / "themes" / DEFAULT):
        if place.is_dir():
            return place
    raise FileNotFoundError("the default theme is not installed")


def load_theme(site_root: Path) -> Theme:
    """Return the theme of a site: the layer `themes/site` of its own folder, if there is one, above the default.

    A static file's address carries a fingerprint of its content, so that a browser never shows an old one.
    """
    own = site_root / "themes" / "site"
    layers = ((own,) if own.is_dir() else ()) + (default_layer(),)
    static: dict[str, tuple[str, Path]] = {}
    faults: list[Fault] = []
    for layer in reversed(layers):
        folder = layer / "static"
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(layer)):
                shown = f"themes/{layer.name}/{file.relative_to(layer).as_posix()}"
                faults.append(Fault("symlink-out-of-site", Location(shown)))
            elif file.is_file() and not is_ignored(file.name):
                name = file.relative_to(folder).as_posix()
                digest = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
                stem, dot, suffix = name.rpartition(".")
                static[name] = (f"assets/{stem or suffix}-{digest}{dot}{suffix if stem else ''}", file)
    return Theme(layers, dict(sorted(static.items())), tuple(faults))
