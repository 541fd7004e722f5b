"""Accessibility as axe-core judges it: every type of page, in every mode, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.browser import MODES, REQUIRED, put_mode

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = REQUIRED
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
NARROW = ("normal", "large")
"""On a phone the other two modes differ in colour only, which the wide pages show."""

DECIDED = {"undecided: color-contrast"}
"""Axe gives up on gradients and on single characters; test_contrast.py computes every text, these included."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A window in which every page brings axe along; `add_init_script` is not subject to the page's own policy."""
    context = browser.new_context()
    context.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    yield context.new_page()
    context.close()


def _verdict(page: Page) -> dict[str, list[str]]:
    """Return what axe finds, and what it cannot decide: rule, then the elements."""
    answer: dict[str, Any] = page.evaluate(
        """tags => axe.run(document, {
            runOnly: tags, rules: {'target-size': {enabled: true}}, preload: false,
            resultTypes: ['violations', 'incomplete'],
        }).then(({violations, incomplete, passes, inapplicable}) => ({
            found: [...violations.map(one => ['', one]), ...incomplete.map(one => ['undecided: ', one])].map(
                ([word, one]) => [word + one.id, one.nodes.map(
                    node => node.html.slice(0, 150) + ' ' + [...node.any, ...node.all, ...node.none].map(
                        check => check.message).join(' ').slice(0, 250))]),
            asked: [...violations, ...incomplete, ...passes, ...inapplicable].map(one => one.id),
        }))""",
        list(TAGS),
    )
    # Three rules that must have been put: if axe renames its tags, nothing would be found any more.
    assert {"color-contrast", "target-size", "landmark-one-main"} <= set(answer["asked"])
    return dict(answer["found"])


@pytest.mark.parametrize(("width", "modes"), [(1280, tuple(MODES)), (320, NARROW)], ids=["1280", "320"])
def test_axe_finds_nothing(width: int, modes: tuple[str, ...], home: str, types: dict[str, str], page: Page) -> None:
    """No violation of WCAG 2.2 A and AA or of axe's best practice in any mode, and nothing that it leaves undecided."""
    page.set_viewport_size({"width": width, "height": 900 if width > 320 else 568})
    bad: dict[str, set[str]] = {}
    for kind, address in types.items():
        page.goto(home + address)
        for mode in modes:
            put_mode(page, mode)
            for rule, elements in _verdict(page).items():
                for element in [] if rule in DECIDED else elements:
                    bad.setdefault(f"{mode}: {rule}: {element}", set()).add(kind)
    assert not bad, "\n".join(
        f"{what}\n    on {len(kinds)}: {', '.join(sorted(kinds)[:5])}" for what, kinds in bad.items()
    )
