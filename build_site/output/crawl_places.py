"""From an address that a crawler met back to the line that an editor can change.

Owns the tables of who links where: bodies, front matter, the catalogue, the theme's templates. Must not judge a link.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_site.model.record import Record
from build_site.model.site import Document, Reach, Site, Standing
from build_site.model.text import Location

_SHORTEST = 4  # a URL like `zd/` stands everywhere in a template


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


@dataclass(frozen=True)
class Places:
    """Finds where a link was written; `base` is the URL of the column's root, `layers` are the folders of its theme."""

    site: Site
    base: str
    layers: tuple[Path, ...] = ()

    def address(self, url: str) -> str | None:
        """Return the address of a URL below the root, or None for one that leads elsewhere."""
        root = urlsplit(self.base)
        try:
            wanted = urlsplit(url)
        except ValueError:
            return None
        path, base_path = unquote(wanted.path), unquote(root.path)
        # LinkChecker follows a server that leads from http to https, or to www, and so do we
        if wanted.scheme not in ("http", "https") or _bare(wanted.netloc) != _bare(root.netloc):
            return None
        if not path.startswith(base_path):
            return None
        inside = path.removeprefix(base_path)
        return posixpath.join(inside, "index.html") if not inside or inside.endswith("/") else inside

    def of(self, url: str, written: str, parent: str) -> tuple[Location, ...]:
        """Return every place from which `url` (`written` so on the page `parent`) is linked, the best that is known.

        Those are the lines where editors wrote it, else its key in the catalogue, else a line of a template, else the
        source of the page that it would open, else the source of the page it stands on.
        """
        address = self.address(url)
        fragment = unquote(url.partition("#")[2])
        found = self._authored(address, fragment, url, written)
        return found or self._template(written) or self._made(address, fragment) or (self.page(parent),)

    def page(self, url: str) -> Location:
        """Return the source of the page at a URL; the catalogue for one that no source made."""
        address = self.address(url)
        document = self._documents.get(address or "")
        if document is not None:
            return document.doc.body_at
        return self.site.pages.get(address or "", self.site.catalogue.site.at("domain"))

    def _authored(self, address: str | None, fragment: str, url: str, written: str) -> tuple[Location, ...]:
        keys = [] if address is None else [(address, fragment)]
        for text in (url, written):  # a link that leads nowhere stands on the page as it was written
            head, _, tail = text.partition("#")
            keys.append((head, unquote(tail)))
        return next((tuple(dict.fromkeys(self._links[key])) for key in keys if key in self._links), ())

    def _made(self, address: str | None, fragment: str) -> tuple[Location, ...]:
        if address is None or fragment:
            return ()
        if address in self.site.files:
            source = self.site.files[address]
            return (Location(source),)
        known = address in self._documents or address in self.site.pages
        return (self.page(self.base + address),) if known else ()

    def _template(self, written: str) -> tuple[Location, ...]:
        if len(written) < _SHORTEST:
            return ()
        return next(
            ((Location(path, line, text.index(written) + 1, len(written)),) for path, line, text in self._lines if written in text),
            (),
        )  # fmt: skip

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {item.address: item for item in self.site.documents if item.standing is Standing.PUBLISHED}

    @cached_property
    def _links(self) -> dict[tuple[str, str], list[Location]]:
        """Every link that somebody wrote: address and fragment, or URL and fragment of one that leaves the site."""
        found: dict[tuple[str, str], list[Location]] = {}
        for document in self._documents.values():
            for link, target in zip(document.doc.body.links, document.targets, strict=True):
                inside = target.reach in (Reach.PAGE, Reach.FILE)
                url, _, fragment = link.url.partition("#")
                key = (target.address, target.fragment) if inside else (url, unquote(fragment))
                found.setdefault(key, []).append(link.where)
            for item in document.references:
                found.setdefault((item.target.address or item.url, item.target.fragment), []).append(item.where)
            for file in document.files:
                found.setdefault((file.address, ""), []).append(file.where)
        for url, where in self._catalogue():
            address, _, fragment = url.partition("#")
            found.setdefault((address, unquote(fragment)), []).append(where)
        return found

    def _catalogue(self) -> Iterator[tuple[str, Location]]:
        catalogue = self.site.catalogue
        fields: list[tuple[Record, str]] = [
            (catalogue.site, "home_url"),
            (catalogue.site, "report_error_url"),
            (catalogue.agency, "online"),
            *((account, "url") for account in catalogue.accounts),
            *((item.notice.service, "online") for item in self._documents.values() if item.notice.service),
        ]
        for record, field in fields:
            if getattr(record, field):
                yield getattr(record, field), record.at(field)

    @cached_property
    def _lines(self) -> tuple[tuple[str, int, str], ...]:
        found = []
        for layer in self.layers:
            for file in sorted((layer / "templates").rglob("*.html")):
                path = f"themes/{layer.name}/{file.relative_to(layer).as_posix()}"
                lines = file.read_text("utf-8", "replace").split("\n")
                found += [(path, number, line) for number, line in enumerate(lines, 1)]
        return tuple(found)
