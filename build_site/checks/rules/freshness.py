"""Rules on age: columns without anything new, records that nobody has checked, documents that end soon.

Owns their codes, wording and documentation; `checks.freshness` measures the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from build_site.checks.freshness import OWN_TEXT, Stale, stale_columns
from build_site.checks.rule import Rule
from build_site.model.finding import Finding, Message, Severity
from build_site.model.record import Record
from build_site.model.site import Site, Standing
from build_site.model.validity import validity_on
from build_site.model.words import Validity

M = Message
_ENDING = frozenset({Validity.IN_FORCE, Validity.TRIAL, Validity.PARTLY})
_SHOWN = 4


def _stale(site: Site) -> Iterator[Finding]:
    for late in stale_columns(site):
        column = late.node.column
        yield Finding(
            column.at("cycle" if late.cycle else "title"),
            M(
                f"栏目“{column.title}”最近一次更新是 {late.updated}，已经超过{late.exceeded.zh}",
                f"the column “{column.title}” was last updated on {late.updated}, longer ago than {late.exceeded.en}",
            ),
            _renew(late),
        )


def _renew(late: Stale) -> Message:
    if late.node.column.page_kind in OWN_TEXT:
        return M(
            "逐项核对正文：有变化就改；没有变化，在 catalog.yaml 这个栏目里写今天的“核对日期”",
            "go through the text: mend what has changed; if nothing has, write today as `checked` of this column",
        )
    if late.cycle:
        return M(
            "发布新的内容；确实不需要这么勤的，按实际改“更新周期”",
            "publish what is new, or write the cycle that is true",
        )
    return M(
        "发布新的内容；不再更新的栏目，并入别的栏目或者撤销",
        "publish what is new; merge or drop a column that has ended",
    )


def _many_stale(site: Site) -> Iterator[Finding]:
    limits = site.catalogue.checks.thresholds
    late = stale_columns(site)
    for found, most, zh, en in (
        ([item for item in late if item.news], limits.stale_columns, "动态、通知公告、政策文件类栏目", "columns of news, notices and policies"),
        ([item for item in late if not item.news], limits.late_columns, "应当更新的栏目", "columns that are to be updated"),
    ):  # fmt: skip
        if len(found) >= most:
            names = _names(item.node.column.title for item in found)
            yield Finding(
                site.catalogue.at("columns"),
                M(f"有 {len(found)} 个{zh}超期：{names}", f"{len(found)} {en} are late: {names}"),
                M("先更新其中最容易的几个，把总数降下来", "update the easiest ones first, so that their number falls"),
            )


def _unchecked(site: Site) -> Iterator[Finding]:
    catalogue, most = site.catalogue, site.catalogue.checks.thresholds.check_days
    told = catalogue.institution
    single: list[tuple[str, Record, date]] = [("受理机构（agency）", catalogue.agency, catalogue.agency.checked)]
    if told:
        single.append(("机构（institution）", told, told.checked))
    for name, record, day in single:
        if (age := (site.as_of - day).days) > most:
            yield _to_check(record, M(f"{name}的信息已经 {age} 天没有核对", f"{name} was last checked {age} days ago"))
    for name, records in (("场所（places）", catalogue.places), ("政务新媒体（accounts）", catalogue.accounts)):
        old = [record for record in records if (site.as_of - record.checked).days > most]
        if old:
            titles = _names(record.name for record in old)
            yield _to_check(
                old[0],
                M(f"{name}里有 {len(old)} 处超过 {most} 天没有核对：{titles}", f"{len(old)} of {name} were not checked for {most} days: {titles}"),
            )  # fmt: skip


def _to_check(record: Record, message: Message) -> Finding:
    return Finding(
        record.at("checked"),
        message,
        M("打一遍电话、核对地址和时间，再把“核对日期”改成今天", "call the numbers, compare address and hours, then write today as `checked`"),
    )  # fmt: skip


def _ends_soon(site: Site) -> Iterator[Finding]:
    most = site.catalogue.checks.thresholds.expiry_days
    for document in site.documents:
        notice = document.notice
        if document.standing is not Standing.PUBLISHED or notice.expires is None or notice.replaced_by:
            continue
        left = (notice.expires - site.as_of).days
        if 0 <= left <= most and not notice.repealed and validity_on(notice, site.as_of) in _ENDING:
            yield Finding(
                notice.at("expires"),
                M(f"《{notice.title}》有效期到 {notice.expires}，还有 {left} 天", f"“{notice.title}” is valid until {notice.expires}, {left} more days"),
                M(
                    "继续执行的，到期以前印发新文件，写“现行文件”；到期就停止执行的，在 catalog.yaml 的“检查”里写一条豁免",
                    "issue its successor in time and name it as `replaced_by`; if it is to end, write an exemption under `checks`",
                ),
            )  # fmt: skip


def _names(titles: Iterable[str]) -> str:
    listed = list(titles)
    return "、".join(listed[:_SHOWN]) + (" 等" if len(listed) > _SHOWN else "")


_CHECKLIST = M("国办秘函〔2019〕19号，栏目不更新", "国办秘函〔2019〕19号, columns that are not updated")

FRESHNESS_RULES: tuple[Rule, ...] = (
    Rule(
        "FRS101",
        "column-not-updated",
        Severity.WARNING,
        M("栏目超期没有更新", "column not updated"),
        M(
            "检查时，动态要闻看 14 天，通知公告和政策文件看 6 个月，人事、规划计划、指南和标准目录看一年，其他栏目看自己写的更新周期。",
            "Inspectors look for news of 14 days, notices and policies of 6 months, personnel, plans, guide and catalogue of a year, else for the declared cycle.",
        ),
        M("发布新的内容，或者核对以后写“核对日期”。", "Publish what is new, or check the column and say so."),
        "- {key: tzgg, title: 通知公告}（最近一篇是 7 个月以前的）",
        "- {key: tzgg, title: 通知公告}（6 个月以内有新的一篇）",
        basis=_CHECKLIST,
        site=_stale,
        audit=True,
    ),
    Rule(
        "FRS103",
        "many-columns-not-updated",
        Severity.WARNING,
        M("超期的栏目太多", "many columns not updated"),
        M(
            "动态、通知公告、政策文件类栏目超期累计 5 个，或者应当更新的栏目超期累计 10 个，检查时单项否决。",
            "Five columns of news and notices, or ten others that are late, are a veto in an inspection.",
        ),
        M("先更新容易的，把总数降下来；用不到的栏目合并或者撤销。", "Update the easiest first; merge or drop what is not needed."),
        "5 个通知公告类栏目都超过 6 个月没有更新",
        "超期的不到 5 个",
        basis=_CHECKLIST,
        site=_many_stale,
        audit=True,
    ),
    Rule(
        "FRS108",
        "contact-data-unchecked",
        Severity.WARNING,
        M("联系信息很久没有核对", "contact data unchecked"),
        M("电话打不通、地址搬走了，是公众投诉最多的一类问题。半年核对一次。", "Dead numbers and old addresses are what people complain about most. Check them twice a year."),
        M("逐项核对以后，把“核对日期”改成当天。", "Check every item, then write the day as `checked`."),
        "核对日期: 2026-01-05（当天是 2026-11-25）",
        "核对日期: 2026-11-02",
        basis=M("《中华人民共和国政府信息公开条例》第十二条：指南应当及时更新", "条例 art. 12: the guide is kept up to date"),
        site=_unchecked,
        audit=True,
    ),
    Rule(
        "FRS109",
        "validity-ends-soon",
        Severity.WARNING,
        M("文件的有效期快到了", "validity ends soon"),
        M("到期以后页面会自动显示“已失效”。还要执行的文件，评估和重新印发都要时间。", "After its last day the page says that the document has expired. Reviewing and renewing it takes time."),
        M("评估以后续期，或者说明到期就停止。", "Renew it after review, or say that it is to end."),
        "有效期至: 2026-12-31（当天是 2026-11-25）",
        "有效期至: 2026-12-31\n现行文件: pxjg2026.md",
        site=_ends_soon,
        audit=True,
    ),
)  # fmt: skip
