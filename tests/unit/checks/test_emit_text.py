from __future__ import annotations

import random

import pytest

from build_site.checks.emit.text import cells, excerpt, place, render, report
from build_site.model.finding import Diagnostic, Message, Severity
from build_site.model.text import Location

M = Message


def diagnostic(where: Location, severity: Severity = Severity.ERROR, code: str = "LNK101") -> Diagnostic:
    return Diagnostic(
        code,
        "link-to-missing-page",
        severity,
        where,
        M("不存在", "missing"),
        M("改正", "mend"),
        M("依据", "basis"),
        M("标题", "title"),
    )


def caret_text(line: str, column: int, length: int) -> str:
    """What stands above the carets on a terminal, cell by cell."""
    where = Location("a.md", 7, column, length)
    shown, carets = excerpt(where, lambda path, number: line if (path, number) == ("a.md", 7) else "")
    begin = cells(carets[: carets.index("^")])
    end = begin + carets.count("^")
    at, found = 0, ""
    for char in shown:
        if begin <= at < end:
            found += char
        at += cells(char)
    return found


@pytest.mark.parametrize(
    ("line", "column", "length", "marked"),
    [
        ("abcdef", 3, 2, "cd"),
        ("见[年报](a.md)。", 7, 4, "a.md"),
        ("见[年报](a.md)。", 3, 2, "年报"),
        ("一\t二[x](a.md)", 8, 4, "a.md"),
        ("\t\t缩进", 3, 2, "缩进"),
        ("😀[x](a.md)", 6, 4, "a.md"),
        ("e\u0301[x](a.md)", 7, 4, "a.md"),
        ("ＡＢ，[x](a.md)", 8, 4, "a.md"),
        ("字" * 200 + "[x](a.md)" + "字" * 200, 205, 4, "a.md"),
        ("x" * 500 + "字", 501, 1, "字"),
        ("a", 1, 1, "a"),
    ],
)
def test_caret_stands_under_the_right_characters(line: str, column: int, length: int, marked: str) -> None:
    """Carets are placed by display width, also after Chinese, tabs, emoji and in long lines."""
    assert caret_text(line, column, length) == marked


def test_excerpt_fits_a_terminal() -> None:
    """A long line is cut on both sides."""
    for column in (1, 50, 1000, 2000):
        shown, carets = excerpt(Location("a.md", 1, column), lambda path, number: "字" * 2000)
        assert cells(shown) <= 110
        assert cells(carets) <= 110


def test_no_excerpt_without_a_line() -> None:
    """A place without a line, or outside the file, shows no excerpt."""
    assert excerpt(Location("a.md"), lambda path, number: "一") == []
    assert excerpt(Location("a.md", 9, 1), lambda path, number: "") == []


def test_a_caret_behind_the_end_of_a_line_still_shows() -> None:
    """A place at the end of a line marks one cell."""
    shown, carets = excerpt(Location("a.md", 1, 3), lambda path, number: "一二")
    assert carets.count("^") == 1
    assert cells(carets) == cells(shown) + 1


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("字", 2), ("，", 2), ("e\u0301", 1), ("😀", 2), ("", 0)])
def test_cells(text: str, width: int) -> None:
    """A Han character or full-width sign takes two cells, a combining mark none."""
    assert cells(text) == width


@pytest.mark.parametrize(
    ("where", "text"),
    [(Location("a.md", 3, 4), "a.md:3:4"), (Location("a.md", 3), "a.md:3"), (Location("a.md"), "a.md")],
)
def test_place(where: Location, text: str) -> None:
    """A place is printed as far as it is known, in the form that editors jump to."""
    assert place(where) == text


def test_block_names_place_code_message_help_and_basis() -> None:
    """A diagnostic tells where, what, how to mend it and why, in the language asked for."""
    chinese = render(diagnostic(Location("a.md", 1, 2)), lambda path, number: "一二", "zh")
    assert chinese.splitlines()[0].startswith("a.md:1:2: 必须修改 LNK101 link-to-missing-page")
    for word in ("标题", "不存在", "改正", "依据", "│ 一二", "^"):
        assert word in chinese
    english = render(diagnostic(Location("a.md", 1, 2), Severity.WARNING), lambda path, number: "一二", "en")
    assert english.startswith("a.md:1:2: warning LNK101")
    for word in ("title", "missing", "mend", "basis"):
        assert word in english


def test_report_counts_first_and_keeps_the_order() -> None:
    """The number of findings stands before them; the order is the one given."""
    items = [diagnostic(Location("b.md", 2, 1)), diagnostic(Location("a.md", 1, 1), Severity.WARNING)]
    text = report(items, lambda path, number: "", "zh")
    assert text.startswith("1 处必须修改，1 处建议修改\n")
    assert text.index("b.md:2:1") < text.index("a.md:1:1")
    assert text.endswith("\n")
    assert report([], lambda path, number: "", "zh") == ""


def test_sorted_report_does_not_depend_on_the_order_of_finding() -> None:
    """Whatever order findings come in, the sorted report is the same."""
    items = [
        diagnostic(Location(path, line, 1), code=code) for path in "ab" for line in (1, 2, 10) for code in ("X1", "X2")
    ]
    wanted = report(sorted(items, key=lambda item: item.order), lambda path, number: "", "zh")
    shuffled = items[:]
    random.Random(7).shuffle(shuffled)
    assert shuffled != items
    assert report(sorted(shuffled, key=lambda item: item.order), lambda path, number: "", "zh") == wanted


def test_a_confidential_line_is_shown_as_a_shape() -> None:
    """The caret still points at the place; no letter and no digit of the line is repeated."""
    where = Location("a.md", 1, 4, 18, confidential=True)
    shown = excerpt(where, lambda path, line: "张三，11010519491231002X。")
    assert shown == ["  1 │ ××，××××××××××××××××××。", f"    │ {' ' * 4}{'^' * 18}"]


def test_numbers_of_people_are_masked_in_every_excerpt() -> None:
    """Another finding on the same line does not show them either."""
    shown = excerpt(Location("a.md", 1, 1), lambda path, line: "[见](b.md) 13912345678")
    assert shown[0] == "  1 │ [见](b.md) ×××××××××××"


def test_of_one_rule_the_first_three_in_a_file_are_told_in_full() -> None:
    """The fourth and further ones keep place and fault; the reader is told where their fixes are."""
    found = [diagnostic(Location("a.md", number, 2)) for number in range(1, 7)]
    told = report(found, lambda *_: "", "zh")
    assert told.startswith("6 处必须修改，0 处建议修改\n最多的：LNK101 标题 6 处\n\na.md:1:2: ")
    assert told.count("怎么改　改正") == 3
    assert "\n\na.md:4:2: 必须修改 LNK101　不存在\na.md:5:2: 必须修改 LNK101　不存在\na.md:6:2: " in told
    assert told.endswith("加 --report 检查报告.html\n")


def test_three_findings_of_one_rule_are_told_as_ever() -> None:
    """Nothing is said about shortening where nothing was shortened; another file, rule or severity counts anew."""
    found = [diagnostic(Location("a.md", number, 2)) for number in range(1, 4)]
    more = [
        diagnostic(Location("b.md", 1, 2)),
        diagnostic(Location("a.md", 9, 2), code="LNK102"),
        diagnostic(Location("a.md", 9, 2), Severity.WARNING),
    ]
    told = report([*found, *more], lambda *_: "", "en")
    assert told.count("fix: mend") == 6
    assert "--report" not in told and "most often" not in told


def test_a_rule_that_a_whole_site_breaks_is_told_in_full_ten_times() -> None:
    """One finding in each of many files: all places are there, and each other rule is still told in full."""
    found = [diagnostic(Location(f"{number:03}.md", 1, 1)) for number in range(100)]
    told = report([*found, diagnostic(Location("z.md", 1, 1), code="LNK102")], lambda *_: "", "zh")
    assert told.count("怎么改　改正") == 11
    assert all(f"{number:03}.md:1:1: 必须修改" in told for number in range(100))


def test_a_file_with_hundreds_of_the_same_is_closed_with_a_number() -> None:
    """urls.lock of a site whose folder was deleted: the terminal is not filled with it."""
    found = [diagnostic(Location("urls.lock", number, 1)) for number in range(1, 401)]
    told = report(found, lambda *_: "", "zh")
    assert "urls.lock:23:1: " in told and "urls.lock:24:1: " not in told
    assert "\nurls.lock: 必须修改 LNK101　还有 377 处\n" in told
    assert "\nurls.lock: error LNK101: 377 more\n" in report(found, lambda *_: "", "en")
