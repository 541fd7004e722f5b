"""The second theme: the sample site is whole in it, and looks different."""

from __future__ import annotations

import re
from pathlib import Path

from build_site.rendering.theme_layers import program_themes


def test_the_same_pages_in_another_look(sites: dict[str, Path]) -> None:
    """Addresses and texts are the same; the masthead and the style sheet are not."""
    pages = {
        theme: {file.relative_to(public).as_posix(): file.read_text("utf-8") for file in public.rglob("*.html")}
        for theme, public in sites.items()
    }
    assert set(pages["default"]) == set(pages["plain"])
    inside = re.compile(r"<main.*</main>", re.DOTALL)
    for address, html in pages["default"].items():
        other = pages["plain"][address]
        assert inside.findall(html) == inside.findall(other), address
    assert all("site-" not in html or html != pages["plain"][address] for address, html in pages["default"].items())
    home = pages["plain"]["index.html"]
    assert home.index('class="brand') < home.index('class="identity"')
    first = pages["default"]["index.html"]
    assert first.index('class="brand') > first.index('class="identity"')


def test_its_colours_are_its_own(sites: dict[str, Path]) -> None:
    """No band of colour and no dark red; every name that other parts may use has a value."""
    found = {}
    for theme, public in sites.items():
        (sheet,) = (public / "assets").glob("site-*.css")
        found[theme] = dict(re.findall(r"--([\w-]+):([^;}]+)", re.sub(r"@media.*", "", sheet.read_text("utf-8"))))
    assert set(found["plain"]) >= set(found["default"])
    for token in ("brand", "band", "link", "ground"):
        assert found["plain"][token] != found["default"][token], token


REPLACED = {"masthead.css", "sheet.css", "tokens.css"}
"""What makes its look: another masthead, another arrangement, another palette."""


def test_it_copies_nothing() -> None:
    """Its other parts begin with the part below: what the default theme mends is mended here too."""
    parts = {part.name: part.read_text("utf-8") for part in (program_themes() / "plain/css").glob("*.css")}
    below = program_themes() / "default/css"
    assert all((below / name).is_file() for name in parts)
    assert {name for name, text in parts.items() if f'\n@import "default/css/{name}";\n' not in text} == REPLACED
    assert sum(map(len, parts.values())) < 5000
