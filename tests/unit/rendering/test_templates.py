"""The default theme's templates render every view, full or bare, to well-formed pages with an outline."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from build_site.rendering import views
from build_site.rendering.measure import measure
from build_site.rendering.render import Renderer, make_renderer
from build_site.rendering.theme import load_theme
from build_site.rendering.theme_layers import default_layer
from tests.support.outline import outline
from tests.support.views import bare, full, shared

TEMPLATES = default_layer() / "templates"
KINDS = pytest.mark.parametrize("kind", views.PAGE_VIEWS, ids=lambda kind: kind.__name__)


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return make_renderer(load_theme(Path("none")), shared())


def page(renderer: Renderer, view: views.View, address: str = "zd/x.html") -> str:
    html, fault = renderer.page(view, address)
    assert fault is None, fault
    return html


@KINDS
def test_a_full_view_is_a_well_formed_page(renderer: Renderer, kind: type[views.View]) -> None:
    html = page(renderer, full(kind))
    outline(html)
    assert "None" not in html
    assert "()" not in html


@KINDS
def test_a_bare_view_is_a_well_formed_page(kind: type[views.View]) -> None:
    html = page(make_renderer(load_theme(Path("none")), shared(whole=False)), bare(kind))
    outline(html)
    assert "None" not in html


@KINDS
def test_every_field_of_a_view_is_shown(renderer: Renderer, kind: type[views.View]) -> None:
    """A field that no template reads would be a promise of docs/theme.md that nothing keeps."""
    texts = [file.read_text("utf-8") for file in TEMPLATES.rglob("*.html")]
    unread = {"published", "kind", "year", "validity", "matter"}  # the page says the same by other fields
    of_the_frame = {field.name for field in fields(views.View)}
    for name in {field.name for field in fields(kind)} - of_the_frame:
        assert name in unread or any(f"view.{name}" in text for text in texts), name


def test_no_two_kinds_share_a_body_class(renderer: Renderer) -> None:
    """The first `page-…` class names the kind of page."""
    names = []
    for kind in views.PAGE_VIEWS:
        found = re.search(r'<body id="top" class="page page-([\w-]+)', page(renderer, full(kind)))
        assert found, kind
        names.append(found[1])
    assert len(set(names)) == len(names)


FILLED = [kind for kind in views.PAGE_VIEWS if kind is not views.RedirectView]


@pytest.mark.parametrize("kind", FILLED, ids=lambda kind: kind.__name__)
def test_a_full_page_has_substance(renderer: Renderer, kind: type[views.View]) -> None:
    """What a page publishes stands outside the shell."""
    found = measure(page(renderer, full(kind)), "zd/x.html", "").substance
    assert found.rows or found.contacts or found.files or found.han >= 20


@pytest.mark.parametrize(
    "kind", [views.DocumentView, views.InterpretationView, views.ResponseView, views.ConsultationView]
)
def test_the_frame_of_a_document_is_no_substance(renderer: Renderer, kind: type[views.DocumentView]) -> None:
    """Metadata, dates, how to respond and related documents cannot hide that the text is missing."""
    view = full(kind)
    assert isinstance(view, views.DocumentView)
    view = replace(view, body_html="", files=())
    if isinstance(view, views.ConsultationView):
        view = replace(view, state_key="open", opinions=None, result=None)
    found = measure(page(renderer, view), "zd/x.html", "").substance
    assert (found.rows, found.contacts, found.files, found.han) == (0, 0, 0, 0)


def test_a_table_of_words_has_labels_for_cards_and_one_of_numbers_has_not(renderer: Renderer) -> None:
    html = page(renderer, full(views.InstitutionView))
    assert '<table class="data stack">' in html
    assert '<th scope="row"><a href="../wj/2026/00001.html">事项甲</a></th>' in html  # the head of its card
    assert '<td data-l="结果" class="nil">—</td>' in html  # not on a card
    assert '<td data-l="结果"><time datetime="2026-02-03">2026-02-03</time></td>' in html  # never broken over two lines
    numbers = page(renderer, full(views.ReportView))
    assert '<table class="data numeric">' in numbers
    assert "data-l" not in numbers


def test_search_comes_before_applying(renderer: Renderer) -> None:
    html = page(renderer, full(views.OnRequestView))
    places = [html.index(text) for text in ("申请前请先检索", "我要申请", "栏目导言", "<figure", "什么时候能收到答复")]
    assert places == sorted(places)


def test_figures_of_a_report_name_it_and_have_one_title(renderer: Renderer) -> None:
    html = page(renderer, full(views.OnRequestView))
    part = html[html.index('<h2 class="part" data-shell>件数表（示例）</h2>') :]
    assert part.index('数字取自<a href="../wj/2026/00001.html">《2025年年度报告》</a>') < part.index("<table")
    assert part.index('<caption data-shell class="vh">件数表（示例）</caption>')


def test_what_is_interpreted_comes_first(renderer: Renderer) -> None:
    html = page(renderer, full(views.InterpretationView))
    assert html.count("解读的文件") == 1
    assert html.index("解读的文件") < html.index('<dl class="facts"') < html.index("正文有一段话")
    assert "示例〔2026〕1号" in html[html.index("解读的文件") : html.index('<dl class="facts"')]
    assert "由办公室起草并解读" in html


@pytest.mark.parametrize("state", ["open", "soon", "study", "done"])
def test_a_consultation_shows_what_its_state_asks_for(renderer: Renderer, state: str) -> None:
    view = full(views.ConsultationView)
    assert isinstance(view, views.ConsultationView)
    html = page(renderer, replace(view, state_key=state))
    assert ("向谁提意见" in html) == (state in ("open", "soon"))
    assert ("收到意见 3 条，采纳 2 条" in html) == (state == "done")
    assert ("征集公告原文" in html) == (state == "done")
    said = {"open": "24:00 截止", "soon": "2026年1月1日</time>起征集意见", "study": "正在研究", "done": "已反馈："}
    assert [name for name, text in said.items() if text in html] == [state]
    if state == "done":
        assert html.index("意见采纳情况") < html.index("征集公告原文") < html.index("正文有一段话")


def test_documents_in_stages_stand_under_their_stage(renderer: Renderer) -> None:
    view = full(views.ColumnView)
    assert isinstance(view, views.ColumnView)
    html = page(renderer, replace(view, rows=view.rows[1:], matrix=None))
    assert html.index("关于调整优待抚恤补助标准的通知") < html.index("其他文件") < html.index("另一件")
    assert '<a href="#h-1">政策' in html
    assert "<span>程序</span>" in html
    assert 'class="stagelist"' not in page(renderer, view)  # the kinds of a matrix follow in no order


def test_the_register_can_be_searched_by_the_script(renderer: Renderer) -> None:
    html = page(renderer, full(views.RegisterView))
    assert re.search(r"<table[^>]* data-filter>", html)
    assert re.search(r"<nav[^>]* data-filter-years>", html)
    assert re.search(r"<p[^>]* data-filter-count[^>]* hidden>", html)
    assert '<span class="tag tag-repealed">已废止</span>' in html


@pytest.mark.parametrize(
    ("in_time", "said"), [("yes", "本次在时限内回应"), ("no", "本次超过了时限"), ("", "首次发布权威信息</dd>")]
)
def test_the_five_hours_are_named_in_an_emergency(renderer: Renderer, in_time: str, said: str) -> None:
    view = full(views.ResponseView)
    assert isinstance(view, views.ResponseView)
    assert said in page(renderer, replace(view, in_time=in_time))
    assert "5 小时" not in page(renderer, replace(view, emergency=False))


def test_no_link_is_called_more(renderer: Renderer) -> None:
    for kind in views.PAGE_VIEWS:
        html = page(renderer, full(kind))
        assert not re.search(r"更多|>>|&gt;&gt;|点击这里", html), kind


@KINDS
def test_every_section_has_a_heading_or_a_name(renderer: Renderer, kind: type[views.View]) -> None:
    for attributes, inside in re.findall(r"<section([^>]*)>(.*?)</section>", page(renderer, full(kind)), re.DOTALL):
        assert "aria-label" in attributes or re.search(r"<h[2-6]", inside), inside[:200]
