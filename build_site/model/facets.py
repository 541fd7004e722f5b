"""Facets: the documents of a column under one validity or one theme, each on pages of its own.

Owns which facets a column has and their addresses. A facet takes the place of a third level (rule D1): facets
intersect, they do not nest. Must not know how a list looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from build_site.model.columns import NoticeTheme
from build_site.model.paging import ListPage
from build_site.model.site import ColumnNode, Document
from build_site.model.validity import validity_on
from build_site.model.words import ColumnKind, Validity

FACET_FOLDER = "mian"
_WITH_FACETS = frozenset({ColumnKind.LIST, ColumnKind.DIRECTORY})
_MANY = 5
_SLUGS = {
    Validity.IN_FORCE: "youxiao",
    Validity.TRIAL: "shixing",
    Validity.NOT_YET: "weishixing",
    Validity.PARTLY: "bufenshixiao",
    Validity.AMENDED: "xiuding",
    Validity.REPEALED: "feizhi",
    Validity.EXPIRED: "shixiao",
    Validity.CONSULTATION: "zhengqiu",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """The documents of a column that share a value: group (validity or theme), slug for addresses, word, documents."""

    group: str
    slug: str
    word: str
    documents: tuple[Document, ...]


def facets_of(node: ColumnNode, themes: tuple[NoticeTheme, ...], as_of: date) -> tuple[Facet, ...]:
    """Return the facets of a column, none of them empty; a group with a single value is none.

    Validity is always a facet where documents differ in it; themes only where a list is too long to be overlooked.
    """
    if node.column.page_kind not in _WITH_FACETS:
        return ()
    by_validity = _group(
        node,
        "validity",
        ((word, _SLUGS[word], word.zh) for word in _SLUGS),
        lambda document: validity_on(document.notice, as_of),
    )
    by_theme = _group(
        node, "theme", ((theme.title, f"zt-{theme.key}", theme.title) for theme in themes), lambda document: document.notice.theme
    )  # fmt: skip
    found = by_validity if len(by_validity) > 1 else ()
    return found + (by_theme if len(by_theme) > 1 and len(node.documents) > _MANY else ())


def _group(
    node: ColumnNode,
    group: str,
    values: Iterator[tuple[object, str, str]],
    value_of: Callable[[Document], object],
) -> tuple[Facet, ...]:
    found: dict[object, list[Document]] = {}
    for document in node.documents:
        found.setdefault(value_of(document), []).append(document)
    return tuple(Facet(group, slug, word, tuple(found[value])) for value, slug, word in values if value in found)


def facet_address(node: ColumnNode, slug: str, number: int = 1) -> str:
    """Return the address of page `number` of a facet."""
    return f"{node.key}/{FACET_FOLDER}/{slug}" + (".html" if number == 1 else f"-{number}.html")


def facet_pages(node: ColumnNode, facet: Facet, size: int) -> tuple[ListPage, ...]:
    """Return the pages of a facet, `size` documents at most on each."""
    starts = range(0, len(facet.documents), size)
    return tuple(
        ListPage(
            facet_address(node, facet.slug, number), 0, number, facet.documents[start : start + size]
        )
        for number, start in enumerate(starts, 1)
    )  # fmt: skip
