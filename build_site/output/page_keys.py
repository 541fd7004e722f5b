"""The keys of rendered pages: everything that a page is made from, by name.

Owns the list of what a page depends on. A view is closed, so its digest is the whole of what the page knows of the site;
nothing is recorded while rendering, and nothing can be forgotten. Must not render, nor know where results are kept.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from itertools import chain

from build_site.output.digest import digest, engine
from build_site.rendering.closure import closure
from build_site.rendering.plan import PlannedPage
from build_site.rendering.render import Renderer
from build_site.rendering.views import View

_SIZE = 16
_VIEW = "view."


class PageKeys:
    """Makes the keys of pages that `renderer` renders."""

    def __init__(self, renderer: Renderer) -> None:
        theme = renderer.theme
        self._renderer = renderer
        self._templates: dict[str, bytes] = {}
        served = ((name, address) for name, (address, _) in sorted(theme.static.items()))
        self._common = {
            "engine": engine(),
            "static": _of(tuple(served)),
            "shared": _of(renderer.shared),
            "options": _of(sorted(renderer.marker.trusted)),
        }

    def parts(self, page: PlannedPage, view: View) -> dict[str, bytes]:
        """Return the digests of everything that `page` is made from, by name; its `view` field by field."""
        return {
            **self._common,
            "address": page.address.encode(),
            "source": page.source.encode("utf-8", "surrogateescape"),
            "kind": view.template.encode(),
            "template": self._template(view.template),
            **{f"{_VIEW}{field.name}": _of(getattr(view, field.name)) for field in dataclasses.fields(view)},
        }

    def _template(self, name: str) -> bytes:
        if name not in self._templates:
            self._templates[name] = _of(closure(self._renderer.environment, name))
        return self._templates[name]


def key_of(parts: Mapping[str, bytes]) -> bytes:
    """Return the key of a page made from `parts`."""
    return digest(*chain.from_iterable((name.encode(), value) for name, value in parts.items()))


def _of(value: object) -> bytes:
    """The digest of a value made of frozen records and plain values: their `repr` says all of them, and only them."""
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()
