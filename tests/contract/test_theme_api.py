"""The views are the theme's whole interface: what templates ask for is there, in branches nobody has rendered too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest

from build_site.model.text import Location
from build_site.rendering.render import template_loader
from build_site.rendering.theme_layers import program_themes, theme_layers
from build_site.rendering.views import PAGE_VIEWS, HomeView, Shared
from tests.support.template_types import Walk

THEMES = sorted(place.name for place in program_themes().iterdir())


def walk_of(theme: str, tmp_path: Path) -> tuple[Walk, tuple[Path, ...]]:
    layers, faults = theme_layers(tmp_path, theme, Location("catalog.yaml"))
    assert faults == ()
    walk = Walk(template_loader(layers))
    for view in PAGE_VIEWS:
        walk.page(view, Shared)
    return walk, layers


@pytest.mark.parametrize("theme", THEMES)
def test_templates_use_only_fields_that_exist(theme: str, tmp_path: Path) -> None:
    """Followed through macros, loops and blocks, every field belongs to its view, and nothing escapes the test."""
    walk, _ = walk_of(theme, tmp_path)
    assert sorted(set(walk.errors)) == []
    assert sorted(set(walk.unresolved)) == []
    assert len(walk.used) > 100


@pytest.mark.parametrize("theme", THEMES)
def test_every_template_of_a_theme_is_used(theme: str, tmp_path: Path) -> None:
    """A template that no page reaches is a leftover, or stands in the wrong place."""
    walk, layers = walk_of(theme, tmp_path)
    own = {str(file.resolve()) for file in (layers[0] / "templates").rglob("*.html")}
    assert own - walk.files == set()


def found(**templates: str) -> Walk:
    named = {name.replace("__", "/") + ".html": text for name, text in templates.items()}
    walk = Walk(jinja2.DictLoader(named))
    walk.page(HomeView, Shared)
    return walk


@pytest.mark.parametrize(
    ("templates", "error"),
    [
        ({"home": "{{ view.titel }}"}, "home.html:1: HomeView.titel"),
        ({"home": "{% for row in view.recent %}\n{{ row.dat }}{% endfor %}"}, "home.html:2: Row.dat"),
        ({"home": "{% for m in view.modules %}{{ m.agency.phone }}{% endfor %}"}, "home.html:1: AgencyFacts.phone"),
        ({"home": "{% if false %}{{ shared.nothing }}{% endif %}"}, "home.html:1: Shared.nothing"),
        ({"home": "{{ (view.recent | first).dat }}"}, "home.html:1: Row.dat"),
        ({"home": "{{ view.recent | map(attribute='dat') | join }}"}, "home.html:1: Row.dat"),
        ({"home": "{{ view.recent | selectattr('dat') | list }}"}, "home.html:1: Row.dat"),
        (
            {
                "home": "{% from 'parts/a.html' import line with context %}{% for r in view.recent %}{{ line(r) }}{% endfor %}",
                "parts__a": "\n{% macro line(row) %}{{ row.dat }}{% endmacro %}",
            },
            "parts/a.html:2: Row.dat",
        ),
        (
            {
                "home": "{% extends 'base.html' %}{% block main %}{{ super() }}{{ view.a }}{% endblock %}",
                "base": "{% block main %}{{ view.b }}{% endblock %}",
            },
            "base.html:1: HomeView.b",
        ),
        ({"home": "{% from 'a.html' import b with context %}", "a": ""}, "home.html:1: no macro b"),
        (
            {
                "home": "{% from 'a.html' import c with context %}",
                "a": "{% from 'b.html' import c with context %}",
                "b": "{% macro c() %}{% endmacro %}",
            },
            "home.html:1: no macro c",
        ),
        ({"home": "{% extends 'none.html' %}"}, "home.html:1: no template none.html"),
        ({"home": "\n{% include 'none.html' %}"}, "home.html:2: no template none.html"),
        ({"page": ""}, "HomeView: no template home.html"),
        ({"home": "{% macro a(b) %}{% endmacro %}{{ a() }}"}, "home.html:1: a without b"),
        ({"home": "{% macro a(b) %}{% endmacro %}{{ a(1, 2) }}"}, "home.html:1: arguments of a"),
        ({"home": "{% for r in view.recent %}{{ loop.idx }}{% endfor %}"}, "home.html:1: loop.idx"),
    ],
)
def test_the_walk_finds(templates: dict[str, str], error: str) -> None:
    """What it is there to find, it finds."""
    assert error in found(**templates).errors


@pytest.mark.parametrize("text", ["{{ nothing }}", "{% for a in 5 %}{{ a.b }}{% endfor %}", "{{ nothing() }}"])
def test_what_the_walk_does_not_know_it_says(text: str) -> None:
    """An unknown name is not passed over in silence."""
    assert found(home=text).unresolved


def test_what_is_right_is_left_alone() -> None:
    """Loops, calls with a body, optional records and imports that are set anew."""
    walk = found(
        home="{% import 'a.html' as below with context %}{% set line = below.line %}"
        "{% call(r) line(view.recent) %}{{ r.title }}{% endcall %}"
        "{% for name, row in [('x', view.recent[0])] %}{{ name }}{{ row.date }}{{ loop.index }}{% endfor %}"
        "{% set rows = view.modules | map(attribute='rows') | sum(start=()) %}{{ rows[0].doc_no }}"
        "{% for n in range(3) %}{{ n + 1 }}{% endfor %}{{ dict([('a', view.recent[0])]).a.title }}"
        "{{ shared.home.title if shared.home else '' }}",
        a="{% macro line(rows, more=none) %}{% for r in rows %}{{ caller(r) }}{% endfor %}{% endmacro %}",
    )
    assert (walk.errors, walk.unresolved) == ([], [])
    used: set[tuple[str, Any]] = {(kind.__name__, name) for kind, name in walk.used}
    assert {("Row", "title"), ("Row", "date"), ("Row", "doc_no"), ("NavItem", "title")} <= used
