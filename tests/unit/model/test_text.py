from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_site.model.text import Location, SourceFile


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("abc", 0, (1, 1)),
        ("abc", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\n\n\nb", 4, (4, 1)),
        ("标题", 1, (1, 2)),
        ("😀字", 1, (1, 2)),
        ("\t字", 1, (1, 2)),
        ("e\u0301字", 2, (1, 3)),
        ("a\u2028b", 2, (1, 3)),
        ("", 0, (1, 1)),
        ("a\n", 2, (2, 1)),
    ],
)
def test_positions_count_code_points_from_one(text: str, offset: int, place: tuple[int, int]) -> None:
    """Line and column count from 1, in code points; only a line feed ends a line."""
    found = SourceFile("a.md", text).at(offset)
    assert (found.line, found.column) == place


def test_positions_outside_the_text_are_held_inside() -> None:
    """An offset before or beyond the text means its beginning or end."""
    source = SourceFile("a.md", "ab\nc")
    assert source.at(-5) == Location("a.md", 1, 1)
    assert source.at(99) == Location("a.md", 2, 2)


def test_length_is_at_least_one() -> None:
    """A place always marks something."""
    assert SourceFile("a.md", "ab").at(0, 0).length == 1
    assert SourceFile("a.md", "ab").at(0, 2).length == 2


def test_line_returns_a_line_without_its_end() -> None:
    """Lines outside the file are empty; the last line needs no end."""
    source = SourceFile("a.md", "一\n\n三")
    assert [source.line(number) for number in (0, 1, 2, 3, 4)] == ["", "一", "", "三", ""]


@given(st.text(alphabet="ab字😀\n\t", max_size=60), st.data())
def test_place_and_line_agree(text: str, data: st.DataObject) -> None:
    """The character at a place is the one at the offset."""
    source = SourceFile("a.md", text)
    offset = data.draw(st.integers(0, len(text)))
    found = source.at(offset)
    rest = source.line(found.line)[found.column - 1 :]
    assert (rest + "\n")[:1] == (text + "\n")[offset]
