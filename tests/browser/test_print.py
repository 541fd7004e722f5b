"""Paper: the grid of an official document (GB/T 9704: A4, 22 lines of 28 characters), counted in the PDF that Chromium prints."""

from __future__ import annotations

import io
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pypdf import PageObject, PdfReader

from tests.robust.sandbox import build, make_site, notice, page_of
from tests.support.browser import REQUIRED, overflow, put_mode

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = REQUIRED
POINT = 72 / 25.4
"""Points in a millimetre."""
LETTER = 156 / 28 * POINT
"""Width of a character: the type area is 156 mm wide."""
PITCH = 225 / 22 * POINT
"""From line to line: the type area is 225 mm high."""


def _printed(page: Page) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def _lines(sheet: PageObject) -> list[tuple[float, float, str]]:
    """Return the lines of a sheet from top to bottom: height of the base line above the lower edge, left end, text."""
    rows: dict[float, list[tuple[float, str]]] = defaultdict(list)

    def visit(text: str, outer: list[float], inner: list[float], *_: Any) -> None:
        if text.strip():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            rows[round(y, 1)].append((x, text.strip("\n")))

    sheet.extract_text(visitor_text=visit)
    return [
        (y, min(x for x, _ in row), "".join(text for _, text in row)) for y, row in sorted(rows.items(), reverse=True)
    ]


def test_a_filled_sheet_has_22_lines_of_28_characters(tmp_path: Path, context: BrowserContext) -> None:
    """A text of Chinese characters only fills every sheet but the first and the last with exactly 22 lines of exactly 28."""
    text = "政府信息公开应当坚持以公开为常态不公开为例外遵循公正公平合法便民的原则" * 60
    site = make_site(tmp_path / "site")
    (site / "content/zd/long.md").write_text(notice(2, body=f"{text}\n\n{text}"), "utf-8")
    result = build(site)
    assert result.code == 0, result.all
    page = context.new_page()
    for mode in ("normal", "large", "contrast", "dark"):
        page.goto((site / "public" / page_of(2)).as_uri())
        put_mode(page, mode)
        sheets = _printed(page)
        assert len(sheets) >= 7, mode
        for sheet in sheets:
            assert [round(float(side) / POINT) for side in sheet.mediabox[2:]] == [210, 297]
        for sheet in sheets[1:-1]:
            lines = _lines(sheet)
            assert len(lines) == 22, mode
            # The last line of a paragraph and the first, which is indented by two, are shorter.
            short = [len(line) for _, _, line in lines if len(line) != 28]
            assert len(short) <= 2 and all(count < 28 for count in short), (mode, short)
            assert sum(len(line) == 28 for _, _, line in lines) >= 20, mode
            for (upper, _, _), (lower, _, _) in pairwise(lines):
                assert abs(upper - lower - PITCH) < 0.5, mode
            assert abs(min(left for _, left, _ in lines) - 28 * POINT) < 1, mode
            # All of it lies in the type area: 37 mm above it, 35 mm below it.
            assert lines[0][0] < (297 - 37) * POINT and lines[-1][0] > 35 * POINT, mode


def test_every_type_fits_on_paper(home: str, types: dict[str, str], context: BrowserContext) -> None:
    """As printed, nothing is wider than the type area; no navigation, tools or buttons; the sample notice and the address stay."""
    page = context.new_page()
    page.emulate_media(media="print")
    bad = {}
    for kind, address in types.items():
        page.set_viewport_size({"width": round(156 * POINT / 0.75), "height": 850})
        page.goto(home + address)
        if page.evaluate(
            "[...document.querySelectorAll('body, main')].some(one => getComputedStyle(one).page === 'broad')"
        ):
            page.set_viewport_size({"width": round(267 * POINT / 0.75), "height": 640})
        text = page.locator("body").inner_text()
        if found := overflow(page):
            bad[kind] = found
        assert f"/zfxxgk/{address}" in text and "示例站点" in text, kind
        frame = page.locator(
            ".skip:visible, .tools:visible, .nav:visible, .crumbs:visible, button:visible, input:visible"
        )
        assert frame.count() == 0, (kind, frame.first.evaluate("one => one.outerHTML")[:200])
    assert bad == {}
