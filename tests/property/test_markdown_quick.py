"""The short cuts through Markdown's stages: the same HTML as Python-Markdown's own, to the byte."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.serializers import to_html_string

from build_site.loading.document import engine
from build_site.loading.markdown_quick import TRIGGERS, QuickInline
from build_site.loading.markdown_tree import QuickTree, html_of
from tests.robust.real import REASON, real

MARKS = st.sampled_from(
    [
        *("`", "``", "\\", "[", "]", "(", ")", "[^1]", "[^1]: 注", "![", "<", ">", "&amp;", "&", "*", "**", "_", "__"),
        *("  \n", "\n", "\n\n", "- ", "1. ", "| ", " | --- |\n", "# ", "> ", "    ", "http://a.cn/", "a@b.cn", "<br>"),
        *("第一条", "〔2020〕", "《办法》", "text", " ", "（一）", "\u0002", "\u0003", "klzzwxh:0001", "{#id}", "~~~\n", "![图](a.png)"),
        *("[一](b.md)", "[x]: /c 'd'\n", "<b>", "</b>", "<!-- ", " -->", "\\*", "[TOC]", "\n# 一\n", "\n## 一\n", "\n### 二 {#er}\n", "{: .k }", "{data-toc-label=x}", "checked=checked", "2*3*4", "snake_case_name", "\u3000"),
    ]
)  # fmt: skip
TEXTS = st.lists(MARKS, max_size=30).map("".join)
PLAIN, QUICK = engine(), engine(QuickInline(), QuickTree())


def _html(machine: markdown.Markdown, text: str) -> str:
    return machine.reset().convert(text)


@settings(max_examples=800, deadline=None)
@given(TEXTS)
def test_any_text_becomes_the_same_html(text: str) -> None:
    assert _html(QUICK, text) == _html(PLAIN, text)


NAMES = st.sampled_from(["p", "br", "A", "script", "li", "td", "hr", "h2", "code"])
WORDS = st.text(alphabet="a一&<>\"'\n;#1", max_size=6)
TREES: st.SearchStrategy[tuple] = st.recursive(
    st.tuples(
        NAMES, WORDS, WORDS, st.dictionaries(st.sampled_from(["id", "checked", "b"]), WORDS | st.none()), st.just([])
    ),
    lambda inner: st.tuples(NAMES, WORDS, WORDS, st.just({"checked": "checked"}), st.lists(inner, max_size=3)),
    max_leaves=12,
)


def _tree(told: tuple) -> Element:
    name, text, tail, attributes, inside = told
    element = Element(name, attributes)
    element.text, element.tail = text or None, tail
    element.extend(map(_tree, inside))
    return element


@settings(max_examples=600, deadline=None)
@given(TREES)
def test_any_tree_is_written_the_same(told: tuple) -> None:
    assert html_of(_tree(told)) == to_html_string(_tree(told))


@settings(max_examples=800, deadline=None)
@given(TEXTS)
def test_a_pattern_matches_only_where_its_mark_is(text: str) -> None:
    """What the short cut rests on, for the patterns of the Markdown that is installed."""
    for name, marks in TRIGGERS.items():
        if QUICK.inlinePatterns[name].getCompiledRegExp().search(text):
            assert any(mark in text for mark in marks), name


def test_every_pattern_is_known() -> None:
    """A pattern that a new version brings is tried on every text, which is right and slow: give it its marks."""
    assert {QUICK.inlinePatterns.get_index_for_name(name) for name in TRIGGERS} == set(range(len(QUICK.inlinePatterns)))


def test_an_unknown_pattern_is_still_tried() -> None:
    machine = engine(QuickInline())
    machine.inlinePatterns.register(markdown.inlinepatterns.SimpleTagInlineProcessor(r"(%)(.+?)%", "u"), "u", 5)
    assert "<u>甲</u>" in _html(machine, "%甲%")


@pytest.mark.skipif(real("laws") is None, reason=REASON)
def test_real_laws_become_the_same_html() -> None:
    """Some 370 laws and 20 notices."""
    files = [file for kind in ("laws", "notices") for file in sorted(Path(str(real(kind))).rglob("*.md"))]
    assert len(files) > 350
    different = []
    for file in files:
        text = file.read_text("utf-8", "replace")
        if _html(QUICK, text) != _html(PLAIN, text):
            different.append(file.name)
    assert different == []
