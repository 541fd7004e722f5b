"""The sample site in a real browser, opened from disk: sizes, structure, navigation, no script, no network."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.robust.sandbox import AS_OF, ROOT, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
MISSING = [
    name
    for name, found in (("Playwright", importlib.util.find_spec("playwright")), ("Chromium", CHROMIUM))
    if not found
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]
WIDTHS = (1280, 640, 320)
KINDS = {
    "home": "index.html",
    "guide": "zn/index.html",
    "list": "zd/index.html",
    "directory": "fdzdgknr/index.html",
    "sub-column": "fdzdgknr/gfxwj/index.html",
    "reports": "nb/index.html",
    "agency": "sljg/index.html",
    "on-request": "ysqgk/index.html",
    "catalogue": "bzh/index.html",
    "topics": "zdly/index.html",
    "site map": "wzdt.html",
}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, with a moved and a withdrawn page added, built for a fixed day."""
    site = tmp_path_factory.mktemp("site") / "site"
    shutil.copytree(ROOT, site, ignore=shutil.ignore_patterns("public", ".*", "tests", "build_site", "docs", "scripts"))
    assert run("build", "--site", site, "--as-of", AS_OF).code == 0
    target = next(iter(sorted((site / "public/wj").rglob("*.html")))).relative_to(site / "public").as_posix()
    more = {
        "redirects": f"  - {{from: wj/1999/moved.html, to: {target}}}\n",
        "withdrawals": "  - {address: wj/1999/gone.html, title: 旧通知, kind: 误发, withdrawn: 2026-01-01, reason: 误发的文件已经收回。}\n",
    }
    file = site / "catalog.yaml"
    text = file.read_text("utf-8")
    for key, row in more.items():
        found = re.search(rf"^{key}:\n", text, re.MULTILINE)
        text = text[: found.end()] + row + text[found.end() :] if found else f"{text}\n{key}:\n{row}"
    file.write_text(text, "utf-8")
    result = run("build", "--site", site, "--as-of", AS_OF)
    assert result.code == 0, result.all
    return site / "public"


def _types(public: Path) -> dict[str, Path]:
    """Return a page of every kind, also documents that are out of force, with files, with tables, the longest."""
    found = {name: public / path for name, path in KINDS.items()}
    found |= {"withdrawn": public / "wj/1999/gone.html", "not found": public / "404.html"}
    texts = {file: file.read_text("utf-8") for file in sorted((public / "wj").rglob("*.html"))}
    documents = {file: text for file, text in texts.items() if file.parent.name != "1999"}
    for name, mark in (("ended", "notice-ended"), ("files", "data-file"), ("table", "<table"), ("contents", "toc")):
        file = next((file for file, text in documents.items() if mark in text), None)
        if file:
            found[f"document: {name}"] = file
    found["document: longest"] = max(documents, key=lambda file: len(documents[file]))
    found["document: longest title"] = max(documents, key=lambda file: documents[file].index("</title>"))
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium that cannot reach any network."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window of one's own."""
    context = browser.new_context()
    yield context
    context.close()


def _overflow(page: Page) -> list[str]:
    """Return the elements that stick out of the window, unless an element around them scrolls; and the page's own."""
    found: list[str] = page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            const scrolls = (one) => {
                for (let up = one; up && up !== document.body; up = up.parentElement)
                    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX)) return true;
                return false;
            };
            const bad = [...document.body.querySelectorAll('*')].filter((one) => {
                const box = one.getBoundingClientRect();
                return box.width > 0 && box.right > wide + 1 && !scrolls(one);
            }).map((one) => one.tagName + '.' + one.className);
            if (document.documentElement.scrollWidth > wide) bad.push('the page: ' + document.documentElement.scrollWidth);
            return bad;
        }"""
    )
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_fits_and_is_well_formed(width: int, public: Path, context: BrowserContext) -> None:
    """No sideways scrolling; one h1, one main, a title; the stylesheet applies; a skip link; banner and noindex."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 568})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: troubles.append(request.url))
    page.on("console", lambda message: troubles.append(message.text))
    types = _types(public)
    assert len(types) >= 16
    for kind, file in types.items():
        assert file.is_file(), (kind, file)
        if kind == "not found":
            continue  # its addresses begin at the root of the web server; see below
        page.goto(file.as_uri())
        assert _overflow(page) == [], (kind, file)
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


def test_the_not_found_page_works_at_any_depth(public: Path, context: BrowserContext) -> None:
    """Served for an unknown deep address, the 404 page has its style, and its links lead to pages."""
    page = context.new_page()

    def serve(route: object) -> None:
        path = route.request.url.removeprefix("http://site.test/zfxxgk/")  # type: ignore[attr-defined]
        file = public / path
        if file.is_file():
            route.fulfill(path=str(file))  # type: ignore[attr-defined]
        else:
            route.fulfill(status=404, path=str(public / "404.html"), content_type="text/html; charset=utf-8")  # type: ignore[attr-defined]

    page.route("http://site.test/**", serve)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 568})
        answer = page.goto("http://site.test/zfxxgk/wj/1987/no/such/page.html")
        assert answer and answer.status == 404
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18
        assert _overflow(page) == []
        assert page.locator("h1").count() == 1 and page.locator("main").count() == 1
    page.locator("main a").first.click()
    assert page.url != "http://site.test/zfxxgk/wj/1987/no/such/page.html"
    assert "没有找到" not in page.locator("h1").inner_text()


def test_every_page_has_the_banner_and_noindex(public: Path) -> None:
    """As long as the site is a sample, every page says so to people and to robots."""
    pages = sorted(public.rglob("*.html"))
    assert len(pages) > 100
    for file in pages:
        text = file.read_text("utf-8")
        assert re.search(r'<meta name="robots" content="noindex[",]', text), file
        assert '<p class="sample"' in text and "示例站点，内容不是官方发布" in text, file
        assert "<script" not in text and " style=" not in text, file


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


def test_the_keyboard_reaches_the_text_first(public: Path, context: BrowserContext) -> None:
    """The first Tab shows the skip link, Enter leads to the text."""
    page = context.new_page()
    page.goto((public / "zd/index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_moved_page_leads_on(public: Path, context: BrowserContext) -> None:
    """An old address leads to the document at once, also from disk."""
    page = context.new_page()
    page.goto((public / "wj/1999/moved.html").as_uri())
    page.wait_for_url(lambda url: "moved.html" not in url, timeout=5000)
    assert "/wj/" in page.url and page.locator("h1").inner_text().strip() != "页面已改址"


def test_without_script_the_text_is_the_same(public: Path, browser: Browser) -> None:
    """Nothing on any kind of page depends on JavaScript."""
    texts = []
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 800})
        page = context.new_page()
        found = {}
        for kind, file in _types(public).items():
            page.goto(file.as_uri())
            found[kind] = page.locator("body").inner_text()
            assert len(found[kind]) > 100, kind
        texts.append(found)
        context.close()
    assert texts[0] == texts[1]


def test_a_text_twice_as_large_still_fits(public: Path, context: BrowserContext) -> None:
    """With the browser's letters at 200 % nothing sticks out at 640 px."""
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 800})
    for kind, file in _types(public).items():
        if kind == "not found":
            continue
        page.goto(file.as_uri())
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 36, kind
        assert _overflow(page) == [], (kind, file)
