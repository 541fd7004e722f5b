"""How a legal basis is read, and the pages made from the rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_site.checks.basis import by_basis, places
from build_site.checks.explain import explain_by_basis
from build_site.checks.rule import NO_BASIS
from build_site.checks.rule_pages import basis_page, families, family_page, rule_section
from build_site.checks.rules import RULES, RULES_BY_NAME
from build_site.model.finding import Message


@pytest.mark.parametrize(
    ("basis", "wanted"),
    [
        ("《政府信息公开条例》第十二条：目录应有索引", [("《政府信息公开条例》", "第十二条")]),
        ("《中华人民共和国政府信息公开条例》第三十三条第二款", [("《政府信息公开条例》", "第三十三条第二款")]),
        ("《条例》第二十条第（六）项", [("《政府信息公开条例》", "第二十条第（六）项")]),
        ("《某要点》一（三）：每项超链接须链接到内容", [("《某要点》", "一（三）")]),
        (
            "《甲法》第十二条、第十三条；《乙法》",
            [("《甲法》", "第十二条"), ("《甲法》", "第十三条"), ("《乙法》", "")],
        ),
        ("WCAG 2.2 第 1.1.1、1.3.1 条", [("WCAG 2.2", "第1.1.1条"), ("WCAG 2.2", "第1.3.1条")]),
        ("GB/T 37668—2019《信息技术》", [("GB/T 37668—2019", "")]),
        ("《意见》（国办发〔2017〕47号）第三条", [("《意见》", "第三条")]),
        ("国办秘函〔2019〕19号，单项否决指标", [("国办秘函〔2019〕19号", "")]),
        ("某管理规定：防范篡改", [("某管理规定", "")]),
        (NO_BASIS.zh, [(NO_BASIS.zh, "")]),
    ],
)
def test_places(basis: str, wanted: list[tuple[str, str]]) -> None:
    """A law has one name, whatever it is called; articles stand one by one."""
    assert places(basis) == wanted


def test_articles_are_in_the_order_of_the_law() -> None:
    """Numerals are compared as numbers, not as characters."""
    rule = RULES[0]
    held = [
        replace(rule, code=f"AAA{number}", basis=Message(f"《法》第{numeral}条", "law"))
        for number, numeral in enumerate(("二十一", "九", "十", "一百零二", "三十"), 101)
    ]
    (basis,) = by_basis(held)
    assert [article for article, _ in basis.articles] == ["第九条", "第十条", "第二十一条", "第三十条", "第一百零二条"]


def test_every_rule_stands_somewhere_and_own_demands_come_last() -> None:
    """No rule is lost; what rests on no law is not hidden among laws."""
    found = by_basis(RULES)
    assert {rule.code for basis in found for _, held in basis.articles for rule in held} == {
        rule.code for rule in RULES
    }
    assert found[-1].source == NO_BASIS.zh
    assert found == by_basis(tuple(reversed(RULES)))
    for lang in ("zh", "en"):
        text = explain_by_basis(RULES, lang)
        assert all(rule.title.text(lang) in text for rule in RULES)
    assert NO_BASIS.en in text


def test_a_page_says_what_explain_says() -> None:
    """Reason, examples, remedy and basis of every rule of the family, each below a heading that can be linked to."""
    for family, held in families(RULES).items():
        page = family_page(family, held)
        for rule in held:
            assert f"\n## {rule.code}\n" in page
            assert f"(#{rule.code.lower()})" in page
            assert rule.bad in page and rule.good in page
    assert all(f"{rule.code[:3]}.md#{rule.code.lower()}" in basis_page(RULES) for rule in RULES)


def test_texts_are_no_markdown() -> None:
    """Marks in a sentence are escaped, examples are fenced whatever they hold, code spans stay."""
    rule = replace(
        RULES_BY_NAME["LNK102"], why=Message("写 `[甲](乙)`，不写 [甲](乙) 或 <b>", "x"), bad="```\n[a](b)\n```"
    )
    text = rule_section(rule, "zh")
    assert r"写 `[甲](乙)`，不写 \[甲\](乙) 或 \<b\>" in text
    assert "````text\n```\n[a](b)\n```\n````" in text
