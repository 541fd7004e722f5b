"""Reading our own exports back.

Owns the way from JSON and XML to the records of `export`, and the comparison of both forms with each other and with the
files. So a package is shown to say what the site says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from xml.etree import ElementTree as ET

from build_site.model.finding import Message
from build_site.output.manifest import FileEntry
from build_site.publishing.export import ELEMENTS, NAMESPACE, Article, Attachment, Core, Relation
from build_site.publishing.refusal import RefusedError

M = Message
_HELP = M("请对方重新打包；不要手工改包里的文件", "ask for the package to be made anew; do not edit what is in it")


def read_article(data: bytes) -> Article:
    """Return the article in a JSON export. Raises ValueError where it is none of ours."""
    body = json.loads(data)
    if not isinstance(body, dict) or set(body) != {field.name for field in fields(Article)}:
        raise ValueError("not an exported document")
    values: dict[str, Any] = dict(body)
    try:
        values["keywords"] = tuple(body["keywords"])
        values["attachment"] = tuple(Attachment(**item) for item in body["attachment"])
        values["relation"] = tuple(Relation(**item) for item in body["relation"])
    except TypeError as error:
        raise ValueError(str(error)) from error
    return Article(**values)


def read_core(data: bytes) -> Core:
    """Return the core elements in an XML export. Raises ValueError where it is none of ours."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("a document type is not read")
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise ValueError(str(error)) from error
    if root.tag != f"{{{NAMESPACE}}}metadata":
        raise ValueError("not an exported document")
    texts = {
        field: [item.text or "" for item in root.findall(f"{{{NAMESPACE}}}{name}")] for field, name in ELEMENTS.items()
    }
    single = {field: (found[0] if found else "") for field, found in texts.items() if field != "keywords"}
    return Core(keywords=tuple(texts["keywords"]), **single)


def read_exports(exported: Mapping[str, bytes], files: Mapping[str, FileEntry]) -> tuple[Article, ...]:
    """Return the articles in the export files of a package, whose site has `files`.

    Raises RefusedError where a form is missing or cannot be read, where JSON and XML say different things, or where an
    attachment is not the file that the site has.
    """
    articles = []
    for name in sorted(name for name in exported if name.endswith(".json")):
        try:
            article = read_article(exported[name])
            core = read_core(exported[name.removesuffix(".json") + ".xml"])
        except (ValueError, KeyError) as error:
            raise RefusedError(
                M(f"包里的 {name} 读不懂", f"{name} in the package cannot be read: {error}"), _HELP
            ) from error
        same = (
            core.title == article.title
            and core.provider == article.publisher
            and core.resource_id == article.identifier
            and core.link == article.url
            and core.keywords == article.keywords
            and f"{article.id}.json" == name
        )
        fitting = all(files.get(item.id) == FileEntry(item.size, item.sha256) for item in article.attachment)
        if not same or not fitting:
            raise RefusedError(
                M(f"包里的 {name} 和 XML 或附件不一致", f"{name} in the package does not agree with its XML or attachments"), _HELP
            )  # fmt: skip
        articles.append(article)
    if len(exported) != 2 * len(articles):
        raise RefusedError(M("包里的导出文件不成对", "the exports in the package are not in pairs"), _HELP)
    return tuple(articles)
