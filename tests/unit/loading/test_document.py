from __future__ import annotations

import pytest

from build_site.loading.document import parse
from build_site.model.content import ParsedDoc
from build_site.model.text import SourceFile

HEAD = "---\ntitle: 通知\n---\n"


def doc(body: str) -> ParsedDoc:
    return parse(SourceFile("content/zd/a.md", HEAD + body))


def html(body: str) -> str:
    found = doc(body).body
    return "".join(
        part + (found.links[number].url if number < len(found.links) else "") for number, part in enumerate(found.parts)
    )


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("[一](a.md)", [("a.md", 4, 5)]),
        ("字[一](a.md)字[二](b.md)", [("a.md", 4, 6), ("b.md", 4, 16)]),
        ("[一](a.md)\n\n[二](a.md)", [("a.md", 4, 5), ("a.md", 6, 5)]),
        ("[一](a.md)[二](b.md)[三](a.md)", [("a.md", 4, 5), ("b.md", 4, 14), ("a.md", 4, 23)]),
        ("😀\t[一](a.md)", [("a.md", 4, 7)]),
        ('[一]( a.md "题")', [("a.md", 4, 6)]),
        ("[一](<a b.md>)", [("a b.md", 4, 6)]),
        ("![图](a.png)", [("a.png", 4, 6)]),
        ("[![图](a.png)](b.md)", [("b.md", 4, 15), ("a.png", 4, 7)]),
        ("<https://a.cn/>", [("https://a.cn/", 4, 2)]),
        ("<a@b.cn>", [("mailto:a@b.cn", 4, 2)]),
        ("[一][r]\n\n[r]: a.md", [("a.md", 6, 6)]),
        ("[r]\n\n[R]: <a.md> '题'", [("a.md", 6, 7)]),
        ("一[^1]\n\n[^1]: [二](a.md)", [("a.md", 6, 11)]),
        ('<a href="a.md">一</a>', [("a.md", 4, 10)]),
        ("<p>\n<a\nhref='a.md'>一</a>\n</p>", [("a.md", 6, 7)]),
        ('<a href="a.md?b=1&amp;c=2">一</a>', [("a.md?b=1&c=2", 4, 10)]),
        ("`[一](a.md)` [二](a.md)", [("a.md", 4, 17)]),
        ("```\n[一](a.md)\n```\n\n[二](a.md)", [("a.md", 8, 5)]),
        ("<!-- [一](a.md) -->\n\n[二](a.md)", [("a.md", 6, 5)]),
        ("[一]()", [("", 4, 5)]),
        ("[一](D:\\a.docx)", [("D:\\a.docx", 4, 5)]),
        ("[一](a(1).md)", [("a(1).md", 4, 5)]),
        ("| 甲 |\n|---|\n| [一](a.md) |", [("a.md", 6, 7)]),
        ("## [一](a.md)", [("a.md", 4, 8)]),
        ("a.md [一](a.md)", [("a.md", 4, 10)]),
    ],
)
def test_links_stand_where_they_are_written(body: str, places: list[tuple[str, int, int]]) -> None:
    """Every link of a body with its URL as written and the place of that URL in the source."""
    found = [
        (link.url, link.where.line, link.where.column)
        for link in doc(body).body.links
        if "fnref" not in link.url and "#fn" not in link.url
    ]
    assert found == places


@pytest.mark.parametrize(
    "body",
    [
        "`[一](a.md)`",
        "    [一](a.md)",
        "```\n[一](a.md)\n```",
        "<!-- [一](a.md) -->",
        "\\[一](a.md)",
        "[一] (a.md)",
        "https://a.cn/",
    ],
)
def test_what_is_no_link(body: str) -> None:
    """Code, comments, escaped brackets and bare addresses are no links."""
    assert doc(body).body.links == ()


def test_parts_and_links_alternate() -> None:
    """A body is cut at its URLs, so that putting them back gives the whole HTML."""
    found = doc("[一](a.md)和![图](b.png)").body
    assert len(found.parts) == len(found.links) + 1
    assert (
        html("[一](a.md)和![图](b.png)")
        == '<p><a href="a.md">一</a>和<img src="b.png" alt="图" loading="lazy" decoding="async"></p>'
    )


def test_links_know_element_and_text() -> None:
    """A link carries its element and the text a reader sees."""
    links = doc("[**一**二](a.md)\n\n![图](b.png)").body.links
    assert [(link.tag, link.text) for link in links] == [("a", "一二"), ("img", "")]


def test_headings_have_rank_id_and_text() -> None:
    """Chinese headings keep an id; the same heading twice gets a number."""
    headings = doc("## 一、总则\n\n### `二` & 三\n\n## 一、总则\n").body.headings
    assert [(heading.rank, heading.text) for heading in headings] == [(2, "一、总则"), (3, "二 & 三"), (2, "一、总则")]
    assert len({heading.id for heading in headings}) == 3
    assert headings[0].id == "一总则"


def test_the_page_title_stays_the_only_h1() -> None:
    """A first heading that repeats the title is dropped, other headings of rank 1 go down by one."""
    assert "<h1" not in html("# 通知\n\n正文")
    assert html("# 通知\n\n正文").strip() == "<p>正文</p>"
    assert "<h2" in html("# 别的\n\n正文")
    assert "<h3" in html("# 别的\n\n## 二\n")


@pytest.mark.parametrize(
    ("body", "gone"),
    [
        ("<script>x</script>", "script"),
        ("<iframe src='x'></iframe>", "iframe"),
        ("<p onclick='x'>一</p>", "onclick"),
        ("<p style='x'>一</p>", "style"),
        ("<form action='x'><input></form>", "input"),
        ("<style>p{}</style>", "style"),
        ("<svg onload='x'></svg>", "svg"),
        ("<base href='x'>", "base"),
    ],
)
def test_unsafe_markup_never_reaches_the_page(body: str, gone: str) -> None:
    """Elements and attributes that could change the page are not in the HTML."""
    assert gone not in html(body)


def test_tables_lists_and_notes_survive() -> None:
    """What official documents need is kept."""
    shown = html(
        "| 甲 |\n|--:|\n| 1 |\n\n1. 一\n\n<table><tr><td colspan='2'>x</td></tr></table>\n\n<u>二</u><sup>3</sup>"
    )
    for wanted in ("<th", 'class="al-right"', "<ol>", 'colspan="2"', "<u>", "<sup>"):
        assert wanted in shown


def test_notes_do_not_leak_between_documents() -> None:
    """References and footnotes of one document are unknown to the next."""
    doc("[一][r]\n\n[r]: a.md\n\n二[^1]\n\n[^1]: 注")
    after = doc("[一][r] 二[^1]").body
    assert after.links == ()
    assert "footnote" not in html("[一][r] 二[^1]")


def test_lines_of_chinese_join_without_a_gap() -> None:
    """A line break between Chinese characters is no space, between Latin words it is."""
    assert "一二" in html("一\n二")
    assert "a\nb" in html("a\nb")
    assert "一，二" in html("一，\n二")


def test_free_characters_do_not_count_links() -> None:
    """The count of characters outside links."""
    assert doc("一二[三四](a.md)五").body.free_chars == 3


def test_body_place_is_its_first_character() -> None:
    """The body begins after blank lines."""
    assert (doc("\n\n  正文").body_at.line, doc("\n\n正文").body_at.line) == (6, 6)


@pytest.mark.parametrize("opened", [">", "- ", "  - ", "*", "[", "<div>", "**", "1. "])
def test_deep_nesting_ends_in_a_document(opened: str) -> None:
    """Thousands of nested marks are parsed or refused, never raised."""
    found = doc(opened * 1000 + "正文")
    assert {fault.kind for fault in found.faults} <= {"nested-too-deep"}
    assert found.body.free_chars == 2 or found.faults
