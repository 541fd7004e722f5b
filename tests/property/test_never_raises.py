"""Whatever an editor writes: a result or a fault with words, never an exception."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from build_site.checks.rules import link_wording
from build_site.checks.run import check_faults
from build_site.loading.assemble import assemble
from build_site.loading.catalogue import bind_catalogue
from build_site.loading.document import parse
from build_site.loading.files import decode
from build_site.loading.link_tables import LinkTables
from build_site.loading.links import resolve
from build_site.loading.yaml_nodes import YamlText
from build_site.model.site import Reach, Standing
from build_site.model.text import SourceFile
from build_site.rendering.body import body_html
from tests.support.sites import CATALOGUE

TABLES = LinkTables(
    domain="a.gov.cn",
    base_path="/zfxxgk/",
    documents={"content/zd/a.md": ("wj/1.html", Standing.PUBLISHED), "content/zd/b.md": ("wj/2.html", Standing.DRAFT)},
    columns={"content": "index.html", "content/zd": "zd/index.html", "content/kong": ""},
    assets={"content/zd/f.pdf": "fj/zd/f.pdf"},
    pages=frozenset({"index.html", "zd/index.html", "wj/1.html"}),
    redirects={},
)
_PIECES = st.sampled_from(
    ["http", "https", ":", "：", "/", "//", "..", ".", "#", "?", "%", "%E5", "%5B", "[", "]", "(", ")", "@", "＠", "\\", " ", "\u3000", "a",
     "字", "．", "。", "zd", "a.md", "b.md", "f.pdf", "a.gov.cn", "zfxxgk", "localhost", "127.0.0.1", "0x7f", "[::1]", "mailto", "tel", "D",
     "javascript", "data", "\u200b", "😀", "\x00",  "&", ";", "'", '"', "<", ">"]
)  # fmt: skip
_URL = st.one_of(st.lists(_PIECES, max_size=8).map("".join), st.text(max_size=20))
_CATALOGUE, _ = bind_catalogue(YamlText("catalog.yaml", CATALOGUE))


@settings(max_examples=500, deadline=None)
@given(_URL)
def test_every_url_gets_a_verdict_that_can_be_worded(url: str) -> None:
    """Any text is resolved, and what fails has a reason in both languages."""
    target = resolve(url, "content/zd/a.md", "wj/1.html", TABLES)
    if target.reach is Reach.UNUSABLE:
        assert target.reason in link_wording.REASONS
    if target.reach is Reach.UNPUBLISHED:
        assert target.reason in link_wording.STANDINGS
    if target.reach is Reach.PAGE:
        assert target.address in TABLES.pages
    if target.reach is Reach.FILE:
        assert target.address in TABLES.sources


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_all_bytes_are_text_or_a_fault(data: bytes) -> None:
    """Decoding gives a text without carriage returns or exactly one fault that has words."""
    source, faults = decode("a.md", data)
    assert (source is None) is (len(faults) == 1)
    if source is None:
        (said,) = check_faults(faults)
        assert said.where.line >= 1
        assert said.where.column >= 1
    else:
        assert "\r" not in source.text


_MARKS = st.sampled_from(
    ["[一](a.md)", "![图](f.pdf)", "[一](", ")", "[^1]", "[^1]: ", "`", "```\n", "<a href='a.md'>", "</a>", "<p>", "<!--", "-->", "<b", ">", "- ",
     "  ", "\n", "\n\n", "# ", "## ", "| a | b |\n|---|---|\n", "{#x}", "{: .x}", "&nbsp;", "&#0;", "<script>", "字", "a", "\t", "\\", "*", "_", "---\n",
     "<img src='f.pdf' alt=''>", "<img>", "![](f.pdf 'x')", "<table><tr><th>", "<td rowspan=2>", "<tr>", "</table>", "表1 字\n", "| | b |\n|--:|\n",
     "|", "<p>", "</p>", "<a name='main'>", "{role=presentation}", "width=9",
     "title: x\n", "published: 2020-11-17\n", "index_no: 1/2020-1\n", "标题：", "&x ", "*x", "[r]: a.md\n", "😀"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_MARKS, max_size=25).map("".join), st.booleans())
def test_every_text_is_parsed_with_places_inside_it(text: str, with_head: bool) -> None:
    """Any mixture of marks gives a document whose faults have words and whose places lie in the file."""
    head = "---\ntitle: 通知\npublished: 2020-11-17\nindex_no: 1/2020-1\n---\n" if with_head else ""
    source = SourceFile("content/zd/a.md", head + text)
    doc = parse(source)
    assert len(doc.body.parts) == len(doc.body.links) + 1
    lines = source.text.split("\n")
    for where in [
        *(link.where for link in doc.body.links),
        *(said.where for said in check_faults(doc.faults)),
        doc.body_at,
    ]:
        assert 0 <= where.line <= len(lines)
        assert where.column <= (len(lines[where.line - 1]) + 1 if where.line else 0)
    assert _CATALOGUE is not None
    site = assemble(_CATALOGUE, [doc], [], date(2020, 12, 1), None)
    check_faults(site.faults)
    for document in site.documents:
        assert isinstance(body_html(document, document.address), str)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "a: ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                "\n",
                "  ",
                "字",
                "：",
                ":",
                "'",
                '"',
                "&x",
                "*x",
                "!!",
                "|",
                ">",
                "#",
                "\t",
                "?",
                "title",
                "网站: ",
                "栏目:\n",
                "%",
                "@",
                "~",
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_every_catalogue_is_bound_or_refused(text: str) -> None:
    """Any YAML-like text gives faults with words and places inside it, never an exception."""
    catalogue, faults = bind_catalogue(YamlText("catalog.yaml", text))
    assert catalogue is None
    assert faults
    for said in check_faults(faults):
        assert said.where.line <= text.count("\n") + 2
