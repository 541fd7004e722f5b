"""What a page costs, whom it asks, and what its own policy forbids."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.browser import REQUIRED, quiet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Response

pytestmark = REQUIRED
PAGE = 150_000
STYLE = 20_000
SCRIPT = 4_000
SEARCH_SCRIPT = 8_000
"""More is allowed to the script of the search page alone."""
REQUESTS = 4
SEARCH = "sousuo.html"


def _opened(context: BrowserContext, url: str) -> tuple[Page, list[Response], list[str]]:
    """Open an address in a window of its own: the window, all answers, and the complaints."""
    page = context.new_page()
    troubles = quiet(page)
    got: list[Response] = []
    page.on("response", lambda answer: got.append(answer))
    page.goto(url, wait_until="networkidle" if SEARCH in url else "load")
    return page, got, troubles


def test_a_page_is_light_and_asks_nobody_else(home: str, types: dict[str, str], context: BrowserContext) -> None:
    """A page with its style and script is below 150 KB and needs at most four requests, all to its own server, none in vain.

    The server lets nothing be kept, so each page loads all it needs; each has a window of its own, so that none is left
    while a picture further down is still on its way.
    """
    for kind, address in types.items():
        page, got, troubles = _opened(context, home + address)
        weights = {answer.url: len(answer.body()) for answer in got if answer.request.resource_type != "image"}
        assert all(answer.url.startswith((home, "data:")) for answer in got), (kind, weights)
        assert all(answer.ok for answer in got), (kind, [answer.url for answer in got if not answer.ok])
        assert sum(weights.values()) < PAGE, (kind, weights)
        assert 2 <= len(weights) <= REQUESTS, (kind, weights)
        for url, weight in weights.items():
            limit = STYLE if url.endswith(".css") else SCRIPT if url.endswith(".js") else PAGE
            if SEARCH in address and url.endswith(".js") and "/site-" not in url:
                limit = SEARCH_SCRIPT
            assert weight < limit, (kind, url, weight)
        assert troubles == [], kind
        page.close()


class _Inline(HTMLParser):
    """Collects what a strict policy forbids, and where the policy stands."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.policy: dict[str, list[str]] = {}
        self.before: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.bad += [f"<{tag} {name}>" for name in values if name == "style" or name.startswith("on")]
        self.bad += [
            f"<{tag} {name}={value}>"
            for name, value in values.items()
            if value.strip().lower().startswith("javascript:")
        ]
        if tag == "style" or (tag == "script" and "src" not in values and values.get("type") != "application/ld+json"):
            self.bad.append(f"<{tag}>")
        if tag == "base":
            self.bad.append("<base>")
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = {part.split()[0]: part.split()[1:] for part in values["content"].split(";") if part.strip()}
        elif not self.policy and tag in ("link", "script", "img", "object", "iframe"):
            self.before.append(tag)


def test_every_page_has_a_strict_policy_and_keeps_it(public: Path) -> None:
    """No page holds a style or a script of its own; each says so in its policy, before anything is loaded."""
    pages = sorted(public.rglob("*.html"))
    assert len(pages) > 100
    for file in pages:
        reader = _Inline()
        reader.feed(file.read_text("utf-8"))
        assert reader.bad == [], file
        assert reader.before == [], file
        assert reader.policy.get("default-src") == ["'none'"], file
        for name in ("script-src", "style-src"):
            assert reader.policy.get(name, ["'self'"]) == ["'self'"], (file, name)
        assert reader.policy.get("base-uri") == ["'none'"], file
        words = {word for sources in reader.policy.values() for word in sources}
        assert words <= {"'self'", "'none'", "data:"}, file


def test_the_policy_is_in_force(home: str, browser: Browser) -> None:
    """The browser takes the policy from the page: a style or script put in afterwards is refused."""
    page = browser.new_page()
    page.goto(home)
    applied = page.evaluate(
        """async () => {
            const style = document.createElement('style');
            style.textContent = 'h1 { color: rgb(1, 2, 3) }';
            const script = document.createElement('script');
            script.textContent = 'globalThis.wasRun = true';
            document.head.append(style, script);
            return [getComputedStyle(document.querySelector('h1')).color, globalThis.wasRun || false];
        }"""
    )
    assert applied[0] != "rgb(1, 2, 3)" and applied[1] is False


def test_style_and_script_name_nobody_else(public: Path) -> None:
    """Style and script load nothing and know no address; neither asks for what browsers from Chromium 86 on do not have."""
    files = [file for file in public.rglob("*") if file.suffix in (".css", ".js")]
    assert {file.suffix for file in files} == {".css", ".js"}
    for file in files:
        text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"https?://|@import|@font-face|url\((?!['\"]?data:)", text), file
        if file.suffix == ".css":
            assert not re.search(r":has\(|@container|oklch|color-mix|@layer|@scope|&[\s.:>]", text), file
        else:
            assert not re.search(r"\beval\b|new Function|document\.write|innerHTML|document\.cookie|\?\.|\?\?", text), (
                file
            )
