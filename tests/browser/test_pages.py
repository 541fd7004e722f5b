"""The sample site in a real browser, opened from disk: sizes, structure, navigation, no network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import MODES, REQUIRED, overflow, put_mode, quiet

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = REQUIRED
WIDTHS = (1280, 640, 320)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_type_of_page_is_well_formed_from_disk(
    width: int, public: Path, types: dict[str, str], context: BrowserContext
) -> None:
    """A page opened from a folder: one h1, one main, a title; the stylesheet applies; banner; nothing is asked of a network."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 568})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    troubles = quiet(page)
    for kind, address in types.items():
        if address == "404.html":
            continue  # its addresses begin at the root of the web server; see below
        page.goto((public / address).as_uri())
        assert overflow(page) == [], kind
        assert page.locator("h1").count() == 1, kind
        assert page.locator("main").count() == 1, kind
        assert page.locator("h1").inner_text().strip() and page.title().strip(), kind
        size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert size >= 18, (kind, size)
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        assert page.locator(".sample").is_visible(), kind
        assert "示例站点" in page.locator(".sample").inner_text()
    assert asked and all(url.startswith(("file://", "data:")) for url in asked)
    assert troubles == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out(width: int, home: str, types: dict[str, str], context: BrowserContext) -> None:
    """No sideways scrolling of the page on any type of page, in any mode, at 1280, 640 (200 %) and 320 px (400 %)."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 568})
    bad = {}
    for kind, address in types.items():
        page.goto(home + address)
        for mode in MODES:
            put_mode(page, mode)
            if found := overflow(page):
                bad[kind, mode] = found
    assert bad == {}


def test_the_not_found_page_works_at_any_depth(home: str, context: BrowserContext) -> None:
    """Served for an unknown deep address, the 404 page has its style, and its links lead to pages."""
    page = context.new_page()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 568})
        answer = page.goto(home + "wj/1987/no/such/page.html")
        assert answer and answer.status == 404
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18
        assert overflow(page) == []
        assert page.locator("h1").count() == 1 and page.locator("main").count() == 1
    page.locator("main a").first.click()
    assert page.url != home + "wj/1987/no/such/page.html"
    assert "没有找到" not in page.locator("h1").inner_text()


def test_every_page_has_the_banner_and_noindex(public: Path) -> None:
    """As long as the site is a sample, every page says so to people and to robots."""
    pages = sorted(public.rglob("*.html"))
    assert len(pages) > 100
    for file in pages:
        text = file.read_text("utf-8")
        assert re.search(r'<meta name="robots" content="noindex[",]', text), file
        assert '<p class="sample"' in text and "示例站点，内容不是官方发布" in text, file


@pytest.mark.parametrize("width", [1280, 320])
def test_one_can_click_from_home_to_a_document_and_back(width: int, public: Path, context: BrowserContext) -> None:
    """From disk: home → column → document by clicks that a visitor sees, then back by the breadcrumb."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 568})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((public / "index.html").as_uri())
    if width == 320:
        page.locator("a.to-columns").click()
        assert page.url.endswith("#columns")
    page.locator("nav a:visible", has_text="政府信息公开制度").first.click()
    assert page.url == (public / "zd/index.html").as_uri()
    link = page.locator("main a[href*='wj/']:visible").first
    title = link.inner_text().strip()
    link.click()
    assert "/wj/" in page.url
    assert page.locator("h1").inner_text().replace("\n", "") == title.replace("\n", "")
    page.locator(".crumbs a", has_text="政府信息公开制度").click()
    assert page.url == (public / "zd/index.html").as_uri()
    page.locator("a.brand").click()
    assert page.url == (public / "index.html").as_uri()
    assert all(url.startswith("file://") for url in asked)


def test_a_moved_page_leads_on(public: Path, context: BrowserContext) -> None:
    """An old address leads to the document at once, also from disk."""
    page = context.new_page()
    page.goto((public / "wj/1999/moved.html").as_uri())
    page.wait_for_url(lambda url: "moved.html" not in url, timeout=5000)
    assert "/wj/" in page.url and page.locator("h1").inner_text().strip() != "页面已改址"


def test_a_text_twice_as_large_still_fits(home: str, types: dict[str, str], context: BrowserContext) -> None:
    """With the browser's letters at 200 % nothing sticks out at 640 px."""
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 800})
    bad = {}
    for kind, address in types.items():
        page.goto(home + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 36, kind
        if found := overflow(page):
            bad[kind] = found
    assert bad == {}
