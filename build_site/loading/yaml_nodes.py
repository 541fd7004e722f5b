"""YAML text to nodes with positions.

Owns the use of PyYAML: `compose` with the C base loader, so that every scalar stays the text the editor wrote
(YAML 1.1 would turn 020001 into 8193 and 12:30 into 750). Must not know which keys are legal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from build_site.model.finding import Fault
from build_site.model.text import Location

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # a Python without libyaml: slower, the same nodes
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 30
_MAYBE_ANCHOR = re.compile(r"(?:^|[\s,\[{])&\S")
_BEGUN = re.compile(r"while scanning an? (?:simple key|quoted scalar|alias|anchor|tag|directive|block scalar)")
_NO_SPACE = re.compile(r"\s*(?:- )?[^\s:#\"']+:(?!//)\S")
_KEY = re.compile(r"(\s*(?:- +)*)[^\s:：#\"'\[\]{}-][^\s:：]*:(?:\s|$)")
_FULL_WIDTH_COLON = re.compile(r"\s*(?:- )?[^:：\s]+：")
_WORD_AND_COLON = re.compile(r"([^\s:：#\"'\[\]{}-][^\s:：]*)：")
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


@dataclass(frozen=True, slots=True)
class YamlText:
    """A YAML text inside a file: `first_line` is the file's line on which it begins (from 1)."""

    path: str
    text: str
    first_line: int = 1

    def at(self, mark: Any, length: int = 1) -> Location:
        """Return the place in the file of a PyYAML mark."""
        if mark is None:
            return Location(self.path, self.first_line, 1)
        return Location(self.path, self.first_line + mark.line, mark.column + 1, max(1, length))

    def node_at(self, node: yaml.Node) -> Location:
        """Return the place of a node; the length is that of its text when it stands on one line."""
        start, end = node.start_mark, node.end_mark
        return self.at(start, end.column - start.column if start.line == end.line else 1)


def compose(source: YamlText) -> tuple[yaml.Node | None, list[Fault]]:
    """Parse `source` to a node tree that is safe to walk.

    Returns None for an empty text or a syntax error. Anchors (without which there are no aliases), explicit tags and nesting deeper than
    `MAX_DEPTH` are faults, so that no small text can grow into a large one.
    """
    deep = _too_deep(source)
    if deep is not None:
        return None, [Fault("invalid-yaml", deep, (("problem", "too deep"),))]
    try:
        node = yaml.compose(source.text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_fault(source, error)]
    except yaml.YAMLError as error:
        return None, [Fault("invalid-yaml", Location(source.path, source.first_line, 1), (("problem", str(error)),))]
    if node is None:
        return None, []
    anchor = _first_anchor(source)
    if anchor is not None:
        return None, [Fault("yaml-alias", anchor)]
    faults = list(_unsafe(source, node))
    return (None if faults else node), faults


def full_width_colons(source: YamlText) -> str:
    """Return where lines begin with a word and a full-width colon, as `line:column:word` joined by blanks."""
    begun = ((number, _WORD_AND_COLON.match(line)) for number, line in enumerate(source.text.split("\n")))
    return " ".join(f"{source.first_line + number}:{match.end()}:{match[1]}" for number, match in begun if match)


def _syntax_fault(source: YamlText, error: yaml.MarkedYAMLError) -> Fault:
    """Return the fault where the mistake begins: libyaml's context says that, its problem where it gave up."""
    context = error.context or ""
    begun = error.context_mark if _BEGUN.match(context) else None
    mark = begun or error.problem_mark or error.context_mark
    problem = error.problem or context
    told = _mistake(source.text.split("\n"), mark.line, mark.column, problem) if mark is not None else None
    if told is not None:
        problem, context, place = told[0], "", Location(source.path, source.first_line + told[1], told[2] + 1)
    else:
        place = source.at(mark)
    data = (("problem", problem), ("context", context), ("colons", full_width_colons(source)))
    return Fault("invalid-yaml", place, data)


def _mistake(lines: list[str], at: int, column: int, problem: str) -> tuple[str, int, int] | None:
    """Return what an editor has most likely done, with line and column from 0; None where nothing speaks for one thing.

    libyaml takes a line that is no `key: value` for the first half of the next one, so it gives up a line too late.
    """
    if at >= len(lines):
        return None
    line, before = lines[at], _line_before(lines, at)
    too_late = "mapping values are not allowed" in problem and not _KEY.match(line[:column])
    if too_late and before >= 0:
        if _NO_SPACE.match(lines[before]):
            return "no space after colon", before, lines[before].index(":")
        if _FULL_WIDTH_COLON.match(lines[before]):
            return "full-width colon", before, _indent(lines[before])
        above = _KEY.match(lines[before])
        if above and _indent(line) > len(above[1]):
            return "indented too far", at, _indent(line)
    if _FULL_WIDTH_COLON.match(line):
        return "full-width colon", at, column
    if "could not find expected ':'" in problem and _NO_SPACE.match(line):
        return "no space after colon", at, line.index(":")
    keys = [match for match in map(_KEY.match, lines[:at]) if match]
    if "expected" in problem and _KEY.match(line) and _indent(line) not in {len(key[1]) for key in keys} | {0}:
        return "indentation", at, _indent(line)
    return None


def _line_before(lines: list[str], at: int) -> int:
    """Return the last line before `at` that says something; -1 if there is none."""
    return next((number for number in range(at - 1, -1, -1) if lines[number].strip()), -1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _first_anchor(source: YamlText) -> Location | None:
    """Return where a value begins with & and a name: YAML would drop that in silence."""
    if not _MAYBE_ANCHOR.search(source.text):
        return None
    for event in yaml.parse(source.text, Loader=_Loader):
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.anchor:
            return source.at(event.start_mark)
    return None


def _too_deep(source: YamlText) -> Location | None:
    """Return where the nesting goes beyond `MAX_DEPTH`: composing recurses in C and would crash the program."""
    if sum(map(source.text.count, "[{:-?")) <= MAX_DEPTH:
        return None
    depth = 0
    try:
        for event in yaml.parse(source.text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return source.at(event.start_mark)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return None  # composing stops at the same place and says why
    return None


def _unsafe(source: YamlText, root: yaml.Node) -> list[Fault]:
    faults: list[Fault] = []
    stack: list[yaml.Node] = [root]
    while stack:
        node = stack.pop()
        if node.tag not in _PLAIN_TAGS:
            faults.append(Fault("invalid-yaml", source.node_at(node), (("problem", "tag"), ("context", node.tag))))
        if isinstance(node, yaml.SequenceNode):
            stack += node.value
        elif isinstance(node, yaml.MappingNode):
            stack += [item for pair in node.value for item in pair]
    return faults
