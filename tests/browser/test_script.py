"""The script: what it adds for a reader, and that nothing is missing without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest

from tests.support.browser import REQUIRED, quiet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = REQUIRED
BUTTONS = {"大字版": ("size", "large"), "高对比": ("contrast", "high"), "深色": ("scheme", "dark")}
NARROW = 320
_TEXT = """() => {
    const shown = one => one.nodeType === Node.TEXT_NODE ? one.data : one.hidden || one.closest('[data-tools], [data-script]') ||
        ['SCRIPT', 'STYLE'].includes(one.tagName) ? '' : [...one.childNodes].map(shown).join(' ');
    return shown(document.body).replace(/\\s+/g, ' ');
}"""


def test_without_script_nothing_is_missing(home: str, types: dict[str, str], browser: Browser) -> None:
    """With and without JavaScript a page has the same text and links; without it no button waits for one."""
    found: list[dict[str, Any]] = []
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 800})
        page = context.new_page()
        one = {}
        for kind, address in types.items():
            page.goto(home + address)
            hidden = page.locator("button:visible")
            if not script:
                idle = [button.inner_text() for button in hidden.all() if not button.evaluate("one => one.form")]
                assert idle == [], kind
            tools = page.locator("button", has_text="大字版")
            for number in range(tools.count()):
                tools.nth(number).evaluate("one => one.closest('.tools, [data-tools]').setAttribute('data-tools', '')")
            links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
            one[kind] = {"text": page.evaluate(_TEXT), "links": links}
            assert len(one[kind]["text"]) > 100, kind
        found.append(one)
        context.close()
    assert found[0] == found[1]


def test_every_link_of_every_type_is_answered(home: str, types: dict[str, str], browser: Browser) -> None:
    """Every address on the site's own server that a page names, in a link or a form, is there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    wanted: dict[str, str] = {}
    for kind, address in types.items():
        page.goto(home + address)
        for link in page.eval_on_selector_all(
            "[href], [src], form[action]", "all => all.map(one => one.href || one.src || one.action)"
        ):
            if isinstance(link, str) and link.startswith(home):
                wanted.setdefault(urldefrag(link).url, kind)
        for form in page.locator("form").all():
            assert form.get_attribute("action") and (form.get_attribute("method") or "get").lower() == "get", kind
    context.close()
    assert len(wanted) > 50
    bad = {}
    for url, kind in wanted.items():
        try:
            with urlopen(url, timeout=10) as answer:
                answer.read(1)
        except HTTPError as error:
            bad[url] = (kind, error.code)
    assert bad == {}


def _tools(page: Page) -> None:
    """Open the reading tools where they are folded."""
    if not page.get_by_role("button", name="大字版").is_visible():
        page.locator("summary:visible", has_text="阅读辅助").click()


@pytest.mark.parametrize("width", [1280, NARROW])
@pytest.mark.parametrize("name", list(BUTTONS))
def test_a_button_sets_a_mode_for_good(name: str, width: int, home: str, context: BrowserContext) -> None:
    """Pressed, it says so and the next page keeps it from the first moment; pressed again, all is as before."""
    attribute, value = BUTTONS[name]
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    troubles = quiet(page)
    read = (
        "[document.documentElement.dataset[name] || null, getComputedStyle(document.body).fontSize, "
        "getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    look = f"name => {read}"
    page.goto(home)
    plain = page.evaluate(look, attribute)
    assert plain[0] is None
    _tools(page)
    button = page.get_by_role("button", name=name)
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    changed = page.evaluate(look, attribute)
    assert changed[0] == value and changed[1:] != plain[1:]
    # Before its first paint: the attribute is there when the body begins to exist.
    page.add_init_script(
        """new MutationObserver((_, watch) => {
            if (!document.body) return;
            globalThis.early = {...document.documentElement.dataset};
            watch.disconnect();
        }).observe(document, {childList: true, subtree: true})"""
    )
    page.goto(home + "zd/index.html")
    assert page.evaluate("globalThis.early")[attribute] == value
    assert page.evaluate(look, attribute)[1:] == changed[1:]
    _tools(page)
    button = page.get_by_role("button", name=name)
    assert button.get_attribute("aria-pressed") == "true"
    button.press("Space")
    assert button.get_attribute("aria-pressed") == "false"
    assert page.evaluate(look, attribute) == plain
    page.goto(home)
    assert page.evaluate(look, attribute) == plain
    assert troubles == []


def test_modes_do_what_they_say(home: str, context: BrowserContext) -> None:
    """Large letters are 24 px at the least; high contrast is white on black; dark is dark; all three go together."""
    page = context.new_page()
    page.goto(home)
    light = "getComputedStyle(document.body).backgroundColor"
    page.get_by_role("button", name="大字版").click()
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main li')).fontSize)") >= 20
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
    page.get_by_role("button", name="深色").click()
    assert sum(map(int, page.evaluate(light)[4:-1].split(","))) < 150
    page.get_by_role("button", name="高对比").click()
    assert page.evaluate(light) == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(255, 255, 255)"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24


def test_dark_is_never_the_default(home: str, browser: Browser) -> None:
    """A device that prefers dark still gets the page as it was made, until the reader asks."""
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(home)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()


def test_the_print_button_prints(home: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script("globalThis.printed = 0; globalThis.print = () => { printed += 1 }")
    page.goto(home + "zd/index.html")
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("printed") == 1


def test_a_browser_that_keeps_nothing_still_has_the_modes(home: str, context: BrowserContext) -> None:
    """Where storage is forbidden the buttons work for the page that is open, and nothing is reported."""
    page = context.new_page()
    troubles = quiet(page)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page.goto(home)
    page.get_by_role("button", name="大字版").click()
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    page.goto(urljoin(home, "zd/index.html"))
    assert page.evaluate("document.documentElement.dataset.size || ''") == ""
    assert troubles == []
