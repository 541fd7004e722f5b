"""`build-site theme …` as people run it: what is there, which part is in use, a theme of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.robust.sandbox import CATALOGUE, HAN, Result, build, chinese_sentences, make_site, no_crash, run, tree


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site outside of this checkout, with the default theme."""
    return make_site(tmp_path / "site")


def put(site: Path, path: str, text: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, "utf-8")


def use(site: Path, name: str) -> None:
    put(site, "catalog.yaml", CATALOGUE.replace("site:\n", f"site:\n  theme: {name}\n"))


def theme(site: Path, command: str, *words: str) -> Result:
    result = run("theme", command, "--site", site, *words)
    no_crash(result)
    return result


def test_list_names_the_themes_and_the_one_in_use(site: Path) -> None:
    """Those of the program and of the site, with title and place; the layers from the top."""
    put(site, "themes/ours/theme.yaml", "标题: 本局主题\n下层主题: plain\n说明: 蓝的\n")
    put(site, "themes/site/static/a.txt", "a")
    result = theme(site, "list")
    assert result.code == 0 and not result.err
    default, ours, plain, layers = result.out.splitlines()
    assert default.startswith("✔ default ") and "公文纸 · 随程序提供" in default
    assert ours.startswith("  ours ") and ours.endswith("本局主题 · themes/ours · 蓝的")
    assert plain.startswith("  plain ")
    assert layers.endswith("themes/site → default")
    use(site, "ours")
    result = theme(site, "list")
    assert [line[0] for line in result.out.splitlines()[:3]] == [" ", "✔", " "]
    assert result.out.splitlines()[3].endswith("themes/site → ours → plain → default")


def test_list_in_english(site: Path) -> None:
    """Only titles and descriptions are in the language of the theme."""
    result = theme(site, "list", "--lang", "en")
    assert result.code == 0
    assert "comes with the program" in result.out
    assert "layers of this site, from the top: default" in result.out


def test_list_without_a_site(tmp_path: Path) -> None:
    """What the program brings along is shown anywhere."""
    result = theme(tmp_path, "list")
    assert result.code == 0
    assert "default" in result.out and "plain" in result.out and "✔" not in result.out
    assert "catalog.yaml" in result.err


@pytest.mark.parametrize("words", [("list",), ("which", "site.css")])
def test_a_broken_theme_is_told_as_by_check(site: Path, words: tuple[str, ...]) -> None:
    """The finding has its place; nothing is a crash."""
    use(site, "defualt")
    result = theme(site, *words)
    assert result.code == 1
    assert "catalog.yaml:2:10" in result.out and "THM102" in result.out and "是不是“default”" in result.out


@pytest.mark.parametrize("words", [("list",), ("which", "site.css")])
def test_a_catalogue_that_cannot_be_read(site: Path, words: tuple[str, ...]) -> None:
    """It is the catalogue that must be mended first."""
    put(site, "catalog.yaml", "site: [\n")
    result = theme(site, *words)
    assert result.code == 2
    assert "catalog.yaml:2" in result.out


def test_a_theme_with_a_broken_file_is_listed(site: Path) -> None:
    """One theme's mistake does not hide the others."""
    put(site, "themes/ours/theme.yaml", "标题: [\n")
    result = theme(site, "list")
    assert result.code == 0
    assert "theme.yaml 有错" in result.out and "公文纸" in result.out


@pytest.mark.parametrize(
    "part",
    [
        "parts/notice.html",
        "templates/parts/notice.html",
        "themes/default/templates/parts/notice.html",
        r"parts\notice.html",
    ],
)
def test_which_shows_the_layers_that_have_a_part(site: Path, part: str) -> None:
    """The topmost is marked; the paths can be opened."""
    put(site, "themes/ours/theme.yaml", "标题: 本局主题\n")
    put(site, "themes/ours/templates/parts/notice.html", "")
    use(site, "ours")
    result = theme(site, "which", part)
    assert result.code == 0
    top, below = result.out.splitlines()
    assert top.startswith("✔ ours ") and below.startswith("  default ")
    for line, layer in ((top, "ours"), (below, "default")):
        file = Path(line.split(maxsplit=2 if line[0] == "✔" else 1)[-1])
        assert file.is_file() and file.as_posix().endswith(f"themes/{layer}/templates/parts/notice.html")
    assert "themes/site/templates/parts/notice.html" in result.err


def test_which_knows_static_files_and_parts_of_the_style_sheet(site: Path) -> None:
    """The site's own layer wins and needs no advice."""
    put(site, "themes/site/static/site.css", "")
    put(site, "themes/site/css/own.css", "")
    result = theme(site, "which", "site.css")
    assert result.out.startswith("✔ site ") and len(result.out.splitlines()) == 2 and not result.err
    result = theme(site, "which", "css/own.css")
    assert result.out.startswith("✔ site ") and len(result.out.splitlines()) == 1


@pytest.mark.parametrize(
    ("part", "near"),
    [
        ("notice.html", "parts/notice.html"),
        ("parts/notise.html", "parts/notice.html"),
        ("tokens", "css/tokens.css"),
        ("../..", "css/tokens.css"),
    ],
)
def test_which_of_an_unknown_part(site: Path, part: str, near: str) -> None:
    """It says what one may have meant, in both languages."""
    result = theme(site, "which", part)
    assert result.code == 2 and not result.out
    assert part in result.err and near in result.err and HAN.search(result.err)
    assert ("是不是" in result.err) == (part != "../..")
    result = theme(site, "which", part, "--lang", "en")
    assert result.code == 2 and near in result.err and not chinese_sentences(result.err)


@pytest.mark.parametrize("base", ["default", "plain"])
def test_a_new_theme_works_at_once(site: Path, base: str) -> None:
    """It is written, says which key to set, passes with that key, and its colours reach the pages."""
    result = theme(site, "new", "ours", "--base", base)
    assert result.code == 0 and "主题样式: ours" in result.err
    assert set(tree(site / "themes")) == {
        "ours", "ours/theme.yaml", "ours/README.md", "ours/css", "ours/css/tokens.css",
    }  # fmt: skip
    assert HAN.search((site / "themes/ours/README.md").read_text("utf-8"))
    put(site, "themes/ours/templates/404.html", f'{{% extends "{base}/404.html" %}}')
    use(site, "ours")
    tokens = site / "themes/ours/css/tokens.css"
    text = tokens.read_text("utf-8")
    assert len(re.findall(r"--link:", text)) == 1
    tokens.write_text(re.sub(r"--link: [^;]*;", "--link: #010203;", text), "utf-8")
    built = build(site)
    assert built.code == 0, built.all
    (sheet,) = (site / "public/assets").glob("site-*.css")
    assert "--link:#010203" in sheet.read_text("utf-8")


@pytest.mark.parametrize("base", ["default", "plain"])
def test_a_new_theme_leaves_what_the_modes_of_a_window_change_to_the_theme_below(base: str, site: Path) -> None:
    """Narrow windows set the layout's tokens anew; a theme that set them above would win there too."""
    assert theme(site, "new", "ours", "--base", base).code == 0
    assert theme(site, "which", "css/layout.css").code == 0
    below = Path(theme(site, "which", "css/layout.css").out.split()[-1]).read_text("utf-8")
    layout = set(re.findall(r"(--[\w-]+)\s*:", below.partition("@media")[2]))
    assert len(layout) > 5
    ours = (site / "themes/ours/css/tokens.css").read_text("utf-8")
    assert layout.isdisjoint(re.findall(r"(--[\w-]+)\s*:", ours)) and ours.count("/*") == 1


def test_new_never_overwrites(site: Path) -> None:
    """A second time, or over a folder or file of that name, nothing changes."""
    assert theme(site, "new", "ours").code == 0
    put(site, "themes/other", "a file")
    before = tree(site)
    for name in ("ours", "other"):
        result = theme(site, "new", name)
        assert result.code == 2 and "没有动它" in result.err
    assert tree(site) == before


@pytest.mark.parametrize("name", ["site", "default", "plain", "con", "Ours", "本局", "a b", "../ours", "a" * 41, "-x1"])
def test_new_refuses_names(site: Path, name: str) -> None:
    """Reserved names and what is no name; nothing is written."""
    before = tree(site)
    for lang in ("zh", "en"):
        result = theme(site, "new", "--lang", lang, "--", name)
        assert result.code == 2, result.all
    assert tree(site) == before


def test_new_needs_a_site_and_a_base_that_exists(site: Path, tmp_path: Path) -> None:
    """It does not write into just any folder."""
    result = theme(tmp_path, "new", "ours")
    assert result.code == 2 and "catalog.yaml" in result.err
    assert not (tmp_path / "themes").exists()
    result = theme(site, "new", "ours", "--base", "nobody")
    assert result.code == 2 and "nobody" in result.err and "plain" in result.err
    assert not (site / "themes").exists()


def test_new_on_a_disk_that_refuses(site: Path) -> None:
    """A file where the folder of themes should be is told in words."""
    put(site, "themes", "a file")
    result = theme(site, "new", "ours")
    assert result.code == 2 and HAN.search(result.err)
