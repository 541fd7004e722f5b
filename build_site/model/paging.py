"""How a column's documents are spread over list pages.

Owns the addresses of list pages: the newest on the column page, each year on pages of its own, so that a page of a
past year never changes. Must not know how a list looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from build_site.model.notice import Notice
from build_site.model.site import ColumnNode, Document
from build_site.model.words import ColumnKind

_ON_ONE_PAGE = frozenset(
    {
        ColumnKind.GUIDE,
        ColumnKind.AGENCY,
        ColumnKind.CATALOGUE,
        ColumnKind.INSTITUTION,
        ColumnKind.PLACES,
        ColumnKind.ACCOUNTS,
    }
)


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: address, year (0 on the column page), number within the year, its documents."""

    address: str
    year: int
    number: int
    documents: tuple[Document, ...]


def newest_first(notice: Notice, address: str) -> tuple[int, int, str]:
    """Return the key that sorts documents newest first, by day, then time, then address."""
    moment, day = notice.published, notice.published_on
    minutes = moment.hour * 60 + moment.minute if isinstance(moment, datetime) else 0
    return (-day.toordinal() if day else 0, -minutes, address)


def years_of(node: ColumnNode) -> dict[int, tuple[Document, ...]]:
    """Return the documents of a column by year of publication, newest year first."""
    found: dict[int, list[Document]] = {}
    for document in node.documents:
        day = document.notice.published_on
        found.setdefault(day.year if day else 0, []).append(document)
    return {year: tuple(found[year]) for year in sorted(found, reverse=True)}


def year_address(node: ColumnNode, year: int, number: int = 1) -> str:
    """Return the address of page `number` of a year's list."""
    return f"{node.key}/{year}/" + ("index.html" if number == 1 else f"{number}.html")


def list_pages(node: ColumnNode, size: int) -> tuple[ListPage, ...]:
    """Return the pages of a column's list, the column page first; a short list has only that one, and so has a kind of page
    that is more than its list.

    `size` is the greatest number of documents on a page.
    """
    if len(node.documents) <= size or node.column.page_kind in _ON_ONE_PAGE:
        return (ListPage(node.address, 0, 1, node.documents),)
    pages = [ListPage(node.address, 0, 1, node.documents[:size])]
    for year, documents in years_of(node).items():
        for start in range(0, len(documents), size):
            number = start // size + 1
            pages.append(ListPage(year_address(node, year, number), year, number, documents[start : start + size]))
    return tuple(pages)
