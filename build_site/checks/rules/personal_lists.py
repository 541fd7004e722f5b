"""Rules on published lists of people as such: why they are public, until when, and who weighed it.

Owns their codes, wording and documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_site.checks.rule import Rule
from build_site.checks.rules import published
from build_site.model.details import PeopleList
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import Document, Site, Standing
from build_site.model.traces import TraceKind

M = Message


def _unfounded(site: Site) -> Iterator[Finding]:
    least = site.catalogue.checks.thresholds.people_in_list
    for document in published.documents(site):
        where = _list_in(site, document, least)
        if where is None:
            continue
        told = document.notice.people or PeopleList()
        given = (
            (told.basis, M("依据", "basis")),
            (told.until, M("公开至", "until")),
            (told.assessor, M("评估人", "assessor")),
            (told.assessed, M("评估日期", "assessed")),
        )
        missing = [label for value, label in given if not value]
        if missing:
            zh, en = "、".join(label.zh for label in missing), ", ".join(label.en for label in missing)
            yield Finding(
                document.notice.at("people" if document.notice.people else "title"),
                M(f"{where.zh}公布了人员名单，开头的“人员名单”没有写：{zh}", f"{where.en} lists people, and `people` of the front matter lacks: {en}"),
                M(
                    "在文章开头写“人员名单: {依据: …, 公开至: …, 评估人: …, 评估日期: …}”",
                    "write `people: {basis: …, until: …, assessor: …, assessed: …}` in the front matter",
                ),
            )  # fmt: skip


def _list_in(site: Site, document: Document, least: int) -> Message | None:
    """Return what of a document lists people, in words; None when nothing does."""
    for trace in document.doc.traces:
        if trace.kind is TraceKind.PEOPLE and trace.count >= least:
            return M(f"正文（第 {trace.where.line} 行起）", f"the text (from line {trace.where.line} on)")
    for source in published.files_of(site, document):
        for trace in site.assets[source].traces:
            if trace.kind is TraceKind.PEOPLE and trace.count >= least:
                name = source.rpartition("/")[2]
                return M(f"附件 {name} ", f"the attachment {name}")
    return None


def _overdue(site: Site) -> Iterator[Finding]:
    for document in site.documents:
        told = document.notice.people
        if document.standing is Standing.PUBLISHED and told and told.until and told.until < site.as_of:
            yield Finding(
                told.at("until"),
                M(f"人员名单公开到 {told.until} 为止，已经过了", f"the list of people was to be public until {told.until}"),
                M("把“状态”改成“撤回”，写上撤回日期和原因；确需延长的改“公开至”", "set `state` to withdrawn with day and reason, or write a later day if it must stay"),
            )  # fmt: skip


LIST_RULES: tuple[Rule, ...] = (
    Rule(
        "PII109",
        "list-of-people-unfounded",
        Severity.WARNING,
        M("人员名单没有写明依据和期限", "list of people without basis and end"),
        M("公布名单要有依据，只公开到目的实现为止，公布以前要评估对本人的影响。写在开头，到期会有提示。", "A list needs a basis and an end, and its effect on people is to be weighed first. Written down, its end is remembered."),
        M("在文章开头写“人员名单”。", "Write `people` in the front matter."),
        "| 序号 | 姓名 | （三行以上，开头没有“人员名单”）",
        "人员名单: {依据: 某办法第八条, 公开至: 2026-12-31, 评估人: 安置处, 评估日期: 2026-11-02}",
        basis=M(
            "《个人信息保护法》第十三条第一款第（三）项、第五十五条：履行法定职责所必需；公开个人信息应当事前进行影响评估",
            "Personal Information Protection Law, art. 13 (1) (3) and 55: needed for a statutory duty; assessed beforehand",
        ),
        site=_unfounded,
    ),
    Rule(
        "PII110",
        "list-of-people-overdue",
        Severity.WARNING,
        M("人员名单过期了还在公开", "list of people still public after its end"),
        M("公示期过了，名单就没有理由再挂着。", "After its term a list has no reason to stay."),
        M("撤回这篇，或者延长期限。", "Withdraw the document, or extend the term."),
        "人员名单: {公开至: 2026-10-31}（今天是 2026-11-25）",
        "状态: 撤回",
        basis=M(
            "《个人信息保护法》第四十七条：处理目的已实现的，个人信息处理者应当主动删除个人信息",
            "Personal Information Protection Law, art. 47: delete when the purpose is achieved",
        ),
        site=_overdue,
    ),
)  # fmt: skip
