from __future__ import annotations

from pathlib import Path

import pytest
import rcssmin

from build_site.rendering.stylesheet import Part, bundle
from build_site.rendering.theme import load_theme

ROOT = Path(__file__).parents[3]


@pytest.fixture
def layers(tmp_path: Path) -> tuple[Path, ...]:
    """Two layers, `upper` and `lower`, with a part each and one in common."""
    for path, text in {
        "upper/css/both.css": 'a{top:1px}\n@import "lower/css/both.css";\n',
        "lower/css/both.css": "a{top:2px}",
        "lower/css/low.css": "b{top:3px}",
        "lower/css/deep/er.css": "c{top:4px}",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path / "upper", tmp_path / "lower"


def bundled(layers: tuple[Path, ...], text: str | bytes, layer: int = 1) -> tuple[str, list[tuple[str, int, str]]]:
    sheet = Part(layers[layer], "static/site.css")
    sheet.file.parent.mkdir(exist_ok=True)
    sheet.file.write_bytes(text.encode() if isinstance(text, str) else text)
    data, faults = bundle(sheet, layers)
    return data.decode(), [(fault.kind, fault.where.line, fault.get("problem")) for fault in faults]


def test_parts_come_from_the_topmost_layer_in_the_order_of_the_lines(layers: tuple[Path, ...]) -> None:
    """A sheet below asks for a part, and the layer above answers; what it leaves out comes from below."""
    text = 'h1{top:0}\n@import "css/both.css";\n  @import "css/low.css";  \nh2{top:0}\n@import "css/deep/er.css";'
    assert bundled(layers, text) == ("h1{top:0}a{top:1px}a{top:2px}b{top:3px}h2{top:0}c{top:4px}", [])


def test_a_part_of_one_layer(layers: tuple[Path, ...]) -> None:
    """With the name of a layer, the part is that layer's, or where it has none, that of the next below."""
    assert bundled(layers, '@import "lower/css/both.css";', 0) == ("a{top:2px}", [])
    assert bundled(layers, '@import "upper/css/both.css";', 0) == ("a{top:1px}a{top:2px}", [])
    assert bundled(layers, '@import "upper/css/low.css";', 0) == ("b{top:3px}", [])


def test_windows_files(layers: tuple[Path, ...]) -> None:
    """A byte-order mark and Windows line ends do not matter."""
    assert bundled(layers, b'\xef\xbb\xbf@import "css/low.css";\r\nh1 {\r\n top: 0\r\n}\r\n') == (
        "b{top:3px}h1{top:0}",
        [],
    )


def test_a_sheet_that_is_no_utf8_is_a_fault(layers: tuple[Path, ...]) -> None:
    """It is left out and told."""
    (layers[1] / "css/gbk.css").write_bytes("a::before{content:'栏目'}".encode("gbk"))
    text, faults = bundled(layers, '@import "css/gbk.css";\nh1{top:0}')
    assert text == "h1{top:0}"
    assert faults == [("undecodable-text", 1, "")]


def test_imports_that_do_not_work(layers: tuple[Path, ...]) -> None:
    """Each is told with its line, and none reaches the browser."""
    text, faults = bundled(
        layers, '@import "css/no.css";\n@import url(a.css);\n/*\n@import "css/no.css";\n*/\nh1{top:0}'
    )
    assert text == "h1{top:0}"
    assert faults == [("broken-style-import", 1, "missing"), ("broken-style-import", 2, "form")]


def test_a_part_that_leads_out_of_its_layer(layers: tuple[Path, ...], tmp_path: Path) -> None:
    """A symbolic link to a file elsewhere is not followed."""
    (tmp_path / "secret").write_text("a{top:0}")
    (layers[0] / "css/out.css").symlink_to(tmp_path / "secret")
    assert bundled(layers, '@import "css/out.css";') == ("", [("symlink-out-of-site", 0, "")])


def test_the_compiled_and_the_plain_minifier_agree() -> None:
    """Where rcssmin has no compiled code, the bytes and with them the addresses are the same."""
    python = rcssmin._make_cssmin(python_only=True)
    for layer in load_theme(ROOT).layers:
        for file in [*layer.rglob("*.css")]:
            text = file.read_text("utf-8")
            assert python(text) == rcssmin.cssmin(text)
