"""The coverage table: what became of each item of 条例 art. 20, and of art. 21.

Owns the items and how their state follows from columns and documents. Must not know how the table is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from build_site.checks.freshness import stale_columns
from build_site.model.site import ColumnNode, ColumnPath, Site
from build_site.model.words import EmptyPolicy, Word

ITEMS: tuple[str, ...] = (
    "行政法规、规章和规范性文件",
    "机关职能、机构设置、联系方式、负责人",
    "规划及相关政策",
    "统计信息",
    "行政许可和其他对外管理服务事项",
    "行政处罚、行政强制",
    "财政预算、决算",
    "行政事业性收费",
    "政府集中采购",
    "重大建设项目",
    "扶贫、教育、医疗、社会保障、促进就业等政策措施",
    "突发公共事件的预案、预警和应对",
    "监督检查情况",
    "公务员招考和录用",
    "其他应当主动公开的信息",
)
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
_ARTICLE_21 = "第二十一条"


class CoverageState(Word):
    """What became of an item."""

    FILLED = ("filled", "已公开")
    EXPLAINED = ("explained", "已说明")
    MISSING = ("missing", "没有着落")


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One item: its article and number, columns with documents in them, latest day, who is responsible, and a note."""

    article: int
    item: int
    title: str
    state: CoverageState
    columns: tuple[str, ...] = ()
    count: int = 0
    latest: date | None = None
    owners: tuple[str, ...] = ()
    note: str = ""

    @property
    def label(self) -> str:
        """How the item is cited: 第二十条（三）."""
        return f"第二十条（{NUMERALS[self.item - 1]}）" if self.item else _ARTICLE_21


def coverage(site: Site) -> tuple[CoverageRow, ...]:
    """Return the fifteen items of art. 20 in order, then art. 21, as they stand on the day of the build."""
    late = {item.node.path for item in stale_columns(site)}
    rows = []
    for number, title in enumerate(ITEMS, 1):
        nodes = [node for node in site.columns.values() if node.column.article20 == number]
        rows.append(_row(site, 20, number, title, nodes, late))
    named = [node for node in site.columns.values() if _ARTICLE_21 in node.column.basis]
    rows.append(_row(site, 21, 0, "市级、县级部门按职责还应当公开的信息", named, late))
    return tuple(rows)


def _row(
    site: Site, article: int, number: int, title: str, nodes: list[ColumnNode], late: set[ColumnPath]
) -> CoverageRow:
    owners = tuple(dict.fromkeys(node.column.owner for node in nodes if node.column.owner))
    names = tuple(node.column.title for node in nodes)
    days = [node.latest for node in nodes if node.latest]
    state, note = _state(site, number, nodes, late)
    count = sum(node.count for node in nodes)
    return CoverageRow(article, number, title, state, names, count, max(days, default=None), owners, note)


def _state(site: Site, number: int, nodes: list[ColumnNode], late: set[ColumnPath]) -> tuple[CoverageState, str]:
    if any(node.filled for node in nodes):
        old = [node.column.title for node in nodes if node.path in late]
        return CoverageState.FILLED, f"超过更新周期：{'、'.join(old)}" if old else ""
    for node in nodes:
        told = node.column.explanation
        if node.column.empty_policy is EmptyPolicy.EXPLAIN and told:
            if told.review_on <= site.as_of:
                return CoverageState.MISSING, f"空白说明已于 {told.review_on} 到期"
            return CoverageState.EXPLAINED, f"空白说明，{told.review_on} 再核查"
    for item in site.catalogue.inapplicable:
        if number in item.article20:
            checked = f"（{item.checked} 核对）" if item.checked else ""
            return CoverageState.EXPLAINED, f"不涉及：{item.reason}{checked}"
    return CoverageState.MISSING, "有栏目，没有内容" if nodes else "没有对应的栏目"
