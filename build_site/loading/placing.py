"""Where a notice belongs: its column by its folder, its address by its index number.

Owns the meaning of paths below `content/` and the scheme of permanent addresses. Must not read files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from build_site.model.columns import Catalogue, Column
from build_site.model.finding import Fault
from build_site.model.notice import Notice
from build_site.model.open_data import DATA_FOLDER, DATA_PAGE
from build_site.model.register import REGISTER_FOLDER
from build_site.model.site import ColumnPath, Standing
from build_site.model.text import Location
from build_site.model.words import Publicity, State

CONTENT = "content"
HOME = "index.html"
NOT_FOUND = "404.html"
SITE_MAP = "wzdt.html"
SEARCH = "sousuo.html"
UPDATES = "gxjl.html"
REPEALED = "fzsx.html"
ACCESSIBILITY = "wza.html"
VERIFY = "heyan.html"
ALWAYS = (HOME, NOT_FOUND, SITE_MAP, SEARCH, UPDATES, ACCESSIBILITY, VERIFY, DATA_PAGE)
DOCUMENTS = "wj"
LOOSE_FILES = "fj"
RESERVED_KEYS = frozenset({DOCUMENTS, LOOSE_FILES, REGISTER_FOLDER, DATA_FOLDER, "assets"})
_INDEX_NUMBER = re.compile(r"(?:[^/\s]+/)?(\d{4})(\d{2})?-(\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source file belongs: its column, and whether it introduces that column."""

    column: ColumnPath
    intro: bool


def place(path: str, columns: dict[ColumnPath, Column]) -> Place | Fault:
    """Return the place of a Markdown file, or the fault of its folder.

    `path` is relative to the site root, like `content/fdzdgknr/gfxwj/2020-00022.md`.
    """
    folders = path.split("/")[1:-1]
    name = path.rsplit("/", 1)[-1]
    if not folders:
        return Fault("misplaced-notice", Location(path))
    known = (folders[0],) in columns
    if not known:
        return _unknown(path, folders[0], [key[0] for key in columns if len(key) == 1], "")
    column: ColumnPath = (folders[0],)
    rest = folders[1:]
    if rest and (folders[0], rest[0]) in columns:
        column, rest = (folders[0], rest[0]), rest[1:]
    if not rest:
        return Place(column, name == "index.md")
    if len(rest) == 1 and name == "index.md":
        return Place(column, intro=False)
    if len(column) == 1 and len(rest) == 1:
        children = [key[1] for key in columns if len(key) == 2 and key[0] == folders[0]]
        return _unknown(path, rest[0], children, folders[0])
    return Fault("column-too-deep", Location(path), (("what", "folder"), ("folder", "/".join(folders))))


def _unknown(path: str, key: str, known: list[str], parent: str) -> Fault:
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    data = (("key", key), ("parent", parent), ("suggestion", near[0] if near else ""), ("known", "、".join(known)))
    return Fault("unknown-column", Location(path), data)


def is_page(address: str) -> bool:
    """Return whether an address is that of an HTML page, not of a file that is published as it is."""
    return address.endswith(".html")


def column_address(path: ColumnPath) -> str:
    """Return the address of a column's page."""
    return "/".join(path) + "/index.html"


def document_address(path: str, notice: Notice) -> str | Fault:
    """Return the permanent address of a document, which depends on neither column nor title.

    It is `wj/<year>/<serial>.html` from the index number, else `wj/<id>.html`.
    """
    if notice.index_no:
        match = _INDEX_NUMBER.fullmatch(notice.index_no)
        if match:
            year, month, serial = match.groups()
            return f"{DOCUMENTS}/{year}/{month + '-' if month else ''}{serial}.html"
        if not notice.id:
            where = notice.at("index_no")
            return Fault("index-number-missing", where, (("value", notice.index_no),))
    if notice.id:
        return f"{DOCUMENTS}/{notice.id}.html"
    return Fault("index-number-missing", Location(path, notice.at().line, notice.at().column), (("value", ""),))


def standing(notice: Notice, as_of: date) -> Standing:
    """Return whether the public may see the document on the day `as_of`."""
    if notice.state is State.DRAFT:
        return Standing.DRAFT
    if notice.publicity in (Publicity.ON_REQUEST, Publicity.CLOSED):
        return Standing.CLOSED
    if notice.state is State.WITHDRAWN:
        return Standing.WITHDRAWN
    day = notice.published_on
    if day is None:
        return Standing.DRAFT
    return Standing.FUTURE if day > as_of else Standing.PUBLISHED


def columns_of(catalogue: Catalogue) -> dict[ColumnPath, Column]:
    """Return the columns by path; of two with the same path the first counts (the other is a finding)."""
    found: dict[ColumnPath, Column] = {}
    for path, column in catalogue.walk():
        found.setdefault(path, column)
    return found
