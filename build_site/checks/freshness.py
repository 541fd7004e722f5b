"""Which columns have not been updated for too long.

Owns the limits: by what a column is for (国办秘函〔2019〕19号, and the measures it replaced), and by the cycle that the
catalogue declares. Must not know rules or wording of findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from build_site.model.columns import Column
from build_site.model.finding import Message
from build_site.model.periods import months_after
from build_site.model.policy import Thresholds
from build_site.model.site import ColumnNode, ColumnPath, Document, Site
from build_site.model.words import ColumnKind, UpdateCycle

OWN_TEXT = frozenset({ColumnKind.GUIDE, ColumnKind.PAGE, ColumnKind.ON_REQUEST, ColumnKind.CATALOGUE})
"""Kinds that are current when somebody has checked them, without anything new in them."""

_MEASURED_ELSEWHERE = frozenset(
    # the yearly report by its own day, the others by the day on which their records were checked
    {ColumnKind.REPORTS, ColumnKind.AGENCY, ColumnKind.INSTITUTION, ColumnKind.PLACES, ColumnKind.ACCOUNTS}
)
_NEWS = re.compile(r"动态|要闻")
_NOTICES = re.compile(r"通知公告|公告公示|公示公告|通知公示|^(?:通知|公告|公示|政策文件)$")
_YEARLY = re.compile(r"人事|规划")
_STATISTICS = re.compile(r"办事统计|办件统计")
_REPLIES = re.compile(r"(?:留言|信件|来信)选登")
_CYCLES = {
    UpdateCycle.MONTHLY: 1,
    UpdateCycle.QUARTERLY: 3,
    UpdateCycle.HALF_YEARLY: 6,
    UpdateCycle.YEARLY: 12,
}
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Stale:
    """A column that is late: when it was last updated, what it has exceeded, and by which kind of limit.

    `news` marks the columns that inspectors count with news and notices, `cycle` those that miss their own cycle.
    """

    node: ColumnNode
    updated: date
    exceeded: Message
    news: bool = False
    cycle: bool = False


def stale_columns(site: Site) -> tuple[Stale, ...]:
    """Return the columns that are late on the day of the build, in the order of the catalogue.

    A column without content has no age. A column above others that are late is left out: they say it already.
    """
    updated = _updated(site)
    found = {}
    for path, node in site.columns.items():
        late = _late(node, updated.get(path), site)
        if late:
            found[path] = late
    parents = {path[:-1] for path in found}
    return tuple(late for path, late in found.items() if path not in parents)


def _late(node: ColumnNode, updated: date | None, site: Site) -> Stale | None:
    column, limits, today = node.column, site.catalogue.checks.thresholds, site.as_of
    if updated is None or column.page_kind in _MEASURED_ELSEWHERE:
        return None
    if node.latest:
        if _is_news(column) and (today - node.latest).days > limits.news_days:
            return Stale(node, node.latest, _days(limits.news_days), news=True)
        if _is_notices(node) and today > months_after(node.latest, limits.notice_months):
            return Stale(node, node.latest, _months(limits.notice_months), news=True)
    for months in _months_allowed(column, limits):
        if today > months_after(updated, months):
            return Stale(node, updated, _months(months))
    last = _cycle_ends(column.cycle, updated)
    if column.cycle and last and (today - last).days > limits.cycle_grace:
        word = Message(f"更新周期“{column.cycle.zh}”", f"its cycle, {column.cycle.en}")
        return Stale(node, updated, word, cycle=True)
    return None


def _is_news(column: Column) -> bool:
    return column.column_type == "工作动态" or bool(_NEWS.search(column.title))


def _is_notices(node: ColumnNode) -> bool:
    return len(node.path) == 1 and bool(_NOTICES.search(node.column.title))


def _months_allowed(column: Column, limits: Thresholds) -> tuple[int, ...]:
    if column.page_kind in (ColumnKind.GUIDE, ColumnKind.CATALOGUE) or _YEARLY.search(column.title):
        return (limits.yearly_months,)
    if _STATISTICS.search(column.title):
        return (3,)
    return (2,) if _REPLIES.search(column.title) else ()


def _cycle_ends(cycle: UpdateCycle | None, updated: date) -> date | None:
    if cycle is UpdateCycle.WEEKLY:
        return updated + timedelta(days=min(_WEEK, (date.max - updated).days))
    return months_after(updated, _CYCLES[cycle]) if cycle in _CYCLES else None


def _days(number: int) -> Message:
    return Message(f" {number} 天", f"{number} days")


def _months(number: int) -> Message:
    return Message(f" {number} 个月", f"{number} months")


def _updated(site: Site) -> dict[ColumnPath, date]:
    """Return for every column with content the last day on which something in it changed."""
    found: dict[ColumnPath, date] = {}
    for path in sorted(site.columns, key=len, reverse=True):
        node = site.columns[path]
        days = [day for document in node.documents for day in _changes(document, site.as_of)]
        if node.intro:
            days += _changes(node.intro, site.as_of)
        checked = node.column.checked
        if checked and checked <= site.as_of and node.column.page_kind in OWN_TEXT:
            days.append(checked)
        days += [day for child, day in found.items() if child[:-1] == path]
        if days:
            found[path] = max(days)
    return found


def _changes(document: Document, as_of: date) -> list[date]:
    notice = document.notice
    told = notice.consultation
    answered = told.answered if told and told.answered and told.answered <= as_of else None
    return [
        day
        for day in (notice.published_on, answered, *(revision.on for revision in notice.revisions_until(as_of)))
        if day
    ]
