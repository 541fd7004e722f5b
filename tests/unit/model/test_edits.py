"""Edits by line and column leave everything else as it was."""

from __future__ import annotations

import pytest

from build_site.model.edits import edited
from build_site.model.finding import Fix
from build_site.model.text import Location


def at(line: int, column: int, length: int, text: str, *more: Fix) -> Fix:
    return Fix(Location("a.md", line, column, length), text, more)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_mark_stay(end: str, mark: str) -> None:
    text = mark + end.join(("标题：甲", "文号[2020]1号", ""))
    fixes = [at(1, 3, 1, ": "), at(2, 3, 8, "〔2020〕1号")]
    assert edited(text, fixes) == mark + end.join(("标题: 甲", "文号〔2020〕1号", ""))


def test_a_mixture_of_line_ends_stays() -> None:
    assert edited("一\r\n二\r三\n四", [at(4, 1, 1, "肆")]) == "一\r\n二\r三\n肆"


def test_separators_that_are_no_line_ends_do_not_count() -> None:
    assert edited("甲\u2028乙\x0c丙\n丁", [at(2, 1, 1, "D")]) == "甲\u2028乙\x0c丙\nD"


def test_several_edits_of_a_line_and_one_that_overlaps() -> None:
    assert edited("abcdef", [at(1, 5, 2, "EF"), at(1, 1, 2, "AB"), at(1, 2, 2, "xx")]) == "ABcdEF"


def test_edits_that_belong_together() -> None:
    assert edited("a：1\nb：2", [at(1, 2, 1, ": ", at(2, 2, 1, ": "))]) == "a: 1\nb: 2"


@pytest.mark.parametrize("place", [(0, 1), (9, 1), (1, 9)])
def test_a_place_outside_the_text_is_left_out(place: tuple[int, int]) -> None:
    assert edited("abc\n", [at(*place, 1, "x")]) == "abc\n"
