"""Charts in a real browser: letters of the reader's size, at any width, that neither stick out nor lie on each other."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from build_site.rendering.charts import Series, Step, bar_chart, process_chart

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
# The window's width and the size of its letters: an office PC, a telephone, and the same in large mode.
SIZES = ((1280, 18), (1280, 24), (320, 18), (320, 24))

YEARS = tuple(f"{year}年" for year in range(2020, 2026))
VALUES = (120, 1, None, 1234, 0, 999.5)
NAMED = (
    Series("新收申请数", VALUES),
    Series("予以公开数", (60, 0, 3, None, 999, 1)),
    Series("不予公开数", (1, 2, 3, 4, 5, 6)),
)
LONG_NAMES = (
    Series("行政规范性文件现行有效件数", (12345.67, 1, None, 0, 5, 6)),
    Series("Workdays, 100% @ MW", VALUES),
)
COLUMNS = (
    "履行法定职责的依据、条件、程序及办理结果",
    "机构职能",
    "国民经济和社会发展规划及相关的政策",
    "《办法》（试行）",
    "行政许可",
    "WWWMMM.EXAMPLE.GOV.CN",
)
STEPS = (
    Step("不服答复的复议或者诉讼", "60日内申请行政复议", "信函、当面、网上、传真"),
    Step("申请内容不明确的应当告知", "7个工作日内", "答复期限自收到补正之日起重新计算", aside=True),
    Step("征求第三方意见", "15个工作日内", "", aside=True),
    Step("十二个汉字的标题正好这么长", "20个工作日内", ""),
)
CHARTS = {
    "years": bar_chart("c", "题", "述", YEARS, (Series("", VALUES),), "件"),
    "series": bar_chart("c", "题", "述", YEARS, NAMED, "件"),
    "long names": bar_chart("c", "题", "述", YEARS, LONG_NAMES, "件次"),
    "columns": bar_chart("c", "题", "述", COLUMNS, (Series("", VALUES),), "条"),
    "negative": bar_chart("c", "题", "述", YEARS, (Series("", (-120, 100, None, -0.5, 0, 34.25)),), "%"),
    "only negative": bar_chart("c", "题", "述", YEARS, (Series("", (-120, -100, -3, -1, 0, None)),), "件"),
    "process": process_chart("c", "题", "述", STEPS),
}

MEASURE = """() => {
    const box = (one) => { const r = one.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom] };
    const svg = document.querySelector('svg.chart');
    const all = (name) => [...svg.querySelectorAll(name)].map((one) => [one.textContent, box(one)]);
    return {
        svg: box(svg), texts: all('text'), bars: all('.bar'), axes: all('.axis'), boxes: all('.box'),
        letters: [...svg.querySelectorAll('text')].map((one) => parseFloat(getComputedStyle(one).fontSize)),
        page: document.documentElement.scrollWidth,
    };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium that cannot reach any network."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def measured(page: Page, chart: str, width: int, size: int) -> dict[str, Any]:
    """Show a chart alone, 16 px from each side, without any stylesheet for charts, and return where its parts are."""
    page.set_viewport_size({"width": width, "height": 568})
    page.set_content(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>body { margin: 0; padding: 16px;'
        f" font: {size}px/1.7 sans-serif }} svg.chart {{ display: block }}</style>{CHARTS[chart]}"
    )
    found: dict[str, Any] = page.evaluate(MEASURE)
    assert found["svg"][2] - found["svg"][0] == width - 32
    assert found["texts"]
    return found


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize(("width", "size"), SIZES)
def test_every_text_is_inside_and_apart(chart: str, width: int, size: int, page: Page) -> None:
    """No text sticks out of its chart, none lies on another, all have the size of the text around the chart."""
    found = measured(page, chart, width, size)
    left, top, right, bottom = found["svg"]
    texts = found["texts"]
    assert set(found["letters"]) == {size}
    assert found["page"] == width
    for text, (x1, y1, x2, y2) in texts:
        assert x1 >= left - 0.5 and x2 <= right + 0.5, (text, x1, x2)
        assert y1 >= top - 0.5 and y2 <= bottom + 0.5, (text, y1, y2)
        assert x2 - x1 > size / 3, text
    apart = [
        (one, other)
        for at, (one, a) in enumerate(texts)
        for other, b in texts[at + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
    ]
    assert apart == []


@pytest.mark.parametrize(("width", "size"), SIZES)
def test_bars_are_as_long_as_their_numbers_and_end_before_them(width: int, size: int, page: Page) -> None:
    """From the zero line to its end a bar is proportional to its number; the number follows, within the chart."""
    found = measured(page, "years", width, size)
    zero = found["axes"][0][1][0]
    ends = [box[2] for _, box in found["bars"]]
    known = [value for value in VALUES if value]
    longest = max(ends) - zero
    assert longest > 3.5 * size
    assert [(end - zero) / longest for end in ends] == pytest.approx([value / 1234 for value in known], abs=0.01)
    told = dict(found["texts"])
    for value, end in zip(known, ends, strict=True):
        assert 0 < told[f"{value}件"][0] - end < size, value


@pytest.mark.parametrize(("width", "size"), SIZES)
def test_bars_below_zero_begin_at_the_zero_line(width: int, size: int, page: Page) -> None:
    """They reach from the zero line to the left, never out of the chart."""
    found = measured(page, "negative", width, size)
    zero = found["axes"][0][1][0]
    # What a bar has beyond the zero line is cut off, so only its other end counts.
    by_row = [box for _, box in sorted(found["bars"], key=lambda bar: bar[1][1])]
    ends = [zero - by_row[0][0], by_row[1][2] - zero, zero - by_row[2][0], by_row[3][2] - zero]
    assert [end / ends[1] for end in ends] == pytest.approx([1.2, 1, 0.005, 0.3425], abs=0.02)
    assert ends[0] > size and by_row[0][0] >= found["svg"][0] - 0.5


@pytest.mark.parametrize(("width", "size"), SIZES)
def test_boxes_hold_their_words(width: int, size: int, page: Page) -> None:
    """Every text of a process is inside one box, with room around it."""
    found = measured(page, "process", width, size)
    assert len(found["boxes"]) == len(STEPS)
    for text, (x1, y1, x2, y2) in found["texts"]:
        around = [box for _, box in found["boxes"] if box[0] < x1 and box[1] < y1 and box[2] > x2 and box[3] > y2]
        assert len(around) == 1, text


def test_a_bar_is_seen_where_it_was_reckoned(page: Page) -> None:
    """The colour at a bar's middle and left of the zero line: what is cut off is really not painted."""
    found = measured(page, "years", 320, 24)
    (left, _, _, _), (_, (_, top, end, bottom)) = found["svg"], max(found["bars"], key=lambda bar: bar[1][2])
    zero = found["axes"][0][1][0]
    middle = (top + bottom) / 2
    painted = page.evaluate(
        """([x, y]) => { const e = document.elementFromPoint(x, y); return e.getAttribute('class') || e.tagName }""",
        [(zero + end) / 2, middle],
    )
    cut = page.evaluate(
        """([x, y]) => { const e = document.elementFromPoint(x, y); return e.getAttribute('class') || e.tagName }""",
        [zero - 3, middle],
    )
    assert painted == "bar bar-a"
    assert left < zero - 3 and cut != "bar bar-a"
