"""Rules on the day of publication: in time after the document was formed, and a day that is true.

Owns their codes, wording and documentation; `checks.timeliness` measures the documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_site.checks.rule import Rule
from build_site.checks.timeliness import Measured, Verdict, measured
from build_site.loading.working_days import works
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import Site, Standing
from build_site.model.time_limit import time_limit
from build_site.model.words import ColumnKind, Mode

M = Message
_WHY_LATE = M(
    "确有理由的（法律法规另有规定等），写“延期理由”；日期写错的，对照原件改正",
    "with a reason in law, write `late_reason`; a wrong date is corrected by the original",
)


def _late(site: Site) -> Iterator[Finding]:
    return (_finding(item) for item in measured(site) if item.verdict is Verdict.LATE)


def _finding(item: Measured) -> Finding:
    return Finding(
        item.document.notice.at("published"),
        M(
            f"成文日期 {item.written}，发布日期 {item.published}，超过 {item.limit} 个工作日",
            f"written on {item.written}, published on {item.published}: more than {item.limit} working days",
        ),
        _WHY_LATE,
    )


def _later_than_catalogue(site: Site) -> Iterator[Finding]:
    for item in measured(site):
        if item.verdict is Verdict.LATER_THAN_CATALOGUE:
            yield Finding(
                item.document.notice.at("published"),
                M(
                    f"成文日期 {item.written}，发布日期 {item.published}，超过标准目录里自己写的 {item.limit} 个工作日",
                    f"written on {item.written}, published on {item.published}: more than the {item.limit} working days of the catalogue",
                ),
                _WHY_LATE,
            )
    for row in site.catalogue.items:
        yearly = time_limit(row.deadline).yearly if row.mode is Mode.PROACTIVE else None
        node = site.columns.get(tuple(row.column.split("/")))
        if yearly is None or node is None or node.latest is None or node.column.page_kind is ColumnKind.REPORTS:
            continue
        if (site.as_of.month, site.as_of.day) > yearly and node.latest.year < site.as_of.year:
            yield Finding(
                row.at("deadline"),
                M(
                    f"“{row.level2}”每年 {yearly[0]} 月 {yearly[1]} 日前公开，今年栏目“{node.column.title}”里还没有",
                    f"“{row.level2}” is due by {yearly[0]}/{yearly[1]} of every year; “{node.column.title}” has nothing of this year",
                ),
                M("发布今年的；时限不对的，改标准目录的“公开时限”", "publish this year's, or correct the limit in the catalogue"),
            )  # fmt: skip


def _unknown(site: Site) -> Iterator[Finding]:
    found = [item for item in measured(site) if item.verdict is Verdict.UNKNOWN]
    if not found:
        return
    spans = {year for item in found for year in range(item.written.year, item.published.year + 1)}
    years = sorted(year for year in spans if works(found[0].written.replace(year=year, month=1, day=1)) is None)
    zh, en = "、".join(map(str, years)), ", ".join(map(str, years))
    yield Finding(
        found[0].document.notice.at("published"),
        M(
            f"没有 {zh} 年的放假安排，{len(found)} 篇文件是不是按时公开无法判断（这是第一篇）",
            f"no arrangement of holidays for {en}: whether {len(found)} documents were in time cannot be judged (this is the first)",
        ),
        M(
            "请维护程序的人更新放假安排（升级 chinesecalendar）；更新以前请人工核对",
            "have the arrangement updated (upgrade chinesecalendar); until then, check by hand",
        ),
    )


def _before_written(site: Site) -> Iterator[Finding]:
    for document in site.documents:
        notice, day = document.notice, document.notice.published_on
        if document.standing is Standing.PUBLISHED and day and notice.written and day < notice.written:
            yield Finding(
                notice.at("published"),
                M(f"发布日期 {day} 早于成文日期 {notice.written}", f"published on {day}, before it was written on {notice.written}"),
                M("对照原件改正其中一个日期", "compare with the original and correct one of the two"),
            )  # fmt: skip


def _backdated(site: Site) -> Iterator[Finding]:
    """Compare with the day on which version control first saw a file.

    What is dated before the record itself begins was brought along from an older site and is not measured.
    """
    history = site.history
    if history is None:
        return
    most = site.catalogue.checks.thresholds.record_days
    for document in site.documents:
        day, first = document.notice.published_on, history.first.get(document.path)
        if document.intro or document.standing is not Standing.PUBLISHED or day is None or first is None:
            continue
        if day >= history.began and (first - day).days > most:
            yield Finding(
                document.notice.at("published"),
                M(
                    f"发布日期是 {day}，但这个文件到 {first} 才进入版本库，晚了 {(first - day).days} 天",
                    f"published on {day}, but the file was first recorded on {first}, {(first - day).days} days later",
                ),
                M("发布日期写实际上网的那一天；原件的日期写在“成文日期”", "write the day on which it went online; the day of the original is `written`"),
            )  # fmt: skip


_ART_26 = M(
    "《中华人民共和国政府信息公开条例》第二十六条：自形成或者变更之日起20个工作日内及时公开；法律、法规另有规定的，从其规定",
    "条例 art. 26: within 20 working days of being formed or changed, unless another law sets a limit",
)
_FORGED = M("国办秘函〔2019〕19号：伪造发稿日期，单项否决", "国办秘函〔2019〕19号: forged dates are a veto")

TIMELINESS_RULES: tuple[Rule, ...] = (
    Rule(
        "FRS102",
        "published-late",
        Severity.WARNING,
        M("没有按时公开", "published late"),
        M("主动公开的文件，成文以后 20 个工作日内要公开；节假日不算，调休上班的周末要算。", "What is open by law is published within 20 working days; holidays do not count, weekend days worked instead do."),
        M("日期写错的改正；有法定理由的写“延期理由”。", "Correct a wrong date; state a reason in law as `late_reason`."),
        "成文日期: 2026-09-01\n发布日期: 2026-11-02",
        "成文日期: 2026-09-01\n发布日期: 2026-09-08",
        basis=_ART_26,
        site=_late,
        audit=True,
    ),
    Rule(
        "FRS104",
        "later-than-catalogue-says",
        Severity.WARNING,
        M("比标准目录的时限晚", "later than catalogue says"),
        M("公开时限是本机关自己在标准目录里写的，公众会对照。", "The catalogue's limits are the agency's own word, and people compare."),
        M("按时公开；时限不合实际的，改标准目录。", "Publish in time, or correct the catalogue."),
        "公开时限: 10个工作日内（成文 11 月 2 日，发布 11 月 20 日）",
        "公开时限: 10个工作日内（成文 11 月 2 日，发布 11 月 13 日）",
        basis=M("国办发〔2019〕54号；本机关的标准目录", "国办发〔2019〕54号; the agency's own catalogue"),
        site=_later_than_catalogue,
        audit=True,
    ),
    Rule(
        "FRS106",
        "published-before-written",
        Severity.WARNING,
        M("发布日期早于成文日期", "published before written"),
        M("文件没有成文就不会公开，两个日期总有一个写错了。", "Nothing is published before it is written: one of the two days is wrong."),
        M("对照原件改正。", "Correct it by the original."),
        "成文日期: 2026-11-20\n发布日期: 2026-11-16",
        "成文日期: 2026-11-16\n发布日期: 2026-11-20",
        basis=_FORGED,
        site=_before_written,
        audit=True,
    ),
    Rule(
        "FRS107",
        "published-before-recorded",
        Severity.WARNING,
        M("发布日期比入库早得多", "published before recorded"),
        M("倒填发布日期属于伪造发稿日期。版本库记得每个文件是哪一天第一次出现的。", "A publication date set back is a forged one. Version control remembers when a file first appeared."),
        M("发布日期写实际上网的那一天。", "Write the day on which it went online."),
        "发布日期: 2026-10-08（11 月 20 日才进入版本库）",
        "发布日期: 2026-11-20\n成文日期: 2026-10-08",
        basis=_FORGED,
        site=_backdated,
        audit=True,
    ),
    Rule(
        "FRS110",
        "working-days-unknown",
        Severity.WARNING,
        M("没有当年的放假安排", "working days unknown"),
        M("工作日要按国务院每年公布的放假安排数，没有那一年的安排就不能说按时，也不能说超期。", "Working days follow the yearly arrangement of holidays; without it nothing can be said."),
        M("更新程序里的放假安排；更新以前人工核对。", "Update the arrangement; until then, check by hand."),
        "成文日期: 2027-01-04\n发布日期: 2027-02-08（还没有 2027 年的安排）",
        "成文日期: 2027-01-04\n发布日期: 2027-01-11（怎么数都不到 20 个工作日）",
        basis=_ART_26,
        site=_unknown,
        audit=True,
    ),
)  # fmt: skip
