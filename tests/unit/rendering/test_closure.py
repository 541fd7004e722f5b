"""The closure of a template: all that its pages may be made from."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from build_site.rendering.closure import closure, whole_theme
from build_site.rendering.render import template_loader
from build_site.rendering.theme_layers import default_layer
from build_site.rendering.views import PAGE_VIEWS


def _environment(root: Path, templates: dict[str, str]) -> jinja2.Environment:
    """An environment of two layers, `top` and `low`."""
    for layer in ("top", "low"):
        (root / layer / "templates").mkdir(parents=True, exist_ok=True)
    for name, text in templates.items():
        layer, _, path = name.partition("/")
        (root / layer / "templates" / path).write_text(text, "utf-8")
    return jinja2.Environment(loader=template_loader((root / "top", root / "low")), autoescape=True)


def test_a_template_alone(tmp_path: Path) -> None:
    assert closure(_environment(tmp_path, {"low/a.html": "甲", "low/b.html": "乙"}), "a.html") == (("a.html", "甲"),)


TO_B = {
    "extended": '{% extends "b.html" %}',
    "included": '{% include "b.html" %}',
    "imported": '{% import "b.html" as b %}',
    "imported from": '{% from "b.html" import c with context %}',
    "within a block": '{% block x %}{% if y %}{% include "b.html" %}{% endif %}{% endblock %}',
    "within a macro": '{% macro x() %}{% include "b.html" %}{% endmacro %}',
    "among others": '{% include ["a.html", "b.html"] %}',
    "one of two": '{% include "b.html" if y else "a.html" %}',
}


@pytest.mark.parametrize("how", TO_B)
def test_what_is_referred_to_belongs_to_it(how: str, tmp_path: Path) -> None:
    files = {"low/a.html": TO_B[how], "low/b.html": '{% include "c.html" %}', "low/c.html": "丙", "low/d.html": "丁"}
    found = dict(closure(_environment(tmp_path, files), "a.html"))
    assert {"a.html", "b.html", "c.html"} <= found.keys() and found["c.html"] == "丙"
    if how != "one of two":
        assert "d.html" not in found


def test_the_topmost_layer_counts_and_the_one_below_by_its_name(tmp_path: Path) -> None:
    files = {"low/a.html": "甲", "top/a.html": '{% extends "low/a.html" %}'}
    assert closure(_environment(tmp_path, files), "a.html") == (
        ("a.html", '{% extends "low/a.html" %}'),
        ("low/a.html", "甲"),
    )


def test_an_edit_anywhere_in_it_changes_it(tmp_path: Path) -> None:
    files = {"low/a.html": '{% extends "b.html" %}', "low/b.html": '{% include "c.html" %}', "low/c.html": "丙"}
    before = closure(_environment(tmp_path, files), "a.html")
    for name in files:
        assert closure(_environment(tmp_path, {**files, name: f"{files[name]} "}), "a.html") != before
    assert closure(_environment(tmp_path, files), "a.html") == before
    assert closure(_environment(tmp_path, {**files, "top/c.html": "上"}), "a.html") != before


ANYWHERE = {
    "a name from the view": "{% include view.kind %}",
    "a name put together": '{% extends "x" ~ y %}',
    "what is not there": '{% include "nothing.html" ignore missing %}',
    "one of which is not there": '{% include ["nothing.html", "b.html"] %}',
    "what cannot be parsed": "{% if %}",
}


@pytest.mark.parametrize("how", ANYWHERE)
def test_what_only_rendering_knows_may_lead_anywhere(how: str, tmp_path: Path) -> None:
    """Then every template counts: also one that is new, or that was not used."""
    files = {"low/a.html": ANYWHERE[how], "low/b.html": "乙", "low/c.html": "丙"}
    before = closure(_environment(tmp_path, files), "a.html")
    assert {name for name, _ in before} >= {"a.html", "b.html", "c.html"}
    for name, text in (("low/c.html", "改"), ("top/nothing.html", "新"), ("top/b.html", "上")):
        assert closure(_environment(tmp_path / name.replace("/", "-"), {**files, name: text}), "a.html") != before


def test_a_circle_ends(tmp_path: Path) -> None:
    files = {"low/a.html": '{% include "b.html" %}', "low/b.html": '{% include "a.html" %}'}
    assert [name for name, _ in closure(_environment(tmp_path, files), "a.html")] == ["a.html", "b.html"]


def test_what_is_no_text_does_not_stop_it(tmp_path: Path) -> None:
    environment = _environment(tmp_path, {"low/a.html": '{% include "b.html" %}'})
    (tmp_path / "low/templates/b.html").write_bytes(b"\xff\xfe")
    assert dict(closure(environment, "a.html"))["b.html"] == "" == dict(whole_theme(environment))["b.html"]


def test_no_page_of_the_default_theme_leads_anywhere() -> None:
    """Else an edit of one template would make all pages anew."""
    environment = jinja2.Environment(loader=template_loader((default_layer(),)), autoescape=True)
    for kind in PAGE_VIEWS:
        assert len(closure(environment, kind.template)) < len(whole_theme(environment)) / 2, kind
