"""Rules on how the column home is arranged, and on what the column for requests must offer.

Owns the order of the four sub-columns and the question whether one can apply: `columns` judges which columns there are.
Source: the bureau's work plan for 2020, part 1 (3).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import pairwise

from build_site.checks.rule import Rule, Scope
from build_site.checks.rules.columns import MANDATED
from build_site.loading.pictures import SUFFIXES
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import ColumnNode, Document, Reach, Site, Standing
from build_site.model.words import ColumnKind

M = Message

_ORDERED = MANDATED[:4]
_ON_REQUEST = "依申请公开"
_PLAN = M(
    "《上海市退役军人事务局2020年政务公开工作要点》一（三）",
    "the bureau's work plan for 2020, part 1 (3)",
)


def _out_of_order(site: Site) -> Iterator[Finding]:
    """Yield the first of the four sub-columns that stands before one that should precede it."""
    ranks = {title: rank for rank, titles in enumerate(_ORDERED) for title in titles}
    found = [(ranks[column.title], column) for column in site.catalogue.columns if column.title in ranks]
    for (rank, column), (following, after) in pairwise(found):
        if following < rank:
            yield Finding(
                after.at("title"),
                M(f"“{after.title}”排在“{column.title}”后面", f"“{after.title}” stands after “{column.title}”"),
                M(
                    "在 catalog.yaml 里移动整段栏目，依次为指南、制度、法定主动公开内容、年度报告",
                    "move the column in catalog.yaml: guide, rules, mandatory content, annual reports",
                ),
            )
            return


def _request_columns(site: Site) -> Iterator[tuple[ColumnNode, list[Document]]]:
    """Yield the column for requests, as far as anything is in it, with its introduction and all documents below it."""
    for path, node in site.columns.items():
        if node.column.page_kind is ColumnKind.ON_REQUEST and node.filled:
            yield (
                node,
                [
                    document
                    for document in site.documents
                    if document.standing is Standing.PUBLISHED and document.column[: len(path)] == path
                ],
            )


def _other_kind(site: Site) -> Iterator[Finding]:
    """Yield the column that is called after disclosure on request and is shown as something else."""
    for path, node in site.columns.items():
        column = node.column
        if len(path) == 1 and column.title == _ON_REQUEST and column.page_kind is not ColumnKind.ON_REQUEST:
            yield Finding(
                column.at("kind" if column.kind else "title"),
                M(
                    f"栏目“{_ON_REQUEST}”的类型是“{column.page_kind.zh}”，不会显示申请表、流程图和期限",
                    f"the column {_ON_REQUEST} has the kind {column.page_kind.en}: no form, chart or limits are shown",
                ),
                M(f"写成“kind: {_ON_REQUEST}”", f"write `kind: {_ON_REQUEST}`"),
            )


def _is_form(name: str) -> bool:
    return posixpath.splitext(name)[1].lower() not in SUFFIXES


def _form_missing(site: Site) -> Iterator[Finding]:
    """Yield the column for requests where no form can be downloaded; a picture of a form cannot be filled in."""
    for node, documents in _request_columns(site):
        if not any(_is_form(file.source) for document in documents for file in document.files):
            yield Finding(
                node.column.at("title"),
                M(f"栏目“{node.column.title}”没有可以下载的申请表", f"“{node.column.title}” has no form to download"),
                M(
                    f"把申请表（如 sqb.docx）放进 content/{node.key}/，在 content/{node.key}/index.md 开头写“附件: [sqb.docx]”",
                    f"put the form into content/{node.key}/ and name it under `attachments` of its index.md",
                ),
            )


def _online_missing(site: Site) -> Iterator[Finding]:
    """Yield the column for requests where nothing leads to an online application."""
    if site.catalogue.agency.online:
        return
    for _, documents in _request_columns(site):
        links = (
            link.text
            for document in documents
            for link, target in zip(document.doc.body.links, document.targets, strict=True)
            if target.reach is Reach.EXTERNAL
        )
        if not any("申请" in text or "网上" in text or "在线" in text for text in links):
            yield Finding(
                site.catalogue.agency.at(),
                M("没有网上申请的入口", "nothing leads to an online application"),
                M(
                    "在 catalog.yaml 的受理机构里加一行“网上渠道: https://……”",
                    "add `online: https://...` to `agency` in catalog.yaml",
                ),
            )


STRUCTURE_RULES: tuple[Rule, ...] = (
    Rule(
        "STR101",
        "columns-out-of-order",
        Severity.WARNING,
        M("四个子栏目的次序不对", "columns out of order"),
        M("各机关的专栏次序一致，公众换一个网站也找得到。", "The columns of all bodies have one order, so people find their way on each."),
        M("按指南、制度、法定主动公开内容、年度报告排列。", "Order them: guide, rules, mandatory content, annual reports."),
        "- {key: zd, title: 政府信息公开制度}\n- {key: zn, title: 政府信息公开指南}",
        "- {key: zn, title: 政府信息公开指南}\n- {key: zd, title: 政府信息公开制度}",
        _PLAN,
        site=_out_of_order,
        scope=Scope.CATALOGUE,
    ),
    Rule(
        "STR102",
        "application-form-missing",
        Severity.ERROR,
        M("没有申请表可以下载", "application form missing"),
        M("公众要有申请表才好提出申请，工作要点要求在专栏提供下载。", "People need the form; the work plan wants it in the column."),
        M("把申请表放进栏目文件夹，写进附件。", "Put the form into the column's folder and list it as an attachment."),
        "content/ysqgk/index.md（没有附件）",
        "附件:\n  - 文件: sqb.docx\n    名称: 政府信息公开申请表",
        _PLAN,
        site=_form_missing,
    ),
    Rule(
        "STR103",
        "online-application-missing",
        Severity.WARNING,
        M("没有网上申请的入口", "online application missing"),
        M("工作要点要求提供在线申请的入口，免得公众只能邮寄或者上门。", "The work plan wants an entry for online applications beside post and counter."),
        M("写上网上申请的完整网址。", "Write the full address of the online application."),
        "受理机构:\n  电话: 021-00000000",
        "受理机构:\n  网上渠道: https://tyjrj.example.gov.cn/shenqing/",
        _PLAN,
        site=_online_missing,
        audit=True,
    ),
    Rule(
        "STR104",
        "on-request-of-another-kind",
        Severity.WARNING,
        M("依申请公开栏目的类型不对", "column for requests of another kind"),
        M("只有这个类型的栏目页才显示申请表下载、网上申请入口、流程图和答复期限。", "Only a column of this kind shows the form, the online entry, the chart and the limits."),
        M("把栏目的类型写成“依申请公开”。", "Give the column the kind 依申请公开."),
        "- {key: ysqgk, title: 依申请公开}",
        "- {key: ysqgk, title: 依申请公开, kind: 依申请公开}",
        _PLAN,
        site=_other_kind,
        scope=Scope.CATALOGUE,
        audit=True,
    ),
)  # fmt: skip
