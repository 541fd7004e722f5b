from __future__ import annotations

import pytest

from build_site.rendering.shared_view import agency_facts, column_row, column_tags, navigation, shared_view, telephone
from tests.support.sites import CATALOGUE, MINIMAL, assembled

SOURCES = {path: text for path, text in MINIMAL.items() if path.endswith(".md")}


@pytest.mark.parametrize(
    ("written", "basis"),
    [
        ("", ""),
        ("    article20: 1\n", "《中华人民共和国政府信息公开条例》第二十条第（一）项"),
        ("    article20: 10\n", "《中华人民共和国政府信息公开条例》第二十条第（十）项"),
        ("    article20: 15\n", "《中华人民共和国政府信息公开条例》第二十条第（十五）项"),
        ("    article20: 15\n    basis: 某办法\n", "某办法"),
    ],
)
def test_basis_of_a_column(written: str, basis: str) -> None:
    """The written basis counts, else the item of article 20, in Chinese numerals."""
    site = assembled(
        SOURCES, catalogue=CATALOGUE.replace("    title: 依申请公开\n", f"    title: 依申请公开\n{written}")
    )
    assert column_row(site.columns[("ysqgk",)]).basis == basis


def test_column_tags_are_never_empty() -> None:
    """A column without description or keywords is described by its title."""
    catalogue = CATALOGUE.replace(
        "    title: 依申请公开\n", "    title: 依申请公开\n    keywords: [申请, 表格]\n    说明: 怎样申请\n"
    )
    site = assembled(SOURCES, catalogue=catalogue)
    written = {tag.name: tag.content for tag in column_tags(site.columns[("ysqgk",)].column)}
    assert (written["ColumnKeywords"], written["ColumnDescription"]) == ("申请,表格", "怎样申请")
    bare = {tag.name: tag.content for tag in column_tags(site.columns[("zd",)].column)}
    assert bare == {
        "ColumnName": "政府信息公开制度",
        "ColumnDescription": "政府信息公开制度",
        "ColumnKeywords": "政府信息公开制度",
        "ColumnType": "信息公开目录",
    }


def test_navigation_holds_the_mandated_columns_that_have_a_page() -> None:
    """The four sub-columns and disclosure on request, in catalogue order; an empty one is not linked."""
    assert [item.key for item in navigation(assembled(SOURCES))] == ["zn", "zd", "fdzdgknr", "nb", "ysqgk"]
    without = {path: text for path, text in SOURCES.items() if not path.startswith("content/nb/")}
    assert [item.key for item in navigation(assembled(without))] == ["zn", "zd", "fdzdgknr", "ysqgk"]


def test_agency_facts_stand_in_the_order_of_the_rules() -> None:
    """Department, address, postcode, hours and telephone; what is not written is not shown."""
    found = agency_facts(assembled().catalogue.agency)
    assert [(fact.label, fact.value) for fact in found.facts] == [
        ("受理部门", "办公室"),
        ("联系地址", "某路 1 号"),
        ("邮政编码", "200000"),
        ("受理时间", "工作日 9:00—17:00"),
        ("联系电话", "021-00000000"),
    ]
    assert found.facts[-1].address == "tel:021-00000000"
    assert found.checked == "2020-11-17"


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("021-00000000", "tel:021-00000000"),
        ("021 0000 0000", "tel:02100000000"),
        ("+86-21-00000000", "tel:+86-21-00000000"),
        ("12345", "tel:12345"),
        ("021-00000000（示例）", "tel:021-00000000"),
        ("021-00000000 (工作日)", "tel:021-00000000"),
        ("（示例）021-00000000", ""),
        ("021-00000000、00000001", ""),
        ("021-00000000 转 8001", ""),
        ("０２１-00000000", ""),
        ("021--0", ""),
        ("（待定）", ""),
        ("", ""),
    ],
)
def test_what_can_be_dialled(phone: str, address: str) -> None:
    """One number; a remark behind it does not make it less of a number."""
    assert telephone(phone) == address


def test_shared_view_falls_back_to_the_host() -> None:
    """Without a description the site is described by host and title; without a portal there is no way home."""
    shared = shared_view(assembled(SOURCES))
    assert shared.description == "某市退役军人事务局政府信息公开专栏"
    assert shared.home is None
    assert shared.base_path == "/zfxxgk/"
