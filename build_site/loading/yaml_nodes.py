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
_NO_SPACE = re.compile(r"\s*(?:- )?[^\s:#\"']+:\S")
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
    lines = source.text.split("\n")
    before = mark.line - 1 if mark is not None else -1
    if "mapping values are not allowed" in problem and 0 <= before < len(lines) and _NO_SPACE.match(lines[before]):
        place = Location(source.path, source.first_line + before, lines[before].index(":") + 1)
        return Fault("invalid-yaml", place, (("problem", "no space after colon"), ("context", "")))
    if mark is not None and mark.line < len(lines) and _FULL_WIDTH_COLON.match(lines[mark.line]):
        problem = "full-width colon"
    data = (("problem", problem), ("context", context), ("colons", full_width_colons(source)))
    return Fault("invalid-yaml", source.at(mark), data)


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
