"""Telephone numbers, postcodes and mail addresses: their forms, and where a text names them.

Owns the patterns. Must not know documents, nor yield findings.
"""

from __future__ import annotations

import re

_REMARK = re.compile(r"[（(](?![0-9０-９]{3,4}[）)])[^（）()]*[）)]")
_BETWEEN = re.compile(r"[、，,；;/]|或|\s{2,}")
_NUMBER_ONLY = re.compile(r"[0-9０-９（）()\-－—–转#\s]+")
_AREA = r"(?:\(?(?:010|02[0-9])\)?[- ]?[2-9]\d{7}|\(?0[3-9]\d{2}\)?[- ]?[2-9]\d{6,7})"
_TELEPHONE = re.compile(
    rf"(?:{_AREA}|[2-9]\d{{6,7}}|0?1[3-9]\d{{9}}|1\d{{2,4}}|1\d{{2}}\d{{2,3}}|9[56]\d{{3,4}}|[48]00-?\d{{3}}-?\d{{4}}|\(?0\d{{2,3}}\)?-?12\d{{3}})"
    r"(?:(?:-|转|#)\d{1,6})*",
    re.ASCII,
)
_EXAMPLE = re.compile(r"\(?0\d{2,3}\)?-?0+")
_LABELLED = {
    "telephone": re.compile(r"(?<!投诉)(?<!监督)(?<!举报)(?<!服务)(?:联系|办公|咨询|受理)?电话(?:号码)?\s*[:：]\s*([0-9０-９][0-9０-９（）()\-－—–转#]{4,30})(?=[\s，,。；;、|（(]|$)", re.MULTILINE),
    "fax": re.compile(r"传真(?:号码)?\s*[:：]\s*([0-9０-９][0-9０-９（）()\-－—–转#]{4,30})(?=[\s，,。；;、|（(]|$)", re.MULTILINE),
    "postcode": re.compile(r"(?:邮政编码|邮编)\s*[:：]\s*([0-9０-９]+)"),
    "email": re.compile(r"(?:电子邮箱|电子邮件|邮箱)(?:地址)?\s*[:：]\s*([\w.＠@．-]+[＠@][\w.．-]+)", re.ASCII),
    "address": re.compile(r"(?:办公|通信|通讯|联系|受理)地址\s*[:：]\s*([^\s，,。；;（(|]{4,60})"),
}  # fmt: skip
_BODY = re.compile(
    r"局(?!部|势|面|限)|(?<!专)委(?!托|派|任|培)|厅|法院|检察院|馆|(?<!网)站(?!点)|中心|政府(?!信息|网|采购)|公司|银行|协会|学会|[科处](?!技|学|理|分|罚|置)|街道|镇"
    r"|纪检|监督|投诉|举报|信访"
)
"""Words of which one stands in the name of nearly every body, or of the office that watches over this one."""
_OWN = re.compile(
    r"(?:受理|工作|公开)(?:机构|部门|单位)(?:的?名称)?\**\s*[:：][^，,；;。\n]*|局办公室|局机关|本机关|我机关|本[局委厅办院]|我[局委厅办院]|受理机构|受理部门|受理单位|公开工作机构|公开机构"
)
_TITLED_OWN = re.compile(r"(?:受理|工作)(?:机构|部门|单位)|受理渠道")
_TITLE = 30
_GIVEN_ADDRESS = re.compile(r"地址\**\s*[:：][^，,；;。）)\n]*")
_ASIDE = re.compile(r"\s*[（(][^（）()\n]{2,30}[）)]")
_VALUES_ONLY = re.compile(
    r"[\s*\->·•（(]*[0-9一二三四五六七八九十]*[、.．）)]?\s*"
    r"(?:[\u4e00-\u9fff]{0,6}(?:地\s*址|电\s*话|传\s*真|邮\s*编|邮政编码|邮箱|邮件|时\s*间|联系人|网址|电话号码|传真号码))\**\s*[:：]"
)
_HOTLINE = re.compile(r"[0-9]{3,6}")
_HOUSE = re.compile(r".*?[0-9]号")
_ROOM = re.compile(r"[0-9一二三四五六七八九十]+(?:楼|层|室|幢|栋)")
_LEAST_NAME = 3
_EVERYWHERE = "办公室"  # alone, or with one letter before it, a name that every body has
_WIDE_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?:＠[A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+|@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*．[A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)*)")  # fmt: skip


def bad_telephones(text: str) -> tuple[str, ...]:
    """Return the numbers of a field that cannot be dialled as they are; parts with words in them are left alone."""
    plain = _REMARK.sub("", text)
    parts = (part.strip() for part in _BETWEEN.split(plain))
    return tuple(part for part in parts if part and _NUMBER_ONLY.fullmatch(part) and not is_telephone(part))


def is_telephone(text: str) -> bool:
    """Return whether `text` is a number that can be dialled in China: fixed, mobile, short or 400; or one of zeros, for examples."""
    number = text.replace("（", "(").replace("）", ")").replace("－", "-").replace("—", "-").replace("–", "-").strip()
    return bool(_TELEPHONE.fullmatch(number) or _EXAMPLE.fullmatch(number))


def is_postcode(text: str) -> bool:
    """Return whether `text` is six digits."""
    return re.fullmatch(r"[0-9]{6}", text) is not None


def labelled(kind: str, text: str) -> tuple[tuple[int, str], ...]:
    """Return what a text names as telephone, fax, postcode, email or address, each with its offset."""
    return tuple((match.start(1), _closed(match[1])) for match in _LABELLED[kind].finditer(text))


def labelled_own(kind: str, text: str, names: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Return what `labelled` does, without hotlines and what a text gives as that of another body than `names`."""
    return tuple(
        (match.start(1), _closed(match[1]))
        for match in _LABELLED[kind].finditer(text)
        if not _of_another(text, match.start(), match.end(), names)
        and not (kind == "telephone" and _HOTLINE.fullmatch(_closed(match[1])))
    )


def _closed(value: str) -> str:
    """Return a value without the bracket at its end that was opened before it: （电话：021-62088888）."""
    return value[:-1] if value[-1] in "）)" and "（" not in value and "(" not in value else value


def _of_another(text: str, start: int, end: int, names: tuple[str, ...]) -> bool:
    """Whether the last body that is named before a value, or in a remark behind it, is another than this one.

    A line that only gives values belongs to the line above such lines: 市档案馆, 地址：…, 电话：….
    """
    aside = _ASIDE.match(text, end)
    line = text.rfind("\n", 0, start) + 1
    words = text[max(line, *(text.rfind(mark, line, start) + 1 for mark in "。|")) : start]
    if aside:
        words += aside[0]
    while line > 0 and _VALUES_ONLY.match(text, line):
        above = text.rfind("\n", 0, line - 1) + 1
        words = text[above : line - 1] + words if not _VALUES_ONLY.match(text, above) else words
        line = above
    if _TITLED_OWN.search(text[max(0, line - 2 * _TITLE) : line].rstrip().rpartition("\n")[2][-_TITLE:]):
        return False  # the heading says whose they are
    rest = _OWN.sub("＊", _GIVEN_ADDRESS.sub("", words))  # a street or a house may be called after a body
    for name in names:
        rest = rest.replace(name, "＊")
    last = max((match.start() for match in _BODY.finditer(rest)), default=-1)
    return last > rest.rfind("＊")


def names_of(*full: str) -> tuple[str, ...]:
    """Return the names by which a text may call a body, the longest first: in full, and without its place."""
    names = {name for name in full if name}
    names |= {name[match.end() :] for name in full for match in re.finditer(r"[省市区县州旗]", name)}
    own = (name for name in names if len(name) >= _LEAST_NAME and not name.endswith(_EVERYWHERE, 0, _LEAST_NAME + 1))
    return tuple(sorted(own, key=lambda name: (-len(name), name)))


def wide_mails(text: str) -> tuple[tuple[int, str, str], ...]:
    """Return the mail addresses with a full-width @ or dot, each with its offset and its right form."""
    if "＠" not in text and "．" not in text:
        return ()
    found = _WIDE_MAIL.finditer(text)
    return tuple((match.start(), match[0], match[0].replace("＠", "@").replace("．", ".")) for match in found)


def same_address(one: str, other: str) -> bool:
    """Whether two addresses, both made comparable, name one place.

    One may go on where the other ends; behind the number of the house, only floors and rooms can contradict.
    """
    if one in other or other in one:
        return True
    first, second = _HOUSE.match(one), _HOUSE.match(other)
    if not first or not second or not (first[0].endswith(second[0]) or second[0].endswith(first[0])):
        return False
    return not (_ROOM.search(one, first.end()) and _ROOM.search(other, second.end()))


def comparable(kind: str, text: str) -> str:
    """Return a value without what may differ in writing: blanks, remarks, hyphens, letter case; of a telephone number the last digits."""
    plain = _REMARK.sub("", text)
    plain = re.sub(r"[\s·•,，]", "", plain).replace("＠", "@").casefold()
    if kind in ("telephone", "fax"):
        digits = re.sub(r"[^0-9]", "", plain.partition("转")[0])
        return digits[-7:]
    return plain
