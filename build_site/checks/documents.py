"""Questions that several families of rules ask of a document.

Owns which documents are public, which of them are kept current, and which day their words have to fit. Must not
yield findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from build_site.model.site import Document, Site, Standing
from build_site.model.validity import validity_on
from build_site.model.words import ColumnKind, Publicity, Validity

_CURRENT_KINDS = frozenset({ColumnKind.GUIDE, ColumnKind.ON_REQUEST, ColumnKind.AGENCY})
_PAPER = re.compile(
    r"(?:通知|通告|公告|公示|通报|决定|意见|批复|函|报告|公报|统计|情况|结果|名单)(?:表|单|书)?(?:[（(][^（）()]*[）)])?$"
)
"""Ends of the titles of papers that are issued on a day and not renewed."""
_OVER = frozenset({Validity.REPEALED, Validity.EXPIRED, Validity.AMENDED})


def published(site: Site) -> Iterator[Document]:
    """Yield the documents that the public may see on the day of the build."""
    return (document for document in site.documents if document.standing is Standing.PUBLISHED)


def kind_of(site: Site, document: Document) -> ColumnKind:
    """Return what the column of `document` is for; its title tells where its kind does not."""
    node = site.columns.get(document.column)
    if node is None:
        return ColumnKind.LIST
    kind = node.column.page_kind
    if kind is ColumnKind.LIST and node.column.title == "依申请公开":
        return ColumnKind.ON_REQUEST
    if kind is ColumnKind.LIST and node.column.title == "政府信息公开指南":
        return ColumnKind.GUIDE
    return kind


def of_kind(site: Site, *kinds: ColumnKind) -> tuple[Document, ...]:
    """Return the published documents and introductions of the columns of these kinds."""
    return tuple(document for document in published(site) if kind_of(site, document) in kinds)


def kept_current(site: Site, document: Document) -> bool:
    """Return whether a text has to fit today: an introduction, the guide, what is told of requests and of the agency.

    In the columns for requests and for the agency only pages that stand; a paper that was issued on a day, such as the
    announcement of a result, is filed there too, and tells what held on that day.
    """
    if document.intro:
        return True
    kind = kind_of(site, document)
    return kind is ColumnKind.GUIDE or (kind in _CURRENT_KINDS and not _issued(document))


def current(site: Site, *kinds: ColumnKind) -> tuple[Document, ...]:
    """Return those of the published documents of the columns of these kinds that are kept current."""
    return tuple(document for document in of_kind(site, *kinds) if kept_current(site, document))


def _issued(document: Document) -> bool:
    notice = document.notice
    formal = notice.doc_no or notice.written or notice.publicity is Publicity.CONVERTED
    return bool(formal or _PAPER.search(notice.title))


def is_over(site: Site, document: Document) -> bool:
    """Return whether a document no longer holds on the day of the build, so that its words are history."""
    return validity_on(document.notice, site.as_of) in _OVER


def day_of(site: Site, document: Document) -> date:
    """Return the day whose law and names the words of `document` have to fit.

    A text that is kept current (an introduction, the guide, requests, the acceptance body) has to fit today, another
    one the day on which it was written.
    """
    if kept_current(site, document):
        return site.as_of
    return document.notice.written or document.notice.published_on or site.as_of
