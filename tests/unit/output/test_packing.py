"""Packing: records come back, and nothing else does."""

from __future__ import annotations

import builtins
import dataclasses
import os
import pickle
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from build_site.model.content import SourceAsset
from build_site.model.finding import Severity
from build_site.model.site import Document
from build_site.model.spec import keyed
from build_site.model.text import Location
from build_site.model.words import ColumnKind
from build_site.output.digest import digest
from build_site.output.packing import packed, unpacked, unpacked_or_none
from build_site.output.sources import read_site
from build_site.output.stamp import Stamp
from build_site.rendering.measure import measure
from tests.support.edited_site import Draft, lay
from tests.support.sites import AS_OF

VALUES = [
    Location("a.md", 3, 4, 5),
    SourceAsset("content/a.pdf", 7, "no-content"),
    (Severity.ERROR, *ColumnKind),
    {"a": (date(2020, 1, 2), datetime(2020, 1, 2, 3, 4, tzinfo=UTC), None, True)},
    frozenset({"甲", "乙"}),
    measure("<main><h1>题</h1><p>文</p></main>", "a.html", "a.md"),
    b"bytes",
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back(value: object) -> None:
    again = unpacked(packed(value))
    assert again == value and type(again) is type(value) and sorted(repr(again)) == sorted(repr(value))


def test_all_documents_of_a_site_come_back_with_their_places(tmp_path: Path) -> None:
    lay(tmp_path, {}, Draft().all_files(), set())
    site, _ = read_site(tmp_path, AS_OF)
    assert site and len(site.documents) > 10
    for document in site.documents:
        assert unpacked(packed(document.doc)) == document.doc
        assert repr(unpacked(packed(document.doc))) == repr(document.doc), "places are not compared, and must come back"


class _Calls:
    """What a hostile pickle is made of: a function and what it is called with."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.call


CALLS = {
    "a command": (os.system, "true"),
    "eval": (builtins.eval, "1"),
    "exec": (builtins.exec, "1"),
    "getattr": (builtins.getattr, "", "upper"),
    "import": (builtins.__import__, "os"),
    "a process": (subprocess.Popen, ["true"]),
    "a class of another package": (Path, "/"),
    "a function of the program": (digest, b""),
    "a class of the program outside the model": (Stamp, Path(), Path(), (), None),
    "a function of the model": (keyed, "甲"),
    "a class that the model only uses": (dataclasses.Field, 1),
    "bytearray": (bytearray, 10),
}


@pytest.mark.parametrize("name", CALLS)
def test_nothing_else_comes_back(name: str) -> None:
    function, *arguments = CALLS[name]
    data = pickle.dumps(_Calls(function, *arguments))  # type: ignore[arg-type]
    with pytest.raises(pickle.UnpicklingError):
        unpacked(data)
    assert unpacked_or_none(data) is None


NAMES = {
    "a dotted name": ("build_site.model.columns", "dataclasses.sys"),
    "a dotted name of a class": ("build_site.model.site", "Site.named"),
    "a name of another module": ("build_site.model.columns", "dataclass"),
    "a class from another module": ("build_site.model.site", "Catalogue"),
    "a module": ("build_site.model.site", "dataclasses"),
    "no such name": ("build_site.model.site", "Nothing"),
    "no such module": ("build_site.model.nothing", "Nothing"),
    "a module beside the model": ("build_site.output.store", "Store"),
    "a module that begins alike": ("build_site.modelling", "Site"),
    "a way out": ("build_site.model...output.store", "Store"),
    "the package": ("build_site.model", "site"),
    "a dunder": ("build_site.model.site", "__builtins__"),
    "a way around": ("datetime", "sys"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_no_class_of_the_model_does_not_come_back(name: str) -> None:
    module, word = NAMES[name]
    for data in (
        f"c{module}\n{word}\n.".encode(),
        b"\x80\x04" + b"".join(b"\x8c" + bytes([len(text)]) + text.encode() for text in (module, word)) + b"\x93.",
    ):
        with pytest.raises(pickle.UnpicklingError):
            unpacked(data)


def test_a_class_of_the_model_does() -> None:
    """The measure of these tests works."""
    assert unpacked(b"cbuild_site.model.site\nDocument\n.") is Document


@pytest.mark.parametrize("data", [b"", b".", b"\x80\x05", b"text", packed(VALUES)[:-5], b"(" * 1000])
def test_what_is_no_pickle_is_no_value(data: bytes) -> None:
    assert unpacked_or_none(data) is None
