from __future__ import annotations

from dataclasses import asdict

import pytest

from build_site.model.page import Module, RenderedPage, Substance
from build_site.rendering.measure import measure


def page(main: str, address: str = "index.html", around: str = "<body>{}</body>") -> RenderedPage:
    return measure(around.format(f"<main>{main}</main>"), address, "a.md")


def counts(main: str) -> dict[str, object]:
    """The counts of a page that are not zero, without the text."""
    found: Substance = page(main).substance
    return {name: value for name, value in asdict(found).items() if value and name != "text"}


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ("", {}),
        ("<p>一二三</p>", {"han": 3}),
        ("<p>ab 1。</p>", {"letters": 3}),
        ("一&nbsp;&lt;二", {"han": 2}),
        ("<h1>一二三</h1>", {}),
        ("<h2>一二三</h2>", {}),
        ("<div data-shell><p>一二三</p><ul><li><a href=x>四</a></li></ul></div>", {}),
        ("<nav>一</nav><header>二</header><footer>三</footer>四", {"han": 1}),
        ("<div data-shell>一</div>二", {"han": 1}),
        ("<div data-shell><img alt='字'><br>一</div>二", {"han": 1}),
        ("<script>一二</script><style>三</style><!-- 四 -->", {}),
        ("<ul><li><a href=x>一</a></li><li><a href=y>二</a></li></ul>", {"han": 2, "rows": 2}),
        ("<ul><li><a href=x>一</a><a href=y>二</a></li></ul>", {"han": 2, "rows": 1}),
        ("<ul><li>一</li></ul>", {"han": 1}),
        ("<p><a href=x>一</a></p>", {"han": 1}),
        ("<table><tbody><tr><td>一</td></tr><tr><td></td></tr></tbody></table>", {"han": 1, "rows": 1}),
        ("<table><thead><tr><th>一</th></tr></thead></table>", {"han": 1}),
        ("<a data-file href=x>一</a>", {"han": 1, "files": 1}),
        ("<a data-file>一</a>", {"han": 1}),
        ("<div data-shell><a data-file href=x>一</a></div>", {}),
        (
            "<dl data-contact><dt>电话</dt><dd>1</dd><dt>地址</dt><dd></dd></dl>",
            {"han": 4, "letters": 1, "contacts": 1},
        ),
        ("<dl><dt>电话</dt><dd>1</dd></dl>", {"han": 2, "letters": 1}),
        ("<form><input></form>", {"forms": 1}),
        ("<form role=search><input></form>", {}),
        ("<img src=x alt='一二'>", {"han": 2}),
        ("<img src=x alt=''>", {}),
    ],
)
def test_substance(main: str, expected: dict[str, object]) -> None:
    """What counts as content of a page, and what is its shell."""
    assert counts(main) == expected


def test_nothing_outside_main_counts() -> None:
    """Header, navigation and footer of the page are no content."""
    found = measure("<header>一</header><main>二</main><footer>三<a data-file href=x>四</a></footer>", "a.html", "a.md")
    assert (found.substance.han, found.substance.files, found.substance.text) == (1, 0, "二")


def test_a_page_without_main_is_empty() -> None:
    """A theme that forgets `<main>` cannot pass as content."""
    assert measure("<body><p>一二三</p></body>", "a.html", "a.md").substance == Substance()


def test_links_and_anchors_of_the_whole_page() -> None:
    """Links and ids are gathered everywhere, with the element."""
    found = measure(
        '<link href="s.css"><body id="top"><a href="a">x</a><main id=main><a name=n href="b">y</a><img src="c"></main></body>',
        "a.html",
        "a.md",
    )
    assert [(link.url, link.tag) for link in found.links] == [
        ("s.css", "link"),
        ("a", "a"),
        ("b", "a"),
        ("c", "img"),
    ]
    assert found.ids == {"top", "main", "n"}


def test_template_content_is_not_on_the_page() -> None:
    """Links and ids within `<template>` do not exist for a reader."""
    found = page('<template id="t"><a id="x" href="y">z</a></template>')
    assert (found.links, found.ids, found.substance) == ((), frozenset(), Substance())


def module(inner: str) -> Module:
    (found,) = page(f"<h1>题</h1><section data-module><h2>制度</h2>{inner}</section>").modules
    return found


@pytest.mark.parametrize(
    ("inner", "nested"),
    [
        ("<ul><li><a href=x>一</a></li></ul>", ()),
        ("<ul></ul><ol></ol><dl></dl>", ()),
        ("<ul><li><ul></ul></li></ul>", ("list",)),
        ("<ol><li><dl></dl></li></ol>", ("list",)),
        ("<dl><dd><ul></ul></dd></dl>", ("list",)),
        ("<details><summary>x</summary></details>", ("details",)),
        ("<div role=tablist></div>", ("tabs",)),
        ("<div role=menu></div>", ("tabs",)),
        ("<table><tr><th scope=rowgroup>x</th></tr></table>", ("row-group",)),
        ("<table><tr><th scope=row>x</th></tr></table>", ()),
        ("<ul><li><ul></ul></li></ul><details></details>", ("list", "details")),
    ],
)
def test_structures_that_hide_a_third_level(inner: str, nested: tuple[str, ...]) -> None:
    """Lists in lists, folding blocks, tabs and row groups of a module are seen."""
    assert module(inner).nested == nested


def test_module_entries() -> None:
    """An entry has its text, the address of its first link, and whether it explains itself."""
    found = module(
        '<ul><li><a href="zd/index.html#x">一</a> <a href="y">二</a></li><li>三</li><li data-note>四</li>'
        '<li><span data-note>五</span></li><li><a href="https://a.cn/">六</a></li></ul>'
    )
    assert [(entry.label, entry.url, entry.explained) for entry in found.entries] == [
        ("一 二", "zd/index.html", False),
        ("三", "", False),
        ("四", "", True),
        ("五", "", True),
        ("六", "https://a.cn/", False),
    ]
    assert (found.title, found.headings) == ("制度", 1)


def test_headings_outside_modules_are_strays() -> None:
    """A heading below h1 belongs into a module; each module counts its own."""
    found = page(
        "<h1>题</h1><h2>散</h2><section data-module><h2>一</h2><h3>二</h3></section><section><h2>三</h2></section>"
    )
    assert found.stray_headings == ("散", "三")
    assert [module.headings for module in found.modules] == [2]


def test_modules_are_measured_on_the_home_page_only() -> None:
    """Other pages may have any structure."""
    found = page("<section data-module><h2>一</h2></section><h2>二</h2>", "zd/index.html")
    assert (found.modules, found.stray_headings) == ((), ())


@pytest.mark.parametrize(
    "html",
    ["<main><p>一</main>", "<main><li>一<li>二</main>", "<main></div>一</main>", "<main>一", "<main><br/>一</main>"],
)
def test_careless_html_is_still_measured(html: str) -> None:
    """Missing and superfluous end tags neither hide nor lose the text."""
    assert measure(html, "a.html", "a.md").substance.han >= 1
