"""Rules on decisions: consultations with what they need and long enough, results, the year's catalogue, meetings.

Owns their codes, wording and documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from build_site.checks.document_text import text_of, titles_by_address
from build_site.checks.rule import Rule
from build_site.model.details import Consultation
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import Document, Site, Standing

M = Message
_IN_FORCE = date(2019, 9, 1)
"""On this day 国务院令第713号 came into force; earlier consultations are not measured by it."""
_ELEMENTS = (
    (
        M("草案", "the draft"),
        re.compile(r"草案|征求意见稿|讨论稿|送审稿|修订稿|修改稿|审议稿|公示稿|（[^（）]{0,8}稿）|初稿|第一条|文本|全文|(?:（|\()修[订改](?:）|\))"),
    ),
    (
        M("起草说明", "its explanation"),
        re.compile(r"说明(?!理由|原因)|起草|背景|必要性|目的|为了|为进一步|解读"),
    ),
    (
        M("提意见的方式", "how to comment"),
        re.compile(r"邮箱|邮件|[Ee]-?mail|@|信函|来信|邮寄|寄[至到送]?|电话|来电|传真|留言|填写|提意见|提出意见|反馈|联系方式|网上|在线|致电|拨打|送[至到交]|投递|书面|当面|面交|扫码|二维码"),
    ),
)  # fmt: skip
_IDEAS = re.compile(r"^(?!.*(?:稿|草案|《)).*(?:征集|问计|建言)")
"""Titles of calls for ideas, before there is a draft: 关于公开征集“十五五”规划意见建议的公告."""
_ATTENDED = re.compile(r"列席|出席|旁听|参加|参会|邀请")
_OUTCOME = re.compile(
    r"(?:审议|讨论|表决)?通过(?:了)?|原则同意|会议(?:研究)?(?:决定|同意|明确|要求|强调|指出|认为|确定|议定)|议定"
)
_YEAR = re.compile(r"(20[0-9]{2})年")


def _consultations(site: Site) -> Iterator[tuple[Document, Consultation]]:
    for document in site.documents:
        told = document.notice.consultation
        if told and document.standing is Standing.PUBLISHED:
            yield document, told


def _too_short(site: Site) -> Iterator[Finding]:
    least = site.catalogue.checks.thresholds.consultation_days
    for _, told in _consultations(site):
        days = (told.ends - told.starts).days + 1
        if told.starts >= _IN_FORCE and 0 < days < least and not told.short_reason:
            yield Finding(
                told.at("ends"),
                M(f"征求意见 {days} 天，不满 {least} 天，也没有写理由", f"open for {days} days, under {least}, and no reason given"),
                M("延长“截止日期”；确实要缩短的，写“缩短理由”", "move `ends`, or state why as `short_reason`"),
            )  # fmt: skip


def _incomplete(site: Site) -> Iterator[Finding]:
    titles = titles_by_address(site)
    for document, told in _consultations(site):
        if told.starts < _IN_FORCE:
            continue
        text = text_of(document, titles)
        wanted = _ELEMENTS[-1:] if _IDEAS.search(document.notice.title) else _ELEMENTS
        # a draft may be attached under its own name alone
        missing = [
            name
            for name, pattern in wanted
            if not (pattern.search(text) or (pattern is _ELEMENTS[0][1] and document.files))
        ]
        if missing:
            yield Finding(
                told.at(),
                M(
                    f"征求意见的公告缺少：{'、'.join(name.zh for name in missing)}",
                    f"the consultation lacks: {', '.join(name.en for name in missing)}",
                ),
                M("在正文里各写一节，或者作为附件公布", "give each a section of the text, or attach it"),
            )


def _without_result(site: Site) -> Iterator[Finding]:
    most = site.catalogue.checks.thresholds.result_days
    for _, told in _consultations(site):
        if told.starts < _IN_FORCE:
            continue
        over = (site.as_of - told.ends).days
        answered = told.answered is not None and told.answered <= site.as_of
        promised = told.reply_by is not None and told.reply_by >= site.as_of
        if over > most and not promised and not (answered or told.result or told.opinions):
            yield Finding(
                told.at("ends"),
                M(
                    f"征求意见已经截止 {over} 天，还没有公布采纳情况",
                    f"closed {over} days ago, and nothing is said of what became of the opinions",
                ),
                M(
                    "写“反馈日期”和“意见”；没有收到意见的，写“收到意见: 0”和“反馈日期”",
                    "write `answered` and `opinions`; if none came, `received: 0` and `answered`",
                ),
            )


def _catalogue_missing(site: Site) -> Iterator[Finding]:
    nodes = [
        node
        for node in site.columns.values()
        if "重大" in node.column.title and "决策" in node.column.title and node.filled
    ]
    listed = [
        document for document in site.documents if document.notice.decisions and document.standing is Standing.PUBLISHED
    ]
    if not nodes or site.as_of.month <= site.catalogue.checks.thresholds.decision_month:
        return
    if site.as_of.year not in {_year(document) for document in listed}:
        yield Finding(
            nodes[0].column.at("title"),
            M(f"还没有 {site.as_of.year} 年的重大行政决策事项目录", f"no catalogue of major decisions for {site.as_of.year}"),
            M(
                "发布当年的目录，写“决策事项”；当年没有列入的事项，也发布一篇说明并写“年度”",
                "publish this year's, with `decisions`; if there are none this year, say so",
            ),
        )  # fmt: skip


def _year(document: Document) -> int:
    notice = document.notice
    told = _YEAR.search(notice.title)
    published = notice.published_on
    return notice.year or (int(told[1]) if told else published.year if published else 0)


def _meetings(site: Site) -> Iterator[Finding]:
    """Yield the meetings of which neither the record nor the text tells who attended, or what came of it."""
    titles = titles_by_address(site)
    for document in site.documents:
        held = document.notice.meeting
        if held is None or document.standing is not Standing.PUBLISHED:
            continue
        text = text_of(document, titles)
        missing = [
            name
            for name, given, told in (
                (M("列席", "attendees"), held.attendees, _ATTENDED),
                (M("审议结果", "outcomes"), held.outcomes, _OUTCOME),
            )
            if not given and not told.search(text)
        ]
        if missing:
            yield Finding(
                held.at(),
                M(
                    f"会议没有写{'和'.join(name.zh for name in missing)}",
                    f"the meeting does not tell its {' and '.join(name.en for name in missing)}",
                ),
                M(
                    "补上“列席”和“审议结果”；没有代表列席的，写“列席: [没有代表列席]”",
                    "add `attendees` and `outcomes`; if nobody attended, say so",
                ),
            )


_ART_15 = M(
    "《重大行政决策程序暂行条例》（国务院令第713号）第十五条：期限一般不少于30日；因情况紧急等原因需要缩短期限的，公开征求意见时应当予以说明",
    "国务院令第713号 art. 15: 30 days as a rule; a shorter time is explained",
)

DECISION_RULES: tuple[Rule, ...] = (
    Rule(
        "DEC101",
        "consultation-too-short",
        Severity.ERROR,
        M("征求意见的时间太短", "consultation too short"),
        M("公众要有时间看草案、想问题、写意见。开始和截止两天都算在内，不满 30 天的要说明理由。", "People need time to read and to write. First and last day count; under 30 days a reason is due."),
        M("延长截止日期，或者写“缩短理由”。", "Move the end, or state the reason."),
        "征集: {开始日期: 2026-11-09, 截止日期: 2026-11-16}",
        "征集: {开始日期: 2026-11-09, 截止日期: 2026-12-11}",
        basis=_ART_15,
        site=_too_short,
        audit=True,
    ),
    Rule(
        "DEC102",
        "consultation-incomplete",
        Severity.ERROR,
        M("征求意见的公告不完整", "consultation incomplete"),
        M("没有草案和说明，公众无从提意见；没有写方式，意见送不到。", "Without draft and explanation nobody can comment; without a way, no comment arrives."),
        M("正文或者附件里要有草案、起草说明和提意见的方式。", "Text or attachments hold the draft, its explanation and how to comment."),
        "正文：请大家踊跃参与。",
        "## 一、草案\n…\n## 二、起草说明\n…\n## 三、怎样提意见\n…",
        basis=_ART_15,
        site=_incomplete,
        audit=True,
    ),
    Rule(
        "DEC103",
        "consultation-without-result",
        Severity.WARNING,
        M("征求意见没有反馈", "consultation without result"),
        M("提了意见没有回音，下次就没有人提了。", "Who hears nothing will not comment again."),
        M("截止以后 30 天内公布采纳情况，或者写明“预计反馈”。", "Say within 30 days what became of the opinions, or when it will be said."),
        "征集: {开始日期: 2026-08-10, 截止日期: 2026-09-10}（当天是 2026-11-25）",
        "征集: {开始日期: 2026-08-10, 截止日期: 2026-09-10, 反馈日期: 2026-10-09, 收到意见: 0}",
        basis=M("《重大行政决策程序暂行条例》第三十二条：公布时说明公众意见的采纳情况", "国务院令第713号 art. 32: say how opinions were adopted"),
        site=_without_result,
        audit=True,
    ),
    Rule(
        "DEC104",
        "decision-catalogue-missing",
        Severity.WARNING,
        M("缺少当年的决策目录", "decision catalogue missing"),
        M("有了目录，公众才知道今年要决定什么、什么时候可以参与。", "The catalogue tells what will be decided this year and when people can take part."),
        M("每年发布一篇，写“决策事项”。", "Publish one every year, with `decisions`."),
        "栏目“重大行政决策目录”里最近的是 2025 年目录（当天是 2026-11-25）",
        "标题: 2026年重大行政决策事项目录\n决策事项: …",
        basis=M("《重大行政决策程序暂行条例》第三条：目录向社会公布", "国务院令第713号 art. 3: the catalogue is published"),
        site=_catalogue_missing,
        audit=True,
    ),
    Rule(
        "DEC105",
        "meeting-without-outcome",
        Severity.WARNING,
        M("会议没有写列席或者结果", "meeting without outcome"),
        M("会议公开就是公开谁列席、议定了什么。", "A meeting is open when it tells who attended and what came of it."),
        M("补上“列席”和“审议结果”。", "Add `attendees` and `outcomes`."),
        "会议: {时间: 2026-02-02, 议题: [工作安排]}",
        "会议: {时间: 2026-02-02, 议题: [工作安排], 列席: [退役军人代表2名], 审议结果: [原则同意]}",
        basis=M("国办发〔2016〕80号，会议公开", "国办发〔2016〕80号, open meetings"),
        site=_meetings,
        audit=True,
    ),
)  # fmt: skip
