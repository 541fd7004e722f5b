"""What a page is made from besides its view: the templates that it can reach.

Owns following a template's references through the layers of a theme. Must not render.
"""

from __future__ import annotations

import jinja2
from jinja2 import meta


def closure(environment: jinja2.Environment, name: str) -> tuple[tuple[str, str], ...]:
    """Return name and source of template `name` and of every template that it extends, includes or imports, sorted.

    A reference that is only known while rendering may lead anywhere: then it is every template of the theme. So is a
    template that cannot be read or parsed; rendering tells what is wrong with it.
    """
    found: dict[str, str] = {}
    todo = [name]
    while todo:
        wanted = todo.pop()
        if wanted in found:
            continue
        try:
            source = _source(environment, wanted)
            references = list(meta.find_referenced_templates(environment.parse(source)))
        except (jinja2.TemplateError, UnicodeDecodeError):
            references, source = [None], ""
        found[wanted] = source
        if None in references:
            return tuple(
                sorted((other, _source_or_nothing(environment, other)) for other in environment.list_templates())
            )
        todo += [reference for reference in references if reference is not None]
    return tuple(sorted(found.items()))


def whole_theme(environment: jinja2.Environment) -> tuple[tuple[str, str], ...]:
    """Return name and source of every template, sorted; a template that cannot be read has none."""
    return tuple(sorted((name, _source_or_nothing(environment, name)) for name in environment.list_templates()))


def _source(environment: jinja2.Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _source_or_nothing(environment: jinja2.Environment, name: str) -> str:
    try:
        return _source(environment, name)
    except (jinja2.TemplateError, UnicodeDecodeError):
        return ""
