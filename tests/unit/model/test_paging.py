from __future__ import annotations

from datetime import date

import pytest

from build_site.model.columns import Column
from build_site.model.content import Body, ParsedDoc
from build_site.model.notice import Notice
from build_site.model.paging import list_pages, year_address, years_of
from build_site.model.site import ColumnNode, Document, Standing
from build_site.model.text import Location


def node(*days: tuple[int, int]) -> ColumnNode:
    """A column with `number` documents in each `year`, newest first."""
    documents = []
    for year, number in days:
        for serial in range(number):
            notice = Notice(title=f"{year}-{serial}", published=date(year, 1, 1))
            doc = ParsedDoc(f"content/zd/{year}-{serial}.md", notice, Body(), Location("x"))
            documents.append(Document(doc, notice, f"wj/{year}/{serial}.html", ("zd",), Standing.PUBLISHED))
    return ColumnNode(
        ("zd",), Column("zd", "制度"), "zd/index.html", tuple(documents), None, True, True, len(documents), None
    )


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_short_list_has_the_column_page_only(number: int) -> None:
    """Up to the page size there are no pages of years."""
    pages = list_pages(node((2020, number)), 3)
    assert [page.address for page in pages] == ["zd/index.html"]
    assert len(pages[0].documents) == number


def test_a_long_list_has_pages_by_year() -> None:
    """The column page holds the newest; every document stands on a page of its year, in order, once."""
    column = node((2020, 4), (2019, 1))
    pages = list_pages(column, 3)
    assert [page.address for page in pages] == [
        "zd/index.html",
        "zd/2020/index.html",
        "zd/2020/2.html",
        "zd/2019/index.html",
    ]
    assert pages[0].documents == column.documents[:3]
    assert sum((page.documents for page in pages[1:]), ()) == column.documents
    assert [(page.year, page.number) for page in pages] == [(0, 1), (2020, 1), (2020, 2), (2019, 1)]


def test_a_new_document_leaves_past_years_alone() -> None:
    """Pages of a past year are the same before and after a publication this year."""
    before = {page.address: page for page in list_pages(node((2020, 4), (2019, 7)), 3)}
    after = {page.address: page for page in list_pages(node((2020, 5), (2019, 7)), 3)}
    for address in ("zd/2019/index.html", "zd/2019/2.html", "zd/2019/3.html"):
        assert before[address] == after[address]
    assert before["zd/2020/2.html"] != after["zd/2020/2.html"]


def test_years_stand_newest_first() -> None:
    """The years of a column with their documents."""
    assert {year: len(found) for year, found in years_of(node((2021, 2), (2019, 1))).items()} == {2021: 2, 2019: 1}
    assert list(years_of(node((2019, 1), (2021, 2)))) == [2021, 2019]


def test_first_page_of_a_year_is_its_index() -> None:
    """The address of a year needs no number."""
    assert year_address(node(), 2020) == "zd/2020/index.html"
    assert year_address(node(), 2020, 3) == "zd/2020/3.html"
