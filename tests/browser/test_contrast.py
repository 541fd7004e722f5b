"""Contrast, computed twice: from the custom properties of the style sheet, and for every text as the browser shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.browser import MODES, REQUIRED, put_mode

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = REQUIRED
TEXT = 4.5
"""WCAG 2.2, 1.4.3; asked of large letters too, for which 3 would do."""
EDGE = 3.0
"""WCAG 2.2, 1.4.11: the edges of controls."""


@pytest.mark.parametrize("width", [1280, 320])
def test_every_text_stands_out(width: int, home: str, types: dict[str, str], looker: Page) -> None:
    """Every text on every type of page in every mode reaches 4.5:1 against whatever can lie behind it; edges of controls 3:1."""
    looker.set_viewport_size({"width": width, "height": 900})
    bad: dict[str, set[str]] = {}
    count = 0
    for kind, address in types.items():
        looker.goto(home + address)
        for mode in MODES:
            put_mode(looker, mode)
            for least, what in ((TEXT, "texts"), (EDGE, "edges")):
                found = looker.evaluate(f"look.{what}()")
                count += len(found)
                for ratio, name in found:
                    if ratio < least:
                        bad.setdefault(f"{mode}: {name} {ratio:.2f} < {least}", set()).add(kind)
    assert count > 1000
    assert not bad, "\n".join(f"{what}: {', '.join(sorted(kinds)[:3])}" for what, kinds in sorted(bad.items()))
