"""Every part of every key is needed: for each there is an edit after which a build that leaves the part out of its key
gives another site, or other findings, than a build from nothing.
"""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from build_site.loading import pictures
from build_site.model.notice import Notice
from build_site.model.site import Document, Site
from build_site.output import digest, page_keys, sources, store
from build_site.output.earlier import Earlier
from build_site.output.outcome import silent
from build_site.output.page_keys import PageKeys, SiteDigest
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
Edit = Callable[[Draft, Side], None]


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


_NEAR_PARTS = ("name", "engine", "static", "shared", "options", "templates", "site", "address", "source", "body")


def _near_key_without(name: str) -> Mutation:
    """Leave a part out of the keys that pages have before there is a view."""

    def mutate(patch: Patch) -> None:
        left_out = _NEAR_PARTS.index(name)

        def fewer(*parts: bytes) -> bytes:
            if parts[0] != b"near":
                return digest.digest(*parts)
            assert len(parts) == len(_NEAR_PARTS)
            return digest.digest(*(part for number, part in enumerate(parts) if number != left_out))

        patch.setattr(page_keys, "digest", fewer)

    return mutate


def _site_digest_of(less: Callable[[Site], Site]) -> Mutation:
    """Make the digest of a site that of another, which has less."""

    def mutate(patch: Patch) -> None:
        of = SiteDigest.of
        patch.setattr(SiteDigest, "of", staticmethod(lambda site: of(less(site))))

    return mutate


def _without(**fields: Any) -> Callable[[Site], Site]:
    return lambda site: dataclasses.replace(site, **fields)


def _without_in_documents(less: Callable[[Document], Document]) -> Callable[[Site], Site]:
    return lambda site: dataclasses.replace(site, documents=tuple(map(less, site.documents)))


def _without_notice(document: Document) -> Document:
    notice = Notice("", marks=None)
    return dataclasses.replace(document, notice=notice, doc=dataclasses.replace(document.doc, notice=notice))


def _without_links(document: Document) -> Document:
    body = dataclasses.replace(document.doc.body, links=())
    return dataclasses.replace(document, doc=dataclasses.replace(document.doc, body=body))


def _values_without_checksum(patch: Patch) -> None:
    patch.setattr(store, "_sum", lambda kind, key, value: b"")


def _pages_without_checksum(patch: Patch) -> None:
    def page(self: Store, sha256: str) -> Path | None:
        return next(iter(self.folder.rglob(sha256)), None) if self.folder else None

    patch.setattr(Store, "page", page)


# Edits that show it


def _an_edit(name: str) -> Edit:
    return lambda draft, side: EDITS[name](draft, Random(1))


def _set(path: str, text: str) -> Edit:
    def edit(draft: Draft, side: Side) -> None:
        draft.files[path] = text.encode()

    return edit


def _move(old: str, new: str) -> Edit:
    def edit(draft: Draft, side: Side) -> None:
        draft.files[new] = draft.files.pop(old)
        for path in draft.documents():
            draft.files[path] = draft.files[path].replace(Path(old).name.encode(), Path(new).name.encode())

    return edit


def _setting(key: str, value: str) -> Edit:
    def edit(draft: Draft, side: Side) -> None:
        draft.site[key] = value

    return edit


def _redirect_from(address: str) -> Edit:
    """Another address, in another depth, leads to the same page as the last redirect did."""

    def edit(draft: Draft, side: Side) -> None:
        draft.redirects.append(f"{{from: {address}, to: wj/2020/00002.html}}")

    return edit


def _redirect_to(address: str) -> Edit:
    def edit(draft: Draft, side: Side) -> None:
        draft.redirects[0] = f"{{from: wj/2019/00001.html, to: {address}}}"

    return edit


def _day_after(draft: Draft, side: Side) -> None:
    """One document holds no longer."""
    draft.day += timedelta(days=1)


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


_OTHER_BODY = _set("content/zd/zhidu.md", notice("信息公开制度", "00001", TEXT.replace("方便", "便利")))
_OTHER_TITLE = _set("content/zd/zhidu.md", notice("另一个制度", "00001"))
_OTHER_LINK = _set("content/fdzdgknr/tjxx/qita.md", notice("统计其他", "00008", f"{TEXT}见[规范](../gfxwj/jiedu.md)。"))
_OTHER_COLUMN = _move("content/zd/zhidu.md", "content/fdzdgknr/tjxx/zhidu.md")
_OTHER_TEMPLATE = _set(
    "themes/site/templates/home.html", '{% extends "default/home.html" %}{% block head %}<!-- 乙 -->{% endblock %}'
)
_OTHER_STYLE = _an_edit("a style changes")
_PARSES = _with(lambda patch: another_parsing(patch, 2))
_RENDERS = _with(lambda patch: another_rendering(patch, 2))

CASES: dict[str, tuple[Mutation, Edit, Program]] = {
    "document engine": (_source_key_without("doc", "engine"), _nothing, _PARSES),
    "document path": (_source_key_without("doc", "path"), _OTHER_COLUMN, _same),
    "document bytes": (_source_key_without("doc", "bytes"), _OTHER_BODY, _same),
    "file engine": (_source_key_without("file", "engine"), _nothing, _with(_other_measuring)),
    "file path": (_source_key_without("file", "path"), _move("content/zd/biaoge.txt", "content/zd/biaoge.pdf"), _same),
    "file bytes": (_source_key_without("file", "bytes"), _set("content/zd/biaoge.txt", " " * 39), _same),
    "page engine": (_page_key_without("engine"), _nothing, _RENDERS),
    "page static": (_page_key_without("static"), _OTHER_STYLE, _same),
    "page shared": (_page_key_without("shared"), _setting("icp", "某ICP备00000000号"), _same),
    "page options": (_page_key_without("options"), _setting("trusted", "[ggfw.example.com]"), _same),
    "page address": (_page_key_without("address"), _redirect_from("wj/2019/deeper/00009.html"), _same),
    "page source": (_page_key_without("source"), _move("content/zd/zhidu.md", "content/zd/zhidu-2.md"), _same),
    "page template": (_page_key_without("template"), _OTHER_TEMPLATE, _same),
    "page view": (_page_key_without("view."), _OTHER_BODY, _same),
    "near engine": (_near_key_without("engine"), _nothing, _RENDERS),
    "near static": (_near_key_without("static"), _OTHER_STYLE, _same),
    "near templates": (_near_key_without("templates"), _OTHER_TEMPLATE, _same),
    "near site": (_near_key_without("site"), _OTHER_TITLE, _same),
    "near address": (_near_key_without("address"), _nothing, _same),
    "near body": (_near_key_without("body"), _OTHER_BODY, _same),
    "site catalogue": (_site_digest_of(_without(catalogue=None)), _redirect_to("wj/2020/00003.html"), _same),
    "site as_of": (_site_digest_of(_without(as_of=None)), _day_after, _same),
    "site assets": (
        _site_digest_of(_without(assets={})), _set("content/zd/biaoge.txt", "申请表：姓名、单位、事项。" * 200), _same,
    ),
    "site documents notice": (_site_digest_of(_without_in_documents(_without_notice)), _OTHER_TITLE, _same),
    "site documents links": (_site_digest_of(_without_in_documents(_without_links)), _OTHER_LINK, _same),
    "checksum of values": (_values_without_checksum, _falsify_values, _same),
    "checksum of pages": (_pages_without_checksum, _falsify_pages, _same),
}  # fmt: skip
"""Part of a key -> a key without it, an edit that shows that it is needed, and what the program is after the edit."""

NEVER_NEEDED = {
    "document kind": "values of different kinds are kept apart by the database already",
    "file kind": "values of different kinds are kept apart by the database already",
    "near name": "no other key has as many parts",
    "near shared": "what every page shows is made from the catalogue and the day, which the digest of the site has",
    "near options": "the trusted sites stand in the catalogue, which the digest of the site has",
    "near source": "the paths of all documents stand in the digest of the site",
    "page kind": "no two kinds of page have the same fields, and the names of the fields are part of the key",
}
"""Parts that no edit can show to be needed, and why."""


def test_every_part_has_its_case(tmp_path: Path) -> None:
    parts = PageKeys(_renderer(tmp_path), SiteDigest(b"", {})).parts(
        PlannedPage("a.html", "a.md", lambda: bare(views.HomeView)), bare(views.HomeView)
    )
    fields = {f"page {name}" for name in parts if not name.startswith("view.")}
    known = {f"{kind} {name}" for kind in ("document", "file") for name in _SOURCE_PARTS}
    known |= {f"near {name}" for name in _NEAR_PARTS} | {"page view", "checksum of values", "checksum of pages"}
    assert fields | known == {name for name in {*CASES, *NEVER_NEEDED} if not name.startswith("site ")}
    assert not set(CASES) & set(NEVER_NEEDED)


def test_why_the_kind_of_a_page_is_never_needed() -> None:
    fields = [frozenset(field.name for field in dataclasses.fields(kind)) for kind in views.PAGE_VIEWS]
    assert len(set(fields)) == len(fields)


@dataclass
class Built:
    """A folder with a site that was built so often that nothing changed any more, and what that left in its store;
    and what builds from nothing gave after edits.
    """

    folder: Path
    after: dict[tuple[Edit, Program], tuple[object, object]] = field(default_factory=dict)

    def copy(self, folder: Path, *, stored: bool) -> Side:
        """Return a copy to edit, with what is in the store or with an empty one."""
        shutil.copytree(self.folder / "site", folder / "site")
        if stored:
            shutil.copytree(self.folder / "cache", folder / "cache")
        return Side(folder / "site", folder / "cache")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("built")
    lay(folder / "site", {}, _draft().all_files(), set())
    for _ in range(2):
        assert Side(folder / "site", folder / "cache").build(AS_OF).published
    return Built(folder)


def _draft() -> Draft:
    draft = Draft()
    draft.files["themes/site/templates/document.html"] = _HEADING.encode()
    draft.head("content/fdzdgknr/gfxwj/guifan.md", "expires", str(AS_OF))
    return draft


def _edited(side: Side, edit: Edit) -> date:
    draft = _draft()
    edit(draft, side)
    lay(side.root, _draft().all_files(), draft.all_files(), set())
    return draft.day


def _after(built: Built, edit: Edit, program: Program, folder: Path) -> tuple[object, object]:
    """Return what a build from nothing gives after an edit; one from what was left gives the same."""
    if (edit, program) not in built.after:
        sides = Side(folder / "clean/site"), built.copy(folder / "whole", stored=True)
        built.copy(folder / "clean", stored=False)
        with pytest.MonkeyPatch.context() as patch:
            program(patch)
            clean, whole = ((said(side.build(_edited(side, edit))), side.left()) for side in sides)
        assert whole == clean, "the cache is wrong"
        built.after[edit, program] = clean
    return built.after[edit, program]


@pytest.mark.parametrize("case", CASES)
def test_a_part_is_needed(case: str, built: Built, tmp_path: Path) -> None:
    mutate, edit, program = CASES[case]
    wanted = _after(built, edit, program, tmp_path)
    mutant = built.copy(tmp_path / "mutant", stored=False)
    with pytest.MonkeyPatch.context() as patch:
        mutate(patch)
        assert mutant.build(AS_OF).published
    day = _edited(mutant, edit)
    with pytest.MonkeyPatch.context() as patch:
        program(patch)
        mutate(patch)
        try:
            found = said(mutant.build(day)), mutant.left()
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
    site = SiteDigest(repr(wanted).encode(), {})  # equal ones mean equal views
    made = render_all(planned, renderer, site, target, Earlier(Path("/nowhere"), assembled()), Store(cache), silent)
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
