from __future__ import annotations

from datetime import date

from build_site.model.columns import Column, NoticeTheme
from build_site.model.content import Body, ParsedDoc
from build_site.model.details import Consultation
from build_site.model.facets import facet_address, facet_pages, facets_of
from build_site.model.notice import Notice
from build_site.model.site import ColumnNode, Document, Standing
from build_site.model.text import Location
from build_site.model.words import ColumnKind, Validity

TODAY = date(2020, 12, 1)
THEMES = (NoticeTheme("jsaz", "接收安置"), NoticeTheme("ytfx", "优待抚恤"))


def node(*notices: Notice, kind: ColumnKind = ColumnKind.LIST) -> ColumnNode:
    documents = []
    for number, notice in enumerate(notices):
        doc = ParsedDoc(f"content/zd/{number}.md", notice, Body(), Location("x"))
        documents.append(Document(doc, notice, f"wj/{number}.html", ("zd",), Standing.PUBLISHED))
    column = Column("zd", "制度", kind=kind)
    return ColumnNode(("zd",), column, "zd/index.html", tuple(documents), None, True, True, len(documents), None)


def test_validity_is_a_facet_as_soon_as_documents_differ_in_it() -> None:
    """Two values make two facets, each with its documents; one value makes none, for it would say nothing."""
    force, ended = Notice("一", validity=Validity.IN_FORCE), Notice("二", repealed=TODAY)
    found = facets_of(node(force, ended, force), (), TODAY)
    assert [(facet.slug, facet.word, len(facet.documents)) for facet in found] == [
        ("youxiao", "有效", 2),
        ("feizhi", "已废止", 1),
    ]
    assert facets_of(node(force, force), (), TODAY) == ()
    assert facets_of(node(force, Notice("三")), (), TODAY) == ()
    answered = Notice(
        "四", validity=Validity.CONSULTATION, consultation=Consultation(date(2020, 1, 1), date(2020, 2, 1))
    )
    assert facets_of(node(force, answered), (), TODAY) == ()


def test_themes_are_facets_of_long_lists_and_only_those_of_the_catalogue() -> None:
    """Six documents of two known themes; a theme without a key has no address and no facet."""
    notices = [Notice("一", theme="接收安置"), Notice("二", theme="优待抚恤"), Notice("三", theme="别的")]
    assert facets_of(node(*notices), THEMES, TODAY) == ()
    found = facets_of(node(*notices, *notices), THEMES, TODAY)
    assert [(facet.slug, len(facet.documents)) for facet in found] == [("zt-jsaz", 2), ("zt-ytfx", 2)]


def test_only_lists_have_facets() -> None:
    """A guide or a page with an introduction is no list."""
    notices = [Notice("一", validity=Validity.IN_FORCE), Notice("二", repealed=TODAY)]
    assert facets_of(node(*notices, kind=ColumnKind.PAGE), (), TODAY) == ()
    assert facets_of(node(*notices, kind=ColumnKind.GUIDE), (), TODAY) == ()


def test_a_facet_is_paged_like_any_list() -> None:
    """Every document once, in order; the first page has the plain address."""
    notices = [Notice(str(number), validity=Validity.IN_FORCE) for number in range(5)]
    column = node(*notices, Notice("旧", repealed=TODAY))
    facet = facets_of(column, (), TODAY)[0]
    pages = facet_pages(column, facet, 2)
    assert [page.address for page in pages] == [
        "zd/mian/youxiao.html",
        "zd/mian/youxiao-2.html",
        "zd/mian/youxiao-3.html",
    ]
    assert [document for page in pages for document in page.documents] == list(facet.documents)
    assert facet_address(column, "youxiao", 3) == pages[2].address
