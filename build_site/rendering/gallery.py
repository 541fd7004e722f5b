"""The gallery: one page that shows every component of a theme, each with an example.

Owns how the page is put together. It is rendered like any page, with the theme's own frame, so that a component looks
as it will look. Must not write files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

import jinja2

from build_site.model.finding import Fault
from build_site.rendering.gallery_examples import EXAMPLES, Example
from build_site.rendering.gallery_values import SHARED, VALUES
from build_site.rendering.render import make_renderer
from build_site.rendering.theme import Theme
from build_site.rendering.views import View

GALLERY = "index.html"
_NAME = "gallery.html"
_PAGE = """\
{{% extends "base.html" %}}
{imports}
{{% block page_class %}}page page-gallery{{% endblock %}}
{{% block main %}}
{values}
<div class="title">
<h1>{{{{ view.title }}}}</h1>
<p class="lead">主题的全部组件，每个一例。内容是虚构的，链接不通向真的页面。</p>
</div>
{examples}
{{% endblock %}}
"""
_EXAMPLE = """\
<section class="section">
<h2 class="part">{{{{ examples[{number}].macro }}}}：{{{{ examples[{number}].about }}}}</h2>
<p class="fine"><code>templates/parts/{{{{ examples[{number}].part }}}}.html</code></p>
{call}
<p class="fine"><code>{{{{ examples[{number}].call }}}}</code></p>
</section>
"""


@dataclass(frozen=True, slots=True)
class GalleryView(View):
    """The gallery: the examples and the values that they show."""

    template: ClassVar[str] = _NAME

    examples: tuple[Example, ...] = EXAMPLES
    values: Mapping[str, object] = field(default_factory=lambda: VALUES)


def _source(examples: tuple[Example, ...], values: Mapping[str, object]) -> str:
    """Return the template of the gallery."""
    return _PAGE.format(
        imports="\n".join(f'{{% from "parts/{one.part}.html" import {one.macro} with context %}}' for one in examples),
        values="\n".join(f"{{% set {name} = view.values['{name}'] %}}" for name in values) + "{% set examples = view.examples %}",
        examples="".join(_EXAMPLE.format(number=number, call=one.call) for number, one in enumerate(examples)),
    )  # fmt: skip


def gallery_page(theme: Theme) -> tuple[str, Fault | None]:
    """Return the HTML of the gallery in `theme`, or an empty text with the fault of the template that failed."""
    plain = make_renderer(theme, SHARED)
    own = jinja2.DictLoader({_NAME: _source(EXAMPLES, VALUES)})
    assert plain.environment.loader is not None, "a renderer has a loader"
    environment = plain.environment.overlay(loader=jinja2.ChoiceLoader([own, plain.environment.loader]))
    view = GalleryView(title="组件", crumbs=(), tags=(), nav_key="")
    return replace(plain, environment=environment).page(view, GALLERY)
