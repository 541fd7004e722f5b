from __future__ import annotations

from datetime import date

from build_site.model.content import Body, ParsedDoc
from build_site.model.notice import Notice
from build_site.model.register import REGISTER, REGISTER_SIZE, listed, out_of_force, register_pages
from build_site.model.site import Document, Standing
from build_site.model.text import Location

TODAY = date(2020, 12, 1)


def document(number: int, year: int = 2020, standing: Standing = Standing.PUBLISHED, intro: bool = False) -> Document:
    notice = Notice(str(number), published=date(year, 1, 1))
    doc = ParsedDoc(f"content/zd/{year}-{number}.md", notice, Body(), Location("x"))
    return Document(doc, notice, f"wj/{year}/{number:05}.html", ("zd",), standing, intro)


def test_only_what_is_published_is_listed_newest_first() -> None:
    """Drafts, withdrawn documents and introductions are not; a document filed twice stands once."""
    found = listed(
        (
            document(1, 2019),
            document(2),
            document(3, standing=Standing.DRAFT),
            document(4, standing=Standing.WITHDRAWN),
            document(5, intro=True),
            document(2),
        )
    )
    assert [item.address for item in found] == ["wj/2020/00002.html", "wj/2019/00001.html"]


def test_a_small_register_stands_whole_on_its_first_page() -> None:
    """Year pages exist all the same, so that their addresses never change."""
    pages = register_pages(listed((document(1), document(2, 2019))))
    assert [(page.address, page.year, len(page.documents)) for page in pages] == [
        (REGISTER, 0, 2),
        ("mulu/2020/index.html", 2020, 1),
        ("mulu/2019/index.html", 2019, 1),
    ]
    assert register_pages(()) == ()


def test_a_large_register_is_paged_by_year() -> None:
    """The first page holds the newest year, as far as it fits; every document stands on a page of its year."""
    old = tuple(document(number, 2019) for number in range(REGISTER_SIZE + 1))
    pages = register_pages(listed((document(1), *old)))
    assert [(page.address, page.number, page.last, len(page.documents)) for page in pages] == [
        (REGISTER, 1, 1, 1),
        ("mulu/2020/index.html", 1, 1, 1),
        ("mulu/2019/index.html", 1, 2, REGISTER_SIZE),
        ("mulu/2019/2.html", 2, 2, 1),
    ]


def test_what_is_out_of_force_on_a_day() -> None:
    """Only from the day of the repeal on."""
    notice = Notice("旧", published=date(2019, 1, 1), repealed=TODAY)
    doc = ParsedDoc("content/zd/a.md", notice, Body(), Location("x"))
    old = Document(doc, notice, "wj/1.html", ("zd",), Standing.PUBLISHED)
    assert out_of_force((old, document(1)), TODAY) == (old,)
    assert out_of_force((old, document(1)), date(2020, 11, 30)) == ()
