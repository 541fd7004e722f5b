"""Fingers and small windows: how large everything is that one can press, and what a phone shows first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.browser import REQUIRED, put_mode

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = REQUIRED
LEAST = 24
"""WCAG 2.2, 2.5.8."""
MAIN = {"normal": 44, "large": 52}
"""Height of navigation, tools, buttons, fields, files and pagers (WCAG 2.2, 2.5.5, and more in large letters)."""


@pytest.mark.parametrize("mode", ["normal", "large"])
@pytest.mark.parametrize("width", [1280, 320])
def test_everything_can_be_hit(width: int, mode: str, home: str, types: dict[str, str], looker: Page) -> None:
    """Whatever is not a link within a sentence is at least 24 px each way; the main controls are 44 px high, or 52."""
    looker.set_viewport_size({"width": width, "height": 800})
    bad: dict[str, set[str]] = {}
    main_ones = 0
    for kind, address in types.items():
        looker.goto(home + address)
        put_mode(looker, mode)
        for name, wide, high, running, main in looker.evaluate("look.targets()"):
            main_ones += main
            least = MAIN[mode] if main else LEAST
            if (main or not running) and (high < least or wide < LEAST):
                bad.setdefault(f"{name} {wide}×{high} < {least}", set()).add(kind)
    assert main_ones > len(types)
    assert not bad, "\n".join(f"{what}: on {len(kinds)}, {', '.join(sorted(kinds)[:3])}" for what, kinds in bad.items())


@pytest.mark.parametrize("mode", ["normal", "large"])
def test_a_phone_shows_the_heading_first(mode: str, home: str, types: dict[str, str], looker: Page) -> None:
    """On a screen of 320 × 568 the first line of the page's own heading is there; on the home that of the first module."""
    looker.set_viewport_size({"width": 320, "height": 568})
    bad = {}
    for kind, address in types.items():
        looker.goto(home + address)
        put_mode(looker, mode)
        lines = looker.evaluate(
            """heading => {
                const range = document.createRange();
                range.selectNodeContents(document.querySelector(heading));
                return [...range.getClientRects()].filter(box => box.width > 1).map(box => box.bottom);
            }""",
            "main h2" if kind == "home" else "h1",
        )
        if not lines or lines[0] > 568:
            bad[kind] = lines
    assert not bad
