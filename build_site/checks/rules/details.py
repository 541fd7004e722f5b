"""Rules on what a notice's front matter says beside its text: dates in their order, words that the catalogue knows.

Owns their codes, wording and documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches

from build_site.checks.rule import Rule
from build_site.model.finding import Finding, Message, Severity
from build_site.model.notice import Notice
from build_site.model.record import Record
from build_site.model.site import Document, Site, Standing
from build_site.model.words import Adoption

M = Message
Moment = date | datetime | None


def _published(site: Site) -> Iterator[Document]:
    return (document for document in site.documents if document.standing is Standing.PUBLISHED)


def _dates(site: Site) -> Iterator[Finding]:
    for document in _published(site):
        for record, field, label, later, earlier_label, earlier in _pairs(document.notice):
            if later is not None and earlier is not None and _day(later) < _day(earlier):
                yield _out_of_order(record, field, label, later, earlier_label, earlier)
        said = document.notice.response
        if said and _day(said.answered).date() > site.as_of:
            yield Finding(
                said.at("answered"),
                M("首次回应时间还没有到", "the first response lies in the future"),
                M("写实际作出首次回应的时间", "write when the first response was really given"),
            )
    for span in site.catalogue.site.mourning:
        if span.ends < span.starts:
            yield _out_of_order(span, "ends", "截止日期", span.ends, "开始日期", span.starts)


def _pairs(notice: Notice) -> Iterator[tuple[Record, str, str, Moment, str, Moment]]:
    yield notice, "expires", "有效期至", notice.expires, "施行日期", notice.effective
    told = notice.consultation
    if told:
        yield told, "ends", "截止日期", told.ends, "开始日期", told.starts
        yield told, "answered", "反馈日期", told.answered, "截止日期", told.ends
        yield told, "reply_by", "预计反馈", told.reply_by, "截止日期", told.ends
    if notice.response:
        said = notice.response
        yield said, "answered", "首次回应时间", said.answered, "发生时间", said.happened


def _day(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, 23, 59)


def _out_of_order(
    record: Record, field: str, label: str, later: date | datetime, earlier_label: str, earlier: date | datetime
) -> Finding:
    last, first = (
        value.isoformat(" ", "minutes") if isinstance(value, datetime) else str(value) for value in (later, earlier)
    )
    return Finding(
        record.at(field),
        M(f"{label} {last} 早于{earlier_label} {first}", f"{field} {last} is before {first}"),
        M("对照原件改正其中一个日期", "compare with the original and correct one of the two"),
    )


def _kinds(site: Site) -> Iterator[Finding]:
    for document in _published(site):
        notice = document.notice
        records = {
            "consultation": ("征集", notice.consultation),
            "meeting": ("会议", notice.meeting),
            "decisions": ("决策事项", notice.decisions),
            "service": ("办事指南", notice.service),
            "response": ("回应", notice.response),
            "figures": ("年报数据", notice.figures),
        }
        given = [(field, label) for field, (label, record) in records.items() if record]
        for field, label in given[1:]:
            yield Finding(
                notice.at(field),
                M(f"一篇文章里既有“{given[0][1]}”又有“{label}”，页面只能显示前一种", f"a notice holds both {given[0][0]} and {field}; its page shows the first only"),
                M("分成两篇，用“相关文件”互相链接", "make two notices of it and link them by `related`"),
            )  # fmt: skip


def _counts(site: Site) -> Iterator[Finding]:
    for document in _published(site):
        told = document.notice.consultation
        if told is None:
            continue
        listed = len(told.opinions)
        kept = sum(opinion.adoption is not Adoption.REJECTED for opinion in told.opinions)
        received = told.received if told.received is not None else listed
        adopted = told.adopted if told.adopted is not None else kept
        if received < listed:
            zh, en, field = (
                f"收到 {received} 条，却列出了 {listed} 条",
                f"{received} received, {listed} listed",
                "received",
            )
        elif adopted > received and (told.received is not None or listed):
            zh, en, field = (
                f"采纳 {adopted} 条，多于收到的 {received} 条",
                f"{adopted} adopted of {received}",
                "adopted",
            )
        else:
            continue
        yield Finding(
            told.at(field),
            M(f"意见的条数对不上：{zh}", f"the numbers of opinions disagree: {en}"),
            M("对照征集的记录改正；都列出来的，条数可以不写", "correct by the record; leave the numbers out when all are listed"),
        )  # fmt: skip


def _words(site: Site) -> Iterator[Finding]:
    themes = tuple(theme.title for theme in site.catalogue.themes)
    stages = {tuple(topic.column.split("/")): topic.stages for topic in site.catalogue.topics}
    kinds = tuple(kind for topic in site.catalogue.topics for kind in topic.kinds)
    for document in _published(site):
        notice = document.notice
        known_stages = stages.get(document.column, ())
        for field, label, value, known, place in (
            ("theme", "主题分类", notice.theme, themes, "themes"),
            ("topic_stage", "环节", notice.topic_stage, known_stages, "topics"),
            ("finance", "财政类别", notice.finance, kinds, "topics"),
        ):
            if value and known and value not in known:
                near = get_close_matches(value, known, n=1, cutoff=0.4)
                hint = f"可能是“{near[0]}”；" if near else ""
                yield Finding(
                    notice.at(field),
                    M(f"{label}“{value}”不在 catalog.yaml 的 {place} 里", f"{field} “{value}” is not among the {place} of catalog.yaml"),
                    M(
                        f"{hint}已有的是：{'、'.join(known)}；确实要新增的，先加到 catalog.yaml",
                        f"known: {', '.join(known)}; add a new one to catalog.yaml first",
                    ),
                )  # fmt: skip


DETAIL_RULES: tuple[Rule, ...] = (
    Rule(
        "DOC101",
        "dates-out-of-order",
        Severity.ERROR,
        M("日期先后颠倒", "dates out of order"),
        M("状态、有效性和期限都由日期算出，颠倒了就会对公众说错。", "State, validity and limits follow from dates: turned round, they tell the public something false."),
        M("对照原件改正。", "Correct it by the original."),
        "征集: {开始日期: 2026-12-11, 截止日期: 2026-11-09}",
        "征集: {开始日期: 2026-11-09, 截止日期: 2026-12-11}",
        site=_dates,
    ),
    Rule(
        "DOC102",
        "word-not-in-catalogue",
        Severity.WARNING,
        M("用了目录里没有的词", "word not in catalogue"),
        M("主题、环节、财政类别对不上，文件就不会出现在分面、环节和一览表里。", "With another word the document is missing from facets, stages and the finance matrix."),
        M("改成已有的词，或者先在 catalog.yaml 里加上。", "Use a known word, or add it to catalog.yaml."),
        "环节: 政策法规",
        "环节: 政策",
        site=_words,
    ),
    Rule(
        "DOC103",
        "opinions-do-not-add-up",
        Severity.ERROR,
        M("意见的条数对不上", "opinions do not add up"),
        M("公众会把条数和下面的表对着看，对不上就不可信。", "People compare the numbers with the table below."),
        M("改正条数，或者不写，由系统按列出的意见计。", "Correct the numbers, or leave them out to have them counted."),
        "收到意见: 1\n采纳意见: 3",
        "收到意见: 4\n采纳意见: 3",
        site=_counts,
    ),
    Rule(
        "DOC104",
        "two-kinds-of-page",
        Severity.ERROR,
        M("一篇文章里写了两种内容", "two kinds of page"),
        M("每篇文章只有一种页面，另一种内容公众看不到。", "A notice has one kind of page; the public would not see the other record."),
        M("分成两篇，互相链接。", "Make two notices of it and link them."),
        "征集: …\n会议: …",
        "征集: …\n相关文件: [huiyi.md]",
        site=_kinds,
    ),
)  # fmt: skip
