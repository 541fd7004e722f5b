"""The colours of a theme, recomputed from its style sheet as it is published: no browser, the formula of WCAG 2.2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

MODES = {"normal": ":root", "dark": "[data-scheme=dark]", "contrast": "[data-contrast=high]"}
TEXT = (
    *((ink, ground) for ink in ("ink", "ink2", "link", "visited", "hover") for ground in ("paper", "ground")),
    ("on-band", "band"),
    ("on-focus", "focus"),
    ("good", "good-bg"),
    ("warn", "warn-bg"),
    ("brand", "bad-bg"),
    ("link", "info-bg"),
    ("off", "off-bg"),
)
"""Letters and what they stand on: 4.5 (1.4.3), in high contrast 7 (1.4.6)."""
SHAPES = (("edge", "paper"), ("edge", "ground"), ("brand", "paper"), ("chart-b", "paper"))
"""Edges of controls, marks of the current entry, bars: 3 (1.4.11)."""
DECORATION = {"line", "under"}
"""Hairlines and the line below a link that is underlined anyway: they tell nothing that words do not tell."""
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}$")


@pytest.fixture(scope="module")
def tokens(public: Path) -> dict[str, dict[str, str]]:
    """The custom properties of each mode, those it leaves as they are included."""
    (file,) = (public / "assets").glob("site-*.css")
    text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    # Paper is white; what prefers-contrast and forced-colors change is the system's choice; narrow screens change no colour.
    text = re.sub(r"@media[^{]*(?:print|prefers|forced|max-width)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
    found: dict[str, dict[str, str]] = {}
    for mode, selector in MODES.items():
        blocks = re.findall(r"(?:^|[{},;\s])" + re.escape(selector) + r"\s*\{([^{}]*)\}", text)
        own = dict(re.findall(r"--([\w-]+)\s*:\s*([^;]+?)\s*(?:;|$)", ";".join(blocks)))
        found[mode] = found.get("normal", {}) | own
    return found


def _value(mode: dict[str, str], name: str) -> tuple[float, float, float]:
    """Return a colour as three numbers up to 1, through however many `var()`."""
    text = mode[name]
    while found := re.fullmatch(r"var\(--([\w-]+)\)", text):
        text = mode[found[1]]
    assert COLOUR.match(text), f"--{name}: {text} is no plain colour"
    digits = text[1:] if len(text) > 5 else "".join(letter * 2 for letter in text[1:])
    assert len(digits) == 6, f"--{name}: {text} lets something through"
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def _light(colour: tuple[float, float, float]) -> float:
    """Relative luminance."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(mode: dict[str, str], one: str, other: str) -> float:
    """Contrast ratio of two custom properties."""
    low, high = sorted((_light(_value(mode, one)), _light(_value(mode, other))))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_is_that_of_wcag() -> None:
    """Black on white is 21:1; #767676 is the lightest grey that passes on white, #777 does not."""
    mode = {"a": "#000", "b": "#ffffff", "c": "#767676", "d": "#777", "e": "var(--a)"}
    assert ratio(mode, "a", "b") == pytest.approx(21)
    assert ratio(mode, "e", "b") == pytest.approx(21)
    assert ratio(mode, "c", "b") >= 4.5 > ratio(mode, "d", "b")


@pytest.mark.parametrize("mode", MODES)
def test_every_pair_of_colours_stands_out(mode: str, tokens: dict[str, dict[str, str]]) -> None:
    """Letters reach 4.5:1 on every ground they stand on, shapes 3:1; high contrast means 7:1 at the least."""
    colours = tokens[mode]
    assert mode == "normal" or colours != tokens["normal"]
    letters = 7 if mode == "contrast" else 4.5
    # In high contrast marks are an outline and a word in the colour of the text: they use none of their own colours.
    pairs = [pair for pair in TEXT if mode != "contrast" or not pair[1].endswith("-bg")]
    bad = {pair: round(found, 2) for pair in pairs if (found := ratio(colours, *pair)) < letters}
    bad |= {pair: round(found, 2) for pair in SHAPES if (found := ratio(colours, *pair)) < 3}
    assert bad == {}


def test_every_colour_is_judged(tokens: dict[str, dict[str, str]]) -> None:
    """A colour that joins the style sheet is named here, in a pair or as decoration."""
    names = {name for name, value in tokens["normal"].items() if COLOUR.match(value)}
    judged = {name for pair in TEXT + SHAPES for name in pair} | DECORATION
    assert names >= {"ink", "paper", "link", "brand"}
    assert names <= judged, f"not judged: {sorted(names - judged)}"
