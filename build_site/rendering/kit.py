"""What renders the pages of one site, as plain data: for a machine that has nothing of the site.

Owns taking a renderer apart and putting it together again. Must not know how it travels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jinja2

from build_site.rendering.render import Renderer, layered, make_renderer
from build_site.rendering.theme import Theme
from build_site.rendering.views import Shared


@dataclass(frozen=True)
class Kit:
    """The templates of each layer by name, from the top; the static files' addresses; what every page shows; trusted hosts."""

    layers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    static: tuple[tuple[str, str], ...]
    shared: Shared
    trusted: tuple[str, ...]

    @staticmethod
    def of(renderer: Renderer) -> Kit:
        """Return the kit of a renderer. Raises OSError or UnicodeDecodeError for templates that cannot be read."""
        theme = renderer.theme
        layers = tuple((layer.name, tuple(_templates(layer / "templates"))) for layer in theme.layers)
        static = tuple((name, address) for name, (address, _) in theme.static.items())
        return Kit(layers, static, renderer.shared, renderer.marker.trusted)


def _templates(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_text("utf-8")


@lru_cache(maxsize=4)
def renderer_of(kit: Kit) -> Renderer:
    """Return a renderer that makes the same pages as the one the kit is of."""
    loaders = tuple((name, jinja2.DictLoader(dict(templates))) for name, templates in kit.layers)
    theme = Theme((), {name: (address, b"") for name, address in kit.static})
    return make_renderer(theme, kit.shared, kit.trusted, layered(loaders))
