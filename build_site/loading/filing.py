"""Which documents a column holds.

Owns membership: by folder and by the attribute that a column collects; counts and latest dates. Must not know
addresses of links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from build_site.loading.ahead import as_public
from build_site.loading.placing import (
    Place,
    column_address,
    document_address,
    place,
    standing,
)
from build_site.model.columns import Catalogue, Column
from build_site.model.content import ParsedDoc
from build_site.model.finding import Fault
from build_site.model.notice import Notice
from build_site.model.paging import newest_first
from build_site.model.site import (
    ColumnNode,
    ColumnPath,
    Document,
    Standing,
)
from build_site.model.words import ColumnKind, EmptyPolicy, Publicity, State


@dataclass(frozen=True, slots=True)
class Placed:
    """A document with its column, address and standing, before its links are resolved."""

    doc: ParsedDoc
    notice: Notice
    place: Place
    address: str
    standing: Standing


def place_all(
    docs: Iterable[ParsedDoc],
    columns: dict[ColumnPath, Column],
    as_of: date,
    faults: list[Fault],
    ahead: bool = False,
) -> list[Placed]:
    """Return the documents that have a place; the faults of the others are added to `faults`.

    With `ahead`, drafts and documents of days to come are placed as if they were public.
    """
    placed = []
    for doc in docs:
        where = place(doc.path, columns)
        if isinstance(where, Fault):
            faults.append(where)
            continue
        notice = doc.notice
        if notice is None:
            continue
        state = standing(notice, as_of)
        if where.intro and notice.published is None and notice.state is State.PUBLISHED:
            state = Standing.PUBLISHED
        if ahead:
            notice, state = as_public(doc.path, notice, state, as_of)
        if where.intro:
            placed.append(Placed(doc, notice, where, column_address(where.column), state))
            continue
        unwritten = "published" not in (notice.marks or {})
        if unwritten and state is Standing.DRAFT and notice.state is State.PUBLISHED:
            faults.append(Fault("missing-field", notice.at(), (("key", "发布日期"), ("name", "published"))))
        address = document_address(doc.path, notice)
        if isinstance(address, Fault):
            if state is not Standing.DRAFT or notice.published:
                faults.append(address)
            continue
        placed.append(Placed(doc, notice, where, address, state))
    return placed


def column_nodes(
    catalogue: Catalogue, columns: dict[ColumnPath, Column], placed: list[Placed]
) -> dict[ColumnPath, ColumnNode]:
    """Return every column with its published documents, in the order of the catalogue."""
    filed: dict[ColumnPath, list[Placed]] = defaultdict(list)
    intros: dict[ColumnPath, Placed] = {}
    for item in placed:
        if item.standing is not Standing.PUBLISHED:
            continue
        if item.place.intro:
            intros[item.place.column] = item
            continue
        filed[item.place.column].append(item)
        for path, column in columns.items():
            if path != item.place.column and _collects(column, item.notice):
                filed[path].append(item)
    nodes: dict[ColumnPath, ColumnNode] = {}
    for path in sorted(columns, key=len, reverse=True):
        column = columns[path]
        documents = tuple(
            bare_document(item)
            for item in sorted(filed[path], key=lambda item: newest_first(item.notice, item.address))
        )
        intro = bare_document(intros[path]) if path in intros else None
        children = [node for key, node in nodes.items() if key[:-1] == path]
        count = len(documents) + (0 if column.collects else sum(child.count for child in children))
        days = [document.notice.published_on for document in documents] + [child.latest for child in children]
        if intro and (column.page_kind.is_a_text or not any(days)):
            days.append(intro.notice.published_on)  # of a list nothing is new when only its introduction is
        latest = max((day for day in days if day), default=None)
        filled = bool(documents or intro or any(child.filled for child in children)) or _filled_by_kind(
            catalogue, column
        )
        present = filled or column.empty_policy is not EmptyPolicy.OMIT or any(child.present for child in children)
        nodes[path] = ColumnNode(path, column, column_address(path), documents, intro, present, filled, count, latest)
    return {path: nodes[path] for path in columns}


def _collects(column: Column, notice: Notice) -> bool:
    """Whether a column shows documents that are filed elsewhere: by 五公开, or converted from requests (条例 art. 44)."""
    if column.page_kind is ColumnKind.CONVERSIONS:
        return notice.publicity is Publicity.CONVERTED
    return column.collects is not None and column.collects is notice.open_stage


def _filled_by_kind(catalogue: Catalogue, column: Column) -> bool:
    """Whether a column has content without any document, because the catalogue file itself gives it."""
    kind = column.page_kind
    if kind is ColumnKind.AGENCY:
        return True
    given = {
        ColumnKind.CATALOGUE: catalogue.items,
        ColumnKind.INSTITUTION: catalogue.institution,
        ColumnKind.PLACES: catalogue.places,
        ColumnKind.ACCOUNTS: catalogue.accounts,
    }
    return bool(given.get(kind))


def bare_document(item: Placed) -> Document:
    """Return a placed document without targets."""
    return Document(item.doc, item.notice, item.address, item.place.column, item.standing, item.place.intro)


def with_documents(node: ColumnNode, finished: Mapping[str, Document]) -> ColumnNode:
    """Return `node` with the finished documents in the place of the bare ones."""
    documents = tuple(finished[document.path] for document in node.documents)
    return replace(node, documents=documents, intro=finished[node.intro.path] if node.intro else None)
