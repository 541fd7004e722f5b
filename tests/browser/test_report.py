"""The page of findings for editors, in a browser: accessible, whole on a phone, and alone."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from build_site.checks.emit.html import report
from build_site.model.file_card import FileCard
from build_site.model.finding import Lang
from build_site.model.text import Location
from tests.support.browser import REQUIRED
from tests.support.reports import diagnostic, report_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = REQUIRED
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONG = "a" * 300


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_report_can_be_read(
    width: int, scheme: Literal["light", "dark"], lang: Lang, browser: Browser, tmp_path: Path
) -> None:
    """Axe finds nothing, nothing stands over the edge, and no other file is asked for."""
    found = [
        diagnostic(),
        diagnostic(Location("content/zd/a.md", 9, 1, 2), "SRC109", message=LONG),
        diagnostic(Location(f"content/zd/{LONG}.md", 3, 100)),
        diagnostic(Location("catalog.yaml", 5, 1)),
    ]
    cards = {"content/zd/a.md": FileCard("关于公布联络员名单的通知", "办公室")}
    page_file = tmp_path / "report.html"
    page_file.write_text(report(report_of(*found, lang=lang, cards=cards, counts={"pages": 3})), "utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    verdict: dict[str, Any] = page.evaluate(
        """tags => axe.run(document, {runOnly: tags, rules: {'target-size': {enabled: true}}, preload: false}).then(
            ({violations, incomplete, passes}) => ({
                bad: [...violations, ...incomplete].map(one => [one.id, ...one.nodes.map(node => node.html)]),
                put: passes.map(one => one.id),
            }))""",
        TAGS,
    )
    assert verdict["bad"] == []
    assert {"color-contrast", "heading-order", "landmark-one-main", "region"} <= set(verdict["put"])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [page_file.as_uri()]
    context.close()
