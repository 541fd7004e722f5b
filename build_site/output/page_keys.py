"""The keys of rendered pages: everything that a page is made from, by name.

Owns the list of what a page depends on. A view is closed, so its digest is the whole of what the page knows of the site;
nothing is recorded while rendering, and nothing can be forgotten. Must not render, nor know where results are kept.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from build_site.model.site import Site
from build_site.output.digest import digest, engine
from build_site.rendering.closure import closure, whole_theme
from build_site.rendering.plan import PlannedPage
from build_site.rendering.render import Renderer
from build_site.rendering.views import View

_SIZE = 16
_VIEW = "view."


@dataclass(frozen=True)
class SiteDigest:
    """What all views of a site are made from, but for the bodies of documents, as one digest; and each body's own.

    A page shows one body at most, that of its source; what other documents are shown with stands in the digest of all.
    """

    all: bytes
    bodies: Mapping[str, bytes]

    @staticmethod
    def of(site: Site) -> SiteDigest:
        """Return the digest of `site`."""
        faces = hashlib.blake2b(digest_size=_SIZE)
        bodies = {}
        for document in site.documents:
            body = document.doc.body
            links = [(link.url, link.tag, link.text) for link in body.links]
            faces.update(
                repr((document.path, document.notice, links, body.headings, body.free_chars)).encode(
                    "utf-8", "surrogatepass"
                )
            )
            bodies[document.path] = _text_digest(body.parts)
        rest = (site.catalogue, site.as_of, sorted(site.assets.items()), sorted(site.locked or ()), site.locked is None)
        return SiteDigest(digest(faces.digest(), _of(rest)), bodies)


class PageKeys:
    """Makes the keys of pages that `renderer` renders, for the site of the digest `site`."""

    def __init__(self, renderer: Renderer, site: SiteDigest) -> None:
        theme = renderer.theme
        self._site = site
        self._renderer = renderer
        self._templates: dict[str, bytes] = {}
        self._templates_all = b""
        served = ((name, address) for name, (address, _) in sorted(theme.static.items()))
        self._common = {
            "engine": engine(),
            "static": _of(tuple(served)),
            "shared": _of(renderer.shared),
            "options": _of(sorted(renderer.marker.trusted)),
        }

    def near(self, page: PlannedPage) -> bytes:
        """Return a key of `page` that can be told without its view: equal ones mean equal views, the reverse is not so."""
        if not self._templates_all:
            environment = self._renderer.environment
            self._templates_all = _of(whole_theme(environment))
        own = (
            page.address.encode(),
            page.source.encode("utf-8", "surrogateescape"),
            self._site.bodies.get(page.source, b""),
        )
        return digest(b"near", *self._common.values(), self._templates_all, self._site.all, *own)

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


def _text_digest(parts: tuple[str, ...]) -> bytes:
    return digest(*(part.encode("utf-8", "surrogatepass") for part in parts))


def _of(value: object) -> bytes:
    """The digest of a value made of frozen records and plain values: their `repr` says all of them, and only them."""
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()
