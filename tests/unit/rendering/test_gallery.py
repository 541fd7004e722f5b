"""The gallery shows every component there is, in every theme, and is a page like any other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_site.rendering.gallery import gallery_page
from build_site.rendering.gallery_examples import EXAMPLES
from build_site.rendering.gallery_values import VALUES
from build_site.rendering.theme import load_theme
from build_site.rendering.theme_layers import program_themes
from tests.support.outline import outline

PARTS = program_themes() / "default/templates/parts"
FRAME = "frame"  # stands around every page, the gallery included
_MACRO = re.compile(r"\{%-? macro (\w+)\(")
_DOCUMENTED = re.compile(r"\{# (\w+): [^\n]+ #\}\n\{%-? macro (\w+)\(")


def macros(part: str) -> list[str]:
    return _MACRO.findall((PARTS / f"{part}.html").read_text("utf-8"))


def parts() -> list[str]:
    return sorted(file.stem for file in PARTS.glob("*.html") if file.stem != FRAME)


def test_every_macro_has_its_example() -> None:
    """A new component cannot be forgotten, nor an old one linger."""
    assert sorted((one.part, one.macro) for one in EXAMPLES) == sorted(
        (part, name) for part in parts() for name in macros(part)
    )


def test_every_example_calls_its_macro_and_every_value_is_used() -> None:
    calls = " ".join(one.call for one in EXAMPLES)
    for one in EXAMPLES:
        assert re.search(rf"\b{one.macro}\(", one.call), one.macro
        assert one.about
    assert [name for name in VALUES if not re.search(rf"\b{name}\b", calls)] == []


@pytest.mark.parametrize("part", parts())
def test_every_macro_says_in_a_line_what_it_is_for(part: str) -> None:
    text = (PARTS / f"{part}.html").read_text("utf-8")
    told = _DOCUMENTED.findall(text)
    assert [name for name, _ in told] == [name for _, name in told] == macros(part)


def test_every_macro_of_the_frame_stands_around_every_page() -> None:
    base = (PARTS.parent / "base.html").read_text("utf-8")
    text = (PARTS / f"{FRAME}.html").read_text("utf-8")
    for name in macros(FRAME):
        assert re.search(rf"\{{\{{ {name}\(", base + text), name


@pytest.mark.parametrize("theme", sorted(place.name for place in program_themes().iterdir()))
def test_the_gallery_is_a_well_formed_page(theme: str) -> None:
    html, fault = gallery_page(load_theme(Path("none"), theme))
    assert fault is None
    outline(html)
    assert html.count('<section class="section">\n<h2 class="part">') >= len(EXAMPLES)


def test_the_gallery_is_the_same_every_time() -> None:
    theme = load_theme(Path("none"))
    assert gallery_page(theme) == gallery_page(theme)
