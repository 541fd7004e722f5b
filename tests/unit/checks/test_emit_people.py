"""The forms that people read: the page for editors and the watch list, and whom a finding is given to."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from build_site.checks.emit import html
from build_site.checks.emit.excerpt import Excerpt, excerpt
from build_site.checks.emit.html_style import STYLE
from build_site.checks.emit.offices import by_office
from build_site.checks.emit.visible import visible
from build_site.checks.emit.watch_list import LONGEST, digest
from build_site.model.file_card import FileCard
from build_site.model.finding import Severity
from build_site.model.text import Location
from tests.support.reports import ALL, AS_OF, diagnostic, report_of

CARDS = {
    "content/zd/a.md": FileCard("关于<b>公布</b>名单的通知", "办公室"),
    "content/zd/b.md": FileCard("办法", "办公室"),
    "content/nb/c.md": FileCard("年报", "规划财务处"),
}
FINDINGS = (
    diagnostic(),
    diagnostic(Location("content/zd/a.md", 2, 1), "SRC109"),
    diagnostic(Location("content/zd/b.md", 1, 1), "SRC109"),
    diagnostic(Location("content/nb/c.md", 3, 1)),
    diagnostic(Location("content/nb/c.md", 4, 1), "LNK104"),
    diagnostic(Location("content/nb/c.md", 5, 1), "LNK104"),
    diagnostic(Location("content/zn/index.md", 5, 1)),
    diagnostic(Location("catalog.yaml", 5, 1), "COL105"),
    diagnostic(Location("themes/site/base.html", 5, 1), "THM101"),
)
DATA = report_of(*FINDINGS, cards=CARDS, counts={"pages": 16, "links": 366, "files": 1})
PAGE = html.report(DATA)


def test_offices_come_by_what_they_have_to_do() -> None:
    """Most errors first; what no office answers for, the whole site and the theme come last."""
    offices = by_office(DATA)
    assert [(office.name, office.errors, office.warnings) for office in offices] == [
        ("规划财务处", 3, 0),
        ("办公室", 1, 2),
        ("未写责任处室", 1, 0),
        ("全站的文件（catalog.yaml、urls.lock）", 1, 0),
        ("页面样式（themes/）", 1, 0),
    ]
    assert [file.path for file in offices[1].files] == ["content/zd/a.md", "content/zd/b.md"]
    assert [item.severity for item in offices[1].files[0].findings] == [Severity.ERROR, Severity.WARNING]


def test_the_page_begins_with_the_numbers_and_the_offices() -> None:
    """Verdict, counts, then a table that leads to every office."""
    assert PAGE.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    top = PAGE[: PAGE.index("<main")]
    for word in (
        "某局政府信息公开",
        AS_OF.isoformat(),
        "16 页、366 个链接、1 个附件",
        "不能发布",
        "必须修改 7 处，建议修改 2 处",
    ):
        assert word in top
    assert re.findall(r'<a href="#(o\d)">([^<]+)</a>', top) == [
        (f"o{number}", office.name) for number, office in enumerate(by_office(DATA), 1)
    ]
    assert re.findall(r'<h2 id="(o\d)"', PAGE) == ["o1", "o2", "o3", "o4", "o5"]


def test_a_finding_tells_everything() -> None:
    """Title of the document, place, the characters meant, what, why, how to mend, basis."""
    rule = ALL["LNK102"]
    for word in (
        "<h3>关于&lt;b&gt;公布&lt;/b&gt;名单的通知</h3>",
        '<p class="path">content/zd/a.md</p>',
        "第 7 行第 7 个字 · LNK102",
        "<pre>见[年报](<mark>a.md</mark>)。</pre>",
        "链接的文件不存在：a.md",
        rule.why.zh,
        "检查文件名",
        rule.basis.zh,
    ):
        assert word in PAGE


def test_a_page_with_many_findings_counts_them_by_rule_and_gives_reasons_three_times() -> None:
    """What is the same for a whole rule is not printed a thousand times; place, fault and remedy always are."""
    many = [diagnostic(Location("content/zd/a.md", number, 1)) for number in range(1, 31)]
    page = html.report(report_of(*many, diagnostic(Location("content/zd/b.md", 1, 1), "SRC109"), cards=CARDS))
    assert re.search(r"<caption>按问题</caption>.*LNK102.*必须修改.*>30<.*SRC109.*建议修改.*>1<", page, re.DOTALL)
    assert page.count("<dt>怎么改</dt>") == page.count("<dt>是什么</dt>") == 31
    assert page.count("<dt>为什么</dt>") == page.count("<dt>依据</dt>") == 4
    assert "按问题" not in PAGE


def test_the_page_needs_nothing_else() -> None:
    """No address leads out, no script runs, and the page itself forbids both."""
    assert "<script" not in PAGE
    assert not re.search(r"""(?:src|href)=["'](?!#)""", PAGE)
    assert "url(" not in STYLE and "@import" not in STYLE and "<" not in STYLE
    assert "default-src 'none'" in PAGE


def test_the_page_in_english() -> None:
    """Words of the program are English, those of the site are marked as Chinese."""
    page = html.report(report_of(*FINDINGS, cards=CARDS, lang="en"))
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    for word in ("Not published", "7 errors, 2 warnings", "line 7, column 7", "<dt>Fix</dt>", "Skip to the findings"):
        assert word in page
    assert '<h3 lang="zh-CN">办法</h3>' in page
    assert '<h2 id="o2" lang="zh-CN">办公室</h2>' in page
    assert "no office named</h2>" in page


def test_a_clean_page_and_one_with_warnings() -> None:
    """The verdict follows the fail level."""
    assert "通过，没有要改的。" in html.report(report_of())
    assert "<nav" not in html.report(report_of())
    warning = diagnostic(code="SRC109")
    assert "可以发布" in html.report(report_of(warning))
    assert "不能发布" in html.report(report_of(warning, fail_on=Severity.WARNING))


def test_the_outline_has_no_gaps() -> None:
    """Headings go down by one rank at a time."""
    ranks = [int(rank) for rank in re.findall(r"<h(\d)", PAGE)]
    assert ranks[0] == 1 and ranks.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(ranks))


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_colours_can_be_read() -> None:
    """4.5 for every pair of letters and ground, by day and by night (WCAG 2.2, 1.4.3)."""
    day, night = (dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in STYLE.split("}")[:2])
    assert day.keys() == night.keys() and len(day) >= 11
    for colours in (day, night):
        for ink, ground in (
            *((ink, ground) for ink in ("ink", "dim", "link") for ground in ("paper", "wash")),
            ("error", "paper"), ("error", "error-wash"), ("warning", "paper"), ("warning", "warning-wash"),
            ("ink", "error-wash"), ("ink", "warning-wash"), ("ink", "mark"), ("fine", "wash"),
        ):  # fmt: skip
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize(
    ("line", "column", "length", "wanted"),
    [
        ("见[年报](a.md)。", 7, 4, Excerpt("见[年报](", "a.md", ")。")),
        ("  敬请期待", 0, 1, Excerpt("", "敬请期待", "")),
        ("一二", 3, 1, Excerpt("一二", "⏎", "")),
        ("一二", 9, 1, Excerpt("一二", "⏎", "")),
        ("一二", 2, 99, Excerpt("一", "二", "")),
        ("a\u202eb", 2, 1, Excerpt("a", "[U+202E]", "b")),
        ("字" * 50 + "甲" + "字" * 70, 51, 1, Excerpt("…" + "字" * 40, "甲", "字" * 60 + "…")),
    ],
)
def test_excerpt(line: str, column: int, length: int, wanted: Excerpt) -> None:
    """The characters meant stand between what is around them; long lines are cut on both sides."""
    assert excerpt(Location("a.md", 1, column, length), lambda path, number: line) == wanted


def test_an_excerpt_does_not_give_a_number_away() -> None:
    """The page is sent from office to office: a place with personal information keeps its shape only, others are masked."""
    line = "联系人：张三，13912345678，见[名单](a.md)。"
    seen = excerpt(Location("a.md", 1, 8, 11, confidential=True), lambda *_: line)
    assert seen == Excerpt("×××：××，", "×" * 11, "，×[××](×.××)。")
    beside = excerpt(Location("a.md", 1, 26, 4), lambda *_: line)
    assert beside == Excerpt("联系人：张三，×××××××××××，见[名单](", "a.md", ")。")


def test_no_excerpt_without_a_line() -> None:
    """A whole file, and a blank line, have none."""
    assert excerpt(Location("a.md"), lambda path, number: "一") is None
    assert excerpt(Location("a.md", 1, 1), lambda path, number: " \t") is None


def test_visible() -> None:
    """Controls become pictures, all else hidden its number; Chinese, emoji, tabs and line feeds stay."""
    assert visible("甲\t乙\n\x00\x1b\x7f\u202e\ud800👨‍👩‍👧") == "甲\t乙\n␀␛␡[U+202E][U+D800]👨‍👩‍👧"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (1, ["某局政府信息公开 2026-11-25：不能发布，必须修改 7 处、建议修改 2 处"]),
        (
            3,
            [
                "某局政府信息公开 2026-11-25：不能发布，必须修改 7 处、建议修改 2 处",
                "最要紧：链接的文件不存在 3 处、链接指向空白页 2 处、同级栏目重名 1 处等",
                "其他 5 个处室：必须修改 7 处、建议修改 2 处，见检查报告",
            ],
        ),
        (
            4,
            [
                "某局政府信息公开 2026-11-25：不能发布，必须修改 7 处、建议修改 2 处",
                "最要紧：链接的文件不存在 3 处、链接指向空白页 2 处、同级栏目重名 1 处等",
                "规划财务处：必须修改 3 处（链接指向空白页 2 处、链接的文件不存在 1 处）",
                "其他 4 个处室：必须修改 4 处、建议修改 2 处，见检查报告",
            ],
        ),
    ],
)
def test_watch_list(lines: int, wanted: list[str]) -> None:
    """Totals, the most serious, who must act; what does not fit is counted in the last line."""
    assert digest(DATA, lines).splitlines() == wanted


def test_watch_list_without_findings() -> None:
    """One line, whatever number is allowed."""
    assert digest(report_of(), 5) == "某局政府信息公开 2026-11-25：检查通过，没有要改的\n"
    assert digest(report_of(lang="en"), 5) == "某局政府信息公开 2026-11-25: passed, nothing to mend\n"


def test_watch_list_tells_nothing_internal() -> None:
    """Neither titles nor paths nor messages nor lines of the site stand in it."""
    secret = "机密"
    item = diagnostic(Location(f"content/zd/{secret}.md", 7, 1), message=secret, help_=secret)
    cards = {item.where.path: FileCard(secret, "办公室")}
    said = digest(report_of(item, cards=cards, read_line=lambda path, line: secret), 9)
    assert secret not in said
    assert "办公室" in said


def test_watch_list_fits_a_chat_message() -> None:
    """Five lines in Chinese stay below the 2048 bytes that a text message may have."""
    cards = {item.where.path: FileCard("", "处室" * 90) for item in FINDINGS}
    said = digest(report_of(*FINDINGS, cards=cards), 5)
    assert max(len(line) for line in said.splitlines()) == LONGEST
    assert len(said.encode()) < 2048
