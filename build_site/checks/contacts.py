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
    rf"(?:{_AREA}|[2-9]\d{{6,7}}|0?1[3-9]\d{{9}}|1\d{{2,4}}|1\d{{2}}\d{{2,3}}|95\d{{3,4}}|[48]00-?\d{{3}}-?\d{{4}}|\(?0\d{{2,3}}\)?-?12\d{{3}})"
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
    return tuple((match.start(1), match[1]) for match in _LABELLED[kind].finditer(text))


def wide_mails(text: str) -> tuple[tuple[int, str, str], ...]:
    """Return the mail addresses with a full-width @ or dot, each with its offset and its right form."""
    if "＠" not in text and "．" not in text:
        return ()
    found = _WIDE_MAIL.finditer(text)
    return tuple((match.start(), match[0], match[0].replace("＠", "@").replace("．", ".")) for match in found)


def comparable(kind: str, text: str) -> str:
    """Return a value without what may differ in writing: blanks, remarks, hyphens, letter case; of a telephone number the last digits."""
    plain = _REMARK.sub("", text)
    plain = re.sub(r"[\s·•,，]", "", plain).replace("＠", "@").casefold()
    if kind in ("telephone", "fax"):
        digits = re.sub(r"[^0-9]", "", plain.partition("转")[0])
        return digits[-7:]
    return plain
