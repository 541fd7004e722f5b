from __future__ import annotations

from datetime import date

import pytest

from build_site.model.site import Reach, Site, Standing
from tests.support.sites import CATALOGUE, TEXT, intro, notice
from tests.support.sites import assembled as site


def kinds(made: Site) -> list[tuple[str, str]]:
    return [(fault.kind, fault.where.path) for fault in made.faults]


def test_documents_are_filed_newest_first() -> None:
    """A column lists its published documents by day, latest first; the same day by time, then address."""
    made = site(
        {
            "content/zd/a.md": notice("甲", "00001", published="2020-01-01"),
            "content/zd/b.md": notice("乙", "00002", published="2020-03-01"),
            "content/zd/c.md": notice("丙", "00003", published="2020-03-01 08:00"),
            "content/zd/d.md": notice("丁", "00004", published="2020-03-01 09:00"),
            "content/zd/e.md": notice("戊", "00005", published="2020-12-02"),
        }
    )
    node = made.columns[("zd",)]
    assert [document.notice.title for document in node.documents] == ["丁", "丙", "乙", "甲"]
    assert (node.count, node.latest, node.filled, node.present) == (4, date(2020, 3, 1), True, True)


def test_columns_count_their_children() -> None:
    """A level-1 column counts the documents of both levels and knows the latest day."""
    made = site(
        {
            "content/fdzdgknr/a.md": notice("甲", "00001", published="2020-01-01"),
            "content/fdzdgknr/gfxwj/b.md": notice("乙", "00002", published="2020-02-01"),
        }
    )
    node = made.columns[("fdzdgknr",)]
    assert (node.count, node.latest) == (2, date(2020, 2, 1))
    assert [document.notice.title for document in node.documents] == ["甲"]


@pytest.mark.parametrize(
    ("kind", "filed", "latest"),
    [
        ("列表", "content/zd/a.md", date(2020, 1, 1)),
        ("列表", "content/zd/sub/a.md", date(2020, 1, 1)),
        ("列表", "content/nb/a.md", date(2020, 11, 17)),
        ("机构职能", "content/zd/a.md", date(2020, 11, 17)),
    ],
)
def test_an_introduction_is_news_only_where_the_column_is_that_text(kind: str, filed: str, latest: date) -> None:
    """What was updated in a list are its documents, here or below; the day of its introduction counts without any."""
    made = site(
        {"content/zd/index.md": intro("制度"), filed: notice("甲", "00001", published="2020-01-01")},
        catalogue=CATALOGUE.replace(
            "    title: 政府信息公开制度\n",
            f"    title: 政府信息公开制度\n    kind: {kind}\n    children: [{{key: sub, title: 下级}}]\n",
        ),
    )
    assert made.columns[("zd",)].latest == latest


def test_empty_columns_have_no_page() -> None:
    """A column without content is omitted, one that must be filled or explains itself is not."""
    policies = {"": False, "    empty: 必填\n": True, "    empty: 说明\n": True, "    empty: 省略\n": False}
    for written, present in policies.items():
        made = site(catalogue=CATALOGUE.replace("    title: 依申请公开\n", f"    title: 依申请公开\n{written}"))
        assert made.columns[("ysqgk",)].present is present
        assert ("ysqgk/index.html" in made.pages) is present


def test_introductions_fill_a_column_without_being_listed() -> None:
    """An introduction is content, but no entry of the list; it has the column's address."""
    made = site({"content/zd/index.md": intro("制度")})
    node = made.columns[("zd",)]
    assert (node.documents, node.count, node.filled) == ((), 0, True)
    assert node.intro is not None
    assert node.intro.address == "zd/index.html"


def test_collected_documents_stand_in_both_columns() -> None:
    """A column that collects a stage of openness lists documents of other columns, and is not counted twice."""
    made = site(
        {"content/zd/a.md": notice("甲", "00001", head="open_stage: 决策")},
        catalogue=CATALOGUE.replace("        title: 统计信息\n", "        title: 统计信息\n        collects: 决策\n"),
    )
    assert [document.address for document in made.columns[("fdzdgknr", "tjxx")].documents] == ["wj/2020/00001.html"]
    assert [document.address for document in made.columns[("zd",)].documents] == ["wj/2020/00001.html"]
    assert sum(address == "wj/2020/00001.html" for address in made.pages) == 1


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("content/zd/f.pdf", "fj/zd/f.pdf"),
        ("content/zd/g/index.md", "wj/2020/00002.html"),
        ("content/zd/g/f.pdf", "wj/2020/00002/f.pdf"),
        ("content/zd/g/img/f.png", "wj/2020/00002/img/f.png"),
        ("content/ysqgk/表.docx", "fj/ysqgk/表.docx"),
    ],
)
def test_addresses_of_documents_and_attachments(path: str, address: str) -> None:
    """A file in a document's own folder lies beside the page, any other under fj/ by its path."""
    made = site(
        {
            "content/zd/f.pdf": "x",
            "content/zd/g/index.md": notice(
                "乙", "00002", "[一](f.pdf)[二](img/f.png)[三](../f.pdf)[四](/ysqgk/表.docx)"
            ),
            "content/zd/g/f.pdf": "x",
            "content/zd/g/img/f.png": "x",
            "content/ysqgk/表.docx": "x",
        }
    )
    known = {document.path: document.address for document in made.documents}
    known |= {source: place for place, source in made.files.items()}
    assert known[path] == address


def test_files_are_published_only_with_a_published_document() -> None:
    """What only a draft refers to stays unpublished, and is no unused file either."""
    made = site(
        {
            "content/zd/a.md": notice("甲", "00001", "[一](a.txt)"),
            "content/zd/b.md": notice("乙", "00002", "[二](b.txt)", head="state: 草稿"),
            "content/zd/a.txt": "x",
            "content/zd/b.txt": "x",
            "content/zd/c.txt": "x",
        }
    )
    assert dict(made.files) == {"fj/zd/a.txt": "content/zd/a.txt"}
    assert kinds(made) == [("unused-attachment", "content/zd/c.txt")]


def test_attachments_are_listed_once_with_their_titles() -> None:
    """The list in the head comes first, then files linked in the body that are not in it; pictures are not listed."""
    body = "[乙表](b.txt)[别名](a.txt)![图](c.png)[乙又](b.txt)[](d.txt)"
    made = site(
        {
            "content/zd/x.md": notice("甲", "00001", body, head="attachments: [{file: a.txt, title: 甲表}]"),
            **{f"content/zd/{name}": "x" for name in ("a.txt", "b.txt", "c.png", "d.txt")},
        }
    )
    (document,) = made.documents
    assert [(file.source, file.title) for file in document.files] == [
        ("content/zd/a.txt", "甲表"),
        ("content/zd/b.txt", "乙表"),
        ("content/zd/d.txt", "d.txt"),
    ]
    assert set(made.files.values()) == {f"content/zd/{name}" for name in ("a.txt", "b.txt", "c.png", "d.txt")}


def test_collisions_keep_the_first() -> None:
    """The second claim on an address is a fault that names the first; the page stays that of the first."""
    made = site({"content/zd/a.md": notice("甲", "00001"), "content/zd/b.md": notice("乙", "00001")})
    (fault,) = made.faults
    assert (fault.kind, fault.where.path, fault.where.line) == ("address-collision", "content/zd/b.md", 4)
    assert (fault.get("other"), fault.get("line")) == ("content/zd/a.md", "4")
    assert made.pages["wj/2020/00001.html"].path == "content/zd/a.md"


def test_unpublished_documents_have_no_page_but_withdrawn_ones() -> None:
    """Draft, future and closed documents make no page, a withdrawn one keeps its address."""
    heads = {"00001": "state: 草稿", "00002": "publicity: 不予公开", "00003": "state: 撤回\nwithdrawal_reason: 误发"}
    files = {f"content/zd/{number}.md": notice("甲", number, head=head) for number, head in heads.items()}
    made = site(files | {"content/zd/4.md": notice("丁", "00004", published="2020-12-02")})
    assert [document.standing for document in made.documents] == [
        Standing.DRAFT,
        Standing.CLOSED,
        Standing.WITHDRAWN,
        Standing.FUTURE,
    ]
    assert {address for address in made.pages if address.startswith("wj/")} == {"wj/2020/00003.html"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([("wj/1.html", "zd/index.html")], {"wj/1.html": "zd/index.html"}),
        (
            [("wj/1.html", "wj/2.html"), ("wj/2.html", "wj/3.html"), ("wj/3.html", "zd/index.html")],
            {"wj/1.html": "zd/index.html", "wj/2.html": "zd/index.html", "wj/3.html": "zd/index.html"},
        ),
        ([("index.html", "zd/index.html")], {}),
    ],
)
def test_redirects_lead_to_the_end_of_their_chain(written: list[tuple[str, str]], expected: dict[str, str]) -> None:
    """An old address leads straight to the last; one that is a page is not redirected."""
    more = "redirects:\n" + "".join(f"  - {{from: {old}, to: {new}}}\n" for old, new in written)
    made = site({"content/zd/a.md": notice("甲", "00001")}, more)
    assert dict(made.redirects) == expected
    assert set(expected) <= set(made.pages)


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_loops_of_redirects_end(length: int) -> None:
    """A circle of redirects is followed once and stays recognisable: it ends at a redirect."""
    more = "redirects:\n" + "".join(
        f"  - {{from: wj/{number}.html, to: wj/{(number + 1) % length}.html}}\n" for number in range(length)
    )
    made = site(more=more)
    assert all(final in made.redirects for final in made.redirects.values())


def test_list_pages_of_the_past_lead_to_the_column() -> None:
    """A list that got shorter keeps its old pages alive; other lost addresses are not invented."""
    addresses = [
        "zd/2019/index.html",
        "zd/2019/2.html",
        "zd/index.html",
        "wj/2019/1.html",
        "fdzdgknr/tjxx/2020/index.html",
    ]
    locked = {address: line for line, address in enumerate(addresses, 1)}
    made = site({"content/zd/a.md": notice("甲", "00001")}, locked=locked)
    assert dict(made.redirects) == {"zd/2019/index.html": "zd/index.html", "zd/2019/2.html": "zd/index.html"}
    assert made.locked == locked


def test_links_and_references_are_resolved() -> None:
    """Body links and front matter lead to addresses, relative to their source."""
    made = site(
        {
            "content/zd/a.md": notice(
                "甲", "00001", f"[一](../nb/b.md#x){TEXT}", head="related: [../nb/b.md, x.md]\ninterprets: /nb/b.md"
            ),
            "content/nb/b.md": notice("乙", "00002"),
        }
    )
    document = next(document for document in made.documents if document.path == "content/zd/a.md")
    (target,) = document.targets
    assert (target.reach, target.address, target.fragment) == (Reach.PAGE, "wj/2020/00002.html", "x")
    assert [(reference.field, reference.target.reach) for reference in document.references] == [
        ("interprets", Reach.PAGE),
        ("related", Reach.PAGE),
        ("related", Reach.MISSING_PAGE),
    ]


def test_links_reach_past_the_order_of_files() -> None:
    """A document links to one that is read later."""
    made = site(
        {"content/nb/a.md": notice("甲", "00001", "[一](../zd/b.md)"), "content/zd/b.md": notice("乙", "00002")}
    )
    assert made.documents[0].targets[0].address == "wj/2020/00002.html"


def test_a_field_leads_to_published_documents_only() -> None:
    """In the order written; drafts, columns and missing files are no documents that a page could lead to."""
    made = site(
        {
            "content/zd/a.md": notice("甲", "00001", head="related: [c.md, draft.md, /nb/, none.md, b.md]"),
            "content/zd/b.md": notice("乙", "00002", published="2020-11-18"),
            "content/zd/c.md": notice("丙", "00003"),
            "content/zd/draft.md": notice("丁", "00004", head="state: 草稿"),
        }
    )
    assert [document.notice.title for document in made.listed] == ["乙", "甲", "丙"]
    first = made.published["wj/2020/00001.html"]
    assert first.targets == next(document for document in made.documents if document.path == first.path).targets
    assert [document.notice.title for document in made.named(first, "related")] == ["丙", "乙"]
    assert made.named(first, "interprets") == ()


def test_every_column_path_is_known_even_when_empty() -> None:
    """Columns without content are still in the site, in the order of the catalogue."""
    assert list(site().columns) == [
        ("zn",),
        ("zd",),
        ("fdzdgknr",),
        ("fdzdgknr", "gfxwj"),
        ("fdzdgknr", "tjxx"),
        ("nb",),
        ("sljg",),
        ("ysqgk",),
    ]
