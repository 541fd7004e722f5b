from __future__ import annotations

from pathlib import Path

import pytest

from build_site.model.text import Location
from build_site.rendering.theme import Theme, load_theme
from build_site.rendering.theme_layers import default_layer, find_theme, program_themes, theme_names

WHERE = Location("catalog.yaml", 6, 10)


def put(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def theme_of(root: Path, **bases: str) -> Path:
    return put(root, {f"themes/{name}/theme.yaml": f"title: 甲\nbase: {base}\n" for name, base in bases.items()})


def faults(theme: Theme) -> list[tuple[str, str]]:
    return [(fault.kind, f"{fault.where.path}:{fault.where.line}") for fault in theme.faults]


def test_default_theme_has_all_templates() -> None:
    """The default layer is found and holds what views ask for."""
    from build_site.rendering.views import PAGE_VIEWS

    for view in PAGE_VIEWS:
        assert (default_layer() / "templates" / view.template).is_file()


def test_a_site_without_layer_uses_the_default(tmp_path: Path) -> None:
    """Without themes/site there is one layer."""
    theme = load_theme(tmp_path)
    assert theme.layers == (default_layer(),)
    assert theme.faults == ()


def test_layers_from_the_top(tmp_path: Path) -> None:
    """The site's own layer, the theme by name, its base, and so on down to the default theme."""
    theme_of(tmp_path, ours="other", other="", unused="ours")
    put(tmp_path, {"themes/site/static/a.txt": "a"})
    theme = load_theme(tmp_path, "ours", WHERE)
    assert [layer.name for layer in theme.layers] == ["site", "ours", "other", "default"]
    assert theme.layers[-1] == default_layer()
    assert theme.faults == ()


def test_a_theme_of_the_site_comes_before_one_of_the_program(tmp_path: Path) -> None:
    """The same name in the site's own folder wins."""
    assert find_theme(tmp_path, "default") == default_layer()
    theme_of(tmp_path, default="")
    assert find_theme(tmp_path, "default") == tmp_path / "themes" / "default"
    assert load_theme(tmp_path).layers == (tmp_path / "themes" / "default",)


@pytest.mark.parametrize("name", ["site", "..", "../themes/default", "", "Default", "default/templates", "a b"])
def test_what_is_no_name_of_a_theme(tmp_path: Path, name: str) -> None:
    """No name leads anywhere but to a folder of themes, and the site's own layer is none."""
    theme_of(tmp_path, site="")
    assert find_theme(tmp_path, name) is None


def test_names_of_themes(tmp_path: Path) -> None:
    """Those of the program and of the site, without the own layer and without folders that say nothing."""
    known = theme_names(tmp_path / "none")
    assert "default" in known
    assert set(known) == {place.name for place in program_themes().iterdir()}
    theme_of(tmp_path, ours="", site="")
    put(tmp_path, {"themes/rest/static/a.txt": "", "themes/a.txt": ""})
    assert theme_names(tmp_path) == tuple(sorted({*known, "ours"}))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("nobody", "", ("unknown-theme", "catalog.yaml:6")),
        ("ours", "title: 甲\nbase: nobody\n", ("unknown-theme", "themes/ours/theme.yaml:2")),
        ("ours", "title: 甲\nbase: ours\n", ("theme-loop", "themes/ours/theme.yaml:2")),
        ("ours", "", ("theme-file-missing", "themes/ours/theme.yaml:0")),
        ("ours", "title: [\n", ("invalid-yaml", "themes/ours/theme.yaml:2")),
        ("ours", "title: 甲\nbsae: plain\n", ("unknown-key", "themes/ours/theme.yaml:2")),
        ("ours", "title: 甲\nbase: ../other\n", ("invalid-value", "themes/ours/theme.yaml:2")),
        ("ours", "base: default\n", ("missing-field", "themes/ours/theme.yaml:1")),
    ],
)
def test_a_broken_theme_is_a_fault_and_ends_with_the_default(
    tmp_path: Path, name: str, text: str, found: tuple[str, str]
) -> None:
    """Whatever is wrong has a place, and pages can still be made."""
    put(tmp_path, {"themes/ours/theme.yaml": text})
    theme = load_theme(tmp_path, name, WHERE)
    assert faults(theme) == [found]
    assert theme.layers[-1] == default_layer()
    assert "site.css" in theme.static


def test_the_site_layer_lies_on_top(tmp_path: Path) -> None:
    """The site's own layer comes first; its static files replace those of the same name and add others."""
    put(tmp_path, {"themes/site/static/site.css": "own{}", "themes/site/static/img/logo.png": "x"})
    theme = load_theme(tmp_path)
    assert theme.layers == (tmp_path / "themes" / "site", default_layer())
    assert theme.static["site.css"][1] == b"own{}"
    assert theme.static["img/logo.png"][1] == b"x"
    assert set(load_theme(tmp_path / "none").static) | {"img/logo.png"} == set(theme.static)


def test_static_addresses_carry_a_fingerprint(tmp_path: Path) -> None:
    """The address changes with what is served and with nothing else."""

    def address(text: str, part: str = "a{}") -> str:
        put(tmp_path, {"themes/site/static/site.css": text, "themes/site/css/own.css": part})
        return load_theme(tmp_path).static["site.css"][0]

    first = address("b{top:0}")
    assert first.startswith("assets/site-")
    assert first.endswith(".css")
    assert address("b {\n  top: 0;\n}  /* the same to a browser */\n") == first
    assert address("b{top:1px}") != first
    whole = address('@import "css/own.css";')
    assert address('@import "css/own.css";', "a{top:0}") != whole
