"""Short cuts of the walk over a page: they change how long it takes, never what is measured."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from build_site.loading.markup import tokens
from build_site.model.page import RenderedPage
from build_site.rendering import measure as subject
from build_site.rendering.measure import measure

PIECES = st.sampled_from(
    [
        *(f"<{end}{name}>" for name in ("header", "nav", "footer", "main", "ul", "li", "p", "table", "th") for end in ("", "/")),
        *('<h1>', '</h1>', '<h3 id="c">', "</h3>", "<button>", "</button>", "<label for=q>", "</label>", "<a>", "</a>"),
        *('<a href="a.html">', '<a href="../b/" id="i">', '<a href="#c" name="n">', '<nav id="top" style="x">'),
        *('<input id="q">', "<input>", "<img src=a.png>", '<img src="b.png" alt="图">', "<br/>", "<!-- <nav> -->"),
        *("<span>文</span>", "<em>某</em>", "<strong>暂无</strong>", "<p>某</p>", "<p class=x>文字</p>", "<td>一</td>", "<dt>号</dt>", "<span></span>"),
        *("<h1>文字</h1>", "<li>一</li>", "<a href=b>二</a>", "<dd>三</dd>", "<tbody>", "</tbody>", "<tr>", "</tr>", "<dl data-contact>"),
        *("<script>let a = '</nav>'</script>", "<title>题</title>", "文字", " ", "&nbsp;", "暂无内容", "<dd data-contact>"),
        *("<section data-module>", "</section>", '<div data-shell>', "</div>", "<nav", ">", '"', "<template><nav></template>"),
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=40).map("".join)
WHOLE_FRAMES = st.lists(
    st.one_of(PIECES, st.tuples(st.sampled_from(["header", "nav", "footer"]), PAGES).map(lambda it: f"<{it[0]}>{it[1]}</{it[0]}>")),
    max_size=12,
).map("".join)  # fmt: skip


def _plainly(html: str, address: str) -> RenderedPage:
    """Measure a page tag by tag."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject, "_FRAMES", frozenset())
        patch.setattr(subject, "tokens", lambda html, at=0, blanks=True, leaves=False: tokens(html, at, blanks))
        return measure(html, address, "a.md")


@pytest.mark.parametrize("address", ["index.html", "zd/a.html"])
@settings(max_examples=800, deadline=None)
@given(html=st.one_of(PAGES, WHOLE_FRAMES, PAGES.map(lambda page: f"<main>{page}</main>")))
@example(html='<nav><header></nav><h3 id="c"></header><header><main></h3><h1></header>')
@example(html="<main><h1>甲<span>文字</span></h1><p>文字</p></main>")
@example(html="<main><h1>文字</h1><ul><li><p>文字</p><a href=x><span></span></a></li></ul></main>")
def test_short_cuts_change_nothing(address: str, html: str) -> None:
    """A page measured with frames that were seen before, and leaf by leaf, is measured as if each of its tags was
    walked through.
    """
    assert measure(html, address, "a.md") == measure(html, address, "a.md") == _plainly(html, address)


def test_frames_are_in_fact_taken_as_a_whole() -> None:
    """The comparison above would notice: a frame is measured once for two pages."""
    subject._measure_frame.cache_clear()
    page = "<header><a href=x>一</a></header><main>{}</main><footer><p>二</p></footer>"
    assert [measure(page.format(text), "a.html", "a.md").links[0].url for text in "甲乙"] == ["x", "x"]
    assert (subject._measure_frame.cache_info().misses, subject._measure_frame.cache_info().hits) == (2, 2)
