"""Takes a picture of every page type of a built site at 1280 and 320 px.

Run: python -m scripts.screenshots PUBLIC OUT [MODE …] (`make screenshots`); needs Playwright and a Chromium on the system.
A mode is `large`, `contrast` or `dark`; without one the pages are taken as they come.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.page_types import page_types

WIDTHS = {1280: 900, 320: 568}
MODES = {"normal": "", "large": "size=large", "contrast": "contrast=high", "dark": "scheme=dark"}


def shoot(public: Path, out: Path, modes: Sequence[str] = ("normal",)) -> list[Path]:
    """Take the pictures and return their files; old pictures in `out` go first."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    made = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        for width, height in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for name, file in page_types(public).items():
                page.goto(file.resolve().as_uri())
                for mode in modes:
                    attribute, _, value = MODES[mode].partition("=")
                    if attribute:
                        page.evaluate(
                            "([name, value]) => { document.documentElement.dataset[name] = value }", [attribute, value]
                        )
                    picture = out / (f"{name}-{width}.png" if mode == "normal" else f"{name}-{width}-{mode}.png")
                    page.screenshot(path=str(picture), full_page=True)
                    made.append(picture)
                    if attribute:
                        page.evaluate("name => { delete document.documentElement.dataset[name] }", attribute)
        browser.close()
    return made


if __name__ == "__main__":
    for picture in shoot(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or ("normal",)):
        print(picture)
