"""How a record's fields are written in YAML: name, Chinese alias, meaning, form.

Owns the one table from which the loader binds values and the JSON Schemas are made: the metadata of dataclass
fields. Must not know YAML nor JSON.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

_KEY = "build_site.spec"


@dataclass(frozen=True, slots=True)
class Spec:
    """What is known of one key: Chinese aliases, its meaning (Chinese), an example, a pattern with its wording,
    bounds of a number.
    """

    aliases: tuple[str, ...]
    doc: str
    example: str = ""
    pattern: str = ""
    form: str = ""
    form_en: str = ""
    bounds: tuple[int, int] = (0, 999_999_999)


def keyed(
    *aliases: str,
    doc: str,
    example: str = "",
    pattern: str = "",
    form: str = "",
    form_en: str = "",
    bounds: tuple[int, int] = (0, 999_999_999),
    default: Any = dataclasses.MISSING,
) -> Any:
    """Declare a dataclass field that is read from YAML.

    `pattern` is a regular expression that the whole value must match, `form` and `form_en` say what it
    demands; `bounds` are
    the least and greatest number.
    A field without `default` is required.
    """
    spec = Spec(aliases, doc, example, pattern, form, form_en, bounds)
    return dataclasses.field(default=default, metadata={_KEY: spec})


def derived() -> Any:
    """Declare a dataclass field that the loader fills in and that nobody writes in YAML."""
    return dataclasses.field(default=None, compare=False, repr=False)


def spec_of(item: dataclasses.Field[Any]) -> Spec | None:
    """Return the `Spec` of a dataclass field, or None for a field that is not read from YAML."""
    found = item.metadata.get(_KEY)
    return found if isinstance(found, Spec) else None
