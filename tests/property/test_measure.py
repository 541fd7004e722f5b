"""Short cuts of the walk over a page: they change how long it takes, never what is measured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_site.model.page import RenderedPage
from build_site.rendering import measure as subject
from build_site.rendering.measure import measure

PIECES = st.sampled_from(
    [
        *(f"<{end}{name}>" for name in ("header", "nav", "footer", "main", "ul", "li", "p", "table", "th") for end in ("", "/")),
        *('<h1>', '</h1>', '<h3 id="c">', "</h3>", "<button>", "</button>", "<label for=q>", "</label>", "<a>", "</a>"),
        *('<a href="a.html">', '<a href="../b/" id="i">', '<a href="#c" name="n">', '<nav id="top" style="x">'),
        *('<input id="q">', "<input>", "<img src=a.png>", '<img src="b.png" alt="图">', "<br/>", "<!-- <nav> -->"),
        *("<script>let a = '</nav>'</script>", "<title>题</title>", "文字", " ", "&nbsp;", "暂无内容", "<dd data-contact>"),
        *("<section data-module>", "</section>", '<div data-shell>', "</div>", "<nav", ">", '"', "<template><nav></template>"),
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=40).map("".join)
WHOLE_FRAMES = st.lists(
    st.one_of(PIECES, st.tuples(st.sampled_from(["header", "nav", "footer"]), PAGES).map(lambda it: f"<{it[0]}>{it[1]}</{it[0]}>")),
    max_size=12,
).map("".join)  # fmt: skip


@contextmanager
def _walked_through() -> Iterator[None]:
    frames = subject._FRAMES
    subject._FRAMES = frozenset()
    try:
        yield
    finally:
        subject._FRAMES = frames


def _plainly(html: str, address: str) -> RenderedPage:
    with _walked_through():
        return measure(html, address, "a.md")


@pytest.mark.parametrize("address", ["index.html", "zd/a.html"])
@settings(max_examples=1500, deadline=None)
@given(html=st.one_of(PAGES, WHOLE_FRAMES))
def test_a_known_frame_changes_nothing(address: str, html: str) -> None:
    """A page measured with frames that were seen before is measured as if each of its tags was walked through."""
    assert measure(html, address, "a.md") == measure(html, address, "a.md") == _plainly(html, address)


def test_frames_are_in_fact_taken_as_a_whole() -> None:
    """The comparison above would notice: a frame is measured once for two pages."""
    subject._measure_frame.cache_clear()
    page = "<header><a href=x>一</a></header><main>{}</main><footer><p>二</p></footer>"
    assert [measure(page.format(text), "a.html", "a.md").links[0].url for text in "甲乙"] == ["x", "x"]
    assert (subject._measure_frame.cache_info().misses, subject._measure_frame.cache_info().hits) == (2, 2)
