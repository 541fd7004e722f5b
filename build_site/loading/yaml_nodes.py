"""YAML text to nodes with positions.

Owns the use of PyYAML: `compose` with the C base loader, so that every scalar stays the text the editor wrote
(YAML 1.1 would turn 020001 into 8193 and 12:30 into 750). Must not know which keys are legal.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from build_site.model.finding import Fault
from build_site.model.text import Location

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # a Python without libyaml: slower, the same nodes
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 30
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


@dataclass(frozen=True, slots=True)
class YamlText:
    """A YAML text inside a file: `first_line` is the file's line on which it begins (from 1)."""

    path: str
    text: str
    first_line: int = 1

    def at(self, mark: yaml.Mark | None, length: int = 1) -> Location:
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

    Returns None for an empty text or a syntax error. Aliases, explicit tags and nesting deeper than
    `MAX_DEPTH` are faults, so that no small text can grow into a large one.
    """
    if _too_deep(source.text):
        return None, [Fault("invalid-yaml", Location(source.path, source.first_line, 1), (("problem", "too deep"),))]
    try:
        node = yaml.compose(source.text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or ""
        return None, [Fault("invalid-yaml", source.at(mark), (("problem", problem), ("context", error.context or "")))]
    except yaml.YAMLError as error:
        return None, [Fault("invalid-yaml", Location(source.path, source.first_line, 1), (("problem", str(error)),))]
    if node is None:
        return None, []
    faults = list(_unsafe(source, node))
    return (None if faults else node), faults


def _too_deep(text: str) -> bool:
    # libyaml recurses in C: a text of ten thousand brackets must not reach it
    return text.count("[") + text.count("{") > 5000 and max(text.count("[" * 40), text.count("{" * 40)) > 0


def _unsafe(source: YamlText, root: yaml.Node) -> list[Fault]:
    faults: list[Fault] = []
    seen: set[int] = set()
    stack: list[tuple[yaml.Node, int]] = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        if id(node) in seen:
            return [Fault("yaml-alias", source.node_at(node))]  # one is enough: a bomb has thousands
        seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            faults.append(Fault("invalid-yaml", source.node_at(node), (("problem", "tag"), ("context", node.tag))))
        if depth > MAX_DEPTH:
            faults.append(Fault("invalid-yaml", source.node_at(node), (("problem", "too deep"),)))
            continue
        if isinstance(node, yaml.SequenceNode):
            stack += [(item, depth + 1) for item in node.value]
        elif isinstance(node, yaml.MappingNode):
            for pair in node.value:
                stack += [(item, depth + 1) for item in pair]
    return faults
