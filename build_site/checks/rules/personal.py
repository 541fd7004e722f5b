"""Rules on personal information: numbers, tables of people, what stands behind a list of people.

Owns their codes, wording and documentation. No finding repeats what it found, not even in part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_site.checks.rule import Rule
from build_site.checks.rules import published
from build_site.checks.rules.personal_lists import LIST_RULES
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import Site
from build_site.model.traces import Trace, TraceKind

M = Message
Check = Callable[[Site], Iterator[Finding]]

_UNLAWFUL = M(
    "《个人信息保护法》第二十五条：个人信息处理者不得公开其处理的个人信息，取得个人单独同意的除外",
    "Personal Information Protection Law, art. 25: no publication without the person's separate consent",
)
_SENSITIVE = M(
    "《个人信息保护法》第二十八条：医疗健康、金融账户、不满十四周岁未成年人的个人信息等是敏感个人信息",
    "Personal Information Protection Law, art. 28: health, accounts and persons under fourteen are sensitive",
)
_SMALLEST = M(
    "《个人信息保护法》第六条：收集、使用限于实现目的的最小范围",
    "Personal Information Protection Law, art. 6: the smallest scope that serves the purpose",
)
_PRIVACY = M(
    "《政府信息公开条例》第十五条：涉及个人隐私、公开会损害第三方合法权益的政府信息，不得公开",
    "Regulations on Disclosure of Government Information, art. 15: personal privacy is not disclosed",
)


def _found(kind: TraceKind, what: Message, fix: Message, in_list: bool | None = None) -> Check:
    """Return a check that reports every trace of `kind`; with `in_list` only those in, or not in, a list of people."""

    def check(site: Site) -> Iterator[Finding]:
        for group in published.traces(site, kind):
            if in_list is None or group[0].in_list is in_list:
                yield _finding(group, what, fix)

    return check


def _finding(group: tuple[Trace, ...], what: Message, fix: Message) -> Finding:
    place = published.place(group)
    zh = f"{place.zh}：{what.zh}" if place.zh else what.zh
    return Finding(group[0].where, M(zh, f"{place.en}: {what.en}" if place.en else what.en), fix)


def _open_columns(site: Site) -> Iterator[Finding]:
    for group in published.traces(site, TraceKind.OPEN_COLUMN):
        name = group[0].what or M("个人信息", "personal information")
        what = M(f"人员名单里的{name.zh}没有遮盖", f"{name.en} in a list of people are not masked")
        yield _finding(
            group,
            what,
            M("删掉这一列；必须保留的，每一格都用 * 遮住一部分", "drop the column; where it must stay, mask a part of every cell with *"),
        )  # fmt: skip


_MASK_NUMBER = M(
    "删掉号码；要区分同名的人，只留后四位，其余写 *；附件改好后重新保存",
    "delete it; to tell people of one name apart keep the last four digits and write * for the rest",
)
_MASK_PHONE = M("删掉这一列，或者改成办公电话", "drop the column, or write the number of the office")
_OFFICE_PHONE = M(
    "改成办公电话；确实是对外公布的工作号码，写进 catalog.yaml 或者这篇的“咨询电话”",
    "write the number of the office; if it is an official one, add it to catalog.yaml or to `contact` of this notice",
)

PERSONAL_RULES: tuple[Rule, ...] = (
    Rule(
        "PII101",
        "identity-number-shown",
        Severity.ERROR,
        M("公开了身份证号码", "identity number shown"),
        M("身份证号码一旦公开就收不回来，会被用来冒名办事、诈骗。正文干净、附件里有号码的，也是公开。", "A published identity number cannot be called back; it serves fraud. Attachments are published too."),
        M("删掉号码，或者只留后四位。", "Delete it, or keep the last four digits."),
        "张三，身份证号 11010519491231002X",
        "张三，身份证号后四位 002X",
        basis=_UNLAWFUL,
        site=_found(TraceKind.IDENTITY, M("有完整的身份证号码", "a whole identity number"), _MASK_NUMBER),
    ),
    Rule(
        "PII102",
        "mobile-number-in-list",
        Severity.ERROR,
        M("人员名单里有手机号码", "mobile numbers in a list of people"),
        M("姓名和手机号码连在一起，名单上的人会被骚扰和诈骗。", "A name with a mobile number invites fraud on everybody in the list."),
        M("删掉手机号码这一列。", "Drop the column of mobile numbers."),
        "| 姓名 | 手机 |\n|---|---|\n| 张三 | 13912345678 |",
        "| 姓名 | 手机 |\n|---|---|\n| 张三 | 139****5678 |",
        basis=_UNLAWFUL,
        site=_found(TraceKind.MOBILE, M("人员名单里有完整的手机号码", "a whole mobile number in a list of people"), _MASK_PHONE, in_list=True),
    ),
    Rule(
        "PII103",
        "mobile-number-shown",
        Severity.WARNING,
        M("公开了手机号码", "mobile number shown"),
        M("公众应当打办公电话；手机号码多半是某个人的，人一换岗号码就错了。", "People should call the office; a mobile number belongs to somebody who will move on."),
        M("改成办公电话，或者登记为对外公布的工作号码。", "Write the office's number, or register this one as official."),
        "联系人：张三，13912345678",
        "咨询电话：021-00000000",
        basis=_SMALLEST,
        site=_found(TraceKind.MOBILE, M("有手机号码", "a mobile number"), _OFFICE_PHONE, in_list=False),
    ),
    Rule(
        "PII104",
        "card-number-in-list",
        Severity.ERROR,
        M("人员名单里有银行卡号", "bank card numbers in a list of people"),
        M("姓名和卡号连在一起，足够用来盗刷和诈骗。发放补助的公示不需要卡号。", "A name with a card number is enough for fraud. A list of payments needs no card numbers."),
        M("删掉卡号这一列。", "Drop the column of card numbers."),
        "| 姓名 | 社会保障卡号 |\n|---|---|\n| 张三 | 6222020200112230 |",
        "| 姓名 | 发放金额（元） |\n|---|---|\n| 张三 | 1200 |",
        basis=_SENSITIVE,
        site=_found(
            TraceKind.CARD,
            M("人员名单里有完整的银行卡或社会保障卡号码", "a whole number of a bank or social-security card in a list of people"),
            M("删掉卡号这一列", "drop the column of card numbers"),
        ),
    ),
    Rule(
        "PII105",
        "unmasked-column",
        Severity.ERROR,
        M("人员名单的个人信息没有遮盖", "unmasked column in a list of people"),
        M("名单只要能认出是谁就够了；住址、证件号、账号、家里的电话都用不着全写。", "A list only has to tell who is meant; addresses, papers, accounts and home telephones need not be whole."),
        M("删掉这一列，或者遮住一部分。", "Drop the column, or mask a part."),
        "| 姓名 | 家庭住址 |\n|---|---|\n| 张三 | 某路3号201室 |",
        "| 姓名 | 所在街道 |\n|---|---|\n| 张三 | 某街道 |",
        basis=_PRIVACY,
        site=_open_columns,
    ),
    Rule(
        "PII106",
        "health-beside-name",
        Severity.WARNING,
        M("姓名旁边写了病情或残情", "illness or disability beside a name"),
        M("病情、残情和全名连在一起，是最不愿意别人知道的事。按规定要公示评残结果的，名字遮住一个字也能起作用。", "Illness with a full name is what people least want known. Where a rule demands the publication, a masked name serves too."),
        M("删掉病情、残情，或者把姓名遮住一个字。", "Drop the detail, or mask the name."),
        "| 姓名 | 残疾等级 |\n|---|---|\n| 张三丰 | 六级 |",
        "| 姓名 | 残疾等级 |\n|---|---|\n| 张*丰 | 六级 |",
        basis=_SENSITIVE,
        site=_found(
            TraceKind.HEALTH,
            M("全名旁边写着病情或残情", "illness or disability beside a full name"),
            M("删掉病情、残情，或者把姓名写成“张*丰”", "drop the detail, or write the name with a * in it"),
        ),
    ),
    Rule(
        "PII107",
        "minor-named",
        Severity.WARNING,
        M("写出了未成年人的姓名和学校或住处", "child named with school or home"),
        M("知道孩子的名字和学校，就能找到孩子。", "Whoever knows name and school finds the child."),
        M("遮住姓名，或者删掉学校、班级、住处。", "Mask the name, or drop school, class and home."),
        "| 姓名 | 学校 |\n|---|---|\n| 张三丰 | 某某小学 |",
        "| 姓名 | 人数 |\n|---|---|\n| 小学阶段 | 12 |",
        basis=_SENSITIVE,
        site=_found(
            TraceKind.MINOR,
            M("这里像是孩子的全名，旁边有学校、班级、家长或住处", "this looks like a child's full name beside school, class, parents or home"),
            M("把姓名写成“张*丰”，或者删掉学校、班级、家长和住处", "mask the name, or drop school, class, parents and home"),
        ),
    ),
    Rule(
        "PII108",
        "military-number-shown",
        Severity.WARNING,
        M("公开了军人、优待证件号码或部队代号", "military number shown"),
        M("军官证、士兵证、优待证号码能冒用，部队代号可能不宜公开。", "Numbers of military papers can be misused; the number of a unit may not be for the public."),
        M("删掉号码；部队写“某部”。", "Delete it; write 某部 for the unit."),
        "优待证号：京A1234567",
        "持有优待证",
        basis=_PRIVACY,
        site=_found(
            TraceKind.MILITARY,
            M("像是军人证件、优待证的号码或者部队代号", "this looks like the number of a military or veteran's card, or of a unit"),
            M("删掉号码；部队的名称写“某部”，拿不准的问保密工作机构", "delete it; write 某部 for the unit, and ask the secrecy office when in doubt"),
        ),
    ),
    *LIST_RULES,
)  # fmt: skip
