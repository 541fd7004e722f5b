"""A theme as a build uses it: its layers, and its static files as they are served.

Owns gathering static files and their addresses. Must not render.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from build_site.loading.names import is_ignored
from build_site.model.finding import Fault
from build_site.model.text import Location
from build_site.model.theme import DEFAULT
from build_site.rendering.stylesheet import Part, bundle
from build_site.rendering.theme_layers import theme_layers


@dataclass(frozen=True)
class Theme:
    """A theme: its layers from the top, and its static files as name -> (address, content). `origins` has the file that each
    begins with, as messages call it, and the SHA-256 of that file.
    """

    layers: tuple[Path, ...]
    static: dict[str, tuple[str, bytes]]
    faults: tuple[Fault, ...] = ()
    origins: dict[str, tuple[str, str]] = field(default_factory=dict)


def load_theme(
    site_root: Path,
    name: str = DEFAULT,
    where: Location = Location("catalog.yaml"),  # noqa: B008 - a tuple
    shared: Path | None = None,
) -> Theme:
    """Return the theme `name` of the site at `site_root`; `where` is the place at which the name is written, `shared` a folder
    of themes that other sites use too.

    A static file's address carries a fingerprint of what is served, so that a browser never shows an old one.
    """
    layers, layer_faults = theme_layers(site_root, name, where, shared)
    faults = list(layer_faults)
    parts: dict[str, Part] = {}
    for layer in reversed(layers):
        folder = layer / "static"
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            part = Part(layer, file.relative_to(layer).as_posix())
            if part.leads_out():
                faults.append(Fault("symlink-out-of-site", Location(part.shown)))
            elif file.is_file() and not is_ignored(file.name):
                parts[file.relative_to(folder).as_posix()] = part
    static: dict[str, tuple[str, bytes]] = {}
    origins: dict[str, tuple[str, str]] = {}
    for wanted, part in sorted(parts.items()):
        written = part.file.read_bytes()
        origins[wanted] = part.shown, hashlib.sha256(written).hexdigest()
        data, found = bundle(part, layers) if wanted.endswith(".css") else (written, ())
        faults += found
        static[wanted] = (_address(wanted, data), data)
    return Theme(layers, static, tuple(faults), origins)


def _address(name: str, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()[:10]
    stem, dot, suffix = name.rpartition(".")
    return f"assets/{stem or suffix}-{digest}{dot}{suffix if stem else ''}"
