"""The form of a document number, 发文字号: what is right, what is nearly right, and how to write it.

Owns the patterns (GB/T 9704-2012, 7.2.5). Must not know documents, nor yield findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_RIGHT = re.compile(r"[\u4e00-\u9fffA-Za-z]+〔(?:19|20)[0-9]{2}〕[1-9][0-9]*号")
_OTHER_FORM = re.compile(
    r".*(?:令|公告|通告|公报).*号[）)]?|(?:(?:19|20)[0-9]{2}年)?第[0-9]+号|[（(](?:19|20)[0-9]{2}[）)][\u4e00-\u9fff0-9]+号"
)
_LOOSE = r"(?P<open>[〔﹝\[［(（【])\s*(?P<year>[0-9０-９]{2}(?:[0-9０-９]{2})?)(?P<nian>年?)\s*(?P<close>[〕﹞\]］)）】])\s*(?P<di>第?)\s*(?P<serial>[0-9０-９]{1,5})\s*号"
_NEARLY = re.compile(r"(?P<code>[\u4e00-\u9fffA-Za-z]+)\s*" + _LOOSE)
_CITED = re.compile(_LOOSE)
_CODE = re.compile(r"[\u4e00-\u9fffA-Za-z]{0,20}[\u4e00-\u9fff]$")
_ROUND_CODE = re.compile(r"(?:[发函规字文电复批]|国办|府办|政办)$")
_WITH_DI = re.compile(r"(?:令|公告|通告|公报|决定)$")
_CASE_FILE = re.compile(r"字$")  # papers of a case: 某听公字〔2019〕第03号
_NO_CODE = re.compile(r"(?:编号|合同|附件|证|版|图|表|型|栋|幢|楼)$")
_NO_SERIAL = re.compile(r"\s*(?:楼|窗|房|线|桥|车|图|样|门|井|机|厅|公路|地块|仓库)")
_OLDEST = 2000


@dataclass(frozen=True, slots=True)
class Oddity:
    """A document number that is not in its right form.

    `start` and `end` tell where its year and serial stand, `written` what stands there, `better` how to write it, `why`
    what is wrong; `harmless` whether only brackets and digits are wrong, so that the number stays the same.
    """

    start: int
    end: int
    written: str
    better: str
    why: tuple[str, ...]
    harmless: bool


def split(text: str) -> tuple[str, ...]:
    """Return the numbers that a field names: a joint document may have several."""
    return tuple(part for part in re.split(r"[、，,；;]\s*|\s+(?=[\u4e00-\u9fff])", text) if part)


def is_right(number: str) -> bool:
    """Return whether a number has the form of a document number, or that of an order or announcement."""
    return bool(_RIGHT.fullmatch(number) or _OTHER_FORM.fullmatch(number))


def nearly_right(number: str) -> bool:
    """Return whether a number has a code, a year and a serial, in whatever form."""
    return bool(_NEARLY.fullmatch(number))


def oddity_of(number: str) -> Oddity | None:
    """Return what is odd about `number`, a whole field, or None where it is right or nothing can be said."""
    match = _NEARLY.fullmatch(number)
    if match is None or is_right(number):
        return None
    return _oddity(match, blanks=any(char.isspace() for char in number), usual=_allowed(match["code"]))


def oddities_in(text: str) -> tuple[Oddity, ...]:
    """Return what is odd about the numbers that a running text cites.

    Numbers of before 2000 are left alone: other forms were in use. A number in round brackets counts only after a
    code that ends like one of an office, and 第 is right after 令 and 公告.
    """
    found = []
    for match in _CITED.finditer(text):
        before = _CODE.search(text[max(0, match.start() - 21) : match.start()])
        if before is None or (match["open"] in "(（" and not _ROUND_CODE.search(before[0])):
            continue
        if _NO_CODE.search(before[0]) or _NO_SERIAL.match(text, match.end()):
            continue
        year = match["year"].translate(_WIDE)
        if (len(year) == 4 and not _OLDEST <= int(year) < 2100) or (len(year) == 2 and int(year) > 50):
            continue
        odd = _oddity(match, blanks=False, usual=_allowed(before[0]))
        if odd is not None:
            found.append(odd)
    return tuple(found)


def normal(number: str) -> str:
    """Return a number in its right form as far as it can be told, for comparison."""
    match = _NEARLY.fullmatch(number.strip())
    if match is None:
        return re.sub(r"\s", "", number)
    return f"{match['code']}〔{match['year'].translate(_WIDE)}〕{int(match['serial'].translate(_WIDE))}号"


def year_of(number: str) -> int:
    """Return the year of a number with four digits, else 0."""
    match = _NEARLY.fullmatch(number.strip())
    year = match["year"].translate(_WIDE) if match else ""
    return int(year) if len(year) == 4 else 0


def stands_alone(line: str) -> str:
    """Return the number that fills a line by itself, or an empty string."""
    text = line.strip().strip("*#>（）() ").strip()
    return text if _NEARLY.fullmatch(text) else ""


def _allowed(code: str) -> frozenset[str]:
    """Return what is usual after a code although it is odd after others."""
    if _CASE_FILE.search(code):
        return frozenset({"第", "zero"})
    return frozenset({"第"}) if _WITH_DI.search(code) else frozenset()


def _oddity(match: re.Match[str], blanks: bool, usual: frozenset[str]) -> Oddity | None:
    """Return what is odd about a number; what is `usual` after its code is kept, and not told."""
    year, serial = match["year"].translate(_WIDE), match["serial"].translate(_WIDE)
    why = []
    if match["open"] != "〔" or match["close"] != "〕":
        why.append("brackets")
    if year != match["year"] or serial != match["serial"]:
        why.append("digits")
    if match["nian"]:
        why.append("年")
    if len(year) == 2:
        why.append("year")
    if match["di"] and "第" not in usual:
        why.append("第")
    if serial.startswith("0") and "zero" not in usual:
        why.append("zero")
    if blanks:
        why.append("blank")
    if not why:
        return None
    kept = serial if "zero" in usual else serial.lstrip("0") or "0"
    better = f"〔{year}〕{match['di'] if '第' in usual else ''}{kept}号"
    harmless = set(why) <= {"brackets", "digits", "年"} and serial.lstrip("0") != ""
    start, end = match.start("open"), match.end()
    return Oddity(start, end, match.string[start:end], better, tuple(why), harmless)
