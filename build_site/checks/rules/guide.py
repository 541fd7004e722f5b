"""Rules on the disclosure guide and on how to reach the bureau: elements, forms of numbers, the same everywhere.

Owns their codes, wording and documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from build_site.checks.contacts import (
    bad_telephones,
    comparable,
    is_postcode,
    is_telephone,
    labelled,
    labelled_own,
    names_of,
    same_address,
    wide_mails,
)
from build_site.checks.documents import current, of_kind, published
from build_site.checks.rule import Rule, Scope
from build_site.model.finding import Finding, Fix, Message, Severity
from build_site.model.record import Record
from build_site.model.site import Document, Site
from build_site.model.text import Location
from build_site.model.words import ColumnKind

M = Message
_ARTICLE_12 = M(
    "《中华人民共和国政府信息公开条例》第十二条：指南包括分类、编排体系、获取方式和工作机构的名称、地址、时间、电话、传真、互联网联系方式等",
    "政府信息公开条例 art. 12: what the guide has to hold",
)
_ELEMENTS = (
    (M("信息的分类", "the classes of information"), re.compile(r"分类|类别|公开范围|公开内容|以下几类|三类|两类")),
    (M("编排体系", "how it is arranged"), re.compile(r"编排|编制体系|编制规则|索引号|目录|栏目")),
    (M("获取方式", "how to get it"), re.compile(r"获取|查阅|查找|查询|浏览|下载")),
)
_ROUTES = (
    (M("投诉、举报", "complaint"), re.compile(r"投诉|举报")),
    (M("行政复议", "administrative reconsideration"), re.compile(r"复议")),
    (M("行政诉讼", "administrative litigation"), re.compile(r"诉讼")),
)
_TWENTY_DAYS = re.compile(r"(?:20|２０|二十)\s*个?工作日")
_LABELS = {"telephone": "电话", "fax": "传真", "postcode": "邮政编码", "email": "电子邮箱", "address": "地址"}
_FIELDS = {"telephone": "phone", "fax": "fax", "postcode": "postcode", "email": "email", "address": "address"}


def _guides(site: Site) -> tuple[Document, ...]:
    return of_kind(site, ColumnKind.GUIDE)


def _place(documents: tuple[Document, ...]) -> Location:
    first = next((document for document in documents if document.intro), documents[0])
    return first.doc.body_at


def _text(documents: tuple[Document, ...]) -> str:
    return "\n".join(document.doc.prose.text for document in documents)


def _elements(site: Site) -> Iterator[Finding]:
    guides = _guides(site)
    if not guides:
        return
    text, agency = _text(guides), site.catalogue.agency
    for name, words in _ELEMENTS:
        if not words.search(text):
            yield Finding(
                _place(guides),
                M(f"指南没有写{name.zh}", f"the guide does not tell {name.en}"),
                M(f"加一段，写明{name.zh}", f"add a paragraph on {name.en}"),
            )
    if not agency.fax and "传真" not in text:
        yield Finding(
            agency.at(),
            M("受理机构没有写传真号码，指南里也没有", "neither the agency nor the guide has a fax number"),
            M("在 catalog.yaml 的“受理机构”下写“传真”；没有传真机的写“无”", "write `fax` under `agency` in catalog.yaml; “无” where there is none"),
        )  # fmt: skip
    if not agency.email and not agency.online and not re.search(r"邮箱|网上申请|https?|互联网联系", text):
        yield Finding(
            agency.at(),
            M("受理机构没有写互联网联系方式", "the agency has no contact on the internet"),
            M("在 catalog.yaml 的“受理机构”下写“电子邮箱”或“网上渠道”", "write `email` or `online` under `agency` in catalog.yaml"),
        )  # fmt: skip


def _twenty_days(site: Site) -> Iterator[Finding]:
    guides = _guides(site)
    if guides and not _TWENTY_DAYS.search(_text(guides)):
        yield Finding(
            _place(guides),
            M("指南没有写主动公开的期限", "the guide does not tell within which time information is disclosed"),
            M("写上：自信息形成或者变更之日起20个工作日内公开", "say: within 20 working days of being made or changed"),
        )


def _routes(site: Site) -> Iterator[Finding]:
    guides = _guides(site)
    text = _text((*guides, *of_kind(site, ColumnKind.ON_REQUEST)))
    missing = [name for name, words in _ROUTES if not words.search(text)] if guides else []
    if missing:
        zh, en = "、".join(name.zh for name in missing), ", ".join(name.en for name in missing)
        yield Finding(
            _place(guides),
            M(f"指南和依申请公开都没有写{zh}的途径", f"neither the guide nor the page for requests tells the way of {en}"),
            M("加一段“监督和救济”：可以投诉、举报，也可以依法申请行政复议或者提起行政诉讼", "add a paragraph on complaint, reconsideration and litigation"),
        )  # fmt: skip


def _telephones(site: Site) -> Iterator[tuple[Record, str, str]]:
    catalogue = site.catalogue
    yield catalogue.agency, "phone", catalogue.agency.phone
    yield catalogue.agency, "fax", catalogue.agency.fax
    if catalogue.institution:
        yield from ((office, "phone", office.phone) for office in catalogue.institution.offices)
        yield from ((unit, "phone", unit.phone) for unit in catalogue.institution.units)
    for place in catalogue.places:
        yield place, "phone", place.phone
    for document in published(site):
        notice = document.notice
        yield notice, "contact", notice.contact
        if notice.service:
            yield notice.service, "phone", notice.service.phone
            yield notice.service, "supervision", notice.service.supervision


def _malformed(site: Site) -> Iterator[Finding]:
    for record, field, text in _telephones(site):
        for number in bad_telephones(text):
            yield _bad_number(record.at(field), number)
    for document in published(site):
        prose = document.doc.prose
        for start, mail, better in wide_mails(prose.text):
            where = prose.at(start, len(mail))
            yield Finding(
                where,
                M(f"邮箱地址里有全角字符：{mail}", f"the mail address holds full-width characters: {mail}"),
                M(f"改成 {better}", f"write {better}"),
                Fix(where, better),
            )
    for document in of_kind(site, ColumnKind.GUIDE, ColumnKind.AGENCY, ColumnKind.ON_REQUEST):
        prose = document.doc.prose
        for kind in ("telephone", "fax"):
            for start, number in labelled(kind, prose.text):
                if not is_telephone(number):
                    yield _bad_number(prose.at(start, len(number)), number)
        for start, code in labelled("postcode", prose.text):
            if not is_postcode(code):
                yield Finding(
                    prose.at(start, len(code)),
                    M(f"邮政编码“{code}”不是6位数字", f"the postcode {code} is not six digits"),
                    M("核对后写成6位半角数字", "check it and write six half-width digits"),
                )


def _bad_number(where: Location, number: str) -> Finding:
    return Finding(
        where,
        M(f"电话号码“{number}”打不通：位数或者写法不对", f"the number {number} cannot be dialled: its digits or its form are wrong"),
        M("写成“区号-号码”，数字用半角，如 021-12345678；几个号码用顿号分开", "write area code, hyphen, number; several with 、 between them"),
    )  # fmt: skip


def _differs(site: Site) -> Iterator[Finding]:
    agency, info = site.catalogue.agency, site.catalogue.site
    names = names_of(info.host, info.name, agency.department)
    for document in (*current(site, ColumnKind.GUIDE, ColumnKind.AGENCY, ColumnKind.ON_REQUEST), *_newest_report(site)):
        prose = document.doc.prose
        for kind, label in _LABELS.items():
            right = comparable(kind, getattr(agency, _FIELDS[kind]))
            told = labelled_own(kind, prose.text, names)
            if not right or not told or any(_same(kind, comparable(kind, value), right) for _, value in told):
                continue
            start, value = told[0]
            yield Finding(
                prose.at(start, len(value)),
                M(f"这里的{label}是“{value}”，受理机构写的是“{getattr(agency, _FIELDS[kind])}”", f"{value} here, {getattr(agency, _FIELDS[kind])} in the agency's record"),
                M("核对后改成一样的；指南页会自动列出受理机构的联系方式，正文里可以不写", "make them alike; the guide's page lists the agency's record by itself"),
            )  # fmt: skip


def _same(kind: str, one: str, other: str) -> bool:
    return one == other or (kind == "address" and same_address(one, other))


def _newest_report(site: Site) -> tuple[Document, ...]:
    reports = [document for document in of_kind(site, ColumnKind.REPORTS) if not document.intro]
    return (max(reports, key=lambda document: document.notice.published_on or date.min),) if reports else ()


GUIDE_RULES: tuple[Rule, ...] = (
    Rule(
        "GUI101",
        "guide-element-missing",
        Severity.WARNING,
        M("指南缺少规定的内容", "guide element missing"),
        M("指南要写哪些内容，条例列得很清楚；缺一项，公众就少一条路。", "The regulation lists what the guide holds; what is missing is a way that people do not find."),
        M("照提示补一段，或在 catalog.yaml 里补上。", "Add the paragraph, or the field in catalog.yaml."),
        "受理机构: {……}（没有传真和电子邮箱）",
        "受理机构: {……, 传真: 021-00000000, 电子邮箱: zfxxgk@example.gov.cn}",
        basis=_ARTICLE_12,
        site=_elements,
        audit=True,
    ),
    Rule(
        "GUI102",
        "guide-without-time-limit",
        Severity.WARNING,
        M("指南没有写公开的期限", "guide without time limit"),
        M("公众要知道一份文件最迟什么时候能看到。", "People should know when a document appears at the latest."),
        M("写明20个工作日。", "State the 20 working days."),
        "本机关及时公开政府信息。",
        "本机关自政府信息形成或者变更之日起20个工作日内公开。",
        basis=M("《中华人民共和国政府信息公开条例》第二十六条：自该政府信息形成或者变更之日起20个工作日内及时公开", "政府信息公开条例 art. 26: within 20 working days"),
        site=_twenty_days,
        audit=True,
    ),
    Rule(
        "GUI103",
        "contact-malformed",
        Severity.WARNING,
        M("电话、邮编或邮箱的写法不对", "contact malformed"),
        M("少一位数字、用了全角字符，公众就打不通、寄不到。", "With a digit too few or a full-width character nobody gets through."),
        M("照提示改；邮箱里的全角字符可以用 build-site fix 改。", "Correct it; `build-site fix` mends full-width characters in mail addresses."),
        "电话: 021-1234567",
        "电话: 021-62088888",
        basis=_ARTICLE_12,
        scope=Scope.DOCUMENT,
        site=_malformed,
    ),
    Rule(
        "GUI104",
        "contact-differs",
        Severity.WARNING,
        M("联系方式前后不一致", "contact differs"),
        M("指南、受理机构、年度报告各写各的，公众不知道该信哪个。", "Where guide, agency and report differ, nobody knows which to trust."),
        M("以 catalog.yaml 的“受理机构”为准，改成一样的。", "Make them agree with `agency` in catalog.yaml."),
        "邮政编码：200001（受理机构写的是 200002）",
        "邮政编码：200002",
        basis=_ARTICLE_12,
        site=_differs,
    ),
    Rule(
        "GUI105",
        "no-way-to-appeal",
        Severity.WARNING,
        M("没有写监督和救济的途径", "no way to appeal"),
        M("对公开工作不满意的人，要能在指南里找到下一步怎么走。", "Who is not content has to find the next step in the guide."),
        M("写明投诉、举报、行政复议、行政诉讼。", "Name complaint, reconsideration and litigation."),
        "有意见请来电。",
        "可以投诉、举报，也可以依法申请行政复议或者提起行政诉讼。",
        basis=M("《中华人民共和国政府信息公开条例》第五十一条：可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报，也可以依法申请行政复议或者提起行政诉讼", "政府信息公开条例 art. 51: complaint, reconsideration, litigation"),
        site=_routes,
        audit=True,
    ),
)  # fmt: skip
