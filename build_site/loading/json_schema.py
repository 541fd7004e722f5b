"""JSON Schemas (draft 2020-12) of `catalog.yaml`, of a notice's front matter, of `wording.yaml` and of a list of sites.

Owns the translation of the record classes, so that an editor program knows the same keys as the loader.
Must not read or write files.
"""

from __future__ import annotations

import types
import typing
from datetime import date, datetime
from typing import Any

from build_site.loading.binding import Entry, entries
from build_site.model.columns import Catalogue
from build_site.model.notice import Notice
from build_site.model.record import Record
from build_site.model.sites import SiteList
from build_site.model.wording import Wording
from build_site.model.words import Word

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$"}
SCHEMAS: dict[str, tuple[type[Record], str]] = {
    "catalog.schema.json": (Catalogue, "政府信息公开专栏的目录文件 catalog.yaml"),
    "notice.schema.json": (Notice, "文件开头两行 --- 之间的信息"),
    "sites.schema.json": (SiteList, "站点清单，build-site build-all 用"),
    "wording.schema.json": (Wording, "用词表 wording.yaml"),
}


def schema(name: str) -> dict[str, Any]:
    """Return the schema called `name` (a key of `SCHEMAS`) as a JSON object."""
    cls, title = SCHEMAS[name]
    definitions: dict[str, Any] = {}
    reference = _record(cls, definitions)
    return {"$schema": _DRAFT, "title": title, **reference, "$defs": dict(sorted(definitions.items()))}


def _record(cls: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    name = cls.__name__
    if name not in definitions:
        definitions[name] = {}
        properties: dict[str, Any] = {}
        demands = []
        for entry in entries(cls):
            spellings = (entry.name, *entry.spec.aliases)
            body = _property(entry, definitions)
            properties |= dict.fromkeys(spellings, body)
            if entry.required:
                demands.append({"anyOf": [{"required": [spelling]} for spelling in spellings]})
        body = {"type": "object", "properties": properties, "additionalProperties": False}
        shape = body | ({"allOf": demands} if demands else {})
        shorthand = getattr(cls, "shorthand", "")
        definitions[name] = {"anyOf": [{"type": "string"}, shape]} if shorthand else shape
    return {"$ref": f"#/$defs/{name}"}


def _property(entry: Entry, definitions: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"description": entry.spec.doc}
    if entry.spec.example:
        told["examples"] = [entry.spec.example]
    return told | _type(entry.type, entry, definitions)


def _type(wanted: Any, entry: Entry, definitions: dict[str, Any]) -> dict[str, Any]:
    members = [member for member in typing.get_args(wanted) if member is not type(None)]
    if typing.get_origin(wanted) in (typing.Union, types.UnionType):
        return dict(_MOMENT) if datetime in members else _type(members[0], entry, definitions)
    if typing.get_origin(wanted) is tuple:
        item = _type(members[0], entry, definitions)
        several = {"type": "array", "items": item}
        return {"anyOf": [several, item]} if members[0] is str or hasattr(members[0], "shorthand") else several
    if issubclass(wanted, Record):
        return _record(wanted, definitions)
    if issubclass(wanted, Word):
        return {"enum": list(wanted.spellings())}
    if wanted is date:
        return dict(_DATE)
    if wanted is bool:
        return {"enum": [True, False, "是", "否"]}
    if wanted is int:
        return {"type": "integer", "minimum": entry.spec.bounds[0], "maximum": entry.spec.bounds[1]}
    # YAML gives 2020 or 020001 as numbers; the loader keeps the text as written
    plain: dict[str, Any] = {"type": ["string", "number"]}
    return plain | ({"pattern": f"^(?:{entry.spec.pattern})$"} if entry.spec.pattern else {})
