"""Rules on document numbers: their form, whether they fit the document, and whether the site cites them alike.

Owns their codes, wording and documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_site.checks.citations import conflicts
from build_site.checks.document_numbers import (
    Oddity,
    is_right,
    nearly_right,
    normal,
    oddities_in,
    oddity_of,
    split,
    stands_alone,
    year_of,
)
from build_site.checks.documents import published
from build_site.checks.rule import Rule, Scope
from build_site.checks.terms import within
from build_site.model.finding import Finding, Fix, Message, Severity
from build_site.model.site import Document, Site
from build_site.model.text import Location

M = Message
_FIRST_LINES = 6
_WHY = {
    "brackets": M("年份要用六角括号〔 〕", "the year stands in 〔 〕"),
    "digits": M("数字要用半角", "digits are half-width"),
    "年": M("年份后面不写“年”", "no 年 after the year"),
    "year": M("年份要写四位", "the year has four digits"),
    "第": M("序号前面不写“第”", "no 第 before the serial"),
    "zero": M("序号前面不补零", "no leading zero"),
    "blank": M("中间不空格", "no blanks"),
}
_GB = M(
    "GB/T 9704—2012，7.2.5：发文字号由发文机关代字、年份、发文顺序号组成，年份用六角括号括入",
    "GB/T 9704-2012, 7.2.5: code, year in 〔 〕, serial",
)


def _own_number(site: Site) -> Iterator[Finding]:
    for document in published(site):
        notice = document.notice
        for number in split(notice.doc_no):
            if is_right(number):
                continue
            odd = oddity_of(number)
            if odd is not None:
                where = _inside(document, notice.at("doc_no"), odd.written)
                yield _wrong_form(where, number, odd, fixable=where.length == len(odd.written))
            elif re.search(r"\d", number) and not nearly_right(number):
                yield Finding(
                    notice.at("doc_no"),
                    M(f"发文字号“{number}”不完整，或者不是发文字号的写法", f"“{number}” is not a whole document number"),
                    M("对照原件写全，如 某退役军人规〔2020〕1号；没有文号的，删掉这一项", "write it in full by the original; leave the key out where there is none"),
                )  # fmt: skip


def _cited_numbers(site: Site) -> Iterator[Finding]:
    for document in published(site):
        prose = document.doc.prose
        for odd in oddities_in(prose.text):
            where = prose.at(odd.start, odd.end - odd.start)
            in_head = where.line < document.doc.body_at.line
            if in_head and where.line == document.notice.at("doc_no").line:
                continue  # the document's own number has its own rule
            if within(prose.text, odd.start, "“", "”"):
                continue
            yield _wrong_form(where, odd.written, odd, fixable=not in_head)


def _wrong_form(where: Location, shown: str, odd: Oddity, fixable: bool) -> Finding:
    zh, en = "、".join(_WHY[why].zh for why in odd.why), ", ".join(_WHY[why].en for why in odd.why)
    unsure = "year" in odd.why
    return Finding(
        where,
        M(f"文号“{shown}”的写法不对：{zh}", f"the number “{shown}” is malformed: {en}"),
        M("对照原件写全年份", "write the whole year by the original")
        if unsure
        else M(f"改成 {odd.better}", f"write {odd.better}"),
        Fix(where, odd.better) if odd.harmless and fixable else None,
    )


def _inside(document: Document, field: Location, written: str) -> Location:
    """Return where `written` stands in the line of a field, or the field where it cannot be found."""
    line = document.doc.prose.line(field.line)
    at = line.find(written, max(0, field.column - 1))
    return Location(field.path, field.line, at + 1, len(written)) if at >= 0 else field


def _differs_from_body(site: Site) -> Iterator[Finding]:
    for document in published(site):
        own = {normal(number) for number in split(document.notice.doc_no)}
        if not own:
            continue
        for place, number in _first_number(document):
            if normal(number) not in own:
                shown = document.notice.doc_no
                yield Finding(
                    place,
                    M(f"正文里的文号“{number}”和开头写的“{shown}”不一样", f"the text says {number}, the front matter {shown}"),
                    M("对照原件，改正写错的一处", "compare with the original and correct the wrong one"),
                )  # fmt: skip


def _first_number(document: Document) -> Iterator[tuple[Location, str]]:
    prose, start = document.doc.prose, document.doc.body_at.line
    seen = 0
    for line in range(start, start + 3 * _FIRST_LINES):
        text = prose.line(line)
        if not text.strip():
            continue
        number = stands_alone(text)
        if number:
            yield Location(document.path, line, text.index(number) + 1, len(number)), number
            return
        seen += 1
        if seen == _FIRST_LINES:
            return


def _other_year(site: Site) -> Iterator[Finding]:
    for document in published(site):
        notice = document.notice
        numbers = split(notice.doc_no)
        year = year_of(numbers[0]) if len(numbers) == 1 else 0
        if year and notice.written and year != notice.written.year:
            yield Finding(
                notice.at("doc_no"),
                M(f"文号是 {year} 年的，成文日期是 {notice.written}", f"the number is of {year}, the document was written on {notice.written}"),
                M("对照原件，改正其中一个", "compare with the original and correct one of the two"),
            )  # fmt: skip


def _two_titles(site: Site) -> Iterator[Finding]:
    for found in conflicts(site):
        if found.known:
            yield Finding(
                found.where,
                M(f"《{found.title}》的文号是{found.other}，这里写的是{found.number}", f"the number of 《{found.title}》 is {found.other}, not {found.number}"),
                M(f"核对后改成 {found.other}", f"check, then write {found.other}"),
            )  # fmt: skip
        elif found.same_title:
            yield Finding(
                found.where,
                M(f"同一份文件《{found.title}》，这里的文号是{found.number}，{found.there}写的是{found.other}", f"《{found.title}》 is {found.number} here and {found.other} in {found.there}"),
                M("对照原件，改正写错的一处", "compare with the original and correct the wrong one"),
            )  # fmt: skip
        else:
            yield Finding(
                found.where,
                M(f"同一个文号{found.number}，这里是《{found.title}》，{found.there}是《{found.other}》", f"{found.number} is 《{found.title}》 here and 《{found.other}》 in {found.there}"),
                M("对照原件，改正写错的一处", "compare with the original and correct the wrong one"),
            )  # fmt: skip


NUMBER_RULES: tuple[Rule, ...] = (
    Rule(
        "DOC110",
        "own-number-malformed",
        Severity.WARNING,
        M("发文字号的写法不对", "document number malformed"),
        M("公众按文号查文件，写法不统一就搜不到；年份、括号、序号都有规定的写法。", "People look documents up by their number; one that is written otherwise is not found."),
        M("照提示改；括号和数字可以用 build-site fix 改。", "Write what is suggested; `build-site fix` mends brackets and digits."),
        "发文字号: 某退役军人规[2020]第01号",
        "发文字号: 某退役军人规〔2020〕1号",
        basis=_GB,
        scope=Scope.DOCUMENT,
        site=_own_number,
    ),
    Rule(
        "DOC111",
        "cited-number-malformed",
        Severity.WARNING,
        M("引用的文号写法不对", "cited number malformed"),
        M("照着搜索时，括号不同就是另一个文号。", "With other brackets a search does not find the document."),
        M("照提示改；括号和数字可以用 build-site fix 改。", "Write what is suggested; `build-site fix` mends brackets and digits."),
        "根据《……》（国办发﹝2017﹞47号）",
        "根据《……》（国办发〔2017〕47号）",
        basis=_GB,
        scope=Scope.DOCUMENT,
        site=_cited_numbers,
    ),
    Rule(
        "DOC112",
        "number-differs-from-body",
        Severity.WARNING,
        M("文号和正文里的不一样", "number differs from the body"),
        M("同一页上有两个文号，公众不知道哪个是真的。", "With two numbers on one page nobody knows which is true."),
        M("对照原件改正。", "Correct it by the original."),
        "发文字号: 沪退役军人规〔2020〕3号（正文第一行：沪退役军人局规〔2020〕3号）",
        "发文字号: 沪退役军人规〔2020〕3号（正文第一行相同）",
        basis=_GB,
        scope=Scope.DOCUMENT,
        site=_differs_from_body,
    ),
    Rule(
        "DOC113",
        "number-of-another-year",
        Severity.WARNING,
        M("文号的年份和成文日期不符", "number of another year"),
        M("文号按年编，年份和成文日期不同，多半有一个抄错了。", "Numbers are counted by year; where the years differ, one of them was most likely copied wrongly."),
        M("对照原件改正；年末编号、年初签发的，可以写豁免。", "Correct it by the original; a number of December signed in January can be exempted."),
        "发文字号: 某退役军人规〔2019〕1号\n成文日期: 2020-11-17",
        "发文字号: 某退役军人规〔2020〕1号\n成文日期: 2020-11-17",
        basis=_GB,
        scope=Scope.DOCUMENT,
        site=_other_year,
    ),
    Rule(
        "DOC114",
        "number-cited-two-ways",
        Severity.WARNING,
        M("同一份文件有两个文号，或者同一个文号有两个标题", "number cited two ways"),
        M("引用前后不一致，公众按其中一个去找就找不到。", "Whoever follows the wrong one finds nothing."),
        M("对照原件改正；常用文件的文号在 wording.yaml 里。", "Correct it by the original; numbers of known documents are in wording.yaml."),
        "《政府网站发展指引》（国办发〔2017〕17号）",
        "《政府网站发展指引》（国办发〔2017〕47号）",
        basis=M("《中华人民共和国政府信息公开条例》第六条：及时、准确地公开政府信息", "政府信息公开条例 art. 6: information is disclosed promptly and accurately"),
        site=_two_titles,
    ),
)  # fmt: skip
