from __future__ import annotations

from pathlib import Path

from build_site.rendering.theme import default_layer, load_theme


def test_default_theme_has_all_templates() -> None:
    """The default layer is found and holds what views ask for."""
    from build_site.rendering.views import PAGE_VIEWS

    for view in PAGE_VIEWS:
        assert (default_layer() / "templates" / view.template).is_file()


def test_a_site_without_layer_uses_the_default(tmp_path: Path) -> None:
    """Without themes/site there is one layer."""
    assert load_theme(tmp_path).layers == (default_layer(),)


def test_the_site_layer_lies_on_top(tmp_path: Path) -> None:
    """The site's own layer comes first; its static files replace those of the same name and add others."""
    static = tmp_path / "themes" / "site" / "static"
    (static / "img").mkdir(parents=True)
    (static / "site.css").write_text("own")
    (static / "img" / "logo.png").write_bytes(b"x")
    theme = load_theme(tmp_path)
    assert theme.layers == (tmp_path / "themes" / "site", default_layer())
    assert theme.static["site.css"][1] == static / "site.css"
    assert set(load_theme(tmp_path / "none").static) | {"img/logo.png"} == set(theme.static)


def test_static_addresses_carry_a_fingerprint(tmp_path: Path) -> None:
    """The address changes with the content and with nothing else."""
    static = tmp_path / "themes" / "site" / "static"
    static.mkdir(parents=True)
    file = static / "site.css"
    file.write_text("one")
    first = load_theme(tmp_path).static["site.css"][0]
    file.touch()
    assert load_theme(tmp_path).static["site.css"][0] == first
    file.write_text("two")
    second = load_theme(tmp_path).static["site.css"][0]
    assert second != first
    assert first.startswith("assets/site-")
    assert first.endswith(".css")
