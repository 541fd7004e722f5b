"""The register of all published documents by year, 公开目录 (条例 art. 12), and the list of those out of force.

Owns which documents stand in them and the addresses of their pages. Must not know how they look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from build_site.model.paging import newest_first
from build_site.model.site import Document, Standing
from build_site.model.validity import validity_on
from build_site.model.words import Validity

REGISTER_FOLDER = "mulu"
REGISTER = f"{REGISTER_FOLDER}/index.html"
REGISTER_SIZE = 200
OUT_OF_FORCE = (Validity.REPEALED, Validity.EXPIRED, Validity.AMENDED, Validity.PARTLY)


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register: address, year (0 for all years on one page), number, of how many, documents."""

    address: str
    year: int
    number: int
    last: int
    documents: tuple[Document, ...]


def listed(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return the published documents, newest first, each address once."""
    found: dict[str, Document] = {}
    for document in documents:
        if document.standing is Standing.PUBLISHED and not document.intro:
            found.setdefault(document.address, document)
    return tuple(sorted(found.values(), key=lambda document: newest_first(document.notice, document.address)))


def register_years(documents: tuple[Document, ...]) -> dict[int, tuple[Document, ...]]:
    """Return the `listed` documents by year of publication, newest year first."""
    found: dict[int, list[Document]] = {}
    for document in documents:
        day = document.notice.published_on
        found.setdefault(day.year if day else 0, []).append(document)
    return {year: tuple(found[year]) for year in sorted(found, reverse=True)}


def register_pages(documents: tuple[Document, ...]) -> tuple[RegisterPage, ...]:
    """Return the pages of the register of `listed` documents, first the page without a year.

    It holds everything while that fits on one page, later the newest year; a past year's pages never change place.
    """
    if not documents:
        return ()
    years = register_years(documents)
    if len(documents) <= REGISTER_SIZE:
        pages = [RegisterPage(REGISTER, 0, 1, 1, documents)]
    else:
        newest = next(iter(years))
        pages = [RegisterPage(REGISTER, newest, 1, 1, years[newest][:REGISTER_SIZE])]
    for year, found in years.items():
        last = -(-len(found) // REGISTER_SIZE)
        for number in range(1, last + 1):
            part = found[(number - 1) * REGISTER_SIZE : number * REGISTER_SIZE]
            pages.append(RegisterPage(register_address(year, number), year, number, last, part))
    return tuple(pages)


def register_address(year: int, number: int = 1) -> str:
    """Return the address of page `number` of a year's register."""
    return f"{REGISTER_FOLDER}/{year}/" + ("index.html" if number == 1 else f"{number}.html")


def out_of_force(documents: tuple[Document, ...], as_of: date) -> tuple[Document, ...]:
    """Return those of the `listed` documents that are repealed, expired, amended or partly out of force."""
    return tuple(document for document in documents if validity_on(document.notice, as_of) in OUT_OF_FORCE)
