"""Every part of every key is needed: for each there is an edit after which a build that leaves the part out of its key
gives another site, or other findings, than a build from nothing.
"""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from build_site.loading import pictures
from build_site.output import digest, sources, store
from build_site.output.earlier import Earlier
from build_site.output.outcome import silent
from build_site.output.page_keys import PageKeys
from build_site.output.pages import Nowhere, render_all
from build_site.output.store import Store
from build_site.rendering import views
from build_site.rendering.plan import PlannedPage
from build_site.rendering.render import Renderer, make_renderer
from build_site.rendering.theme import load_theme
from tests.support.edited_site import EDITS, Draft, lay
from tests.support.programs import another_engine, another_parsing, another_rendering
from tests.support.sites import AS_OF, TEXT, assembled, notice
from tests.support.two_sites import Side, said
from tests.support.views import bare, full, shared

Patch = pytest.MonkeyPatch
Mutation = Callable[[Patch], None]
Program = Callable[[Patch], None]


# Keys that lack a part


def _page_key_without(name: str) -> Mutation:
    """Leave a part out of the keys of pages; with a dot at its end all whose names begin so."""

    def mutate(patch: Patch) -> None:
        parts = PageKeys.parts

        def fewer(self: PageKeys, page: PlannedPage, view: views.View) -> dict[str, bytes]:
            found = parts(self, page, view)
            left = {
                one: value
                for one, value in found.items()
                if one != name and not (name[-1] == "." and one.startswith(name))
            }
            assert len(left) < len(found)
            return left

        patch.setattr(PageKeys, "parts", fewer)

    return mutate


_SOURCE_PARTS = ("kind", "engine", "path", "bytes")


def _source_key_without(kind: str, name: str) -> Mutation:
    """Leave a part out of the keys of documents or of files."""

    def mutate(patch: Patch) -> None:
        left_out = _SOURCE_PARTS.index(name)

        def fewer(*parts: bytes) -> bytes:
            assert len(parts) == len(_SOURCE_PARTS) and parts[0] in (b"doc", b"file")
            mine = parts[0] == kind.encode()
            return digest.digest(*(part for number, part in enumerate(parts) if not mine or number != left_out))

        patch.setattr(sources, "digest", fewer)

    return mutate


def _values_without_checksum(patch: Patch) -> None:
    patch.setattr(store, "_sum", lambda kind, key, value: b"")


def _pages_without_checksum(patch: Patch) -> None:
    def page(self: Store, sha256: str) -> Path | None:
        return next(iter(self.folder.rglob(sha256)), None) if self.folder else None

    patch.setattr(Store, "page", page)


# Edits that show it


def _an_edit(name: str) -> Callable[[Draft, Side], None]:
    return lambda draft, side: EDITS[name](draft, Random(1))


def _set(path: str, text: str) -> Callable[[Draft, Side], None]:
    def edit(draft: Draft, side: Side) -> None:
        draft.files[path] = text.encode()

    return edit


def _move(old: str, new: str) -> Callable[[Draft, Side], None]:
    def edit(draft: Draft, side: Side) -> None:
        draft.files[new] = draft.files.pop(old)
        for path in draft.documents():
            draft.files[path] = draft.files[path].replace(Path(old).name.encode(), Path(new).name.encode())

    return edit


def _setting(key: str, value: str) -> Callable[[Draft, Side], None]:
    def edit(draft: Draft, side: Side) -> None:
        draft.site[key] = value

    return edit


def _redirect_from(address: str) -> Callable[[Draft, Side], None]:
    """Another address, in another depth, leads to the same page as the last redirect did."""

    def edit(draft: Draft, side: Side) -> None:
        draft.redirects.append(f"{{from: {address}, to: wj/2020/00002.html}}")

    return edit


def _nothing(draft: Draft, side: Side) -> None:
    """The sources stay; another program is at work."""


def _falsify_values(draft: Draft, side: Side) -> None:
    """The value of one document stands under the key of another too."""
    if side.cache is None:
        return
    (file,) = side.cache.glob("*.db")
    with closing(sqlite3.connect(file)) as database, database:
        rows = database.execute("SELECT key, value FROM memo WHERE kind = 'doc' ORDER BY length(value)").fetchall()
        database.execute("UPDATE memo SET value = ? WHERE kind = 'doc' AND key = ?", (rows[-1][1], rows[-2][0]))


def _falsify_pages(draft: Draft, side: Side) -> None:
    """In every page of the store, words change."""
    for file in side.cache.rglob("*") if side.cache else ():
        if file.is_file() and b"<!DOCTYPE html>" in file.read_bytes():
            aside = file.with_suffix(".aside")
            aside.write_bytes(file.read_bytes().replace("公开".encode(), "密藏".encode()))
            aside.replace(file)


def _other_measuring(patch: Patch) -> None:
    """The program does not know pictures any more."""
    patch.setattr(pictures, "picture_of", lambda file: None)


def _with(program: Program) -> Program:
    """What the program does, and another digest of it."""

    def changed(patch: Patch) -> None:
        real = digest.engine()
        another_engine(patch, lambda: real + b"2")
        program(patch)

    return changed


def _same(patch: Patch) -> None:
    """The program stays."""


_HEADING = '{% extends "default/document.html" %}{% block end %}{% if "制度" in view.title %}<h6>题</h6>{% endif %}{% endblock %}'
"""What only one page has and ought not to have: a finding that names the file the page is made from."""


CASES: dict[str, tuple[Mutation, Callable[[Draft, Side], None], Program]] = {
    "document engine": (_source_key_without("doc", "engine"), _nothing, _with(lambda patch: another_parsing(patch, 2))),
    "document path": (
        _source_key_without("doc", "path"), _move("content/zd/zhidu.md", "content/fdzdgknr/tjxx/zhidu.md"), _same,
    ),
    "document bytes": (
        _source_key_without("doc", "bytes"), _set("content/zd/zhidu.md", notice("信息公开制度", "00001", f"{TEXT}另外。")), _same,
    ),
    "file engine": (_source_key_without("file", "engine"), _nothing, _with(_other_measuring)),
    "file path": (
        _source_key_without("file", "path"), _move("content/zd/biaoge.txt", "content/zd/biaoge.pdf"), _same,
    ),
    "file bytes": (_source_key_without("file", "bytes"), _set("content/zd/biaoge.txt", " " * 39), _same),
    "page engine": (_page_key_without("engine"), _nothing, _with(lambda patch: another_rendering(patch, 2))),
    "page static": (_page_key_without("static"), _an_edit("a style changes"), _same),
    "page shared": (_page_key_without("shared"), _setting("icp", "某ICP备00000000号"), _same),
    "page options": (_page_key_without("options"), _setting("trusted", "[ggfw.example.com]"), _same),
    "page address": (_page_key_without("address"), _redirect_from("wj/2019/deeper/00009.html"), _same),
    "page source": (_page_key_without("source"), _move("content/zd/zhidu.md", "content/zd/zhidu-2.md"), _same),
    "page template": (
        _page_key_without("template"),
        _set("themes/site/templates/home.html", '{% extends "default/home.html" %}{% block head %}<!-- 乙 -->{% endblock %}'),
        _same,
    ),
    "page view": (_page_key_without("view."), _set("content/zd/zhidu.md", notice("信息公开制度", "00001", f"{TEXT}另外。")), _same),
    "checksum of values": (_values_without_checksum, _falsify_values, _same),
    "checksum of pages": (_pages_without_checksum, _falsify_pages, _same),
}  # fmt: skip
"""Part of a key -> a key without it, an edit that shows that it is needed, and what the program is after the edit."""

NEVER_NEEDED = {
    "document kind": "values of different kinds are kept apart by the database already",
    "file kind": "values of different kinds are kept apart by the database already",
    "page kind": "no two kinds of page have the same fields, and the names of the fields are part of the key",
}
"""Parts that no edit can show to be needed, and why."""


def test_every_part_has_its_case(tmp_path: Path) -> None:
    parts = PageKeys(_renderer(tmp_path)).parts(
        PlannedPage("a.html", "a.md", lambda: bare(views.HomeView)), bare(views.HomeView)
    )
    fields = {f"page {name}" for name in parts if not name.startswith("view.")}
    known = {f"{kind} {name}" for kind in ("document", "file") for name in _SOURCE_PARTS}
    assert fields | known | {"page view", "checksum of values", "checksum of pages"} == {*CASES, *NEVER_NEEDED}
    assert not set(CASES) & set(NEVER_NEEDED)


def test_why_the_kind_of_a_page_is_never_needed() -> None:
    fields = [frozenset(field.name for field in dataclasses.fields(kind)) for kind in views.PAGE_VIEWS]
    assert len(set(fields)) == len(fields)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a built site and what the build left."""
    folder = tmp_path_factory.mktemp("built")
    lay(folder / "site", {}, _draft().all_files(), set())
    assert Side(folder / "site", folder / "cache").build(AS_OF).published
    return folder


def _draft() -> Draft:
    draft = Draft()
    draft.files["themes/site/templates/document.html"] = _HEADING.encode()
    return draft


@pytest.mark.parametrize("case", CASES)
def test_a_part_is_needed(case: str, built: Path, tmp_path: Path) -> None:
    mutate, edit, program = CASES[case]
    whole, mutant, clean = (Side(tmp_path / name / "site", tmp_path / name / "cache") for name in "abc")
    for side in (whole, clean):
        shutil.copytree(built, side.root.parent)
    clean = Side(clean.root)
    lay(mutant.root, {}, _draft().all_files(), set())
    with pytest.MonkeyPatch.context() as patch:
        mutate(patch)
        assert mutant.build(AS_OF).published
    assert mutant.left() == clean.left()
    for side in (whole, mutant, clean):
        draft = _draft()
        edit(draft, side)
        lay(side.root, _draft().all_files(), draft.all_files(), set())
    with pytest.MonkeyPatch.context() as patch:
        program(patch)
        wanted = said(clean.build(AS_OF)), clean.left()
        assert (said(whole.build(AS_OF)), whole.left()) == wanted
        mutate(patch)
        try:
            found = said(mutant.build(AS_OF)), mutant.left()
        except (LookupError, ValueError, AttributeError):
            return  # put together from what does not belong together it may not even be a site
    assert found != wanted, "nobody notices that this part is missing"


# The fields of views


def _renderer(root: Path) -> Renderer:
    return make_renderer(load_theme(root), shared(), ("ggfw.example.com",))


_OTHER: dict[str, object] = {"kind": "directory", "json_ld": '{"@type":"Other"}'}


def _others(view: views.View, name: str) -> Iterator[views.View]:
    """Yield `view` with other values in the field `name`: none, or something else of the same type."""
    value = getattr(view, name)
    empty = {field.name: field.default for field in dataclasses.fields(view)}[name]
    for other in (empty, _OTHER.get(name, empty), *_else(value)):
        if other is not dataclasses.MISSING and other != value:
            value_of: dict[str, Any] = {name: other}
            yield dataclasses.replace(view, **value_of)


def _else(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield from (f"{value}改", "none", "")
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, tuple):
        yield from (value[1:], value * 2)
        for first in _else(value[0]) if value else ():
            yield (first, *value[1:])
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            for other in _else(getattr(value, field.name)):
                yield dataclasses.replace(value, **{field.name: other})


def _field_differs(renderer: Renderer, view: views.View, name: str) -> views.View | None:
    html, fault = renderer.page(view, "wj/2026/00009.html")
    assert fault is None, fault
    for other in _others(view, name):
        text, fault = renderer.page(other, "wj/2026/00009.html")
        if fault is None and text != html:
            return other
    return None


class _Pages(Nowhere):
    """Keeps the pages in memory."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}

    def write(self, address: str, data: bytes) -> None:
        self.pages[address] = data

    def link(self, address: str, file: Path) -> None:
        self.pages[address] = file.read_bytes()


def _showing(root: Path, kind: type[views.View], names: list[str]) -> Renderer:
    """A renderer with a layer of the site that shows what the default theme does not."""
    layer = root / "themes/site/templates"
    layer.mkdir(parents=True)
    (layer / kind.template).write_text("".join(f"<p>{{{{ view.{name} }}}}</p>\n" for name in names), "utf-8")
    return _renderer(root)


def _rendered(renderer: Renderer, wanted: dict[str, views.View], cache: Path | None) -> dict[str, bytes]:
    """Return the pages for `wanted`, by the fields' names."""
    planned = [PlannedPage(f"wj/2026/{name}.html", "a.md", partial(_itself, view)) for name, view in wanted.items()]
    target = _Pages()
    made = render_all(planned, renderer, target, Earlier(Path("/nowhere"), assembled()), Store(cache), silent)
    assert not made.faults
    return {Path(address).stem: data for address, data in target.pages.items()}


def _itself(view: views.View) -> views.View:
    return view


@pytest.mark.parametrize("kind", views.PAGE_VIEWS, ids=lambda kind: kind.__name__)
def test_every_field_of_a_view_is_needed(kind: type[views.View], tmp_path: Path) -> None:
    """First as the default theme shows it; a field that it does not show, as a theme of a site may show it."""
    view, left = full(kind), [field.name for field in dataclasses.fields(kind)]
    for theme in ("default", "own"):
        root = tmp_path / theme
        renderer = _renderer(root) if theme == "default" else _showing(root, kind, left)
        changed = {name: _field_differs(renderer, view, name) for name in left}
        shown = {name: other for name, other in changed.items() if other is not None}
        before = dict.fromkeys(shown, view)
        old, new = _rendered(renderer, before, None), _rendered(renderer, shown, None)
        assert _rendered(renderer, before, root / "cache") == old
        assert _rendered(renderer, shown, root / "cache") == new
        with pytest.MonkeyPatch.context() as patch:
            parts = PageKeys.parts

            def fewer(self: PageKeys, page: PlannedPage, view: views.View) -> dict[str, bytes]:
                found = parts(self, page, view)  # noqa: B023 - used within the loop
                del found[f"view.{Path(page.address).stem}"]
                return found

            patch.setattr(PageKeys, "parts", fewer)
            assert _rendered(renderer, before, root / "mutant") == old
            stale = _rendered(renderer, shown, root / "mutant")
        assert [name for name in stale if stale[name] == new[name]] == [], "nobody notices that these are missing"
        left = [name for name in left if name not in shown]
    assert left == [], "no theme can show these"
