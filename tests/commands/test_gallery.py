"""`build-site theme gallery` as people run it: the page, its style, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.robust.sandbox import CATALOGUE, Result, make_site, no_crash, run, tree


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site outside of this checkout, with the default theme."""
    return make_site(tmp_path / "site")


def gallery(site: Path, *words: str | Path) -> Result:
    result = run("theme", "gallery", "--site", site, *words)
    no_crash(result)
    return result


def test_the_page_and_what_it_needs_are_written(site: Path, tmp_path: Path) -> None:
    """The page stands alone with its style sheet, and is the same when it is made again."""
    out = tmp_path / "shown"
    result = gallery(site, "--out", out)
    assert result.code == 0 and "组件一览已写到" in result.err
    html = (out / "index.html").read_text("utf-8")
    first = tree(out)
    style = next(path for path in first if path.startswith("assets/site-") and path.endswith(".css"))
    assert f'href="{style}"' in html
    assert "document_list" in html
    assert gallery(site, "--out", out).code == 0
    assert tree(out) == first


def test_it_lies_beside_the_site_by_default(site: Path) -> None:
    assert gallery(site, "--lang", "en").code == 0
    assert (site / "gallery/index.html").is_file()


def test_the_theme_of_the_site_is_shown(site: Path, tmp_path: Path) -> None:
    """A part that the site's own layer changes looks changed."""
    part = site / "themes/site/templates/parts/marks.html"
    part.parent.mkdir(parents=True)
    whole = (Path(__file__).parents[2] / "themes/default/templates/parts/marks.html").read_text("utf-8")
    part.write_text(whole.replace('<p class="empty">', '<p class="ours">'), "utf-8")
    (site / "catalog.yaml").write_text(CATALOGUE.replace("site:\n", "site:\n  theme: plain\n"), "utf-8")
    assert gallery(site, "--out", tmp_path / "shown").code == 0
    html = (tmp_path / "shown/index.html").read_text("utf-8")
    assert '<p class="ours">' in html


def test_a_component_that_fails_is_a_finding(site: Path, tmp_path: Path) -> None:
    """With the line of the part; nothing is written."""
    part = site / "themes/site/templates/parts/search.html"
    part.parent.mkdir(parents=True)
    part.write_text("{% macro search_form(target, id='find') %}\n{{ target.titel }}{% endmacro %}", "utf-8")
    result = gallery(site, "--out", tmp_path / "shown")
    assert result.code == 1
    assert "themes/site/templates/parts/search.html:2: 必须修改 THM101" in result.out
    assert not (tmp_path / "shown").exists()


def test_a_folder_of_others_is_left_alone(site: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("x")
    result = gallery(site, "--out", tmp_path / "mine")
    assert result.code == 2
    assert tree(tmp_path / "mine").keys() == {"letter.txt"}


def test_a_site_without_catalogue_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert gallery(tmp_path / "site").code == 2
