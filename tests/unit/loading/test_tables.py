"""Tables of a body: what a reader, a listener and a narrow screen get."""

from __future__ import annotations

import re

import pytest

from build_site.loading.document import parse
from build_site.loading.markup import attributes, tokens
from build_site.model.text import SourceFile

LONG = "本机关依照《中华人民共和国政府信息公开条例》公开政府信息"


def html(body: str, title: str = "通知") -> str:
    return "".join(parse(SourceFile("content/zd/a.md", f"---\ntitle: {title}\n---\n{body}")).body.parts)


def tags(shown: str, name: str) -> list[dict[str, str]]:
    return [attributes(token.attrs) for token in tokens(shown) if token.kind == "open" and token.name == name]


def table(head: list[str], *rows: list[str]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def test_head_cells_have_a_scope() -> None:
    """Every head cell says that it is the head of its column."""
    assert [cell["scope"] for cell in tags(html(table(["序号", "说明"], ["1", "甲"])), "th")] == ["col", "col"]


@pytest.mark.parametrize(
    ("head", "rows", "named"),
    [
        (["项目", "标准"], [["甲", "1"], ["乙", "2"]], True),
        (["", "标准"], [["甲", "1"], ["乙", "2"]], True),
        (["年份", "件数"], [["2019", "1"], ["2020", "2"]], True),
        (["项目", "标准"], [["甲", "1"], ["甲", "2"]], False),  # the same name twice names neither
        (["项目", "标准"], [["甲", "1"], ["", "2"]], False),
        (["项目（单位：件）", "标准"], [["甲", "丙"], ["乙", "丁"]], True),
        (["内容", "数量"], [["甲", "1"], ["乙", "—"]], True),  # figures are figures of something
        (["数量", "比例"], [["1", "5%"], ["2", "6%"]], False),
        (["序号", "标准"], [["1", "甲"], ["2", "乙"]], False),  # a number names nothing
        (["说明", "标准"], [["甲", "丙"], ["乙", "丁"]], False),
    ],
)
def test_a_first_column_of_names_heads_its_rows(head: list[str], rows: list[list[str]], named: bool) -> None:
    """The first cell of a row is its head only where the column's head says so and no name is missing or twice."""
    shown = html(table(head, *rows))
    assert shown.count('scope="row"') == (len(rows) if named else 0)
    assert len(tags(shown, "th")) == shown.count("</th>")
    assert len(tags(shown, "td")) == shown.count("</td>")


def test_a_blank_head_is_no_head_cell() -> None:
    """A `th` without a word would be announced as nothing."""
    shown = html(table(["", "标准"], ["甲", "1"]))
    assert [cell.get("scope") for cell in tags(shown, "th")] == ["col", "row"]
    assert "<td></td>" in shown


@pytest.mark.parametrize("caption", ["表：办理情况", "表: 办理情况", "**表：办理情况**"])
def test_a_paragraph_above_is_the_caption(caption: str) -> None:
    """A line that begins with 表： becomes the caption without that word; with or without an empty line between."""
    for gap in ("\n\n", "\n"):
        shown = html(caption + gap + table(["甲", "乙"], ["1", "2"]))
        assert "<caption>办理情况</caption>" in shown
        assert "<p>" not in shown


@pytest.mark.parametrize(
    "caption", ["表1 办理情况", "表 2-1　办理情况（单位：件）", "附表三、办理情况", "表1：办理情况"]
)
def test_a_number_stays_in_the_caption(caption: str) -> None:
    """A numbered caption is kept whole: the text refers to it by its number."""
    assert f"<caption>{caption}</caption>" in html(f"{caption}\n\n" + table(["甲", "乙"], ["1", "2"]))


@pytest.mark.parametrize(
    "line",
    [
        "表1 列出了办理情况。",
        "表1 的数字如下：",
        "表1所列",
        "办理情况",
        "表决结果",
        "表：" + LONG * 3,
        "表1 甲\n\n另见下表",
    ],
)
def test_other_paragraphs_stay(line: str) -> None:
    """A sentence, a long text, a word that only begins with 表, or a paragraph further up is no caption."""
    shown = html(f"{line}\n\n" + table(["甲", "乙"], ["1", "2"]))
    assert "<caption" not in shown
    assert "<p>表" in shown or "<p>办理" in shown


def test_a_table_may_touch_the_line_above() -> None:
    """Without an empty line between, the table is still a table; in code nothing changes."""
    assert "<table" in html("情况如下\n" + table(["甲", "乙"], ["1", "2"]))
    assert "<table" not in html("```\n情况如下\n" + table(["甲", "乙"], ["1", "2"]) + "```\n")
    assert (
        html("一\n" + table(["甲", "乙"], ["1", "2"]) + "\n二\n" + table(["甲", "乙"], ["1", "2"])).count("<table") == 2
    )


@pytest.mark.parametrize(
    ("head", "row", "kind"),
    [
        (["年份", "件数", "金额"], ["2020", "12", "3.50"], "fit"),
        (["项目", "说明"], ["补助", LONG], "fit"),  # two columns of text are broken into lines
        (["项目", "地址"], ["补助", "https://www.example.gov.cn/zfxxgk/index.html"], "stack"),
        (["项目", "说明", "时限"], ["补助", LONG, "20个工作日"], "stack"),
        (["项目", "说明", "依据", "时限"], ["补助", LONG, LONG, "20个工作日"], "stack"),
        (["项目", "2018年", "2019年", "2020年"], [LONG, "12,345,678.00", "12,345,678.00", "—"], ""),
        (["项目", "2019年（万元）", "2020年（万元）"], [LONG, "12,345,678.00", "12,345,678.00"], "stack"),
        (["甲", "乙", "丙", "丁", "戊", "己", "庚"], [LONG, LONG, "1", "2", "3", "4", "5"], ""),
        (["项目", "", "说明"], ["补助", LONG, "无"], ""),
        (["收入", "2026年（万元）", "支出", "2026年（万元）"], ["拨款", "12", LONG, "12"], ""),
        (["项目", "金额", "金额"], ["补助", "12", "3"], "fit"),
    ],
)
def test_kinds_of_tables(head: list[str], row: list[str], kind: str) -> None:
    """Small tables fit a phone, texts become cards there, rows of figures and wide tables are scrolled."""
    shown = html("## 标准\n\n" + table(head, row))
    assert tags(shown, "table")[0]["class"] == f"data {kind}".strip()
    labels = [cell.get("data-l") for cell in [*tags(shown, "td"), *tags(shown, "th")] if "data-l" in cell]
    assert sorted(map(str, labels)) == (sorted(head) if kind == "stack" else [])
    scroll = tags(shown, "div")[0]
    assert scroll["class"] == "scroll"
    assert scroll.get("aria-label") == (
        None if kind == "fit" or (len(head) <= 3 and kind) else "标准" + ("" if kind else "（可左右滚动）")
    )
    assert ("tabindex" in scroll, "role" in scroll) == ("aria-label" in scroll,) * 2


def test_every_table_has_a_name_of_its_own() -> None:
    """Named by its caption, else by the heading above, else by the page; never two alike."""
    wide = table(list("甲乙丙丁戊己庚"), list("1234567")).replace("甲", LONG)
    names = [
        cell["aria-label"] for cell in tags(html(f"{wide}\n## 一、收入\n\n{wide}\n{wide}\n表：支出\n\n{wide}"), "div")
    ]
    assert [name.removesuffix("（可左右滚动）") for name in names] == ["通知", "一、收入", "一、收入（2）", "支出"]
    small = html(
        "## 一、收入\n\n" + table(["甲", "乙"], ["1", "2"]) + "\n表：支出\n\n" + table(["甲", "乙"], ["1", "2"])
    )
    assert [cell.get("aria-label") for cell in tags(small, "table")] == ["一、收入", None]


def test_footnote_marks_are_not_in_labels() -> None:
    """A mark in a head is not read out with every cell; a square metre stays one."""
    shown = html(table(["项目", "面积（m<sup>2</sup>）[^1]", "备注"], ["甲", LONG, LONG]) + "\n[^1]: 注")
    assert tags(shown, "td")[0]["data-l"] == "面积（m2）"


def test_alignment_is_a_class() -> None:
    """`align` is no longer HTML; left is what every cell is anyway."""
    shown = html("| 甲 | 乙 | 丙 |\n|--:|:-:|:--|\n| 1 | 2 | 3 |")
    assert "align=" not in shown
    assert [cell.get("class") for cell in tags(shown, "td")] == ["al-right", "al-center", None]


@pytest.mark.parametrize("span", ["colspan", "rowspan"])
def test_merged_cells_keep_their_structure(span: str) -> None:
    """A table with merged cells is never made into cards, and no cell changes its kind."""
    shown = html(
        f"<table><thead><tr><th>项目</th><th>标准</th></tr></thead><tbody><tr><td {span}=2>{LONG}</td><td>{LONG}</td></tr></tbody></table>"
    )
    assert tags(shown, "table")[0]["class"] == "data"
    assert [cell.get(span) for cell in tags(shown, "td")] == ["2", None]
    assert "data-l" not in shown
    assert 'scope="row"' not in shown


def test_a_first_row_of_heads_is_a_head() -> None:
    """A table pasted without `thead` gets one when its first row is all heads."""
    shown = html("<table><tr><th>项目</th><th>标准</th></tr><tr><td>甲</td><td>1</td></tr></table>")
    assert re.search(r"<thead><tr><th[^>]*>项目</th><th[^>]*>标准</th></tr></thead><tbody><tr><th[^>]*>甲</th>", shown)
    assert shown.count("<tbody>") == shown.count("</tbody>") == 1


def test_a_head_of_two_rows_stays_together() -> None:
    """Merged heads reach into the second row; a head that reaches further down leaves all as it is."""
    rows = "<tr><th rowspan=2>项目</th><th colspan=2>2020年</th></tr><tr><th>计划</th><th>实际</th></tr>"
    shown = html(f"<table>{rows}<tr><th>甲</th><td>1</td><td>2</td></tr></table>")
    head, body = shown.split("</thead><tbody>")
    assert head.count("<tr>") == 2
    assert [cell["scope"] for cell in tags(head, "th")] == ["col"] * 4
    assert [cell["scope"] for cell in tags(body, "th")] == ["row"]
    reaching = rows.replace("=2>项", "=3>项")
    assert "<thead" not in html(f"<table>{reaching}<tr><td>1</td><td>2</td></tr></table>")


def test_heads_at_the_side_are_of_their_rows() -> None:
    """Heads in the first column of a table without a head row."""
    shown = html("<table><tr><th>项目</th><td>甲</td></tr><tr><th>标准</th><td>1</td></tr></table>")
    assert [cell["scope"] for cell in tags(shown, "th")] == ["row", "row"]
    assert "<thead" not in shown


def test_tables_in_tables_are_left_alone() -> None:
    """An inner table is part of a cell: one region, obsolete attributes gone."""
    shown = html(
        f"<table><tr><th>甲</th><th>乙</th></tr><tr><td>{LONG}</td><td><table><tr><td align=right>1</td></tr></table></td></tr></table>"
    )
    assert shown.count('class="scroll"') == 1
    assert shown.count("<table") == shown.count("</table>") == 2
    assert "align=" not in shown
    assert 'class="al-right"' in shown


def test_own_scope_caption_and_class_stay() -> None:
    """What an editor said is not said over."""
    shown = html(
        "<table class='wide' summary='x'><caption>支出</caption><tr><th scope='rowgroup' rowspan='2'>甲</th><td>1</td></tr><tr><td>2</td></tr></table>"
    )
    assert tags(shown, "table") == [{"class": "wide data"}]
    assert tags(shown, "th")[0]["scope"] == "rowgroup"
    assert shown.count("<caption>") == 1
    assert tags(shown, "div")[0]["aria-label"] == "支出（可左右滚动）"
