"""The JSON Schemas that editor programs use: up to date, found by the sources, and agreeing with them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_site.loading.json_schema import SCHEMAS
from scripts.schemas import FOLDER, schema_text

ROOT = Path(__file__).parents[2]
NOTICES = sorted((ROOT / "content").rglob("*.md"))
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


class _Texts(yaml.SafeLoader):
    """Reads scalars as an editor program does, but leaves days as texts."""


_Texts.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for key, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Any:
    return yaml.load(text, Loader=_Texts)


def head_of(file: Path) -> str:
    return file.read_text("utf-8").split("---\n")[1]


_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
}


def complaints(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> list[str]:
    """What `schema` has against `value`, for the words of JSON Schema that our schemas use."""
    known = {
        "$ref", "$schema", "$defs", "title", "description", "examples", "properties", "additionalProperties", "type", "allOf", "anyOf",
        "required", "items", "enum", "pattern", "minimum", "maximum",
    }  # fmt: skip
    assert set(schema) <= known, f"a word this test does not know: {set(schema) - known}"
    found = []
    if "$ref" in schema:
        found += complaints(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, at)
    for part in schema.get("allOf", ()):
        found += complaints(value, part, whole, at)
    if "anyOf" in schema and all(complaints(value, part, whole, at) for part in schema["anyOf"]):
        found.append(f"{at}: none of the forms")
    if "type" in schema:
        wanted = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        if isinstance(value, bool) or not any(isinstance(value, _TYPES[name]) for name in wanted):
            return [*found, f"{at}: {value!r} is no {wanted}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is not in the list")
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        found.append(f"{at}: {value!r} does not match")
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append(f"{at}: {value!r} is out of bounds")
    if isinstance(value, dict):
        found += [f"{at}: {key} is missing" for key in schema.get("required", ()) if key not in value]
        properties = schema.get("properties", {})
        for key, item in value.items():
            if key in properties:
                found += complaints(item, properties[key], whole, f"{at}/{key}")
            elif schema.get("additionalProperties") is False:
                found.append(f"{at}: unknown key {key}")
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            found += complaints(item, schema["items"], whole, f"{at}/{number}")
    return found


def check(value: Any, name: str) -> list[str]:
    whole = json.loads((FOLDER / name).read_text("utf-8"))
    return complaints(value, whole, whole)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_files_are_up_to_date(name: str) -> None:
    """The committed schema is what the records say; run `python -m scripts.schemas` when not."""
    assert (FOLDER / name).read_text("utf-8") == schema_text(name)


def test_no_schema_is_left_over() -> None:
    """Every file in the folder is one of the schemas."""
    assert {file.name for file in FOLDER.iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize("file", [ROOT / "catalog.yaml", *NOTICES], ids=lambda file: file.relative_to(ROOT).as_posix())
def test_modelines_lead_to_a_schema(file: Path) -> None:
    """The first line of every source tells editor programs its schema, by a path that exists."""
    lines = file.read_text("utf-8").split("\n")
    match = MODELINE.fullmatch(lines[0] if file.suffix == ".yaml" else lines[1])
    assert match, lines[:2]
    wanted = "catalog.schema.json" if file.suffix == ".yaml" else "notice.schema.json"
    assert (file.parent / match[1]).resolve() == FOLDER / wanted


def test_the_sample_catalogue_fits_its_schema() -> None:
    """An editor program has nothing against the sample catalogue."""
    assert check(read((ROOT / "catalog.yaml").read_text("utf-8")), "catalog.schema.json") == []


@pytest.mark.parametrize("file", NOTICES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_sample_notices_fit_their_schema(file: Path) -> None:
    """An editor program has nothing against the head of a sample notice."""
    assert check(read(head_of(file)), "notice.schema.json") == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("published: 2020-11-17", "none of the forms"),
        ("title: 通知\ntitel: x", "unknown key titel"),
        ("title: 通知\nwritten: 2020年11月17日", "does not match"),
        ("title: 通知\nvalidity: 好", "is not in the list"),
        ("title: [通知]", "is no"),
        ("title: 通知\nattachments: [{title: 表}]", "none of the forms"),
        ("title: 通知\nid: A_b", "does not match"),
    ],
)
def test_the_schema_sees_what_the_loader_sees(text: str, complaint: str) -> None:
    """Mistakes that the loader reports are mistakes in an editor program too."""
    assert any(complaint in found for found in check(read(text), "notice.schema.json"))


@pytest.mark.parametrize(
    "text",
    [
        "标题: 通知\n索引号: 000000000/2020-00001\n附件: a.pdf",
        "title: 2020\nkeywords: 甲,乙\nrelated: [a.md]\npublished: 2020-11-17 09:30",
    ],
)
def test_the_schema_lets_pass_what_the_loader_reads(text: str) -> None:
    """Short forms, Chinese keys and numbers for texts are no mistakes."""
    assert check(read(text), "notice.schema.json") == []
