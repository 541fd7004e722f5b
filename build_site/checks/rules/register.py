"""Rules on the register of all public documents (公开目录): what its columns need.

Owns no words. Source: 条例 art. 12. Must not know the standard catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_site.checks.rule import Rule
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import Site, Standing

M = Message


def _without_summary(site: Site) -> Iterator[Finding]:
    """Yield one finding, at the first of all published documents that have no summary."""
    lacking = [
        document
        for document in site.documents
        if document.standing is Standing.PUBLISHED and not document.intro and not document.notice.summary
    ]
    if lacking:
        first = lacking[0]
        more = f" 等 {len(lacking)} 篇" if len(lacking) > 1 else ""
        yield Finding(
            first.notice.at("title"),
            M(
                f"“{first.notice.title}”{more}没有写内容概述，公开目录里这一列是空的",
                f"{len(lacking)} document(s), such as “{first.notice.title}”, have no summary for the register",
            ),
            M("加一行“内容概述: ……”，用一两句话说这份文件讲什么", "add `summary`: what it says in a sentence or two"),
        )


REGISTER_RULES: tuple[Rule, ...] = (
    Rule(
        "CAT110",
        "documents-without-summary",
        Severity.WARNING,
        M("文件没有内容概述", "documents without summary"),
        M("条例规定，政府信息公开目录包括索引、名称、内容概述、生成日期。", "The register is to hold index, name, summary and date of every document."),
        M("补写内容概述，每篇一两句话。", "Write a summary for each, a sentence or two."),
        "---\n标题: ……\n---",
        "---\n标题: ……\n内容概述: 规定帮扶援助的对象、方式和申请程序。\n---",
        M("《中华人民共和国政府信息公开条例》第十二条", "条例 art. 12"),
        site=_without_summary,
        audit=True,
    ),
)  # fmt: skip
