"""Which documents may be held back so that the rest of a site can be published.

Owns that decision: never a document that the public knows, never anything but a document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from build_site.model.content import ParsedDoc
from build_site.model.finding import Diagnostic
from build_site.model.site import Site
from build_site.model.words import State


def held_back(doc: ParsedDoc) -> ParsedDoc:
    """Return a document as a draft; one whose front matter could not be read is none anyway."""
    return replace(doc, notice=replace(doc.notice, state=State.DRAFT)) if doc.notice else doc


def to_hold(errors: Iterable[Diagnostic], site: Site, sources: frozenset[str]) -> frozenset[str]:
    """Return the sources that have to be held back to be rid of all `errors`; empty where that is not possible.

    `sources` are all Markdown files that were read. A column's introduction is part of the catalogue's structure and is
    never held. Without `urls.lock` nothing is known of what was published, and nothing is held.
    """
    paths = frozenset(diagnostic.where.path for diagnostic in errors)
    if site.locked is None:
        return frozenset()
    known = {document.path for document in site.documents if document.intro or document.address in site.locked}
    columns = {node.key for node in site.columns.values()}
    intros = {f"content/{key}/index.md" for key in columns}
    return frozenset() if paths & known or paths & intros or not paths <= sources else paths
