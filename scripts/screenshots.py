"""Takes a picture of every page type of a built site at 1280 and 320 px.

Run: python -m scripts.screenshots PUBLIC OUT (`make screenshots`); needs Playwright and a Chromium on the system.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

WIDTHS = (1280, 320)


def page_types(public: Path) -> dict[str, Path]:
    """Return one built page of each kind, by a name for its picture."""
    found = {
        "home": public / "index.html",
        "guide": public / "zn/index.html",
        "list": public / "zd/index.html",
        "directory": public / "fdzdgknr/index.html",
        "agency": public / "sljg/index.html",
        "on-request": public / "ysqgk/index.html",
        "catalogue": public / "bzh/index.html",
        "site-map": public / "wzdt.html",
        "not-found": public / "404.html",
    }
    documents = sorted((public / "wj").rglob("*.html"))
    found |= {f"document-{file.parent.name}-{file.stem}": file for file in documents[:: max(1, len(documents) // 4)]}
    for name, mark in (("document-ended", "notice-ended"), ("document-files", "data-file")):
        file = next((file for file in documents if mark in file.read_text("utf-8")), None)
        if file:
            found[name] = file
    return {name: file for name, file in found.items() if file.is_file()}


def shoot(public: Path, out: Path) -> list[Path]:
    """Take the pictures and return their files."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    made = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 568 if width == 320 else 900})
            for name, file in page_types(public).items():
                page.goto(file.resolve().as_uri())
                picture = out / f"{name}-{width}.png"
                page.screenshot(path=str(picture), full_page=True)
                made.append(picture)
        browser.close()
    return made


if __name__ == "__main__":
    for picture in shoot(Path(sys.argv[1]), Path(sys.argv[2])):
        print(picture)
