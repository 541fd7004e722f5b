"""The keyboard alone: every type of page from its first stop to its last, and what Enter and Space do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.browser import REQUIRED, put_mode

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = REQUIRED
MOST = 400
"""Stops that are walked on one page: a page with more is walked this far."""


def _walk(page: Page) -> list[str]:
    """Press Tab from the top to behind the last stop and return what is wrong."""
    names: list[str] = page.evaluate("look.follow()")
    steps = min(len(names), MOST)
    for _ in range(steps):
        page.keyboard.press("Tab")
    walked: list[tuple[int, list[str]]] = page.evaluate("look.walked")
    bad = [text for _, troubles in walked for text in troubles]
    numbers = [number for number, _ in walked]
    if numbers != list(range(steps)):
        missed = [names[number] for number in range(steps) if number not in numbers]
        twice = sorted({names[number] for number in numbers if number >= 0 and numbers.count(number) > 1})
        bad.append(f"order: missed {missed[:5]}, twice {twice[:5]}, {len(walked)} of {steps} stops")
    if steps == len(names):
        page.keyboard.press("Tab")
        if page.evaluate("document.hasFocus() && look.stops().indexOf(document.activeElement)") not in (False, -1, 0):
            bad.append("the last stop holds the focus")
    return bad


@pytest.mark.parametrize(
    ("width", "mode"), [(1280, "normal"), (1280, "contrast"), (1280, "dark"), (320, "large")], ids=str
)
def test_every_stop_is_reached_once_and_in_order(
    width: int, mode: str, home: str, types: dict[str, str], looker: Page
) -> None:
    """Tab reaches everything that can be used, once, in the order of the document; each shows its focus, none is covered."""
    looker.set_viewport_size({"width": width, "height": 800})
    bad = {}
    for number, (kind, address) in enumerate(types.items()):
        if mode in ("contrast", "dark") and number % 4:
            continue  # these modes change colours, which are the same everywhere
        looker.goto(home + address)
        put_mode(looker, mode)
        if found := _walk(looker):
            bad[kind] = found
    assert not bad, "\n".join(f"{kind}: {text}" for kind, texts in bad.items() for text in texts[:8])


def test_the_first_stop_leads_past_the_frame(home: str, types: dict[str, str], looker: Page) -> None:
    """The first Tab shows the skip link, Enter goes to the text, and the next Tab to the first stop in or behind it."""
    looker.set_viewport_size({"width": 1280, "height": 800})
    for kind, address in types.items():
        looker.goto(home + address)
        looker.keyboard.press("Tab")
        assert looker.evaluate("document.activeElement.className") == "skip", kind
        box = looker.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["left"] >= 0 and box["top"] >= 0 and box["height"] >= 24, kind
        looker.keyboard.press("Enter")
        looker.wait_for_url("**#main", timeout=5000)
        looker.keyboard.press("Tab")
        place = "look.stops().findIndex(one => document.getElementById('main').compareDocumentPosition(one) & 4)"
        assert looker.evaluate(f"look.stops().indexOf(document.activeElement) === {place}"), kind


def test_what_opens_answers_to_enter_and_space(home: str, types: dict[str, str], looker: Page) -> None:
    """Each `summary` opens by Enter and closes by Space."""
    for width in (1280, 320):
        looker.set_viewport_size({"width": width, "height": 800})
        for kind, address in types.items():
            looker.goto(home + address)
            for number in range(looker.locator("summary").count()):
                summary = looker.locator("summary").nth(number)
                if not summary.is_visible():
                    continue
                was = summary.evaluate("one => one.parentElement.open")
                for key in ("Enter", "Space"):
                    summary.press(key)
                    was = not was
                    assert summary.evaluate("one => one.parentElement.open") is was, (kind, key)
