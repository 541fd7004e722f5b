from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from build_site.rendering.chart_text import FIT, number, width, wrap
from build_site.rendering.charts import Series, Step, bar_chart, process_chart, summary

YEARS = ("2024年", "2025年", "2026年")
STEPS = (
    Step("提出申请", "", "信函、当面、网上"),
    Step("征求第三方意见", "15个工作日内", "所需时间不计入答复期限", aside=True),
    Step("作出答复", "20个工作日内"),
)


def one(*values: int | float | None, labels: tuple[str, ...] = YEARS, unit: str = "件") -> str:
    return bar_chart("k", "题", "述", labels, (Series("受理", values),), unit)


def tree(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def bars(html: str) -> list[float]:
    """The widths of the bars in percent, from top to bottom."""
    found = sorted((float(rect.attrib["y"][:-2]), rect.attrib["width"]) for rect in tree(html).iter("rect"))
    return [float(wide.removesuffix("%")) for _, wide in found]


def words(html: str, css: str) -> list[str]:
    return [text.text or "" for text in tree(html).iter("text") if text.get("class") == css]


def test_bars_are_proportional_and_all_are_named() -> None:
    """The highest fills its space, the others their share of it; each has its value behind it."""
    html = one(50, 200, 100)
    assert bars(html) == [25, 100, 50]
    assert words(html, "val") == ["50件", "200件", "100件"]
    assert words(html, "label") == list(YEARS)


def test_a_bar_leaves_the_same_em_for_words_whatever_its_share() -> None:
    """A bar begins as many em before the zero line as its share of the space for words, and is cut there."""
    rects = {rect.attrib["width"]: rect.attrib["x"] for rect in tree(one(50, 200, 100)).iter("rect")}
    kept = -float(rects["100%"][:-2])
    assert kept > width("200件")
    assert {share: -float(x[:-2]) for share, x in rects.items()} == pytest.approx(
        {"100%": kept, "50%": kept / 2, "25%": kept / 4}, abs=0.001
    )
    assert {svg.get("overflow") for svg in tree(one(50, 200, 100)).iter("svg") if svg.find("rect") is not None} == {
        "hidden"
    }


def test_zero_and_unknown_differ() -> None:
    """Zero is a number; what is unknown has a dashed line and says so."""
    html = one(0, None, 4)
    assert words(html, "val") == ["0件", "无数据", "4件"]
    assert bars(html) == [100]
    assert len([line for line in tree(html).iter("line") if line.get("class") == "gap"]) == 1
    assert words(one(0, math.nan, math.inf), "val") == ["0件", "无数据", "无数据"]


def test_only_zeros_are_a_chart() -> None:
    """That nothing happened is a fact; no division by it."""
    assert words(one(0, 0, 0), "val") == ["0件"] * 3
    assert bars(one(0, 0, 0)) == []


@pytest.mark.parametrize(
    "html",
    [
        one(None, None, None),
        one(labels=()),
        bar_chart("k", "题", "述", YEARS, (), "件"),
        bar_chart("k", "题", "述", YEARS, (Series("a", (None,) * 3), Series("b", (math.nan,) * 3))),
        process_chart("k", "题", "述", ()),
    ],
)
def test_nothing_to_show_is_no_chart(html: str) -> None:
    """Templates show nothing then."""
    assert html == ""


def test_a_series_that_does_not_fit_the_labels_is_refused() -> None:
    """A number must not slip to another year."""
    with pytest.raises(ValueError, match="2 values for 3 labels: 受理"):
        one(1, 2)


def test_negative_numbers_go_the_other_way() -> None:
    """They are mirrored at the zero line, which moves from the left edge; shares are of the whole span."""
    html = one(-50, 150, 0)
    assert bars(html) == [25, 75]
    assert words(html, "val") == ["-50件", "150件", "0件"]
    mirrored = tree(html).find(".//g[@transform='scale(-1 1)']")
    assert mirrored is not None
    assert [rect.attrib["width"] for rect in mirrored.iter("rect")] == ["25%"]
    assert tree(html).find(".//svg[@x='25%']") is not None
    assert "scale(-1" not in one(50, 150, 0)
    assert bars(one(-1, -2, -4)) == [25, 50, 100]


def test_several_series_are_told_apart_by_name_and_by_fill() -> None:
    """Every bar says whose it is; colour is not needed."""
    series = (Series("受理", (1, 2, 3)), Series("公开", (1, 1, None)), Series("其他", (0, 1, 1)))
    html = bar_chart("k", "题", "述", YEARS, series, "件")
    assert words(html, "val")[:6] == ["受理 1件", "公开 1件", "其他 0件", "受理 2件", "公开 1件", "其他 1件"]
    fills = {rect.attrib["class"]: rect.get("fill-opacity") for rect in tree(html).iter("rect")}
    assert fills == {"bar bar-a": ".75", "bar bar-b": ".35", "bar bar-c": "0"}


def test_words_too_long_for_the_end_stand_above_the_bar() -> None:
    """Then bars have the whole width, and the words are broken rather than cut: before the number, not in the name."""
    series = (Series("行政规范性文件制发数量", (1000.25, 20, None)), Series("受理", (1, 2, 0)))
    html = bar_chart("k", "题", "述", YEARS, series, "件次")
    told = words(html, "val")
    assert told[:2] == ["行政规范性文件制发数量", "1000.25件次"]
    assert told[-3:] == ["行政规范性文件制发数量", "无数据", "受理 0件次"]
    assert all(width(line) <= FIT for line in told)
    assert {text.get("x") for text in tree(html).iter("text")} == {"0"}


def test_short_labels_stand_beside_the_bars_and_long_ones_above() -> None:
    """Years save a line each; names of columns get lines of their own."""
    long = ("行政规范性文件和其他政策文件", "机构职能", "规划")
    assert _height(one(1, 2, 3)) < _height(one(1, 2, 3, labels=("一二三四五六七八", "一", "二")))
    lines = words(one(1, 2, 3, labels=long), "label")
    assert "".join(lines) == "".join(long)
    assert len(lines) == 4


def _height(html: str) -> float:
    return float(tree(html)[0].attrib["height"].removesuffix("em"))


HOSTILE = '<b onload="x">&"\''


@pytest.mark.parametrize(
    "html",
    [
        bar_chart("k", HOSTILE, HOSTILE, (HOSTILE, "b"), (Series(HOSTILE, (1, 2)), Series("b", (-1, None))), HOSTILE),
        process_chart("k", HOSTILE, HOSTILE, (Step(HOSTILE, HOSTILE, HOSTILE), Step("a", "", aside=True))),
    ],
)
def test_everything_is_escaped_and_nothing_runs(html: str) -> None:
    """Well-formed, without style, handlers or scripts, so the strict Content-Security-Policy lets it pass."""
    elements = list(tree(html).iter())
    assert {element.tag for element in elements} <= {"div", "svg", "title", "desc", "text", "rect", "line", "g"}
    names = {name for element in elements for name in element.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on") or "href" in name]
    texts = "".join(re.sub(r"\s", "", element.text or "") for element in elements)
    assert texts.count(re.sub(r"\s", "", HOSTILE)) >= 2


@pytest.mark.parametrize(
    "make",
    [
        lambda key: bar_chart(key, "题", "述", ("a",), (Series("", (1,)),)),
        lambda key: process_chart(key, "题", "述", STEPS),
    ],
)
def test_a_chart_has_a_name_and_ids_of_its_own(make: object) -> None:
    """Title and description name it; two charts with two keys share no id; what is no id is refused."""
    assert callable(make)
    page = tree(make("a") + make("b-2"))
    ids = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
    assert ids == ["a-t", "a-d", "b-2-t", "b-2-d"]
    for svg in page:
        assert svg.attrib["role"] == "img"
        assert "viewBox" not in svg.attrib
        named = [page.find(f".//*[@id='{key}']") for key in svg.attrib["aria-labelledby"].split()]
        assert [found.text for found in named if found is not None] == ["题", "述"]
    for bad in ("", "a b", "1", 'a"', "-a"):
        with pytest.raises(ValueError, match="not the beginning of an id"):
            make(bad)


def test_steps_stand_below_each_other_with_their_limits() -> None:
    """One box for each, those aside indented and dashed; every limit is marked, a step without one has no mark."""
    html = process_chart("k", "题", "述", STEPS)
    boxes = [rect for rect in tree(html).iter("rect") if "box" in rect.attrib["class"].split()]
    tops = [float(box.attrib["y"][:-2]) for box in boxes]
    ends = [float(box.attrib["y"][:-2]) + float(box.attrib["height"][:-2]) for box in boxes]
    assert all(end < top for end, top in zip(ends, tops[1:], strict=False))
    assert ends[-1] == _height(html)
    assert ["stroke-dasharray" in box.attrib for box in boxes] == [False, True, False]
    assert [box.attrib["x"] for box in boxes] == ["0.5%", "8%", "0.5%"]
    assert words(html, "step") == [step.title for step in STEPS]
    assert words(html, "limit") == ["15个工作日内", "20个工作日内"]
    assert len([rect for rect in tree(html).iter("rect") if rect.attrib["class"] == "limit"]) == 2


@pytest.mark.parametrize("aside", [(True,), (True, False), (False, True), (False, True, True, False)])
def test_arrows_lead_from_box_to_box(aside: tuple[bool, ...]) -> None:
    """Every arrow's head lies on the box it points to; the first step has none unless it is aside."""
    html = process_chart("k", "题", "述", tuple(Step("一", "", aside=one) for one in aside))
    heads = [svg.attrib["x"] for svg in tree(html)[0].iter("svg") if "x" in svg.attrib]
    assert heads == ["8%" if one else "4%" for at, one in enumerate(aside) if one or at]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-0.001, "0"),
        (12, "12"),
        (100, "100"),
        (1234567, "1234567"),
        (1.5, "1.5"),
        (1.005, "1.01"),
        (2.675, "2.68"),
        (99.999, "100"),
        (-3.14159, "-3.14"),
        (1e21, "1" + "0" * 21),
        (10**40, "1" + "0" * 40),
    ],
)
def test_numbers(value: float, text: str) -> None:
    """Two decimals at most, rounded as people round, no zeros at the end, no exponents."""
    assert number(value) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("机构职能", ("机构职能",)),
        ("政府信息公开工作年度报告", ("政府信息公开", "工作年度报告")),
        ("一二三四五六七八九十一、二", ("一二三四五六七", "八九十一、二")),
        ("一二三四五六七八九十（一二", ("一二三四五六七", "八九十（一二")),
        ("所需时间\u200b不计入本条规定的期限", ("所需时间\u200b", "不计入本条规定的期限")),
        ("自收到申请之日起20个工作日内予以答复", ("自收到申请之日起", "20个工作日内予以答复")),
        ("a" * 30, ("a" * 15,) * 2),
    ],
)
def test_lines(text: str, lines: tuple[str, ...]) -> None:
    """Evenly long; marks and figures stay where they belong; a hint is heeded."""
    found = wrap(text, FIT)
    assert "".join(found).replace("\u200b", "") == text.replace("\u200b", "")
    assert [line.replace("\u200b", "") for line in found] == [line.replace("\u200b", "") for line in lines]


@pytest.mark.parametrize(
    ("series", "sentence"),
    [
        ((Series("受理", (120, 180, 150)),), "2024年120件，2026年150件，最高为2025年（180件）。"),
        ((Series("受理", (180, None, 180)),), "2024年180件，2026年180件，各项相同，1项无数据。"),
        ((Series("受理", (3, 1, 3)),), "2024年3件，2026年3件，最高为2024年、2026年（3件）。"),
        ((Series("受理", (None, 0.5, None)),), "2025年0.5件，2项无数据。"),
        ((Series("受理", (None, math.nan, None)),), ""),
        (
            (Series("受理", (1, 2, 3)), Series("公开", (None, None, None))),
            "受理：2024年1件，2026年3件，最高为2026年（3件）；公开：无数据。",
        ),
        ((), ""),
    ],
)
def test_summary(series: tuple[Series, ...], sentence: str) -> None:
    """First, last, highest, what is missing; one sentence."""
    assert summary(YEARS, series, "件") == sentence
