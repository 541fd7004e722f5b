"""A day of mourning: the whole site without colour, and only on that day."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.robust.sandbox import AS_OF
from tests.support.browser import REQUIRED, built, put_mode

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = REQUIRED
PAGES = ("index.html", "zd/index.html", "ysqgk/index.html", "404.html")


def _switch(folder: Path, day: str) -> Path:
    """Build the sample site, whose mourning is on one day, for the fixed day of the tests."""
    span = f"  mourning:\n    - {{starts: {day}, ends: {day}, occasion: 测试}}\n"
    return built(folder, [("  page_size: 20\n", "  page_size: 20\n" + span)])


def _colour(page: Page, blank: Page) -> int:
    """Return by how much red, green and blue differ in the most colourful point of the screen."""
    picture = base64.b64encode(page.screenshot()).decode()
    found: int = blank.evaluate(
        """async data => {
            const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
            const image = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
            const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
            canvas.drawImage(image, 0, 0);
            const points = canvas.getImageData(0, 0, image.width, image.height).data;
            let most = 0;
            for (let n = 0; n < points.length; n += 4)
                most = Math.max(most, Math.max(points[n], points[n + 1], points[n + 2])
                    - Math.min(points[n], points[n + 1], points[n + 2]));
            return most;
        }""",
        picture,
    )
    return found


@pytest.mark.parametrize(("day", "grey"), [(AS_OF, True), ("2026-11-19", False)], ids=["on the day", "the day after"])
def test_the_site_is_grey_on_the_day_alone(day: str, grey: bool, tmp_path: Path, context: BrowserContext) -> None:
    """Every point of the screen is a shade of grey, in dark mode too; the day after the colours are back by themselves."""
    public = _switch(tmp_path, day)
    page, blank = context.new_page(), context.new_page()
    for address in PAGES:
        page.goto((public / address).as_uri())
        for mode in ("normal", "dark"):
            if address == "404.html":  # its style sheet is found on a web server only: see what the page says
                assert ("mourning" in (page.locator("html").get_attribute("class") or "")) is grey
                continue
            put_mode(page, mode)
            colour = _colour(page, blank)
            assert (colour <= 2) is grey, (address, mode, colour)
