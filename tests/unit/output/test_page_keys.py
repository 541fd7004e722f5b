"""The keys of pages: what they are made from says all of it, in the same words every time."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import types
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_site.model.notice import Notice
from build_site.output.page_keys import PageKeys, SiteDigest, key_of
from build_site.rendering import views
from build_site.rendering.plan import PlannedPage
from build_site.rendering.render import make_renderer
from build_site.rendering.theme import load_theme
from tests.robust.sandbox import ROOT
from tests.support.sites import assembled, notice
from tests.support.views import bare, full, shared

_PLAIN = (str, int, bool, bytes, type(None))


def _classes(kind: object, seen: set[type]) -> Iterator[tuple[str, object]]:
    """Yield the fields' types that a value of type `kind` is made of, with where they stand, down to plain values."""
    arguments = typing.get_args(kind)
    if arguments:
        origin = typing.get_origin(kind)
        assert origin in (tuple, typing.Union, types.UnionType), f"{kind}: the order of its values is not its own"
        for argument in arguments:
            if argument is not Ellipsis:
                yield from _classes(argument, seen)
    elif isinstance(kind, type) and dataclasses.is_dataclass(kind):
        if kind not in seen:
            seen.add(kind)
            hints = typing.get_type_hints(kind, vars(views))
            for field in dataclasses.fields(kind):
                yield f"{kind.__name__}.{field.name}", field
                yield from _classes(hints[field.name], seen)
    else:
        assert kind in _PLAIN, f"{kind}: its repr is not known to say all of it"


@pytest.mark.parametrize("kind", [*views.PAGE_VIEWS, views.Shared], ids=lambda kind: kind.__name__)
def test_what_a_page_is_made_from_says_all_of_itself(kind: type) -> None:
    """No field is hidden from `repr`, none is a set or a dict, and nothing is there but records and plain values."""
    seen: set[type] = set()
    fields = list(_classes(kind, seen))
    assert len(fields) >= len(dataclasses.fields(kind))
    for where, field in fields:
        assert isinstance(field, dataclasses.Field) and field.repr, f"{where} is hidden from repr"
    for one in seen:
        assert "__repr__" in vars(one) and one.__repr__.__qualname__ == f"{one.__name__}.__repr__", one
        assert one.__dataclass_params__.frozen and one.__dataclass_params__.repr, one  # type: ignore[attr-defined]


def test_the_same_page_has_the_same_key_in_every_process() -> None:
    """Whatever the seed of hashes: an order that changes would make every page anew."""
    words = (
        "from tests.unit.output.test_page_keys import keys_of_all; import hashlib;"
        "print(hashlib.sha256(b''.join(keys_of_all())).hexdigest())"
    )
    found = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", words], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1


def _keys(site: SiteDigest, root: Path = Path("/nowhere")) -> PageKeys:
    return PageKeys(make_renderer(load_theme(root), shared(), ("b.example.com", "a.example.com")), site)


def _site_digest(body: str = "正文一段。", title: str = "题") -> SiteDigest:
    files = {"content/zd/a.md": notice(title, "00001", body), "content/zd/b.md": notice("另一篇", "00002")}
    return SiteDigest.of(assembled(files))


def keys_of_all() -> list[bytes]:
    """Return the keys of a page of every kind, before and after it has a view."""
    keys = _keys(_site_digest())
    return [
        key
        for kind in views.PAGE_VIEWS
        for view in (full(kind), bare(kind))
        for page in [PlannedPage("a.html", "content/zd/a.md", lambda view=view: view)]  # type: ignore[misc]
        for key in (key_of(keys.parts(page, view)), keys.near(page))
    ]


def test_all_kinds_of_pages_have_keys_of_their_own() -> None:
    keys = _keys(_site_digest())
    page = PlannedPage("a.html", "a.md", lambda: bare(views.HomeView))
    found = {key_of(keys.parts(page, view)) for kind in views.PAGE_VIEWS for view in (full(kind), bare(kind))}
    assert len(found) == 2 * len(views.PAGE_VIEWS)


def test_a_key_holds_the_names_of_its_parts() -> None:
    assert key_of({"a": b"1", "b": b"2"}) != key_of({"a": b"1", "c": b"2"}) != key_of({"a": b"1"})
    assert key_of({"ab": b"c"}) != key_of({"a": b"bc"})


def test_a_body_changes_only_the_key_of_its_own_page() -> None:
    """At the same length; that many other pages need no view is what these keys are for."""
    old, new = _keys(_site_digest("正文一段。")), _keys(_site_digest("正文二段。"))
    own, other, home = (
        PlannedPage(address, source, lambda: bare(views.HomeView))
        for address, source in (
            ("1.html", "content/zd/a.md"),
            ("2.html", "content/zd/b.md"),
            ("i.html", "catalog.yaml"),
        )
    )
    assert old.near(own) != new.near(own)
    assert old.near(other) == new.near(other) and old.near(home) == new.near(home)


def test_a_title_changes_the_keys_of_all_pages() -> None:
    page = PlannedPage("2.html", "content/zd/b.md", lambda: bare(views.HomeView))
    assert _keys(_site_digest()).near(page) != _keys(_site_digest(title="新题")).near(page)


def test_every_key_of_a_notice_is_in_the_digest() -> None:
    assert all(field.repr for field in dataclasses.fields(Notice) if field.compare)  # places are shown nowhere
