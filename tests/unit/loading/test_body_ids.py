"""Ids of a body: valid, unique, none of the theme's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_site.loading.body_ids import RESERVED
from build_site.loading.document import parse
from build_site.model.text import SourceFile

THEMES = Path(__file__).parents[3] / "themes"


def html(body: str) -> str:
    found = parse(SourceFile("content/zd/a.md", f"---\ntitle: 通知\n---\n{body}")).body
    return "".join(
        part + (found.links[number].url if number < len(found.links) else "") for number, part in enumerate(found.parts)
    )


def ids(body: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html(body))


def test_every_id_of_the_themes_is_reserved() -> None:
    """An id in a template that a heading could take as well would stand twice on a page."""
    found = {
        name for file in THEMES.rglob("*.html") for name in re.findall(r'\bid="([^"{}]+)"', file.read_text("utf-8"))
    }
    assert {"main", "top"} <= found
    assert found <= RESERVED, "add them to RESERVED in build_site/loading/body_ids.py"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("## Main\n\n## Top", ["main_1", "top_1"]),
        ("## Main\n\n## Main", ["main_1", "main_2"]),
        ("## 一 {#main}\n\n<p id='top'>二</p>", ["main_1", "top_1"]),
        ("## ！！\n\n## ？？", ["_1", "_2"]),
        ("<p id='a b'>一</p>\n\n<p id=''>二</p>\n\n<p id='  '>三</p>", ["a-b"]),
        ("<p id='x'>一</p>\n\n<p id='x'>二</p>", ["x", "x_1"]),
        ("<p id='main'>一</p>\n\n## Main", ["main_1", "main_2"]),
        ("<a name='x'>一</a>", ["x"]),
        ("<a name='x' id='y'>一</a>", ["y"]),
        ("<a id='y' name='x'>一</a>", ["y"]),
        ("一[^a b]\n\n[^a b]: 注", ["fnref:a-b", "fn:a-b"]),
    ],
)
def test_ids_are_valid_and_unique(body: str, wanted: list[str]) -> None:
    """White space, repetition, reserved and empty ids are mended; `name` becomes an id."""
    assert ids(body) == wanted
    assert " name=" not in html(body)


def test_links_follow_their_ids() -> None:
    """A link within the body leads to the place it was written for."""
    assert 'href="#main_1"' in html("[去](#main)\n\n<p id='main'>一</p>")
    assert 'href="#x"' in html("[去](#x)\n\n<p id='x'>一</p>\n\n<p id='x'>二</p>")
    shown = html("一[^a b]\n\n[^a b]: 注")
    assert 'href="#fn:a-b"' in shown
    assert 'href="#fnref:a-b"' in shown
