"""Numbers that belong to one person: identity cards, mobile telephones, bank cards.

Owns their forms and check digits (GB 11643 with ISO 7064 mod 11-2, ISO/IEC 7812) and what only looks like one. Must
not know where a text came from.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from build_site.model.traces import TraceKind

_WIDE = {
    **{ord("０") + digit: str(digit) for digit in range(10)},
    **dict.fromkeys(map(ord, "－‐‑–—﹣"), "-"),
    **dict.fromkeys(map(ord, "\u3000\xa0\u2002\u2003\u2009\t"), " "),
    ord("Ｘ"): "X",
    ord("ｘ"): "x",
    ord("＋"): "+",
}
_ANY_WIDE = re.compile(f"[{''.join(map(re.escape, map(chr, _WIDE)))}]")
_LONG = re.compile(r"\d(?:[ \-－‐‑–—﹣\u3000\xa0\u2002\u2003\u2009\t]?\d){9}")
_URL = re.compile(
    r"(?:https?|ftp)://[^\s<>\"'）)】」，。；、]+|www\.[^\s<>\"'）)】」，。；、]+|(?<=\]\()(?!tel:)[^)\s]*",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])([1-8]\d{5})([ -]?)((?:18|19|20)\d\d)[ -]?(\d\d)[ -]?(\d\d)([ -]?)(\d{3})[ -]?([0-9Xx])(?![0-9A-Za-z])"
)
_OLD_IDENTITY = re.compile(r"(?<![0-9A-Za-z.])([1-8]\d{5})(\d\d)(\d\d)(\d\d)\d{3}(?![0-9A-Za-z]|\.\d)")
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?<!\d[-_])(?:(?:\+|00)86[ -]?)?(1[3-9]\d)([ -]?)(\d{4})([ -]?)(\d{4})(?![0-9A-Za-z_]|\.[0-9A-Za-z]|-\d)"
)
_CARD = re.compile(r"(?<![0-9A-Za-z.])\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9A-Za-z.])")

_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

_OTHER_NUMBER = re.compile(
    r"(?:编号|文号|字号|备案|案号|流水|单号|代码|准考证|考号|序号|证号|号段|标识码|[账帐]号|账户|户号|QQ|卡号|学号|档案|编码|合同"
    r"|批号|索引|注册号|执照|税号|许可证|登记证|金额|合计|总计|￥|¥)[^，。；\n\d]{0,10}$"
    r"|(?<!手机)(?<!电话)(?<!微信)(?<!传真)(?<!联系)(?<!话)(?<!机)[\u4e00-\u9fff]号[:：为是\s]{0,3}$|第$",
    re.IGNORECASE,
)
_COMPANY_NUMBER = re.compile(r"(?:信用代码|组织机构代码|注册号|执照|税号|纳税人识别号)[^，。；\n\d]{0,10}$")
_PHONE = re.compile(r"电话|手机|联系|咨询|热线|号码|传真|微信|值班|tel|phone|mobile", re.IGNORECASE)
_COUNTED = re.compile(r"\s*(?:元|万|亿|人|次|件|户|吨|千克|公斤|公里|米|平方|立方|亩|个|条|页|股|份|%|％|‰)")
_PLACEHOLDER = re.compile(r"1\d\d(\d)\1{7}|13800138000")
_BEFORE = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """A number in a text: its kind, from where to where, its digits alone (for `mark_of` and nothing else)."""

    kind: TraceKind
    start: int
    end: int
    digits: str


def plain(text: str) -> str:
    """Return `text` with ordinary digits, hyphens and blanks for their full-width forms, of the same length."""
    return text.translate(_WIDE) if _ANY_WIDE.search(text) else text


def find(text: str, cards: bool = False) -> Iterator[Hit]:
    """Yield the numbers of people in `text`, in their order; those of `cards` only where they are asked for, because
    one in ten numbers has a right check digit by chance.

    Numbers of other things (amounts, file and licence numbers, parts of web addresses) are not among them.
    """
    if not _LONG.search(text):
        return
    text = _URL.sub(lambda match: "/" * len(match[0]), plain(text))
    hits = [*_identities(text), *_old_identities(text), *_mobiles(text)]
    if cards:
        taken = {(hit.start, hit.end) for hit in hits}
        hits += [hit for hit in _cards(text) if (hit.start, hit.end) not in taken]
    yield from sorted(hits, key=lambda hit: hit.start)


def masked(text: str, sign: str = "×") -> str:
    """Return `text` with `sign` for every digit of a number that may belong to a person, whatever it is called."""
    if not _LONG.search(text):
        return text
    chars = list(text)
    for pattern in (_IDENTITY, _OLD_IDENTITY, _MOBILE, _CARD):
        for match in pattern.finditer(plain(text)):
            for at in range(*match.span()):
                chars[at] = sign if chars[at].isalnum() else chars[at]
    return "".join(chars)


def _identities(text: str) -> Iterator[Hit]:
    for match in _IDENTITY.finditer(text):
        area, _, year, month, day, _, serial, check = match.groups()
        digits = f"{area}{year}{month}{day}{serial}{check}".upper()
        if "-" in match[0] or " " in match[0]:  # parts of other numbers must not be put together
            if re.search(r"\d[ -]$", text[max(0, match.start() - 2) : match.start()]):
                continue
            if re.match(r"[ -]\d", text[match.end() : match.end() + 2]):
                continue
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if is_identity(digits) and not _COMPANY_NUMBER.search(before):
            yield Hit(TraceKind.IDENTITY, match.start(), match.end(), digits)


def _old_identities(text: str) -> Iterator[Hit]:
    for match in _OLD_IDENTITY.finditer(text):
        area, year, month, day = match.groups()
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if area[:2] in _PROVINCES and _is_day(1900 + int(year), int(month), int(day)):
            counted = _COUNTED.match(text, match.end())
            if not counted and (re.search(r"身份|证件", before) or not _OTHER_NUMBER.search(before)):
                yield Hit(TraceKind.IDENTITY, match.start(), match.end(), match[0])


def _mobiles(text: str) -> Iterator[Hit]:
    for match in _MOBILE.finditer(text):
        digits = match[1] + match[3] + match[5]
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        spaced = " " in (match[2], match[4])
        if spaced and not _PHONE.search(text[text.rfind("\n", 0, match.start()) + 1 : match.start()]):
            continue
        if _PLACEHOLDER.fullmatch(digits) or _COUNTED.match(text, match.end()) or _OTHER_NUMBER.search(before):
            continue
        yield Hit(TraceKind.MOBILE, match.start(), match.end(), digits)


def _cards(text: str) -> Iterator[Hit]:
    for match in _CARD.finditer(text):
        digits = re.sub(r"[ -]", "", match[0])
        if passes_luhn(digits) and len(set(digits)) > 2:
            yield Hit(TraceKind.CARD, match.start(), match.end(), digits)


def is_identity(digits: str) -> bool:
    """Whether 17 digits and a check character (a digit or X) are a number that a card may have."""
    if digits[:2] not in _PROVINCES or not _is_day(int(digits[6:10]), int(digits[10:12]), int(digits[12:14])):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == digits[17]


def _is_day(year: int, month: int, day: int) -> bool:
    return 1880 <= year < 2050 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def passes_luhn(digits: str) -> bool:
    """Whether the last of `digits` is the check digit that bank cards have."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0
