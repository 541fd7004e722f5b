"""The style sheet as it is served says to a browser what was written: nothing is lost or changed by making it small."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import pytest
import rcssmin

from build_site.rendering.stylesheet import Part, bundle
from build_site.rendering.theme_layers import find_theme, theme_names
from tests.robust.sandbox import ROOT

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
RULES = "Array.from(document.styleSheets).map(sheet => Array.from(sheet.cssRules).map(rule => rule.cssText))"


@pytest.mark.parametrize("theme", theme_names(ROOT / "none"))
def test_a_browser_reads_the_rules_that_were_written(
    theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chromium makes the same rules of the small sheet as of the parts in full."""
    from playwright.sync_api import sync_playwright

    folder, base = find_theme(tmp_path, theme), find_theme(tmp_path, "default")
    assert folder and base
    layers = tuple(dict.fromkeys((folder, base)))
    small, faults = bundle(Part(base, "static/site.css"), layers)
    assert faults == ()
    monkeypatch.setattr(rcssmin, "cssmin", lambda text: text)
    full, _ = bundle(Part(base, "static/site.css"), layers)
    assert len(small) < len(full) * 0.9
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for text in (full, small):
            page.add_style_tag(content=text.decode())
        written, served = page.evaluate(RULES)
        browser.close()
    assert len(written) > 100
    # the value of a custom property is kept as text, blanks after commas and all
    assert [re.sub(r",\s+", ",", rule) for rule in served] == [re.sub(r",\s+", ",", rule) for rule in written]
