"""Rules on what must be covered: the fifteen items of 条例 art. 20, the five kinds of openness, nothing foreign.

Owns their codes, wording and documentation; `checks.coverage` makes the table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from build_site.checks.coverage import NUMERALS, CoverageState, coverage
from build_site.checks.rule import Rule
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import ColumnNode, ColumnPath, Site, Standing
from build_site.model.words import EmptyPolicy, OpenStage

M = Message
_SHOWN = 5
_STATUTORY = "法定主动公开内容"
_NEWS_TITLE = re.compile(r"动态|要闻|新闻|快讯")
_NEWS_TYPE = frozenset({"工作动态", "要闻", "动态要闻", "新闻"})


def _items_missing(site: Site) -> Iterator[Finding]:
    # a lapsed explanation has its own rule
    explained = {
        node.column.article20 for node in site.columns.values() if node.column.empty_policy is EmptyPolicy.EXPLAIN
    }
    missing = [
        row
        for row in coverage(site)
        if row.article == 20 and row.state is CoverageState.MISSING and row.item not in explained
    ]
    if not missing:
        return
    column = next((node.column for node in site.columns.values() if node.column.title == _STATUTORY), None)
    names = "；".join(f"（{NUMERALS[row.item - 1]}）{row.title}" for row in missing[:_SHOWN])
    names += " 等，运行 build-site coverage 看全部" if len(missing) > _SHOWN else ""
    numbers = ", ".join(str(row.item) for row in missing)
    yield Finding(
        column.at("title") if column else site.catalogue.at("columns"),
        M(f"《条例》第二十条有 {len(missing)} 项没有着落：{names}", f"{len(missing)} items of 条例 art. 20 are neither filled nor explained: {numbers}"),
        M(
            "有这类信息的，在对应的子栏目写“条例第二十条: 项数”；没有的，在 catalog.yaml 的“不涉及”里写明原因",
            "write `article20` in the sub-column that holds it; what the agency does not have goes under `inapplicable`, with the reason",
        ),
    )  # fmt: skip


def _inapplicable_filled(site: Site) -> Iterator[Finding]:
    filled = {node.column.article20: node.column.title for node in site.columns.values() if node.filled}
    for item in site.catalogue.inapplicable:
        for place, number in enumerate(item.article20):
            if number in filled:
                yield Finding(
                    item.at(f"article20.{place}"),
                    M(f"第（{NUMERALS[number - 1]}）项写了不涉及，栏目“{filled[number]}”里却有内容", f"item {number} is said not to apply, but “{filled[number]}” has content"),
                    M("从“不涉及”里删去这一项", "take it out of `inapplicable`"),
                )  # fmt: skip


def _five_kinds(site: Site) -> Iterator[Finding]:
    groups: dict[ColumnPath, list[ColumnNode]] = defaultdict(list)
    for path, node in site.columns.items():
        if node.column.collects:
            groups[path[:-1]].append(node)
    for parent, nodes in groups.items():
        given = [node.column.collects for node in nodes]
        missing = [stage.zh for stage in OpenStage if stage not in given]
        twice = [node for place, node in enumerate(nodes) if node.column.collects in given[:place]]
        if missing and len(nodes) > 1:
            where = site.columns[parent].column.at("title") if parent else nodes[0].column.at("title")
            yield Finding(
                where,
                M(f"五公开缺少：{'、'.join(missing)}公开", f"of the five kinds of openness these are missing: {'、'.join(missing)}"),
                M("加上子栏目，写“汇集”", "add the sub-columns, with `collects`"),
            )  # fmt: skip
        for node in twice:
            word = node.column.collects.zh if node.column.collects else ""
            yield Finding(
                node.column.at("collects"),
                M(f"“{word}”已经有一个栏目汇集了", f"another column collects “{word}” already"),
                M("只留一个", "keep one of them"),
            )


def _news(site: Site) -> Iterator[Finding]:
    inside = {path for path, node in site.columns.items() if path and site.columns[path[:1]].column.title == _STATUTORY}
    fix = M(
        "移到门户网站的动态栏目；专栏只放依法公开的信息",
        "move it to the portal's news; the column holds what the law demands",
    )
    for path in inside:
        column = site.columns[path].column
        if _NEWS_TITLE.search(column.title) or column.column_type in _NEWS_TYPE:
            field = "title" if _NEWS_TITLE.search(column.title) else "column_type"
            yield Finding(
                column.at(field), M(f"“{column.title}”是动态新闻类栏目", f"“{column.title}” is a column of news"), fix
            )
    for document in site.documents:
        if (
            document.column in inside
            and document.standing is Standing.PUBLISHED
            and document.notice.category in _NEWS_TYPE
        ):
            word = document.notice.category
            yield Finding(
                document.notice.at("category"),
                M(f"这一篇是“{word}”，不是法定公开的信息", f"this is news ({word})"),
                fix,
            )


COVERAGE_RULES: tuple[Rule, ...] = (
    Rule(
        "COV101",
        "article-item-missing",
        Severity.WARNING,
        M("条例第二十条有的项没有着落", "article item missing"),
        M("第二十条列出十五项。每一项或者有内容，或者说明为什么没有。build-site coverage 列出全部。", "Art. 20 lists fifteen items: each is filled, or it is said why not. `build-site coverage` lists them all."),
        M("写“条例第二十条”，或者写“不涉及”。", "Write `article20`, or `inapplicable`."),
        "- {key: tjxx, title: 统计信息}",
        "- {key: tjxx, title: 统计信息, article20: 4}\n不涉及:\n  - {条例第二十条: [10], 原因: 本机关没有组织实施的重大建设项目}",
        basis=M("《中华人民共和国政府信息公开条例》第二十条", "条例 art. 20"),
        site=_items_missing,
        audit=True,
    ),
    Rule(
        "COV102",
        "inapplicable-but-filled",
        Severity.WARNING,
        M("写了不涉及，却有内容", "inapplicable but filled"),
        M("两处说法不一，覆盖情况表就不可信。", "The two contradict each other, and the table cannot be trusted."),
        M("从“不涉及”里删去。", "Take it out of `inapplicable`."),
        "不涉及:\n  - {条例第二十条: [4], 原因: 没有统计信息}（栏目“统计信息”里有文件）",
        "不涉及:\n  - {条例第二十条: [10], 原因: 没有重大建设项目}",
        basis=M("《中华人民共和国政府信息公开条例》第二十条", "条例 art. 20"),
        site=_inapplicable_filled,
    ),
    Rule(
        "COV103",
        "openness-kind-missing",
        Severity.WARNING,
        M("五公开不齐", "openness kind missing"),
        M("五公开是决策、执行、管理、服务、结果五个，一个不少，一个不重。", "The five kinds are decision, execution, administration, service, result: each once."),
        M("补上缺的，去掉重的。", "Add what is missing, drop what stands twice."),
        "汇集: 决策 / 执行 / 管理 / 服务（没有结果）",
        "汇集: 决策 / 执行 / 管理 / 服务 / 结果",
        basis=M("国办发〔2016〕80号，五公开", "国办发〔2016〕80号, five kinds of openness"),
        site=_five_kinds,
    ),
    Rule(
        "COV104",
        "news-among-statutory-content",
        Severity.WARNING,
        M("法定公开内容里混进了新闻", "news among statutory content"),
        M("专栏姓专：工作动态混进来，公众就找不到依法公开的文件。", "The column has one purpose: among news, people do not find what the law opens to them."),
        M("移到门户网站的动态栏目。", "Move it to the portal's news."),
        "法定主动公开内容 › 工作动态",
        "法定主动公开内容 › 统计信息",
        basis=M("国办公开办函〔2019〕61号，专栏姓专", "国办公开办函〔2019〕61号: the column has one purpose"),
        site=_news,
    ),
)  # fmt: skip
