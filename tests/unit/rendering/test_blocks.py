"""A page as blocks, and blocks as text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import markdown as engine
import pytest

from build_site.model.blocks import Block, BlockKind, Run, TableCell, text_of
from build_site.rendering.blocks import blocks_of, main_of
from build_site.rendering.markdown_form import markdown
from build_site.rendering.text_form import plain_text

BASE = "https://tyjrj.example.gov.cn/zfxxgk/wj/2026/00001.html"


def blocks(html: str) -> tuple[Block, ...]:
    return blocks_of(html, BASE)


@pytest.mark.parametrize(
    ("html", "text", "marked"),
    [
        ("<p>一段&amp;话。</p>\n<p>又一段。</p>", "一段&话。\n\n又一段。\n", "一段&话。\n\n又一段。\n"),
        ("<h2>一、总则</h2>", "一、总则\n", "## 一、总则\n"),
        ("<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>", "· 甲\n· 乙\n", "- 甲\n- 乙\n"),
        ('<ol start="3"><li>甲</li><li>乙</li></ol>', "3. 甲\n4. 乙\n", "3. 甲\n4. 乙\n"),
        ("<ul><li>甲<ol><li>乙</li></ol></li></ul>", "· 甲\n  1. 乙\n", "- 甲\n    1. 乙\n"),
        ("<dl><div><dt>索引号</dt><dd>1</dd></div><div><dt>文号</dt><dd>2</dd></div></dl>", "索引号：1\n文号：2\n", "- 索引号：1\n- 文号：2\n"),
        ("<p>见<a href='../../zd/index.html'>制度</a>。</p>", "见制度。\n", "见[制度](<https://tyjrj.example.gov.cn/zfxxgk/zd/index.html>)。\n"),
        ("<p>见<a href='#yi'>上文</a></p>", "见上文\n", "见上文\n"),
        ("<p><strong>重要</strong>和<em>次要</em></p>", "重要和次要\n", "**重要**和*次要*\n"),
        ("<p>一行<br>\n又一行</p>", "一行\n又一行\n", "一行  \n又一行\n"),
        ("<pre><code>a  b\n c</code></pre>", "a  b\n c\n", "```\na  b\n c\n```\n"),
        ("<blockquote><p>引文</p></blockquote>", "> 引文\n", "> 引文\n"),
        ("<p>甲</p><hr><p>乙</p>", "甲\n\n——————\n\n乙\n", "甲\n\n---\n\n乙\n"),
        ('<p><img src="a.png" alt="办公楼"></p>', "[图：办公楼]\n", "\\[图：办公楼\\]\n"),
        ("<p>*甲* [乙] a_b |</p>", "*甲* [乙] a_b |\n", "\\*甲\\* \\[乙\\] a\\_b \\|\n"),
        ("<p>1. 不是列表</p>", "1. 不是列表\n", "1\\. 不是列表\n"),
        ("<nav><ol><li>目录</li></ol></nav><p>正文</p>", "正文\n", "正文\n"),
        ("<form><p>检索</p></form><p hidden>隐藏</p><button>按钮</button><p>正文</p>", "正文\n", "正文\n"),
        (
            "<table><caption>表</caption><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>1</td><td>2<br>3</td></tr></tbody></table>",
            "表\n甲\t乙\n1\t2 3\n",
            "表\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 3 |\n",
        ),
        ("<table><tr><td colspan='2'>全</td></tr><tr><td>1</td><td>2</td></tr></table>", "全\n1\t2\n", "|  |  |\n| --- | --- |\n| 全 |  |\n| 1 | 2 |\n"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_forms(html: str, text: str, marked: str) -> None:
    assert plain_text(blocks(html)) == text
    assert markdown(blocks(html)) == marked


def test_what_a_block_holds() -> None:
    first, table = blocks(
        "<h3>一<b>二</b></h3><table><thead><tr><th scope='col'>甲</th></tr></thead><tr><td rowspan='2'>1</td></tr></table>"
    )
    assert first == Block(BlockKind.HEADING, (Run("一"), Run("二", bold=True)), 3)
    assert table.rank == 1 and table.rows == ((TableCell((Run("甲"),), head=True),), (TableCell((Run("1"),), rows=2),))


def test_main_of_a_page() -> None:
    assert main_of('<body><main id="main"><p>甲</p></main></body>') == "<p>甲</p>"
    assert main_of("<body></body>") == ""


class _Seen(HTMLParser):
    """The letters in `<main>`, by another parser: without ways to other places, controls, drawings and the title."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.stack: list[bool] = []
        self.main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self.main = True
        if tag == "img":
            alt = dict(attrs).get("alt") or ""
            self.text += f"[图：{alt}]" if alt and self.main and not any(self.stack) else ""
        if tag in ("br", "wbr", "img", "input", "hr", "meta", "link", "col"):
            return
        self.stack.append(tag in ("nav", "form", "button", "svg", "select", "h1", "script") or "hidden" in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.main = False
        if self.stack and tag not in ("br", "wbr", "img", "input", "hr", "meta", "link", "col"):
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if self.main and not any(self.stack):
            self.text += data


def _letters(text: str) -> str:
    return re.sub(r"[\s·]|—{6}", "", text)


def test_a_page_and_its_forms_say_the_same(in_theme: Callable[[str], Path]) -> None:
    """Of every page of the sample: the same letters in the same order, but for the marks of lists and labels; read by an engine
    for Markdown, the second form gives them too.
    """
    pages = sorted(in_theme("default").rglob("*.html"))
    assert len(pages) > 100
    for file in pages:
        html = file.read_text("utf-8")
        found = blocks(main_of(html))
        seen = _Seen()
        seen.feed(html)
        told = "".join(
            (block.marker if block.kind is BlockKind.PAIR else "")
            + text_of(block.runs)
            + "".join(text_of(cell.runs) for row in block.rows for cell in row)
            for block in found
        )
        assert _letters(told) == _letters(seen.text), file
        text = plain_text(found)
        again = blocks(engine.markdown(markdown(found), extensions=["tables", "fenced_code", "sane_lists"]))
        labels = re.sub(r"^(> )*( *)(\d+\.|·) ", "", text, flags=re.MULTILINE)
        read = "".join(text_of(b.runs) + "".join(text_of(cell.runs) for row in b.rows for cell in row) for b in again)
        assert _letters(read) == _letters(labels), file
