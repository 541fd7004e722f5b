"""Parsed documents and catalogue to a `Site`: addresses, membership, targets of links, collisions.

Owns everything that needs more than one file. Must not know HTML, templates or rules.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from build_site.loading.links import LinkTables, resolve
from build_site.loading.lock import LOCK_NAME
from build_site.loading.placing import (
    CONTENT,
    HOME,
    LOOSE_FILES,
    NOT_FOUND,
    RESERVED_KEYS,
    SITE_MAP,
    Place,
    column_address,
    columns_of,
    document_address,
    is_page,
    place,
    standing,
)
from build_site.model.columns import Catalogue, Column
from build_site.model.content import ParsedDoc, SourceAsset
from build_site.model.finding import Fault
from build_site.model.notice import Notice
from build_site.model.paging import list_pages
from build_site.model.site import (
    AttachedFile,
    ColumnNode,
    ColumnPath,
    Document,
    Reach,
    Reference,
    Site,
    Standing,
    Target,
)
from build_site.model.text import Location
from build_site.model.words import ColumnKind, EmptyPolicy, State

_LIST_PAGE = re.compile(r"(?P<column>[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)?)/(?:\d{4}/)?(?:index|\d+)\.html")
_REFERENCE_FIELDS = ("interprets", "related", "replaced_by")


@dataclass(frozen=True, slots=True)
class _Placed:
    doc: ParsedDoc
    notice: Notice
    place: Place
    address: str
    standing: Standing


def assemble(
    catalogue: Catalogue,
    docs: Iterable[ParsedDoc],
    assets: Iterable[SourceAsset],
    as_of: date,
    locked: frozenset[str] | None,
) -> Site:
    """Return the site on the day `as_of`; whatever does not fit is among its faults.

    `docs` and `assets` come in the order of their paths; `locked` are the addresses of `urls.lock`.
    """
    columns = columns_of(catalogue)
    faults: list[Fault] = []
    placed = _place_all(docs, columns, as_of, faults)
    store = {asset.path: asset for asset in assets}
    nodes = _nodes(catalogue, columns, placed)
    pages = _pages(catalogue, nodes, placed, faults)
    redirects = _redirects(catalogue, nodes, pages, locked or frozenset())
    tables = _tables(catalogue, nodes, placed, store, pages, redirects)
    faults += _folder_clashes(catalogue, pages, redirects)
    documents = tuple(_document(item, tables, store, faults) for item in placed)
    files = _published_files(documents, store, tables, faults)
    finished = {document.path: document for document in documents}
    nodes = {path: _with_documents(node, finished) for path, node in nodes.items()}
    return Site(
        catalogue=catalogue,
        as_of=as_of,
        documents=documents,
        columns=nodes,
        assets=store,
        pages=pages | {old: Location("catalog.yaml") for old in redirects if is_page(old)},
        files=files | {old: files[new] for old, new in redirects.items() if not is_page(old) and new in files},
        redirects=redirects,
        faults=tuple(faults),
        locked=locked,
        lock_at=Location(LOCK_NAME),
    )


def _place_all(
    docs: Iterable[ParsedDoc], columns: dict[ColumnPath, Column], as_of: date, faults: list[Fault]
) -> list[_Placed]:
    placed = []
    for doc in docs:
        where = place(doc.path, columns)
        if isinstance(where, Fault):
            faults.append(where)
            continue
        if doc.notice is None:
            continue
        state = standing(doc.notice, as_of)
        if where.intro:
            if doc.notice.published is None and doc.notice.state is State.PUBLISHED:
                state = Standing.PUBLISHED
            placed.append(_Placed(doc, doc.notice, where, column_address(where.column), state))
            continue
        unwritten = "published" not in (doc.notice.marks or {})
        if unwritten and state is Standing.DRAFT and doc.notice.state is State.PUBLISHED:
            faults.append(Fault("missing-field", doc.notice.at(), (("key", "发布日期"), ("name", "published"))))
        address = document_address(doc.path, doc.notice)
        if isinstance(address, Fault):
            if state is not Standing.DRAFT or doc.notice.published:
                faults.append(address)
            continue
        placed.append(_Placed(doc, doc.notice, where, address, state))
    return placed


def _nodes(
    catalogue: Catalogue, columns: dict[ColumnPath, Column], placed: list[_Placed]
) -> dict[ColumnPath, ColumnNode]:
    filed: dict[ColumnPath, list[_Placed]] = defaultdict(list)
    intros: dict[ColumnPath, _Placed] = {}
    for item in placed:
        if item.standing is not Standing.PUBLISHED:
            continue
        if item.place.intro:
            intros[item.place.column] = item
            continue
        filed[item.place.column].append(item)
        for path, column in columns.items():
            if column.collects and column.collects is item.notice.open_stage and path != item.place.column:
                filed[path].append(item)
    nodes: dict[ColumnPath, ColumnNode] = {}
    for path in sorted(columns, key=len, reverse=True):
        column = columns[path]
        documents = tuple(_bare(item) for item in sorted(filed[path], key=_newest_first))
        intro = _bare(intros[path]) if path in intros else None
        children = [node for key, node in nodes.items() if key[:-1] == path]
        count = len(documents) + (0 if column.collects else sum(child.count for child in children))
        days = [document.notice.published_on for document in documents] + [child.latest for child in children]
        if intro:
            days.append(intro.notice.published_on)
        latest = max((day for day in days if day), default=None)
        filled = bool(documents or intro or any(child.filled for child in children)) or _filled_by_kind(
            catalogue, column
        )
        present = filled or column.empty_policy is not EmptyPolicy.OMIT or any(child.present for child in children)
        nodes[path] = ColumnNode(path, column, column_address(path), documents, intro, present, filled, count, latest)
    return {path: nodes[path] for path in columns}


def _filled_by_kind(catalogue: Catalogue, column: Column) -> bool:
    """Whether a column has content without any document, because the catalogue file itself gives it."""
    if column.page_kind is ColumnKind.AGENCY:
        return True
    return column.page_kind is ColumnKind.CATALOGUE and bool(catalogue.items)


def _newest_first(item: _Placed) -> tuple[int, int, str]:
    moment, day = item.notice.published, item.notice.published_on
    minutes = moment.hour * 60 + moment.minute if isinstance(moment, datetime) else 0
    return (-day.toordinal() if day else 0, -minutes, item.address)


def _bare(item: _Placed) -> Document:
    return Document(item.doc, item.notice, item.address, item.place.column, item.standing, item.place.intro)


def _with_documents(node: ColumnNode, finished: Mapping[str, Document]) -> ColumnNode:
    documents = tuple(finished[document.path] for document in node.documents)
    return replace(node, documents=documents, intro=finished[node.intro.path] if node.intro else None)


def _pages(
    catalogue: Catalogue, nodes: Mapping[ColumnPath, ColumnNode], placed: list[_Placed], faults: list[Fault]
) -> dict[str, Location]:
    home = Location("catalog.yaml", 1, 1)
    pages = {HOME: home, NOT_FOUND: home, SITE_MAP: home}
    folded = {address.casefold(): address for address in pages}

    def claim(address: str, where: Location) -> None:
        first = folded.setdefault(address.casefold(), address)
        if address in pages or first != address:
            other = pages[first]
            faults.append(
                Fault(
                    "address-collision", where, (("address", address), ("other", other.path), ("line", str(other.line)))
                )
            )
        else:
            pages[address] = where

    for path, column in catalogue.walk():
        if len(path) == 1 and column.key in RESERVED_KEYS:
            faults.append(Fault("reserved-column-key", column.at("key"), (("key", column.key),)))
        node = nodes[path]
        if node.present and node.column is column:
            for page in list_pages(node, catalogue.site.page_size):
                claim(page.address, column.at())
    for item in placed:
        if item.standing in (Standing.PUBLISHED, Standing.WITHDRAWN) and not item.place.intro:
            where = item.notice.at("index_no") if item.notice.index_no else item.notice.at("id")
            claim(item.address, Location(item.doc.path, where.line, where.column, where.length))
    for withdrawal in catalogue.withdrawals:
        if is_page(withdrawal.address):
            claim(withdrawal.address, withdrawal.at("address"))
    return pages


def _redirects(
    catalogue: Catalogue, nodes: Mapping[ColumnPath, ColumnNode], pages: Mapping[str, Location], locked: frozenset[str]
) -> dict[str, str]:
    written = {redirect.source: redirect.target for redirect in catalogue.redirects if redirect.source not in pages}
    found = {}
    for old in written:
        final, steps = written[old], 0
        while final in written and steps <= len(written):
            final, steps = written[final], steps + 1
        found[old] = final
    for old in sorted(locked - set(pages) - set(found)):
        match = _LIST_PAGE.fullmatch(old)
        node = nodes.get(tuple(match["column"].split("/"))) if match else None
        if node and node.present and old != node.address:  # a list that got shorter keeps its old pages alive
            found[old] = node.address
    return found


def _folder_clashes(
    catalogue: Catalogue, pages: Mapping[str, Location], redirects: Mapping[str, str]
) -> Iterator[Fault]:
    """Find addresses that are also the folder of another address: a disk cannot hold both."""
    places = dict(pages)
    for redirect in catalogue.redirects:
        if redirect.source in redirects:
            places.setdefault(redirect.source, redirect.at("source"))
    for address, where in places.items():
        folder = posixpath.dirname(address)
        while folder:
            if folder in places:
                data = (("address", folder), ("other", places[folder].path), ("line", str(places[folder].line)))
                yield Fault("address-collision", where, data)
            folder = posixpath.dirname(folder)


def _tables(
    catalogue: Catalogue,
    nodes: Mapping[ColumnPath, ColumnNode],
    placed: list[_Placed],
    store: Mapping[str, SourceAsset],
    pages: Mapping[str, Location],
    redirects: Mapping[str, str],
) -> LinkTables:
    columns = {CONTENT: HOME, f"{CONTENT}/index.md": HOME}
    for path, node in nodes.items():
        folder = "/".join((CONTENT, *path))
        columns[folder] = columns[f"{folder}/index.md"] = node.address if node.present else ""
    bundles = {
        posixpath.dirname(item.doc.path): item.address.removesuffix(".html")
        for item in placed
        if item.doc.path.endswith("/index.md") and not item.place.intro
    }
    return LinkTables(
        domain=catalogue.site.domain,
        base_path=catalogue.site.base_path,
        documents={item.doc.path: (item.address, item.standing) for item in placed if not item.place.intro},
        columns=columns,
        assets={path: _asset_address(path, bundles) for path in store},
        pages=frozenset(pages),
        redirects=redirects,
        withdrawn=frozenset(withdrawal.address for withdrawal in catalogue.withdrawals),
    )


def _asset_address(path: str, bundles: Mapping[str, str]) -> str:
    """Return the address of a file: beside its document when it lies in the document's folder, else under fj/."""
    folder = posixpath.dirname(path)
    while folder and folder != CONTENT:
        if folder in bundles:
            return bundles[folder] + path[len(folder) :]
        folder = posixpath.dirname(folder)
    return LOOSE_FILES + path[len(CONTENT) :]


def _document(item: _Placed, tables: LinkTables, store: Mapping[str, SourceAsset], faults: list[Fault]) -> Document:
    path, own = item.doc.path, item.address
    targets = tuple(resolve(link.url, path, own, tables) for link in item.doc.body.links)
    references = []
    for name in _REFERENCE_FIELDS:
        value = getattr(item.notice, name)
        for number, url in enumerate((value,) if isinstance(value, str) else value):
            if url:
                where = item.notice.at(f"{name}.{number}")
                references.append(Reference(name, url, where, resolve(url, path, own, tables)))
    return replace(
        _bare(item),
        targets=targets,
        references=tuple(references),
        files=_attached(item, targets, tables, store, faults),
    )


def _attached(
    item: _Placed,
    targets: tuple[Target, ...],
    tables: LinkTables,
    store: Mapping[str, SourceAsset],
    faults: list[Fault],
) -> tuple[AttachedFile, ...]:
    sources = tables.sources
    found: dict[str, AttachedFile] = {}
    for entry in item.notice.attachments:
        target = resolve(entry.file, item.doc.path, item.address, tables)
        if target.reach is not Reach.FILE:
            data = (("url", entry.file), ("hint", target.hint), ("reason", target.reason))
            faults.append(Fault("link-to-missing-file", entry.at("file"), data))
            continue
        source = sources[target.address]
        title = entry.title or posixpath.basename(source)
        found.setdefault(source, AttachedFile(source, target.address, title, store[source].size, entry.at("file")))
    for link, target in zip(item.doc.body.links, targets, strict=True):
        if target.reach is Reach.FILE and link.tag == "a":
            source = sources[target.address]
            title = link.text or posixpath.basename(source)
            found.setdefault(source, AttachedFile(source, target.address, title, store[source].size, link.where))
    return tuple(found.values())


def _published_files(
    documents: tuple[Document, ...], store: Mapping[str, SourceAsset], tables: LinkTables, faults: list[Fault]
) -> dict[str, str]:
    sources = tables.sources
    used: set[str] = set()
    files: dict[str, str] = {}
    for document in documents:
        wanted = [file.address for file in document.files]
        wanted += [target.address for target in document.targets if target.reach is Reach.FILE]
        used.update(sources[address] for address in wanted)
        if document.standing is Standing.PUBLISHED:
            files |= {address: sources[address] for address in wanted}
    faults += [Fault("unused-attachment", Location(path)) for path in sorted(set(store) - used)]
    return dict(sorted(files.items()))
