"""YAML nodes to records: types, required keys, aliases, unknown keys; all faults in one pass.

Owns the reading of the dataclasses declared with `model.spec.keyed`. Must not know which records exist.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, TypeVar, cast

import yaml

from build_site.loading.yaml_nodes import YamlText, full_width_colons
from build_site.model.finding import Fault
from build_site.model.record import Record
from build_site.model.spec import Spec, spec_of
from build_site.model.text import Location
from build_site.model.words import Word

R = TypeVar("R", bound=Record)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::\d{2})?(?:\+08:00)?", re.ASCII)
_LOOSE_TIME = re.compile(r"(\S{8,11})[ T]+(\d{1,2})[:：点时](\d{2})\D?.*", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_HASH = re.compile(r"\s+(#[^\s#].*)")
_TRUE = frozenset({"true", "yes", "是"})
_FALSE = frozenset({"false", "no", "否"})
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a record class: field name, spec, type, whether it must be given."""

    name: str
    spec: Spec
    type: Any
    required: bool

    @property
    def label(self) -> str:
        """The key as an editor knows it."""
        return self.spec.aliases[0] if self.spec.aliases else self.name


_entries: dict[type[Any], tuple[Entry, ...]] = {}
_by_spelling: dict[type[Any], dict[str, Entry]] = {}


def entries(cls: type[Any]) -> tuple[Entry, ...]:
    """Return the keys of a record class in the order of their declaration."""
    if cls not in _entries:
        _entries[cls] = _read_entries(cls)
    return _entries[cls]


def spellings(cls: type[Any]) -> frozenset[str]:
    """Return every way to write a key of a record class."""
    return frozenset(_spellings(cls))


def _read_entries(cls: type[Any]) -> tuple[Entry, ...]:
    hints = typing.get_type_hints(cls)
    found = []
    for item in dataclasses.fields(cls):
        spec = spec_of(item)
        if spec:
            found.append(Entry(item.name, spec, hints[item.name], item.default is dataclasses.MISSING))
    return tuple(found)


def _spellings(cls: type[Any]) -> dict[str, Entry]:
    if cls not in _by_spelling:
        found = {spelling: entry for entry in entries(cls) for spelling in (entry.name, *entry.spec.aliases)}
        _by_spelling[cls] = found
    return _by_spelling[cls]


class Binder:
    """Binds the nodes of one YAML text and gathers the faults."""

    def __init__(self, source: YamlText) -> None:
        """Start with a text; `faults` fills up as records are bound."""
        self.source = source
        self.faults: list[Fault] = []
        self._lines = source.text.split("\n")

    def record(self, node: yaml.Node, cls: type[R]) -> R | None:
        """Return `node` as a record of class `cls`, or None when a required key is missing or unreadable."""
        here = self.source.node_at(node)
        if not isinstance(node, yaml.MappingNode):
            shorthand = getattr(cls, "shorthand", "")
            if shorthand and isinstance(node, yaml.ScalarNode):
                made: Any = cls
                return cast(R, made(**{shorthand: node.value.strip(), "marks": {"": here, shorthand: here}}))
            problem = (
                "full-width colon" if isinstance(node, yaml.ScalarNode) and "：" in node.value else "not a mapping"
            )
            self._fault("invalid-yaml", here, problem=problem, colons=full_width_colons(self.source))
            return None
        values: dict[str, Any] = {}
        marks: dict[str, Location] = {"": self.source.at(node.start_mark)}
        broken = False
        given: dict[str, str] = {}
        for key_node, value_node in node.value:
            entry = self._entry(key_node, cls)
            if entry is None:
                continue
            if entry.name in given:
                self._fault("duplicate-key", self.source.node_at(key_node), key=key_node.value, other=given[entry.name])
                continue
            given[entry.name] = key_node.value
            marks[entry.name] = self.source.node_at(value_node)
            self._look_behind(value_node)
            value = self._value(value_node, entry.type, entry, marks)
            if value is _ABSENT:
                broken = broken or entry.required
            elif value is not None and not (entry.required and value == ()):  # a list of nothing says nothing
                values[entry.name] = value
        for entry in entries(cls):
            if entry.required and entry.name not in values:
                if not (broken and entry.name in given):
                    self._fault("missing-field", marks.get(entry.name, marks[""]), key=entry.label, name=entry.name)
                broken = True
        make: Any = cls
        return None if broken else cast(R, make(**values, marks=marks))

    def _look_behind(self, node: yaml.Node) -> None:
        """Report text that YAML takes for a comment although it looks like the value going on: `通知 #一`."""
        if isinstance(node, yaml.ScalarNode) and not node.style and node.end_mark.line < len(self._lines):
            rest = _HASH.match(self._lines[node.end_mark.line], node.end_mark.column)
            if rest:
                where = Location(
                    self.source.path, self.source.first_line + node.end_mark.line, rest.start(1) + 1, len(rest[1])
                )
                self._fault("text-after-hash", where, text=rest[1], value=node.value.strip())

    def _entry(self, key_node: yaml.Node, cls: type[Any]) -> Entry | None:
        here = self.source.node_at(key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            self._fault("invalid-yaml", here, problem="key is not a word")
            return None
        known = _spellings(cls)
        entry = known.get(key_node.value.strip())
        if entry is None:
            near = get_close_matches(key_node.value.strip(), known, n=1, cutoff=0.5)
            self._fault(
                "unknown-key",
                here,
                key=key_node.value,
                suggestion=near[0] if near else "",
                known="、".join(_labels(cls)),
            )
        return entry

    def _value(self, node: yaml.Node, wanted: Any, entry: Entry, marks: dict[str, Location]) -> Any:
        """Return the value, None for an empty one, `_ABSENT` for one that is wrong (and has its fault)."""
        members = [member for member in typing.get_args(wanted) if member is not type(None)]
        union = typing.get_origin(wanted) in (typing.Union, types.UnionType)
        if union and len(members) == 1:
            wanted, union = members[0], False
        if typing.get_origin(wanted) is tuple:
            return self._tuple(node, typing.get_args(wanted)[0], entry, marks)
        if isinstance(wanted, type) and issubclass(wanted, Record):
            return _ABSENT if (made := self.record(node, wanted)) is None else made
        if not isinstance(node, yaml.ScalarNode):
            return self._wrong(node, entry, "a single value")
        text = node.value.strip()
        if not text or (not node.style and text in ("~", "null")):
            return None
        if union:
            return self._moment(node, text, entry)
        return self._scalar(node, text, wanted, entry)

    def _scalar(self, node: yaml.Node, text: str, wanted: Any, entry: Entry) -> Any:
        if wanted is str:
            if _CONTROL.search(text):
                return self._wrong(node, entry, "text without control characters")
            if entry.spec.pattern and not re.fullmatch(entry.spec.pattern, text):
                return self._wrong(node, entry, f"form: {entry.spec.form}|{entry.spec.form_en}")
            return text
        if wanted is int:
            least, most = entry.spec.bounds
            number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
            return number if least <= number <= most else self._wrong(node, entry, f"a number from {least} to {most}")
        if wanted is bool:
            low = text.lower()
            return True if low in _TRUE else False if low in _FALSE else self._wrong(node, entry, "yes or no")
        if wanted is date:
            return self._date(node, text, entry)
        if isinstance(wanted, type) and issubclass(wanted, Word):
            words = wanted.spellings()
            near = _near(text, words)
            return words.get(text) or self._wrong(
                node,
                entry,
                "one of: " + "、".join(word.zh for word in wanted),
                near if near.isascii() else words[near].zh,
            )
        raise TypeError(f"no reader for {wanted!r} of key {entry.name}")

    def _tuple(self, node: yaml.Node, item: Any, entry: Entry, marks: dict[str, Location]) -> Any:
        if isinstance(node, yaml.ScalarNode):
            text = node.value.strip()
            if not text:
                return None
            if item is str:
                return (
                    tuple(part for part in re.split(r"[,，;；]\s*", text) if part)
                    if entry.name == "keywords"
                    else (text,)
                )
            if not getattr(item, "shorthand", ""):
                return self._wrong(node, entry, "a list")
            return tuple(made for made in (self.record(node, item),) if made)
        if isinstance(node, yaml.MappingNode):
            return self._wrong(node, entry, "a list")
        values: list[Any] = []
        for child in node.value:
            self._look_behind(child)
            value = self._value(child, item, entry, marks)
            if value is not None and value is not _ABSENT:
                marks[f"{entry.name}.{len(values)}"] = self.source.node_at(child)
                values.append(value)
        return tuple(values)

    def _date(self, node: yaml.Node, text: str, entry: Entry) -> Any:
        match = _DATE.fullmatch(text)
        try:
            if match:
                return date(*map(int, match.groups()))
            expected = "a date" if _suggest_date(text) or not _LOOSE_DATE.fullmatch(text) else "a real date"
            return self._wrong(node, entry, expected, _suggest_date(text))
        except ValueError:
            return self._wrong(node, entry, "a real date")

    def _moment(self, node: yaml.Node, text: str, entry: Entry) -> Any:
        match = _TIME.fullmatch(text)
        loose = _LOOSE_TIME.fullmatch(text)
        if not match and loose:
            begun, hour, minute = _suggest_date(loose[1]), int(loose[2]), loose[3]
            return self._wrong(node, entry, "a date", f"{begun} {hour:02}:{minute}" if begun and hour < 24 else "")
        if not match:
            return self._date(node, text, entry)
        try:
            day = date.fromisoformat(match[1])
            return datetime(day.year, day.month, day.day, int(match[2]), int(match[3]))
        except ValueError:
            return self._wrong(node, entry, "a real date")

    def _wrong(self, node: yaml.Node, entry: Entry, expected: str, suggestion: str = "") -> Any:
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        self._fault(
            "invalid-value",
            self.source.node_at(node),
            key=entry.label,
            value=_CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)[:60],
            expected=expected,
            suggestion=suggestion,
            example=entry.spec.example,
        )
        return _ABSENT

    def _fault(self, kind: str, where: Location, **data: str) -> None:
        self.faults.append(Fault(kind, where, tuple(data.items())))


def _labels(cls: type[Any]) -> list[str]:
    return [entry.label for entry in entries(cls)]


def _near(text: str, spellings: Mapping[str, Word]) -> str:
    """Return the spelling that a wrong word is near to, or nothing where it is near to different words."""
    near = get_close_matches(text, spellings, cutoff=0.5)
    return near[0] if len({spellings[spelling] for spelling in near}) == 1 else ""


def _suggest_date(text: str) -> str:
    match = _LOOSE_DATE.fullmatch(text)
    if not match:
        return ""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""
