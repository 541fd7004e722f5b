"""Parsed documents and catalogue to a `Site`: addresses, membership, targets of links, collisions.

Owns everything that needs more than one file. Must not know HTML, templates or rules.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from build_site.loading.address_book import (
    claim_pages,
    file_clashes,
    folder_clashes,
    generated_clashes,
    resolve_redirects,
)
from build_site.loading.filing import bare_document, column_nodes, place_all, with_documents
from build_site.loading.link_tables import LinkTables
from build_site.loading.links import resolve
from build_site.loading.placing import (
    CONTENT,
    HOME,
    LOOSE_FILES,
    columns_of,
    is_page,
)
from build_site.loading.references import may_wait, written_references
from build_site.model.columns import Catalogue
from build_site.model.content import Link, ParsedDoc, SourceAsset
from build_site.model.finding import Fault
from build_site.model.generated import generated_addresses
from build_site.model.register import listed
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
from build_site.model.wording import Wording

_NO_WORDS = Wording()


def assemble(
    catalogue: Catalogue,
    docs: Iterable[ParsedDoc],
    assets: Iterable[SourceAsset],
    as_of: date,
    locked: Mapping[str, int] | None,
    wording: Wording = _NO_WORDS,
    ahead: bool = False,
) -> Site:
    """Return the site on the day `as_of`; whatever does not fit is among its faults.

    `docs` and `assets` come in the order of their paths; `locked` are the addresses of `urls.lock`,
    `wording` is the word list. With `ahead`, drafts and documents of days to come are placed as if they were public.
    """
    columns = columns_of(catalogue)
    faults: list[Fault] = []
    placed = place_all(docs, columns, as_of, faults, ahead)
    store = {asset.path: asset for asset in assets}
    nodes = column_nodes(catalogue, columns, placed)
    bare = tuple(bare_document(item) for item in placed)
    in_order = listed(bare)
    pages = claim_pages(catalogue, nodes, placed, in_order, as_of, faults)
    redirects = resolve_redirects(catalogue, nodes, pages, frozenset(locked or ()))
    tables = link_tables(catalogue, nodes, bare, store, pages, redirects)
    faults += folder_clashes(catalogue, pages, redirects)
    documents = tuple(linked(document, tables, store, faults) for document in bare)
    files = _published_files(documents, store, tables, faults)
    faults += file_clashes(pages, files)
    faults += generated_clashes(catalogue, nodes, pages, files, redirects)
    finished = {document.path: document for document in documents}
    nodes = {path: with_documents(node, finished) for path, node in nodes.items()}
    return Site(
        catalogue=catalogue,
        as_of=as_of,
        documents=documents,
        listed=tuple(finished[document.path] for document in in_order),
        columns=nodes,
        assets=store,
        pages=pages | {old: Location("catalog.yaml") for old in redirects if is_page(old)},
        files=files | {old: files[new] for old, new in redirects.items() if not is_page(old) and new in files},
        redirects=redirects,
        faults=tuple(faults),
        locked=locked,
        wording=wording,
    )


def link_tables(
    catalogue: Catalogue,
    nodes: Mapping[ColumnPath, ColumnNode],
    documents: tuple[Document, ...],
    store: Mapping[str, SourceAsset],
    pages: Mapping[str, Location],
    redirects: Mapping[str, str],
) -> LinkTables:
    """Return everything that the links of a site can lead to."""
    columns = {CONTENT: HOME, f"{CONTENT}/index.md": HOME}
    for path, node in nodes.items():
        folder = "/".join((CONTENT, *path))
        columns[folder] = columns[f"{folder}/index.md"] = node.address if node.present else ""
    bundles = {
        posixpath.dirname(document.path): document.address.removesuffix(".html")
        for document in documents
        if document.path.endswith("/index.md") and not document.intro
    }
    return LinkTables(
        domain=catalogue.site.domain,
        base_path=catalogue.site.base_path,
        documents={
            document.path: (document.address, document.standing) for document in documents if not document.intro
        },
        columns=columns,
        assets={path: _asset_address(path, bundles) for path in store},
        pages=frozenset((*pages, *generated_addresses(nodes, catalogue.items))),
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


def linked(document: Document, tables: LinkTables, store: Mapping[str, SourceAsset], faults: list[Fault]) -> Document:
    """Return `document` with the targets of its links and its attachments; those that are missing go to `faults`."""
    path, own = document.path, document.address
    targets = tuple(
        _target(link, resolve(link.url, path, own, tables), tables, store) for link in document.doc.body.links
    )
    references = tuple(
        Reference(field, url, where, target)
        for field, url, where in written_references(document.notice)
        if not (_waits(target := resolve(url, path, own, tables)) and may_wait(field))
    )
    return replace(
        document,
        targets=targets,
        references=references,
        files=_attached(document, targets, tables, store, faults),
    )


def _target(link: Link, target: Target, tables: LinkTables, store: Mapping[str, SourceAsset]) -> Target:
    if link.tag != "img" or target.reach is not Reach.FILE:
        return target
    return replace(target, picture=store[tables.sources[target.address]].picture)


def _waits(target: Target) -> bool:
    """Whether a link leads to what will be published: a draft, or a document of a day to come."""
    coming = (Standing.DRAFT.value, Standing.FUTURE.value)
    return target.reach is Reach.UNPUBLISHED and target.reason in coming


def _attached(
    document: Document,
    targets: tuple[Target, ...],
    tables: LinkTables,
    store: Mapping[str, SourceAsset],
    faults: list[Fault],
) -> tuple[AttachedFile, ...]:
    sources = tables.sources
    found: dict[str, AttachedFile] = {}
    for entry in document.notice.attachments:
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), entry.file))
        if beside in tables.assets:  # a file name, not a URL: # and % are letters like others
            target = Target(Reach.FILE, tables.assets[beside])
        else:
            target = resolve(entry.file, document.path, document.address, tables)
        if target.reach is not Reach.FILE:
            data = (("url", entry.file), ("hint", target.hint), ("reason", target.reason))
            faults.append(Fault("link-to-missing-file", entry.at("file"), data))
            continue
        source = sources[target.address]
        title = entry.title or posixpath.basename(source)
        found.setdefault(source, AttachedFile(source, target.address, title, store[source].size, entry.at("file")))
    for link, target in zip(document.doc.body.links, targets, strict=True):
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
        wanted += [item.target.address for item in document.references if item.target.reach is Reach.FILE]
        used.update(sources[address] for address in wanted)
        if document.standing is Standing.PUBLISHED:
            files |= {address: sources[address] for address in wanted}
    faults += [Fault("unused-attachment", Location(path)) for path in sorted(set(store) - used)]
    return dict(sorted(files.items()))
