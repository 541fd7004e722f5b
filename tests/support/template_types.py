"""Follows the types of the views through Jinja2 templates, without rendering: which fields does a theme use?

A small interpreter of Jinja2's syntax tree in which every value is a set of types. `view` has the type of the view,
`{% for row in view.rows %}` gives `row` the type of an item, macros are followed with the types of their arguments.
A field that its class does not have is an error even in a branch that no page of the sample site reaches; a name whose
type is not known is `unresolved`, so that the test can demand that there is none.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes


@dataclasses.dataclass(frozen=True)
class Seq:
    """A list of any length with items of these types."""

    item: Types


@dataclasses.dataclass(frozen=True)
class Row:
    """A tuple of a fixed length."""

    items: tuple[Types, ...]


@dataclasses.dataclass(frozen=True)
class Map:
    """A mapping from text."""

    value: Types


@dataclasses.dataclass(frozen=True, eq=False)
class Macro:
    """A macro (or the body of a `call` block) and the names that it sees."""

    name: str
    node: nodes.Macro | nodes.CallBlock
    scope: Scope
    template: str


@dataclasses.dataclass(frozen=True, eq=False)
class Module:
    """An imported template."""

    names: Scope


class Loop:
    """Jinja2's `loop`."""


class Unknown:
    """Something of which nothing is known."""


Types = frozenset[Any]
Scope = dict[str, Types]
UNKNOWN: Types = frozenset({Unknown})
TEXT: Types = frozenset({str})
NUMBER: Types = frozenset({int})
TRUTH: Types = frozenset({bool})
_SAME = {"list", "sort", "reverse", "unique", "select", "reject", "selectattr", "rejectattr"}
_ITEM = {"first", "last", "min", "max", "random"}
_LOOP = {"index", "index0", "revindex", "revindex0", "length", "depth", "depth0", "first", "last", "changed", "cycle"}


def of_hint(hint: Any) -> Types:
    """Return the types of an annotation."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return frozenset().union(*map(of_hint, arguments))
    if origin is tuple and arguments[-1:] == (Ellipsis,):
        return frozenset({Seq(of_hint(arguments[0]))})
    if origin is tuple:
        return frozenset({Row(tuple(map(of_hint, arguments)))})
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return frozenset({Map(of_hint(arguments[1]))})
    return frozenset({hint}) if isinstance(hint, type) else UNKNOWN


class Walk:
    """Follows the templates of a theme; `errors` and `unresolved` fill up, `used` says which fields were met."""

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        """Start with what a renderer would load templates from."""
        self.loader = loader
        self.environment = jinja2.Environment(loader=loader)
        self.errors: list[str] = []
        self.unresolved: list[str] = []
        self.used: set[tuple[type, str]] = set()
        self.loaded: set[str] = set()
        self.files: set[str] = set()
        self._template = ""
        self._blocks: dict[str, list[tuple[str, nodes.Block]]] = {}
        self._done: set[Any] = set()

    def page(self, view: type, shared: type) -> None:
        """Follow the template of a page view."""
        self._blocks, self._done = {}, set()
        given = {"view": frozenset({view}), "shared": frozenset({shared}), "address": TEXT, "absolute": TRUTH}
        self._template = view.__name__
        self._run(typing.cast(Any, view).template, given)

    def _parse(self, name: str, node: nodes.Node | None = None) -> nodes.Template:
        try:
            source, file, _ = self.loader.get_source(self.environment, name)
        except jinja2.TemplateNotFound:
            self.errors.append(f"{self._template}{f':{node.lineno}' if node else ''}: no template {name}")
            return self.environment.parse("")
        self.loaded.add(name)
        self.files.add(str(Path(file or name).resolve()))
        return self.environment.parse(source, name, file)

    def _run(self, name: str, scope: Scope, wanted_by: nodes.Node | None = None) -> Scope:
        """Follow a template as Jinja2 runs it: the child's own statements, then its parent's page with its blocks."""
        tree, before = self._parse(name, wanted_by), self._template
        self._template = name
        for block in tree.find_all(nodes.Block):
            self._blocks.setdefault(block.name, []).append((name, block))
        parent = tree.find(nodes.Extends)
        for node in tree.body:
            if parent is None or isinstance(node, (nodes.Import, nodes.FromImport, nodes.Macro, nodes.Assign)):
                self._statement(node, scope)
        if parent is not None:
            assert isinstance(parent.template, nodes.Const), "a parent is named as text"
            self._run(parent.template.value, scope, parent)
        self._template = before
        return scope

    def _block(self, name: str, level: int, scope: Scope) -> None:
        if level < len(self._blocks[name]):
            before = self._template
            self._template, block = self._blocks[name][level]
            inner = {**scope, "super": frozenset({("super", name, level + 1)})}
            self._body(block.body, inner)
            self._template = before

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output() | nodes.ExprStmt():
                for child in node.iter_child_nodes():
                    self._value(child, scope)
            case nodes.TemplateData() | nodes.Extends():
                pass
            case nodes.If():
                self._value(node.test, scope)
                self._body([*node.body, *node.elif_, *node.else_], scope)
            case nodes.For():
                inner = {**scope, "loop": frozenset({Loop})}
                self._assign(node.target, self._items(self._value(node.iter, scope)), inner)
                if node.test:
                    self._value(node.test, inner)
                self._body([*node.body, *node.else_], inner)
            case nodes.Assign():
                self._assign(node.target, self._value(node.node, scope), scope)
            case nodes.AssignBlock():
                self._body(node.body, scope)
                self._assign(node.target, TEXT, scope)
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self._assign(target, self._value(value, scope), inner)
                self._body(node.body, inner)
            case nodes.Macro():
                scope[node.name] = frozenset({Macro(node.name, node, scope, self._template)})
            case nodes.CallBlock():
                caller = Macro("caller", node, scope, self._template)
                self._call(node.call, {**scope, "caller": frozenset({caller})}, caller)
            case nodes.Block():
                self._block(node.name, 0, scope)
            case nodes.Include():
                assert isinstance(node.template, nodes.Const), "an included template is named as text"
                self._body(self._parse(node.template.value, node).body, dict(scope))
            case nodes.Import():
                scope[node.target] = frozenset({Module(self._module(node.template, scope))})
            case nodes.FromImport():
                names = self._module(node.template, scope)
                for name in node.names:
                    wanted, alias = name if isinstance(name, tuple) else (name, name)
                    if wanted not in names:
                        self._error(node, f"no macro {wanted}")
                    scope[alias] = names.get(wanted, UNKNOWN)
            case nodes.FilterBlock() | nodes.Scope() | nodes.ScopedEvalContextModifier():
                self._body(node.body, scope)
            case _:
                raise NotImplementedError(type(node).__name__)

    def _module(self, template: nodes.Expr, scope: Scope) -> Scope:
        assert isinstance(template, nodes.Const), "an imported template is named as text"
        context = {name: scope[name] for name in ("view", "shared", "address", "absolute")}
        imported: set[str] = set()
        for node in self._parse(template.value, template).body:
            if isinstance(node, nodes.Import):
                imported.add(node.target)
            elif isinstance(node, nodes.FromImport):
                imported |= {name[1] if isinstance(name, tuple) else name for name in node.names}
        names = self._run(template.value, context, template)
        # what a template imports is not passed on by Jinja2: it must be set anew
        return {name: value for name, value in names.items() if name not in imported}

    def _assign(self, target: nodes.Node, value: Types, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        elif isinstance(target, nodes.Tuple):
            for number, part in enumerate(target.items):
                rows = [kind.items[number] for kind in value if isinstance(kind, Row) and number < len(kind.items)]
                self._assign(part, frozenset().union(*rows) if rows else UNKNOWN, scope)

    def _items(self, value: Types) -> Types:
        found: set[Any] = set()
        for kind in value:
            if isinstance(kind, Seq):
                found |= kind.item
            elif isinstance(kind, Row):
                found |= set().union(*kind.items)
            elif kind is str or isinstance(kind, Map):
                found.add(str)
            elif kind is not type(None):
                found.add(Unknown)
        return frozenset(found)

    def _value(self, node: nodes.Node, scope: Scope) -> Types:
        match node:
            case nodes.Const():
                return frozenset({type(node.value)})
            case nodes.TemplateData():
                return TEXT
            case nodes.Name():
                if node.name in scope:
                    return scope[node.name]
                if node.name in ("dict", "range"):
                    return frozenset({("call", node.name)})
                self._unresolved(node, node.name)
                return UNKNOWN
            case nodes.Getattr():
                return self._field(node, self._value(node.node, scope), node.attr)
            case nodes.Getitem():
                return self._item(node, scope)
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Call():
                return self._call(node, scope, None)
            case nodes.Tuple():
                return frozenset({Row(tuple(self._value(item, scope) for item in node.items))})
            case nodes.List():
                kinds = [self._value(item, scope) for item in node.items]
                return frozenset({Seq(frozenset().union(*kinds))})
            case nodes.Dict():
                kinds = [self._value(pair.value, scope) for pair in node.items]
                return frozenset({Map(frozenset().union(*kinds))})
            case nodes.CondExpr():
                self._value(node.test, scope)
                other = self._value(node.expr2, scope) if node.expr2 else TEXT
                return self._value(node.expr1, scope) | other
            case nodes.And() | nodes.Or() | nodes.Add():
                return self._value(node.left, scope) | self._value(node.right, scope)
            case nodes.Not() | nodes.Compare() | nodes.Test():
                self._children(node, scope)
                return TRUTH
            case nodes.Concat():
                self._children(node, scope)
                return TEXT
            case nodes.BinExpr() | nodes.UnaryExpr():
                self._children(node, scope)
                return NUMBER
            case _:
                raise NotImplementedError(type(node).__name__)

    def _children(self, node: nodes.Node, scope: Scope) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Operand):
                self._value(child.expr, scope)
            elif isinstance(child, nodes.Expr):
                self._value(child, scope)

    def _field(self, node: nodes.Node, value: Types, name: str) -> Types:
        found: set[Any] = set()
        for kind in value:
            if isinstance(kind, Module):
                if name not in kind.names:
                    self._error(node, f"no macro {name}")
                found |= kind.names.get(name, UNKNOWN)
            elif isinstance(kind, Map):
                pair = frozenset({Row((TEXT, kind.value))})
                found |= {("call", frozenset({Seq(pair)}))} if name == "items" else kind.value
            elif kind is Loop:
                found |= UNKNOWN if name not in _LOOP else NUMBER
                if name not in _LOOP:
                    self._error(node, f"loop.{name}")
            elif isinstance(kind, type) and dataclasses.is_dataclass(kind):
                found |= self._of_class(node, kind, name)
            elif kind is Unknown:
                self._unresolved(node, f"?.{name}")
                found.add(Unknown)
            elif kind is not type(None):
                # a method of Python's own: text, numbers
                if not (isinstance(kind, type) and hasattr(kind, name)):
                    self._error(node, f"{kind}.{name}")
                found.add(("call", TEXT))
        return frozenset(found)

    def _of_class(self, node: nodes.Node, kind: type, name: str) -> Types:
        self.used.add((kind, name))
        hints = typing.get_type_hints(kind)
        if name in hints:
            return of_hint(hints[name])
        member = getattr(kind, name, None)
        if isinstance(member, property) and member.fget:
            return of_hint(typing.get_type_hints(member.fget).get("return"))
        self._error(node, f"{kind.__name__}.{name}")
        return UNKNOWN

    def _item(self, node: nodes.Getitem, scope: Scope) -> Types:
        value = self._value(node.node, scope)
        if isinstance(node.arg, nodes.Slice):
            return value
        self._value(node.arg, scope)
        found: set[Any] = set()
        for kind in value:
            if isinstance(kind, Row) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int):
                found |= kind.items[node.arg.value]
            elif isinstance(kind, Map):
                found |= kind.value
            else:
                found |= self._items(frozenset({kind}))
        return frozenset(found)

    def _filter(self, node: nodes.Filter, scope: Scope) -> Types:
        value = self._value(node.node, scope) if node.node else TEXT
        for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self._value(argument, scope)
        if node.name in ("selectattr", "rejectattr") and isinstance(node.args[0], nodes.Const):
            self._field(node, self._items(value), node.args[0].value)
        by = next((keyword.value for keyword in node.kwargs if keyword.key == "attribute"), None)
        if isinstance(by, nodes.Const):
            field = self._field(node, self._items(value), by.value)
            return frozenset({Seq(field)}) if node.name == "map" else value if node.name in _SAME else TEXT
        if node.name in _SAME:
            return frozenset({Seq(self._items(value))})
        if node.name == "sum":  # of lists, it is one list
            lists = [Seq(kind.item) for kind in self._items(value) if isinstance(kind, Seq)]
            return frozenset(lists) or NUMBER
        if node.name in _ITEM:
            return self._items(value)
        if node.name in ("batch", "slice"):
            return frozenset({Seq(frozenset({Seq(self._items(value))}))})
        if node.name in ("default", "d"):
            return value | (self._value(node.args[0], scope) if node.args else TEXT)
        return NUMBER if node.name in ("length", "count", "int", "round", "abs") else TEXT

    def _call(self, node: nodes.Call, scope: Scope, caller: Macro | None) -> Types:
        target = self._value(node.node, scope)
        arguments = [self._value(argument, scope) for argument in node.args]
        named = {keyword.key: self._value(keyword.value, scope) for keyword in node.kwargs}
        found: set[Any] = set()
        for kind in target:
            if isinstance(kind, Macro):
                self._macro(kind, arguments, named, caller)
                found.add(str)
            elif isinstance(kind, tuple) and kind[0] == "super":
                self._block(kind[1], kind[2], scope)
                found.add(str)
            elif kind == ("call", "range"):
                found.add(Seq(NUMBER))
            elif kind == ("call", "dict"):
                pairs = [row for row in self._items(arguments[0] if arguments else TEXT) if isinstance(row, Row)]
                values = [row.items[1] for row in pairs] + list(named.values())
                found.add(Map(frozenset().union(*values)))
            elif isinstance(kind, tuple) and kind[0] == "call":
                found |= kind[1]
            else:
                self._unresolved(node, "a call")
        return frozenset(found)

    def _macro(self, macro: Macro, arguments: list[Types], named: Scope, caller: Macro | None) -> None:
        node, names = macro.node, [argument.name for argument in macro.node.args]
        if len(arguments) > len(names) or set(named) - set(names):
            self._error(node, f"arguments of {macro.name}")
        given = dict(zip(names, arguments, strict=False)) | named
        first = len(names) - len(node.defaults)
        for number, name in enumerate(names):
            if name not in given and number < first:
                self._error(node, f"{macro.name} without {name}")
            elif name not in given:
                given[name] = self._value(node.defaults[number - first], macro.scope)
        key = (id(node), tuple(sorted((name, value) for name, value in given.items())).__hash__(), id(caller))
        if key in self._done:
            return
        self._done.add(key)
        before, self._template = self._template, macro.template
        extra: Scope = {"caller": frozenset({caller})} if caller else {}
        self._body(node.body, {**macro.scope, **given, **extra})
        self._template = before

    def _error(self, node: nodes.Node, text: str) -> None:
        self.errors.append(f"{self._template}:{node.lineno}: {text}")

    def _unresolved(self, node: nodes.Node, text: str) -> None:
        self.unresolved.append(f"{self._template}:{node.lineno}: {text}")
