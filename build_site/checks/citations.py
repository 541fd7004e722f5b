"""Titles with their document numbers, as a site cites them: 《…》（…〔2020〕1号）.

Owns the finding of citations and the comparison of each with the others, with the site's own documents and with the
list of known documents. Must not word findings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from build_site.checks.document_numbers import normal, split
from build_site.checks.documents import published
from build_site.model.site import Site
from build_site.model.text import Location

_CITATION = re.compile(
    r"《(?P<title>[^《》\n]{4,90}(?:[《][^《》\n]{1,60}》[^《》\n]{0,20})?)》\s*[（(]"
    r"(?P<number>[\u4e00-\u9fffA-Za-z]+〔\d{4}〕\d+号)(?=[)），,；;、])"
)
_ISSUED = re.compile(r"印发[〈《<]?(.{4,}?)[〉》>]?的(?:通知|意见)$")
_PARTS = re.compile(r"(.+)〔(\d{4})〕(\d+)号")
_LEAST_TITLE = 8
_ALIKE = 0.6
_UNLIKE = 0.35


@dataclass(frozen=True, slots=True)
class Citation:
    """A title with a number, and where they stand; `core` is the title without issuing formula and punctuation."""

    title: str
    core: str
    number: str
    where: Location


@dataclass(frozen=True, slots=True)
class Conflict:
    """A citation at `where` that disagrees with another.

    `other` is the number of the same title, or the title of the same number, as `there` has it; `known` means that the
    list of known documents says so.
    """

    where: Location
    title: str
    number: str
    other: str
    there: str
    same_title: bool
    known: bool = False


def conflicts(site: Site) -> Iterator[Conflict]:
    """Yield the citations that disagree with the list of known documents, the site's documents or an earlier citation."""
    known = {_core(item.title): item.number for item in site.wording.documents}
    by_title: defaultdict[str, list[Citation]] = defaultdict(list)
    by_number: defaultdict[str, list[Citation]] = defaultdict(list)
    for own in _own(site):
        by_title[own.core].append(own)
        by_number[own.number].append(own)
    for cited in _cited(site):
        right = known.get(cited.core, cited.number)
        if right != cited.number and _PARTS.fullmatch(right):
            yield Conflict(cited.where, cited.title, cited.number, right, "", same_title=True, known=True)
            continue
        twin = next((other for other in by_title[cited.core] if _slip(other.number, cited.number)), None)
        rival = next((other for other in by_number[cited.number] if _unlike(other.core, cited.core)), None)
        if twin and len(cited.core) >= _LEAST_TITLE:
            yield Conflict(cited.where, cited.title, cited.number, twin.number, twin.where.path, same_title=True)
        elif rival:
            yield Conflict(cited.where, cited.title, cited.number, rival.title, rival.where.path, same_title=False)
        by_title[cited.core].append(cited)
        by_number[cited.number].append(cited)


def _own(site: Site) -> Iterator[Citation]:
    for document in published(site):
        notice = document.notice
        for number in split(notice.doc_no):
            yield Citation(notice.title, _core(notice.title), normal(number), notice.at("doc_no"))


def _cited(site: Site) -> Iterator[Citation]:
    for document in published(site):
        prose = document.doc.prose
        if "〔" not in prose.text:
            continue
        for match in _CITATION.finditer(prose.text):
            where = prose.at(match.start("number"), len(match["number"]))
            yield Citation(match["title"], _core(match["title"]), normal(match["number"]), where)


def _core(title: str) -> str:
    issued = _ISSUED.search(title)
    return re.sub(r"[^\w]", "", issued[1] if issued else title)


def _slip(one: str, other: str) -> bool:
    """Whether two numbers differ by what looks like a slip: the serial alone, or a code that is nearly the same."""
    first, second = _PARTS.fullmatch(one), _PARTS.fullmatch(other)
    if not first or not second or one == other or first[2] != second[2]:
        return False
    if first[1] == second[1]:
        return True
    return first[3] == second[3] and first[1][0] == second[1][0] and _ratio(first[1], second[1]) >= _ALIKE


def _unlike(one: str, other: str) -> bool:
    """Whether two titles have so little in common that they cannot name one document."""
    return one not in other and other not in one and _ratio(one, other) < _UNLIKE


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
