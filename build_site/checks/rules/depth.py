"""Rule D1: columns nest two levels deep, not more, under no disguise.

Owns the ways in which a third level can hide: in the catalogue file, in folders, in titles, in documents that are lists.
Source: the bureau's work plan for 2020, part 1 (3).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from build_site.model.columns import Column
from build_site.model.finding import Fault, Finding, Message
from build_site.model.site import Document, Reach, Site, Standing

M = Message


_SEPARATOR = re.compile(r"\s*[/／\\＼›»＞>|｜:：—–-]+\s*")


_STRONG_SEPARATOR = re.compile(r"[›»＞>＼\\]")


_NUMBERED = re.compile(r"\d+[.．]\d+")


def folder_too_deep(fault: Fault) -> Finding:
    """Word the fault of a folder below the second level."""
    folder = fault.get("folder")
    return Finding(
        fault.where,
        M(
            f"文件夹 {folder} 超过两级：栏目只有 content/一级/二级/",
            f"the folder {folder} is deeper than the two levels content/<level 1>/<level 2>/",
        ),
        M(
            "把文件移到二级栏目的文件夹；带附件的文件写成 二级/文件名/index.md；年份不用建文件夹，列表会自动按年份分页",
            "move the file into the level-2 folder; a document with attachments is <level 2>/<name>/index.md",
        ),
    )


def too_deep(site: Site) -> Iterator[Finding]:
    """Yield a finding for every third level that the catalogue file or a document hides."""
    for column in site.catalogue.columns:
        yield from _path_names(column.children, column.title)
        for child in column.children:
            if child.children:
                names = "、".join(grandchild.title for grandchild in child.children)
                yield Finding(
                    child.at("children"),
                    M(
                        f"{column.title} › {child.title} › {names}：这是第三级，栏目只能有两级",
                        f"{column.title} › {child.title} › {names}: a third level; columns have two",
                    ),
                    M(
                        "删除第三级；已废止的文件写“废止日期”，列表会标出有效性；文件多了，列表会自动按年份分页",
                        "remove the third level; lists show validity and are paged by year on their own",
                    ),
                )
    yield from _path_names(site.catalogue.columns, "")
    for document in site.documents:
        if document.standing is Standing.PUBLISHED and not (document.intro and len(document.column) == 1):
            yield from _hidden_column(document)
    yield from _hidden_redirects(site)


def _path_names(columns: tuple[Column, ...], parent: str) -> Iterator[Finding]:
    prefixes: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        parts = [part for part in _SEPARATOR.split(column.title) if part]
        if len(parts) > 1:
            prefixes[parts[0]].append(column)
    for column in columns:
        parts = [part for part in _SEPARATOR.split(column.title) if part]
        grouped = len(parts) > 1 and (len(prefixes[parts[0]]) > 1 or parts[0] == parent)
        if len(parts) > 2 or grouped or _STRONG_SEPARATOR.search(column.title) or _NUMBERED.match(column.title):
            yield Finding(
                column.at("title"),
                M(
                    f"栏目名“{column.title}”把上下级写进了名字里，等于多了一级",
                    f"the title “{column.title}” spells a path: one more level in disguise",
                ),
                M("只写这一级自己的名字", "write the column's own name only"),
            )


def _hidden_column(document: Document) -> Iterator[Finding]:
    links = [
        link
        for link, target in zip(document.doc.body.links, document.targets, strict=True)
        if link.tag == "a" and target.reach is Reach.PAGE and target.address != document.address
    ]
    if len({link.url for link in links}) < 3 or document.doc.body.free_chars >= 20 or document.files:
        return
    yield Finding(
        document.doc.body_at,
        M(
            f"正文只是 {len(links)} 个本专栏链接，等于又一级栏目",
            f"the body is nothing but {len(links)} links into this column: a hidden third level",
        ),
        M(
            "把这些文件直接放进栏目，由系统生成列表；需要汇编时写出说明文字",
            "file the documents in the column itself; its list is made for you. A collection needs text of its own",
        ),
    )


def _hidden_redirects(site: Site) -> Iterator[Finding]:
    columns = {node.address: node for node in site.columns.values()}
    for redirect in site.catalogue.redirects:
        node = columns.get(redirect.source)
        if node and node.present:
            yield Finding(
                redirect.at("source"),
                M(f"栏目“{node.column.title}”被转到别处", f"the column “{node.column.title}” is redirected elsewhere"),
                M("删除这条改址，或删除这个栏目", "delete the redirect, or the column"),
            )
