"""What people call a source file, and which office answers for it.

Owns how the office in charge is found: from the document, else from its column, else from the column above. Must not
know rules, nor how a report shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_site.model.columns import Catalogue
from build_site.model.content import ParsedDoc
from build_site.model.site import Site


@dataclass(frozen=True, slots=True)
class FileCard:
    """The title of a source file and the office in charge of it; empty where nobody wrote it down."""

    title: str = ""
    owner: str = ""


def file_cards(
    paths: Iterable[str], docs: Iterable[ParsedDoc], catalogue: Catalogue | None, site: Site | None
) -> Mapping[str, FileCard]:
    """Return the card of each of `paths` that lies in `content/`.

    A document's own office goes before that of its column; an attachment belongs to the document that lists it. Without
    a usable catalogue there are no columns, and without a site no attachments: then only documents have an office.
    """
    notices = {doc.path: doc.notice for doc in docs if doc.notice}
    of_folder = _owners_of_folders(catalogue) if catalogue else {}
    holders = {file.source: document.path for document in site.documents for file in document.files} if site else {}
    cards = {}
    for path in paths:
        if path.startswith("content/"):
            notice = notices.get(holders.get(path, path))
            title = notice.title if notice and path in notices else ""
            cards[path] = FileCard(title, (notice.owner if notice else "") or _owner_of_folder(path, of_folder))
    return cards


def _owners_of_folders(catalogue: Catalogue) -> dict[str, str]:
    return {"/".join(("content", *path)): column.owner for path, column in catalogue.walk()}


def _owner_of_folder(path: str, of_folder: Mapping[str, str]) -> str:
    folders = path.split("/")[:3]  # content, column, sub-column: there is no third level
    for depth in (3, 2):
        owner = of_folder.get("/".join(folders[:depth]), "")
        if owner:
            return owner
    return ""
