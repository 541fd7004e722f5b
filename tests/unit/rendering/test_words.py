from __future__ import annotations

from datetime import date, datetime

import pytest

from build_site.rendering.words import day, kind, long_day, moment, size


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 字节"),
        (1023, "1023 字节"),
        (1024, "1 KB"),
        (18_432, "18 KB"),
        (1_048_576, "1.0 MB"),
        (2_202_010, "2.1 MB"),
    ],
)
def test_size(count: int, text: str) -> None:
    """Sizes as people write them."""
    assert size(count) == text


@pytest.mark.parametrize("count", [1_048_575, 1_048_000])
def test_size_never_shows_1024_kb(count: int) -> None:
    """Just under a megabyte is told in the unit that is read at once."""
    assert size(count) in ("1023 KB", "1.0 MB")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.docx", "Word 文档"),
        ("A.PDF", "PDF 文档"),
        ("a.b.xlsx", "Excel 表格"),
        ("a.abc", "ABC 文件"),
        ("a", "文件"),
        ("a.", "文件"),
    ],
)
def test_kind(name: str, text: str) -> None:
    """The kind of a file is told by its name, in words."""
    assert kind(name) == text


def test_days() -> None:
    """Days and moments in the form of the page tags; nothing for nothing."""
    assert day(date(2020, 1, 2)) == day(datetime(2020, 1, 2, 3, 4)) == "2020-01-02"
    assert moment(datetime(2020, 1, 2, 3, 4)) == "2020-01-02 03:04"
    assert moment(date(2020, 1, 2)) == "2020-01-02 00:00"
    assert day(None) == moment(None) == ""


def test_long_day() -> None:
    """A date as official texts write it, without zeros in front."""
    assert long_day(date(2020, 1, 7)) == long_day(datetime(2020, 1, 7, 9, 30)) == "2020年1月7日"
