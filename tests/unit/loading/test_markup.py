from __future__ import annotations

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_site.loading.markup import VOID, attributes, count_chars, tokens, urls_of, visible_text

Seen = list[tuple[str, str, dict[str, str]]]


def ours(html: str) -> tuple[Seen, str]:
    seen: Seen = []
    for token in tokens(html):
        if token.kind in ("open", "close"):
            seen.append((token.kind, token.name, attributes(token.attrs) if token.kind == "open" else {}))
    return seen, visible_text(html)


class Reference(HTMLParser):
    """The standard library's parser, as the measure of ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: Seen = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found: dict[str, str] = {}
        for name, value in attrs:
            found.setdefault(name, value or "")
        self.seen.append(("open", tag, found))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(("close", tag, {}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


_text = st.text(alphabet="ab字😀 \n\t&<>\"'=/-!", max_size=8)
_name = st.sampled_from(["a", "p", "div", "ul", "li", "h2", "table", "td", "em", "A", "Div", "img", "br", "IMG"])
_attribute = st.sampled_from(["href", "src", "class", "id", "data-shell", "HREF", "title", "srcset", "alt"])


@st.composite
def _written_attribute(draw: st.DrawFn) -> str:
    name, value, form = draw(_attribute), draw(_text), draw(st.integers(0, 3))
    gap = draw(st.sampled_from(["", " ", "\n"]))
    if form == 0:
        return name
    if form == 1:
        return f"{name}{gap}={gap}'{escape(value, quote=True)}'"
    if form == 2:
        return f"{name}={draw(st.sampled_from(['x', '../a.md', 'a&amp;b', '字']))}"
    return f'{name}{gap}={gap}"{escape(value, quote=True)}"'


@st.composite
def _element(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    name = draw(_name)
    attrs = "".join(" " + item for item in draw(st.lists(_written_attribute(), max_size=3)))
    end = draw(st.sampled_from(["", " ", "\n"]))
    if name.lower() in VOID:
        return f"<{name}{attrs}{end}>"
    return f"<{name}{attrs}{end}>{draw(inner)}</{name}>"


_comment = st.text(alphabet="ab字<>\"' \n", max_size=8).map(lambda text: f"<!-- {text.replace('->', '')} -->")
_piece = st.one_of(_text.map(lambda text: escape(text, quote=False)), _comment)
_html = st.recursive(
    _piece, lambda inner: st.lists(st.one_of(_element(inner), _piece), max_size=4).map("".join), max_leaves=12
)


@settings(max_examples=300, deadline=None)
@given(_html)
def test_scanner_sees_what_the_standard_parser_sees(html: str) -> None:
    """On well-formed HTML both find the same tags, attributes and text."""
    reference = Reference()
    reference.feed(html)
    reference.close()
    seen, text = ours(html)
    assert seen == reference.seen
    assert text == "".join(reference.text)


@settings(max_examples=200, deadline=None)
@given(_html)
def test_offsets_cover_the_text(html: str) -> None:
    """Tokens stand in order, do not overlap, and every URL is the text at its offsets."""
    end = 0
    for token in tokens(html):
        assert end <= token.start < token.end
        end = token.end
        for spot in urls_of(html, token):
            assert token.start <= spot.start <= spot.end <= token.end
            if spot.attribute != "srcset":
                assert spot.url == attributes(f'x="{html[spot.start : spot.end]}"').get("x", spot.url)
    assert end <= len(html)


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ('<a href="a.md">', ["a.md"]),
        ("<a href='a.md'>", ["a.md"]),
        ("<a href=a.md>", ["a.md"]),
        ("<A HREF = 'a.md'>", ["a.md"]),
        ("<a href>", [""]),
        ('<a href="">', [""]),
        ('<a href="a&amp;b">', ["a&b"]),
        ('<a href="a" href="b">', ["a"]),
        ('<a title="href=x" href="y">', ["y"]),
        ('<img src="a.png" srcset="b.png 1x, c.png 2x">', ["a.png", "b.png", "c.png"]),
        ('<video src="a.mp4" poster="b.jpg">', ["a.mp4", "b.jpg"]),
        ('<form action="/x">', ["/x"]),
        ("<p href=x>", []),
        ('<link rel="stylesheet" href="a.css">', ["a.css"]),
        ('<script src="a.js"></script>', ["a.js"]),
        ("<!-- <a href=x> -->", []),
        ("<script>'<a href=x>'</script>", []),
    ],
)
def test_urls(html: str, urls: list[str]) -> None:
    """The URLs of a tag in order, unescaped; a second attribute of one name does not count."""
    assert [spot.url for token in tokens(html) for spot in urls_of(html, token)] == urls


def test_url_offsets_are_those_of_the_raw_value() -> None:
    """What stands between the offsets is the URL as written, so that it can be replaced."""
    html = '<p>字</p><a class="x" href="a&amp;b">'
    (spot,) = [spot for token in tokens(html) for spot in urls_of(html, token)]
    assert html[spot.start : spot.end] == "a&amp;b"


def test_an_attribute_that_repeats_the_tag_does_not_shift_the_offsets() -> None:
    """The attributes are looked up behind the name, even where they read like it."""
    html = '<a a href="a">'
    (spot,) = [spot for token in tokens(html) for spot in urls_of(html, token)]
    assert spot.start == html.index('"a"') + 1


def test_visible_text_leaves_out_scripts_and_comments() -> None:
    """Readers see no script, style or comment."""
    assert visible_text("<p>一<script>二</script><style>三</style><!-- 四 -->&lt;五</p>") == "一<五"


@pytest.mark.parametrize(
    ("text", "han", "letters"),
    [
        ("一二三", 3, 0),
        ("abc 12", 0, 5),
        ("一a。，《》—… ", 1, 1),
        ("𠀀㐀豈", 3, 0),
        ("ＡＢ１", 0, 3),
        ("_-😀", 0, 0),
        ("", 0, 0),
    ],
)
def test_count_chars(text: str, han: int, letters: int) -> None:
    """Chinese characters of every plane, and other letters and digits; punctuation counts for nothing."""
    assert count_chars(text) == (han, letters)


def test_a_long_text_without_tags_is_scanned_at_once() -> None:
    """Scanning time grows with the text, not with its square."""
    html = "<" * 200_000
    assert [token.kind for token in tokens(html)] == ["text"]
