"""What is seen of a page's frame, outline and elements."""

from __future__ import annotations

import pytest

from build_site.model.page_shape import FlawKind, PageShape
from build_site.rendering.measure import measure


def shape(main: str = "", around: str = "{}") -> PageShape:
    return measure(around.format(f"<main>{main}</main>"), "a.html", "a.md").shape


def flaws(main: str) -> list[tuple[FlawKind, str]]:
    return [(flaw.kind, flaw.what) for flaw in shape(main).flaws]


def test_frame() -> None:
    """Language, policy, size and the text of the footers outside main, each piece apart."""
    around = (
        '<html lang="zh-CN"><meta http-equiv=content-security-policy content="default-src \'self\'">{}'
        "<footer><footer>甲</footer><p>乙&amp;</p></footer>丙<footer>丁</footer>"
    )
    found = shape("<footer>戊</footer>", around)
    assert (found.lang, found.policy, found.footer) == ("zh-CN", "default-src 'self'", "甲\n乙&\n丁")
    assert found.size == len(around.format("<main><footer>戊</footer></main>").encode())


@pytest.mark.parametrize(
    ("main", "titles", "skipped"),
    [
        ("<h1>一</h1><h2>二</h2><h3>三</h3><h2>四</h2>", 1, ""),
        ("<h2>一</h2>", 0, "h2 一"),
        ("<h1>一</h1><h3>二<b>三</b></h3><h5>四</h5>", 1, "h3 二 三"),
        ("<h1>一</h1><h1>二</h1>", 2, ""),
        ("<h1>一</h1><h3>二", 1, ""),
    ],
)
def test_outline(main: str, titles: int, skipped: str) -> None:
    """Titles are counted, and the first heading that leaves out a rank is named."""
    found = shape(main)
    assert (found.titles, found.skipped) == (titles, skipped)


def test_headings_outside_main_do_not_count() -> None:
    """The frame may have headings of its own."""
    found = shape("<h1>一</h1>", "<header><h1>零</h1></header>{}<footer><h4>五</h4></footer>")
    assert (found.titles, found.skipped) == (1, "")


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ("<a href=x>一</a><a href=x><img src=a.png alt=一></a><a>二</a><a href=x aria-hidden=true></a>", []),
        ("<a href=../x/index.html> <b></b></a>", [(FlawKind.LINK, '<a href="index.html">')]),
        ("<a href=x><b>一</a>", []),
        ("<a href=x>", [(FlawKind.LINK, '<a href="x">')]),
        ("<button></button><button>一</button>", [(FlawKind.CONTROL, "<button>")]),
        ("<input type=image src=x alt=一><input type=image src=x>", [(FlawKind.CONTROL, "<input>")]),
        ("<label>一</label><input id=n>", [(FlawKind.CONTROL, '<input id="n">')]),
        ("<template><input></template>", []),
        ("<table><tr><td>一</table><table><tr><th scope=row>一<td>二</table>", []),
        ("<table><tr><td>一<td>二", [(FlawKind.TABLE, "<table>")]),
        ("<p onclick=x>一</p><p one=x data-on=y>", [(FlawKind.INLINE, "<p onclick=…>")]),
        ("<p style='x'>一</p><p style='y'>二</p>", [(FlawKind.INLINE, "<p style=…>")]),
        ("<script> </script><script src=x></script><style></style>", []),
        ("<script type=text/javascript>1</script>", [(FlawKind.INLINE, "<script>")]),
        ("<p tabindex=0></p><p tabindex=-1></p><p tabindex=2></p>", [(FlawKind.MOVING, '<p tabindex="2">')]),
    ],
)
def test_flaws(main: str, expected: list[tuple[FlawKind, str]]) -> None:
    """Each fault once, named so that it can be found in a template."""
    assert flaws(main) == expected


def test_an_end_without_a_beginning() -> None:
    """Broken markup is measured as far as it goes."""
    assert flaws("</a></button></label></table></h2></footer><a href=x>一</button></a>") == []
