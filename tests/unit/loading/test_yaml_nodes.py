from __future__ import annotations

import pytest
import yaml

from build_site.loading.yaml_nodes import MAX_DEPTH, YamlText, compose


def scalars(text: str) -> dict[str, str]:
    node, faults = compose(YamlText("a.yaml", text))
    assert faults == []
    assert isinstance(node, yaml.MappingNode)
    return {key.value: value.value for key, value in node.value}


@pytest.mark.parametrize("value", ["020001", "12:30", "2024-02-30", "yes", "1e3", "0x1f", "~", "null", "1_000", "off"])
def test_scalars_stay_as_written(value: str) -> None:
    """Nothing is turned into a number, day or truth value."""
    assert scalars(f"a: {value}") == {"a": value}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 关于甲: 乙", (1, 7)),
        ("a: 1\nb：2\nc: 3", (2, 1)),
        ("a: 1\nb:2", (2, 2)),
        ("a：1\nb: 2", (1, 1)),
        ("a: 1\n  b: 2", (2, 3)),
        ("a:\n- b: 1\n   c: 2", (3, 4)),
        ("a:\n    b: 1\n  c: 2", (3, 3)),
        ("a: 甲\n  https://b\nc: 乙: 丙", (3, 5)),
        ('a: 1\nb: "未完', (2, 4)),
        ("a: 1\n\tb: 2", (2, 1)),
        ("a: [1]2", (1, 7)),
        ("a: *x", (1, 4)),
        ("a: @x", (1, 4)),
    ],
)
def test_syntax_errors_stand_where_the_mistake_is(text: str, place: tuple[int, int]) -> None:
    """A syntax error is one fault at the line and column of the mistake, no nodes."""
    node, faults = compose(YamlText("a.yaml", text))
    assert node is None
    (fault,) = faults
    assert fault.kind == "invalid-yaml"
    assert (fault.where.line, fault.where.column) == place


def test_positions_are_those_of_the_file() -> None:
    """A text that begins in line 3 of its file gives places of the file."""
    source = YamlText("a.md", "标题: 通知\n", 3)
    node, _ = compose(source)
    assert isinstance(node, yaml.MappingNode)
    where = source.node_at(node.value[0][1])
    assert (where.path, where.line, where.column, where.length) == ("a.md", 3, 5, 2)


def test_an_anchor_is_a_fault_where_it_stands() -> None:
    """An anchor is refused where it stands, and with it every alias."""
    node, faults = compose(YamlText("a.yaml", "a: &x [1]\nb: *x\n"))
    assert node is None
    assert [(fault.kind, fault.where.line, fault.where.column) for fault in faults] == [("yaml-alias", 1, 4)]


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    """Nine levels of ninefold aliases end in a fault, not in memory."""
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    node, faults = compose(YamlText("a.yaml", "\n".join(lines)))
    assert node is None
    assert {fault.kind for fault in faults} == {"yaml-alias"}


@pytest.mark.parametrize("tag", ["!!python/object:os.system", "!重要", "!!binary"])
def test_tags_are_refused(tag: str) -> None:
    """A tag never makes an object."""
    node, faults = compose(YamlText("a.yaml", f"a: {tag} x"))
    assert node is None
    assert [fault.kind for fault in faults] == ["invalid-yaml"]


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}")])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 2000, 200_000])
def test_deep_nesting_is_refused(opened: str, closed: str, depth: int) -> None:
    """Thousands of brackets are a fault, not a crash."""
    node, faults = compose(YamlText("a.yaml", opened * depth + closed * depth))
    assert node is None
    assert [fault.kind for fault in faults] == ["invalid-yaml"]


def test_deep_indentation_is_refused() -> None:
    """Nesting by indentation counts like brackets."""
    text = "".join(f"{' ' * n}- \n" for n in range(0, 400, 2)) + " " * 400 + "x"
    assert compose(YamlText("a.yaml", text))[0] is None


@pytest.mark.parametrize("text", ["", "\n\n", "# 注释\n", "---\n"])
def test_nothing_is_no_fault(text: str) -> None:
    """An empty text has no faults; whoever asked for it decides."""
    node, faults = compose(YamlText("a.yaml", text))
    assert faults == []
    assert node is None or (isinstance(node, yaml.ScalarNode) and node.value == "")
