"""Rules on the facts of a document: index number, dates, publisher, summary, interpretation.

Owns which of them an official document must have and what a full name is; `details` compares what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from build_site.checks.rule import Rule, Scope
from build_site.model.finding import Finding, Message, Severity
from build_site.model.notice import Notice
from build_site.model.site import Document, Reach, Site, Standing
from build_site.model.validity import validity_on
from build_site.model.words import Validity

M = Message

_REGISTER = M("《中华人民共和国政府信息公开条例》第十二条", "条例 art. 12: what the register holds")
_SCHEME = re.compile(r"(?P<code>[0-9A-Z]{7,18}(?:-[0-9X])?)/\d{4}(?:0[1-9]|1[0-2])?-(?P<serial>\d+)", re.ASCII)
_SEVERAL = re.compile(r"[、，,;；/\s\u3000]+")
_OF_OURS = frozenset(
    {"本局", "我局", "本委", "我委", "本厅", "本机关", "我机关", "本单位", "我单位", "办公室", "局办公室"}
)
_BODY_ENDINGS = frozenset("局委厅部署院办室会府")
_NORMATIVE = re.compile(r"规〔\d{4}〕")
_INTERPRETED = date(2016, 11, 10)
"""The day of 国办发〔2016〕80号, which asks for an interpretation beside the document; older ones need none."""
_ENDED = (Validity.REPEALED, Validity.EXPIRED, Validity.AMENDED)


def _published(site: Site) -> Iterator[Document]:
    return (item for item in site.documents if item.standing is Standing.PUBLISHED and not item.intro)


def _incomplete(site: Site) -> Iterator[Finding]:
    """Yield the documents with a document number that lack index number or day of writing."""
    for document in _published(site):
        notice = document.notice
        if not notice.doc_no:
            continue
        for label, field, value, example in (
            ("索引号", "index_no", notice.index_no, "索引号: 机构代码/2020-00001"),
            ("成文日期", "written", notice.written, "成文日期: 2020-11-17"),
        ):
            if not value:
                yield Finding(
                    notice.at("doc_no"),
                    M(f"有发文字号的公文没有写{label}", f"an official document that does not say `{field}`"),
                    M(f"照原件加一行“{example}”", f"add `{field}`, as the original says it"),
                )


def _off_scheme(site: Site) -> Iterator[Finding]:
    """Yield the index numbers of another shape than the site's, or with another body's code on a document of our own."""
    digits = site.catalogue.checks.thresholds.index_digits
    code, host = site.catalogue.site.org_code, site.catalogue.site.host
    for document in _published(site):
        notice = document.notice
        if not notice.index_no or not digits:
            continue
        match = _SCHEME.fullmatch(notice.index_no)
        if match is None or len(match["serial"]) != digits:
            yield Finding(
                notice.at("index_no"),
                M(f"索引号“{notice.index_no}”和本站的写法不一样", f"the index number “{notice.index_no}” has another shape"),
                M(
                    f"写成 机构代码/年份-流水号，流水号 {digits} 位，如 {code or '000000000'}/2020-{'1'.zfill(digits)}；已经公开的，位数不同地址也会变，先在 catalog.yaml 登记改址",
                    f"write <body code>/<year>-<serial of {digits} digits>; it makes the address: redirect a published one",
                ),
            )  # fmt: skip
        elif code and match["code"] != code and notice.issuer in ("", host):
            yield Finding(
                notice.at("index_no"),
                M(f"索引号里的机构代码是 {match['code']}，本机关的是 {code}", f"its body code is {match['code']}, ours {code}"),
                M(
                    "改成本机关的机构代码；转载别的机关的文件，写上“发布机构”",
                    "write our code; for a document of another body name it under `issuer`",
                ),
            )  # fmt: skip


def _undated(site: Site) -> Iterator[Finding]:
    """Yield the words of validity that need a day and have none."""
    for document in _published(site):
        notice = document.notice
        days = {
            Validity.REPEALED: ("废止日期", "repealed", notice.repealed),
            Validity.EXPIRED: ("有效期至", "expires", notice.expires),
            Validity.AMENDED: ("修订日期", "amended", notice.amended),
            Validity.NOT_YET: ("施行日期", "effective", notice.effective),
        }
        if notice.validity in days:
            label, field, day = days[notice.validity]
            if day is None:
                yield Finding(
                    notice.at("validity"),
                    M(f"写了“{notice.validity.zh}”，没有写{label}", f"“{notice.validity.en}” without `{field}`"),
                    M(f"加一行“{label}: 2020-11-17”，照公布它的文件写", f"add `{field}` by the document that says so"),
                )


def _too_long(site: Site) -> Iterator[Finding]:
    """Yield the summaries with more characters than the site allows, blanks not counted."""
    most = site.catalogue.checks.thresholds.summary_length
    for document in _published(site):
        summary = document.notice.summary
        if len(summary) > most and (count := len("".join(summary.split()))) > most:
            yield Finding(
                document.notice.at("summary"),
                M(f"内容概述有 {count} 个字，超过 {most} 个字", f"the summary has {count} characters, over {most}"),
                M("只留下文件讲什么、对谁、从什么时候起", "keep what it is about, for whom, and from when"),
            )


def _is_short_form(name: str, full: str) -> bool:
    """Whether `name` is `full` with something left out: its letters stand in `full` in this order, with its last one."""
    letters = iter(full)
    return 2 <= len(name) < len(full) and name[-1] == full[-1] and all(letter in letters for letter in name)


def _not_in_full(site: Site) -> Iterator[Finding]:
    """Yield the publishers that are our own name cut short; with a list of publishers, those not on it."""
    host = site.catalogue.site.host
    known = {host, site.catalogue.site.name, *site.catalogue.issuers}
    for document in _published(site):
        issuer = document.notice.issuer
        if not issuer or issuer in known:
            continue
        for name in filter(None, _SEVERAL.split(issuer)):
            short = name in _OF_OURS or (name[-1:] in _BODY_ENDINGS and _is_short_form(name, host))
            if name in known or not (short or site.catalogue.issuers):
                continue
            if short:
                fix = M(f"写全称“{host}”，或者不写这一行", f"write “{host}” in full, or leave the key out")
            else:
                fix = M(
                    "照公章写全称；确实是另一个机关的，把全称加到 catalog.yaml 的“发布机构名录”",
                    "write the name as on its seal; add another body to `issuers` in catalog.yaml",
                )
            yield Finding(
                document.notice.at("issuer"),
                M(f"发布机构“{name}”不是全称", f"the publisher “{name}” is no full name")
                if short
                else M(f"发布机构“{name}”不在名录里", f"the publisher “{name}” is not on the list"),
                fix,
            )


def _interprets_nothing(site: Site) -> Iterator[Finding]:
    """Yield the interpretations that do not say what they interpret."""
    for document in _published(site):
        notice = document.notice
        if notice.form is not None and not notice.interprets and _is_ours(site, notice):
            yield Finding(
                notice.at("form"),
                M("这篇解读没有写解读的是哪份文件", "an interpretation that does not say of what"),
                M(
                    "加一行“解读的文件: [../gfxwj/2020-00001.md]”；两边的页面会自动互相链接",
                    "add `interprets` with the document's path; both pages will then link to each other",
                ),
            )


def _is_ours(site: Site, notice: Notice) -> bool:
    """Whether a document is ours: a reprint interprets what stands on another site and has no path here."""
    return all(not name or site.catalogue.site.host in name for name in (notice.issuer, notice.source))


def _normative(site: Site, document: Document) -> bool:
    """Whether a document is a normative one of our own, in force: by number or kind, or by column and stated validity."""
    notice = document.notice
    validity = validity_on(notice, site.as_of)
    if notice.issuer not in ("", site.catalogue.site.host, site.catalogue.site.name) or validity in _ENDED:
        return False
    filed = "规范性文件" in site.columns[document.column].column.title and validity is not None
    return filed or notice.category == "规范性文件" or bool(_NORMATIVE.search(notice.doc_no))


def _uninterpreted(site: Site) -> Iterator[Finding]:
    """Yield our normative documents in force that no interpretation points to."""
    told = {
        reference.target.address
        for document in _published(site)
        for reference in document.references
        if reference.field == "interprets" and reference.target.reach is Reach.PAGE
    }
    for document in _published(site):
        interpreting = bool(document.notice.interprets) or document.address in told
        day = document.notice.written or document.notice.published_on
        if day and day >= _INTERPRETED and not interpreting and _normative(site, document):
            yield Finding(
                document.notice.at("title"),
                M(f"“{document.notice.title}”没有解读", f"“{document.notice.title}” has no interpretation"),
                M(
                    "由起草处室写一篇解读，开头写“解读的文件”指向它",
                    "let the office that drafted it write one, with `interprets` naming this document",
                ),
            )


DOCUMENT_RULES: tuple[Rule, ...] = (
    Rule(
        "DOC130",
        "official-document-incomplete",
        Severity.ERROR,
        M("公文缺少索引号或成文日期", "official document incomplete"),
        M("条例规定目录包括索引、名称、内容概述、生成日期；缺了就没法引用和归档。", "The register is to hold index, name, summary and date; without them nobody can cite or file it."),
        M("照原件补上。", "Complete it by the original."),
        "发文字号: 某退役军人规〔2020〕1号\n发布日期: 2020-11-17",
        "发文字号: 某退役军人规〔2020〕1号\n成文日期: 2020-11-16\n发布日期: 2020-11-17",
        _REGISTER,
        site=_incomplete,
        scope=Scope.DOCUMENT,
    ),
    Rule(
        "DOC131",
        "index-number-off-scheme",
        Severity.WARNING,
        M("索引号的写法不统一", "index number off the scheme"),
        M("写法一致，上级平台才能按索引号汇总和查重。", "Only numbers of one shape can be gathered and compared by other platforms."),
        M("按本站的写法改正；位数可以在“检查”的“阈值”里改。", "Correct it; the number of digits is a threshold."),
        "索引号: 2020-1",
        "索引号: 000000000/2020-00001",
        _REGISTER,
        site=_off_scheme,
        scope=Scope.DOCUMENT,
    ),
    Rule(
        "DOC132",
        "validity-without-day",
        Severity.WARNING,
        M("有效性没有日期", "validity without its day"),
        M("公众要知道从哪一天起不能再用，才判断得了自己的事适用哪一份。", "People must know from which day it no longer holds to tell which text applies to them."),
        M("补上对应的日期。", "Add the day."),
        "有效性: 废止",
        "有效性: 废止\n废止日期: 2020-12-01",
        M("国办发〔2017〕47号：修改、废止、失效的文件要标注", "国办发〔2017〕47号: changed and ended documents are marked"),
        site=_undated,
        scope=Scope.DOCUMENT,
    ),
    Rule(
        "DOC133",
        "summary-too-long",
        Severity.WARNING,
        M("内容概述太长", "summary too long"),
        M("概述显示在目录的一行里和检索结果里，太长就读不完。", "It is shown in one line of the register and in results of a search."),
        M("压缩到 100 字以内。", "Cut it to 100 characters."),
        "内容概述: （一百多个字）",
        "内容概述: 规定帮扶援助的对象、方式和申请程序。",
        _REGISTER,
        site=_too_long,
        scope=Scope.DOCUMENT,
    ),
    Rule(
        "DOC134",
        "issuer-not-in-full",
        Severity.WARNING,
        M("发布机构不是全称", "publisher not in full"),
        M("简称别处的人看不懂，按机构检索和汇总也会漏掉。", "Strangers do not know a short form, and searches by publisher miss it."),
        M("写全称。", "Write the full name."),
        "发布机构: 市退役军人局",
        "发布机构: 某市退役军人事务局",
        site=_not_in_full,
        scope=Scope.DOCUMENT,
    ),
    Rule(
        "DOC135",
        "interpretation-of-nothing",
        Severity.WARNING,
        M("解读没有写解读哪份文件", "interpretation of nothing"),
        M("解读和文件要互相链接，公众从哪一篇都找得到另一篇。", "An interpretation and its document lead to each other."),
        M("写上解读的文件。", "Write `interprets`."),
        "解读形式: 文字",
        "解读形式: 文字\n解读的文件: [../gfxwj/2020-00001.md]",
        M("《上海市退役军人事务局2020年政务公开工作要点》第三部分", "the bureau's work plan for 2020, part 3"),
        site=_interprets_nothing,
        scope=Scope.DOCUMENT,
    ),
    Rule(
        "DOC136",
        "normative-document-uninterpreted",
        Severity.WARNING,
        M("行政规范性文件没有解读", "normative document without interpretation"),
        M("谁起草、谁解读：规范性文件公布时应当同时有解读。", "Whoever drafts a normative document interprets it when it is published."),
        M("写一篇解读，指向这份文件。", "Write an interpretation that names it."),
        "content/fdzdgknr/gfxwj/2020-00001.md（没有解读指向它）",
        "content/zcjd/2020-00002.md:\n解读的文件: [../fdzdgknr/gfxwj/2020-00001.md]",
        M("《上海市退役军人事务局2020年政务公开工作要点》第三部分", "the bureau's work plan for 2020, part 3"),
        site=_uninterpreted,
        audit=True,
    ),
)  # fmt: skip
