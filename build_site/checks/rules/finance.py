"""Rules on finance: every year's budget and accounts, in time, with their tables and notes, under a title that says which.

Owns their codes, wording and documentation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from build_site.checks.document_text import text_of, titles_by_address
from build_site.checks.rule import Rule
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import Document, Site, Standing
from build_site.model.text import Location

M = Message
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年")
_QUOTES = re.compile(r"[“”\"'‘’「」\s]")
_TABLES = (
    ("收入支出决算总表", re.compile(r"(?<!财政拨款)(?:收入支出|收支)(?:决算)?总表")),
    ("收入决算表", re.compile(r"收入(?:决算)?(?:总)?表")),
    ("支出决算表", re.compile(r"(?<!收入)支出(?:决算)?(?:总)?表")),
    ("财政拨款收入支出决算总表", re.compile(r"财政拨款(?:收入支出|收支)(?:决算)?(?:总)?表")),
    ("一般公共预算财政拨款支出决算表", re.compile(r"一般公共预算(?:财政拨款)?支出(?:决算)?表")),
    ("一般公共预算财政拨款基本支出决算表", re.compile(r"基本支出(?:决算)?(?:明细)?表")),
    ("一般公共预算财政拨款“三公”经费支出决算表", re.compile(r"三公经费(?:财政拨款)?(?:支出)?(?:决算)?(?:情况)?表")),
    ("政府性基金预算财政拨款收入支出决算表", re.compile(r"政府性基金")),
    ("国有资本经营预算财政拨款支出决算表", re.compile(r"国有资本经营")),
)  # fmt: skip
_NOTES = (("“三公”经费", "三公"), ("机关运行经费", "运行经费"), ("政府采购", "采购"), ("绩效", "绩效"))


def _papers(site: Site) -> Iterator[tuple[Document, bool]]:
    """Yield the published budgets (False) and accounts (True)."""
    for document in site.documents:
        word = document.notice.finance
        if document.standing is Standing.PUBLISHED and word.endswith(("预算", "决算")):
            yield document, word.endswith("决算")


def _year(document: Document) -> int:
    told = _YEAR.search(document.notice.title)
    return document.notice.year or (int(told[1]) if told else 0)


def _years_missing(site: Site) -> Iterator[Finding]:
    found: dict[str, set[int]] = defaultdict(set)
    where: dict[str, Location] = {}
    for topic in site.catalogue.topics:
        for kind in topic.kinds:
            if kind.endswith(("预算", "决算")):
                found[kind], where[kind] = set(), topic.at("kinds")
    for document, _ in _papers(site):
        kind = document.notice.finance
        found[kind].add(_year(document))
        where.setdefault(kind, document.notice.at("finance"))
    limits, today = site.catalogue.checks.thresholds, site.as_of
    for kind, years in found.items():
        accounts = kind.endswith("决算")
        due = today.year - accounts - (today.month <= (limits.accounts_month if accounts else limits.budget_month))
        first = min((year for year in years if year), default=due)
        missing = [year for year in range(first, due + 1) if year not in years]
        if missing:
            zh, en = "、".join(map(str, missing)), ", ".join(map(str, missing))
            yield Finding(
                where[kind],
                M(f"还没有 {zh} 年的{kind}", f"no {kind} for {en}"),
                M(f"发布它，写“年度”和“财政类别: {kind}”", f"publish it, with `year` and `finance: {kind}`"),
            )


def _late(site: Site) -> Iterator[Finding]:
    most = site.catalogue.checks.thresholds.approval_days
    for document in site.documents:
        notice = document.notice
        approved, published = notice.approved, notice.published_on
        if document.standing is not Standing.PUBLISHED or approved is None or published is None:
            continue
        days = (published - approved).days
        if days > most and not notice.late_reason:
            yield Finding(
                notice.at("published"),
                M(f"批复日期 {approved}，发布日期 {published}，隔了 {days} 天，超过 {most} 天", f"approved on {approved}, published on {published}: {days} days, more than {most}"),
                M("日期写错的改正；确实晚了的，写“延期理由”", "correct a wrong date, or state why as `late_reason`"),
            )  # fmt: skip


def _parts_missing(site: Site) -> Iterator[Finding]:
    """Look for tables and notes in the text; a paper with attachments may hold them there, and is not judged."""
    titles = titles_by_address(site)
    for document, accounts in _papers(site):
        if document.files:
            continue
        text = _QUOTES.sub("", text_of(document, titles))
        missing = [name for name, pattern in _TABLES if not pattern.search(text)] if accounts else []
        missing += [f"{name}说明" for name, word in _NOTES if word not in text]
        if missing:
            yield Finding(
                document.notice.at("finance"),
                M(f"{document.notice.finance}里没有找到：{'、'.join(missing)}", f"not found in this paper: {', '.join(missing)}"),
                M("补上；没有数据的表也要列出，写明“本年度没有此项收支”", "add them; a table without figures is named too, with a note that there are none"),
            )  # fmt: skip


def _title_unclear(site: Site) -> Iterator[Finding]:
    for document, accounts in _papers(site):
        notice = document.notice
        told = _YEAR.search(notice.title)
        word = "决算" if accounts else "预算"
        if not told or word not in notice.title:
            yield Finding(
                notice.at("title"),
                M(f"标题里没有写四位数的年份和“{word}”", f"the title does not say the year and “{word}”"),
                M(f"写成“单位全称＋年份＋{notice.finance}”，如 {site.catalogue.site.host}2026年{notice.finance}", "write the agency's full name, the year and what it is"),
            )  # fmt: skip
        elif notice.year and int(told[1]) != notice.year:
            yield Finding(
                notice.at("year"),
                M(f"标题写的是 {told[1]} 年，“年度”写的是 {notice.year}", f"the title says {told[1]}, `year` says {notice.year}"),
                M("对照原件改成一致", "make both the same, by the original"),
            )  # fmt: skip


_ART_14 = M(
    "《中华人民共和国预算法》第十四条：经批复的预算、决算及报表，应当在批复后二十日内公开",
    "预算法 art. 14: within 20 days of approval, with tables",
)

FINANCE_RULES: tuple[Rule, ...] = (
    Rule(
        "FIN101",
        "finance-year-missing",
        Severity.WARNING,
        M("缺少某一年的预算或者决算", "finance year missing"),
        M("预算和决算每年都要公开，中间不能断。", "Budget and accounts are published every year, without a gap."),
        M("补上缺的年份。", "Publish the missing year."),
        "部门预算：2024 年、2026 年",
        "部门预算：2024 年、2025 年、2026 年",
        basis=_ART_14,
        site=_years_missing,
        audit=True,
    ),
    Rule(
        "FIN102",
        "finance-published-late",
        Severity.WARNING,
        M("批复以后没有按时公开", "finance published late"),
        M("预算、决算批复以后 20 天内公开，按日历天数算，节假日也算。", "Budget and accounts are due 20 calendar days after approval."),
        M("日期写错的改正；确实晚了的，写“延期理由”。", "Correct a wrong date, or state why."),
        "批复日期: 2026-08-10\n发布日期: 2026-09-08",
        "批复日期: 2026-08-10\n发布日期: 2026-08-20",
        basis=_ART_14,
        site=_late,
        audit=True,
    ),
    Rule(
        "FIN103",
        "finance-parts-missing",
        Severity.WARNING,
        M("预算、决算的内容不全", "finance parts missing"),
        M("决算有九张表；预算和决算都要说明“三公”经费、运行经费、采购和绩效。", "Accounts have nine tables; both papers tell of the “three publics”, running costs, procurement and performance."),
        M("补上缺的表和说明，没有数据的也要写明。", "Add what is missing; say so where there are no figures."),
        "财政类别: 部门决算（正文只有收入决算表）",
        "财政类别: 部门决算（九张表和四项说明）",
        basis=_ART_14,
        site=_parts_missing,
        audit=True,
    ),
    Rule(
        "FIN104",
        "finance-title-unclear",
        Severity.WARNING,
        M("预算、决算的标题不清楚", "finance title unclear"),
        M("公众按年份找预算和决算，标题里要有单位、年份和名称。", "People look for a year: the title has the agency, the year and what it is."),
        M("标题写成“单位全称＋年份＋部门预算”。", "Write agency, year and kind into the title."),
        "标题: 部门预算公开",
        "标题: 某市退役军人事务局2026年部门预算",
        basis=M("财预〔2016〕143号，形式统一、便于查询", "财预〔2016〕143号: one form, easy to find"),
        site=_title_unclear,
        audit=True,
    ),
)  # fmt: skip
