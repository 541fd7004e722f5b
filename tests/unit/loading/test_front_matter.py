from __future__ import annotations

import pytest

from build_site.loading.front_matter import split
from build_site.model.text import SourceFile


@pytest.mark.parametrize(
    ("text", "yaml", "body"),
    [
        ("---\na: 1\n---\n正文\n", "\na: 1\n", "\n正文\n"),
        ("---\na: 1\n---", "\na: 1\n", ""),
        ("\n \n---\na: 1\n---\n正文", "\na: 1\n", "\n正文"),
        ("-----  \na: 1\n----\t\n正文", "\na: 1\n", "\n正文"),
        ("---\na: 1\n---\n一\n\n---\n\n二", "\na: 1\n", "\n一\n\n---\n\n二"),
        ("---\na: '---'\nb: x---\n---\n正文", "\na: '---'\nb: x---\n", "\n正文"),
    ],
)
def test_split(text: str, yaml: str, body: str) -> None:
    """The first two fence lines enclose the YAML text; all after them is the body, at its offset."""
    found = split(SourceFile("a.md", text))
    assert (found.head.text, found.body, found.faults) == (yaml, body, ())
    assert found.node is not None
    assert text[found.body_offset :] == body


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("", "front-matter-missing", (1, 1)),
        ("正文", "front-matter-missing", (1, 1)),
        ("正文\n---\na: 1\n---\n", "front-matter-missing", (1, 1)),
        ("--\na: 1\n--\n", "front-matter-missing", (1, 1)),
        ("---\n---\n", "front-matter-missing", (1, 1)),
        ("\n---\n# x\n---\n", "front-matter-missing", (2, 1)),
        ("---", "front-matter-unclosed", (1, 1)),
        ("---\na: 1\n\n正文", "front-matter-unclosed", (1, 1)),
        ("\n\n---\na: 1\n", "front-matter-unclosed", (3, 1)),
        ("---\na: 1\n --- x\n", "front-matter-unclosed", (1, 1)),
        ("---\na: [\n---\n正文", "invalid-yaml", None),
    ],
)
def test_faults(text: str, kind: str, place: tuple[int, int] | None) -> None:
    """A head that is missing, not closed or not YAML is one fault and gives no nodes."""
    found = split(SourceFile("a.md", text))
    (fault,) = found.faults
    assert fault.kind == kind
    assert found.node is None
    if place:
        assert (fault.where.line, fault.where.column) == place


def test_an_unreadable_head_publishes_no_body() -> None:
    """Nothing half-read remains when the head is missing or not closed."""
    assert split(SourceFile("a.md", "正文")).body == ""
    assert split(SourceFile("a.md", "---\ntitle: x\n正文")).body == ""


def test_positions_within_the_head_are_those_of_the_file() -> None:
    """Lines are counted from the beginning of the file, blank lines in front included."""
    found = split(SourceFile("a.md", "\n\n---\na: 1\nb: 字\n---\n"))
    node = found.node
    assert node is not None
    where = found.head.node_at(node.value[1][1])
    assert (where.line, where.column) == (5, 4)
