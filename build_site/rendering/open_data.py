"""The files of open data: register, lists, standard catalogue, guide for programs.

Owns their form. Must not know who reads them, nor write files.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from build_site.loading.placing import HOME
from build_site.model.events import Event
from build_site.model.open_data import (
    DATA_PAGE,
    FIELDS,
    GUIDE,
    ITEM_HEADS,
    ITEMS_CSV,
    ITEMS_JSON,
    REGISTER_CSV,
    REGISTER_JSON,
    REGISTER_SCHEMA,
    REGISTER_XLSX,
    VERSION,
    has_list,
    list_address,
)
from build_site.model.site import ColumnNode, Document, Site
from build_site.rendering import words
from build_site.rendering.absolute import absolute, canonical
from build_site.rendering.catalogue_items import item_cells
from build_site.rendering.shared_view import validity_of
from build_site.rendering.workbook import workbook

Record = dict[str, Any]
Once = Callable[[str, bytes, Callable[[], bytes]], bytes]
"""`once(name, source, make)` returns what `make()` makes of `source`; who calls may remember it."""
_BOM = "\ufeff"
_DAY = {"type": "string", "anyOf": [{"format": "date"}, {"const": ""}]}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def open_data_files(site: Site, happened: Sequence[Event], once: Once) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of every file of open data. `happened` are the site's events, newest first."""
    updated = words.day(happened[0].day) if happened else ""
    records = {document.address: record(site, document) for document in site.listed}
    lines = {address: _encode(found) for address, found in records.items()}
    register = _document_set(site, site.catalogue.site.title, canonical(site, HOME), updated, lines.values())
    yield REGISTER_JSON, register
    yield REGISTER_SCHEMA, _pretty(schema(site))
    rows = [_cells(found) for found in records.values()]
    heads = [field.title for field in FIELDS]
    yield REGISTER_CSV, table_csv([heads, *rows])
    days = frozenset(number for number, field in enumerate(FIELDS) if field.day)
    yield REGISTER_XLSX, once("xlsx", register, lambda: workbook("公开目录", heads, rows, days))
    if site.catalogue.items:
        items = [item_cells(number, item) for number, item in enumerate(site.catalogue.items, 1)]
        yield ITEMS_CSV, table_csv([ITEM_HEADS, *items])
        yield (
            ITEMS_JSON,
            _pretty({"fields": ITEM_HEADS, "items": [dict(zip(ITEM_HEADS, row, strict=True)) for row in items]}),
        )
    for path, node in site.columns.items():
        if has_list(node):
            shown = [lines[document.address] for document in node.documents if document.address in lines]
            yield (
                list_address(path),
                _document_set(site, node.column.title, canonical(site, node.address), _latest(node), shown),
            )
    yield GUIDE, guide(site).encode()


def record(site: Site, document: Document) -> Record:
    """Return a document of the register as the data files have it: a value for every one of `FIELDS`; `files` as a list of
    records with title, address and size in bytes.
    """
    notice = document.notice
    node = site.columns[document.column]
    above = site.columns[document.column[:1]]
    return {
        "index_no": notice.index_no,
        "title": notice.title,
        "doc_no": notice.doc_no,
        "issuer": notice.issuer or site.catalogue.site.host,
        "category": notice.category,
        "theme": notice.theme,
        "keywords": list(notice.keywords),
        "summary": notice.summary,
        "written": words.day(notice.written),
        "published": words.day(notice.published),
        "effective": words.day(notice.effective),
        "expires": words.day(notice.expires),
        "validity": validity_of(document, site.as_of)[0],
        "column": [part.column.title for part in ([node] if node is above else [above, node])],
        "url": canonical(site, document.address),
        "files": [
            {"title": file.title, "url": absolute(site, file.address), "size": file.size} for file in document.files
        ],
    }


def _cells(found: Record) -> list[str]:
    return [
        str(len(found[field.key]))
        if field.key == "files"
        else ("/" if field.key == "column" else "；").join(found[field.key])
        if isinstance(found[field.key], list)
        else found[field.key]
        for field in FIELDS
    ]


def _document_set(site: Site, title: str, url: str, updated: str, lines: Iterator[str] | Sequence[str] | Any) -> bytes:
    """Return documents, each as a line of JSON, with what they are and when the newest change was."""
    head = {
        "schema": absolute(site, REGISTER_SCHEMA),
        "version": VERSION,
        "title": title,
        "publisher": site.catalogue.site.host,
        "url": url,
        "updated": updated,
    }
    return (_encode(head)[:-1] + ',"documents":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def _latest(node: ColumnNode) -> str:
    return words.day(node.latest)


def schema(site: Site) -> Record:
    """Return the JSON Schema (draft 2020-12) of the register and of the lists of columns."""
    text = {"type": "string"}
    kinds: dict[str, Record] = {
        "keywords": {"type": "array", "items": text},
        "column": {"type": "array", "items": text, "minItems": 1, "maxItems": 2},
        "url": {"type": "string", "format": "uri"},
        "files": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["title", "url", "size"],
                "properties": {"title": text, "url": {"type": "string", "format": "uri"}, "size": {"type": "integer"}},
            },
        },
    }
    properties = {
        field.key: {
            "title": field.title,
            "description": field.doc,
            **(
                _DAY
                if field.day
                else kinds.get(field.key, {"type": "string", **({"minLength": 1} if field.always else {})})
            ),
        }
        for field in FIELDS
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": absolute(site, REGISTER_SCHEMA),
        "title": "政府信息公开目录",
        "type": "object",
        "required": ["version", "title", "publisher", "url", "updated", "documents"],
        "properties": {
            "version": {"const": VERSION},
            "title": text,
            "publisher": text,
            "url": {"type": "string", "format": "uri"},
            "updated": {"title": "最近一次变动的日期", **_DAY},
            "documents": {
                "type": "array",
                "items": {"type": "object", "required": [field.key for field in FIELDS], "properties": properties},
            },
        },
    }


def table_csv(rows: Sequence[Sequence[object]]) -> bytes:
    """Return rows as CSV that Excel opens right: UTF-8 with a byte-order mark, CRLF (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return (_BOM + out.getvalue()).encode()


def guide(site: Site) -> str:
    """Return `llms.txt`: what there is and where, for programs that read texts (llmstxt.org)."""
    info = site.catalogue.site
    tops = [node for path, node in site.columns.items() if len(path) == 1 and node.present]
    data = [
        ("公开目录（JSON）", REGISTER_JSON, "全部公开文件，每个文件一行"),
        ("公开目录（CSV）", REGISTER_CSV, "同样的内容，可以用 Excel 打开"),
        ("数据说明", DATA_PAGE, "各字段的含义、更新时间和使用条件"),
    ]
    lines = [f"# {info.title}－{info.host}", ""]
    if info.description:
        lines += [f"> {info.description}", ""]
    lines += [
        "## 数据",
        *(f"- [{title}]({canonical(site, address)})：{doc}" for title, address, doc in data),
        "",
        "## 栏目",
    ]
    lines += [f"- [{node.column.title}]({canonical(site, node.address)})" + (f"：{node.column.description}" if node.column.description else "") for node in tops]  # fmt: skip
    return "\n".join(lines) + "\n"


def _pretty(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
