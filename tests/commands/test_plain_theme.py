"""The second theme: the sample site is whole in it, and looks different."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from build_site.rendering.theme_layers import program_themes
from tests.robust.sandbox import AS_OF, ROOT, run


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The output of the repository's own content in each theme."""
    found = {}
    for theme in ("default", "plain"):
        site = tmp_path_factory.mktemp("site") / theme
        shutil.copytree(ROOT / "content", site / "content")
        text = (ROOT / "catalog.yaml").read_text("utf-8")
        changed, count = re.subn(r"^(网站|site):$", rf"\1:\n  theme: {theme}", text, count=1, flags=re.MULTILINE)
        assert count == 1
        (site / "catalog.yaml").write_text(changed, "utf-8")
        shutil.copy(ROOT / "urls.lock", site / "urls.lock")
        built = run("build", "--site", site, "--as-of", AS_OF, "--fail-on", "warning")
        assert built.code == 0, built.all
        found[theme] = site / "public"
    return found


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
    """No band of colour and no dark red: the tokens come last and win."""
    (sheet,) = (sites["plain"] / "assets").glob("site-*.css")
    text = sheet.read_text("utf-8")
    (default,) = (sites["default"] / "assets").glob("site-*.css")
    for token in ("brand", "band", "link"):
        values = re.findall(rf"--{token}:([^;}}]+)", text)
        before = re.findall(rf"--{token}:([^;}}]+)", default.read_text("utf-8"))
        assert values[:2] != before[:2] and values[0] == before[0] != values[1], token


def test_it_copies_nothing() -> None:
    """Every part of it begins with the part below: what the default theme mends is mended here too."""
    parts = sorted((program_themes() / "plain/css").glob("*.css"))
    assert parts
    for part in parts:
        assert f'\n@import "default/css/{part.name}";\n' in part.read_text("utf-8"), part.name
        assert (program_themes() / "default/css" / part.name).is_file()
    assert len(b"".join(part.read_bytes() for part in parts)) < 5000
