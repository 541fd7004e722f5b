"""Rules on disclosure on request: what an application is asked for, the limits of time, the fee.

Owns their codes, wording and documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_site.checks.documents import current
from build_site.checks.rule import Rule, Scope
from build_site.checks.terms import sentence
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import Document, Site
from build_site.model.words import ColumnKind

M = Message
_DAYS = r"(?<![0-9十])(?P<days>\d+|[一二三四五六七八九十]+)\s*个?工作日"
_ASKED = (
    (M("申请人的姓名或者名称、身份证明、联系方式", "name, proof of identity and contact of the applicant"), (r"姓名|名称", r"身份证|身份证明|证件", r"联系")),
    (M("信息的名称、文号或者便于查询的其他特征", "name, number or other marks of the information"), (r"名称|文号", r"特征|文号|描述")),
    (M("希望得到的形式和获取的方式、途径", "the form wanted and the way of getting it"), (r"形式|载体|方式|途径",)),
)  # fmt: skip
_PURPOSE = re.compile(
    r"(?:所需|信息|申请|说明|填写|注明|写明|提供|描述).{0,10}用途|用途(?:证明|说明|描述)|科研等特殊需要"
)
_NO_PURPOSE = re.compile(
    r"不|自愿|(?:商业|营利|合法|医学|特殊|土地|办公|建筑|规划|非法)用途|用于|无需|无须|免|选填|可以写|可写|任意|取消|是否"
)
_REPLY = re.compile(
    r"(?:收到|受理|登记|接到)[^。；\n]{0,14}(?:之日|日|后)起?[^。；，,\n]{0,4}?" + _DAYS + r"(?:之?内|以内)?[^。；，,\n]{0,8}(?:予以|作出|给予|进行)?[^。；，,补正征求\n]{0,4}答复"
    r"|不能当场答复的[^。；\n]{0,24}?" + _DAYS.replace("days", "days2")
)  # fmt: skip
_EXTENDED = re.compile(r"延长[^。；\n]{0,24}?(?:不得超过|不超过|最长|最多|至多)[^。；，\n0-9]{0,6}" + _DAYS)
_CORRECTION = re.compile(
    r"(?:收到)[^。；\n]{0,10}申请[^。；\n]{0,6}起?" + _DAYS + r"(?:之?内|以内)[^。；\n]{0,10}告知[^。；\n]{0,20}补正"
)
_THIRD_PARTY = re.compile(r"第三方[^。；，\n]{0,20}(?:收到|应当|应)[^。；，\n]{0,14}" + _DAYS)
_NO_REPLY = re.compile(r"补正|第三方|征求|咨询|投诉|举报|信访|信件|来信|来电|热线")


@dataclass(frozen=True, slots=True)
class _Limit:
    """A limit of time: how texts word it, its working days, and what a match of other matters holds."""

    name: str
    pattern: re.Pattern[str]
    days: int
    at_most: bool = False
    not_for: re.Pattern[str] | None = None


_LIMITS = (
    _Limit("答复的期限", _REPLY, 20, not_for=_NO_REPLY),
    _Limit("延长答复的期限", _EXTENDED, 20, at_most=True),
    _Limit("告知补正的期限", _CORRECTION, 7),
    _Limit("第三方提出意见的期限", _THIRD_PARTY, 15),
)
_PROMISE = re.compile(r"承诺|力争|提前|缩短|压缩")
_HAN = {char: value for value, char in enumerate("零一二三四五六七八九")}
_FEE_STEPS = (
    (re.compile(r"11\s*件?\s*(?:至|到|—|-|－|~|～)\s*30\s*件[^。；\n|]{0,16}?(\d+)\s*元"), "100"),
    (re.compile(r"31\s*页?\s*(?:至|到|—|-|－|~|～)\s*100\s*页[^。；\n|]{0,12}?(\d+)\s*元"), "10"),
    (re.compile(r"101\s*页?\s*(?:至|到|—|-|－|~|～)\s*200\s*页[^。；\n|]{0,12}?(\d+)\s*元"), "20"),
    (re.compile(r"20[01]\s*页(?:及)?以上[^。；\n|]{0,12}?(\d+)\s*元"), "40"),
)
_OLD_FEE = re.compile(r"(?:收取|缴纳|支付)(?!的)[^。；\n不免]{0,12}(?:检索|复制|邮寄)[^。；\n]{0,10}(?:费|成本)")
_FREE = re.compile(r"不得?收|免收|不再收|除外|没有收|未收|(?<![0-9.])0\s*元|零元")


def _pages(site: Site) -> tuple[Document, ...]:
    return current(site, ColumnKind.GUIDE, ColumnKind.ON_REQUEST)


def _asked(site: Site) -> Iterator[Finding]:
    pages = current(site, ColumnKind.ON_REQUEST)
    if not pages:
        return
    text = "\n".join(document.doc.prose.text for document in pages)
    first = next((document for document in pages if document.intro), pages[0])
    for name, words in _ASKED:
        if not all(re.search(word, text) for word in words):
            yield Finding(
                first.doc.body_at,
                M(f"依申请公开没有说申请要写{name.zh}", f"the page for requests does not ask for {name.en}"),
                M("照条例第二十九条补写这一项，申请表里也要有", "add it as article 29 has it, and to the form"),
            )


def _purpose(site: Site) -> Iterator[Finding]:
    for document in _pages(site):
        prose = document.doc.prose
        for match in _PURPOSE.finditer(prose.text):
            if not _NO_PURPOSE.search(sentence(prose.text, match.start(), match.end())):
                yield Finding(
                    prose.at(match.start(), len(match[0])),
                    M("要求申请人说明用途或者特殊需要", "the applicant is asked for a purpose or special need"),
                    M("删掉，或写明“可以不填”；条例2019年修订后不再要求", "remove it, or say that it is optional; it has not been required since 2019"),
                )  # fmt: skip
                break


def _deadlines(site: Site) -> Iterator[Finding]:
    for document in _pages(site):
        prose = document.doc.prose
        for limit in _LIMITS:
            for match in limit.pattern.finditer(prose.text):
                group = "days" if match["days"] else "days2"
                days = _number(match[group])
                words = sentence(prose.text, match.start(), match.end())
                good = days <= limit.days if limit.at_most else days == limit.days
                if not days or good or _PROMISE.search(words):
                    continue
                if limit.not_for and limit.not_for.search(_so_far(prose.text, match)):
                    continue
                yield Finding(
                    prose.at(match.start(group), len(match[group])),
                    M(f"{limit.name}写的是{days}个工作日，条例规定的是{limit.days}个工作日", f"{days} working days are told, the regulation has {limit.days}"),
                    M(f"改成{limit.days}个工作日；本机关承诺更短的，写明“承诺”", f"write {limit.days}; say “承诺” where a shorter time is promised"),
                )  # fmt: skip


def _so_far(text: str, match: re.Match[str]) -> str:
    """Return the sentence of a match up to its end: it tells whose limit this is, what follows tells of another."""
    return sentence(text[: match.end()], match.start(), match.end())


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return _HAN.get(text, 0)
    return (_HAN.get(tens, 0) or 1) * 10 + _HAN.get(ones, 0)


def _fees(site: Site) -> Iterator[Finding]:
    for document in _pages(site):
        prose = document.doc.prose
        for pattern, right in _FEE_STEPS:
            for match in pattern.finditer(prose.text):
                if match[1] != right:
                    yield Finding(
                        prose.at(match.start(1), len(match[1])),
                        M(f"信息处理费的标准写的是{match[1]}元，规定的是{right}元", f"the fee is told as {match[1]} yuan; it is {right}"),
                        M(f"改成{right}元", f"write {right}"),
                    )  # fmt: skip
        for match in _OLD_FEE.finditer(prose.text):
            if not _FREE.search(sentence(prose.text, match.start(), match.end())):
                yield Finding(
                    prose.at(match.start(), len(match[0])),
                    M("提供政府信息不再收取检索、复制、邮寄费", "no fee is taken any more for search, copies and postage"),
                    M("改成：不收取费用；申请的数量、频次明显超过合理范围的，可以收取信息处理费", "say: no fee, but for requests in excessive number"),
                )  # fmt: skip


_ARTICLE_29 = M("《中华人民共和国政府信息公开条例》第二十九条：申请包括申请人的姓名等、信息的名称等、形式要求三项", "政府信息公开条例 art. 29: the three things that an application holds")  # fmt: skip
REQUEST_RULES: tuple[Rule, ...] = (
    Rule(
        "APP101",
        "application-field-missing",
        Severity.WARNING,
        M("申请要写的内容没有说全", "application field missing"),
        M("申请人漏写一项就要补正，多等几个星期。", "An application that lacks one of the three has to be corrected, which takes weeks."),
        M("照条例第二十九条把三项写全。", "Name the three things of article 29."),
        "申请时写明姓名即可。",
        "写明申请人的姓名、身份证明、联系方式；信息的名称、文号或者其他特征；希望得到的形式和途径。",
        basis=_ARTICLE_29,
        site=_asked,
        audit=True,
    ),
    Rule(
        "APP102",
        "purpose-demanded",
        Severity.WARNING,
        M("要求说明用途", "purpose demanded"),
        M("条例修订以后，申请不需要理由；还要求写用途，是在挡人。", "Since the revision a request needs no reason; to demand one keeps people away."),
        M("删掉，或写明可以不填。", "Remove it, or say that it is optional."),
        "申请人须填写所需信息的用途。",
        "不需要说明用途。",
        basis=_ARTICLE_29,
        scope=Scope.DOCUMENT,
        site=_purpose,
    ),
    Rule(
        "APP103",
        "application-deadline-wrong",
        Severity.WARNING,
        M("依申请公开的期限不对", "application deadline wrong"),
        M("2019年以前是15个工作日，很多指南没有跟着改；期限写错，公众会误以为逾期。", "Before 2019 it was 15 working days, and many guides still say so."),
        M("补正7、答复20、延长不超过20、第三方15，都是工作日。", "Correction 7, reply 20, extension at most 20, third party 15 working days."),
        "自收到申请之日起15个工作日内予以答复。",
        "自收到申请之日起20个工作日内予以答复。",
        basis=M("《中华人民共和国政府信息公开条例》第三十条、第三十二条、第三十三条", "政府信息公开条例 art. 30, 32, 33"),
        scope=Scope.DOCUMENT,
        site=_deadlines,
    ),
    Rule(
        "APP104",
        "fee-text-wrong",
        Severity.WARNING,
        M("信息处理费的说明不对", "fee text wrong"),
        M("多收、少收都不行；2019年以后只有信息处理费。", "Nothing but the processing fee may be taken since 2019, in the steps laid down."),
        M("照规定的档次改。", "Write the steps as laid down."),
        "可以收取检索、复制、邮寄等成本费用。",
        "不收取费用；数量、频次明显超过合理范围的，可以收取信息处理费。",
        basis=M("《中华人民共和国政府信息公开条例》第四十二条；国办函〔2020〕109号", "政府信息公开条例 art. 42; 国办函〔2020〕109号"),
        scope=Scope.DOCUMENT,
        site=_fees,
    ),
)  # fmt: skip
