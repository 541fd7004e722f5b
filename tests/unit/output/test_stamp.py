"""The stamp of a build: it answers for a build only where a build would say and leave the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from build_site.output import stamp as stamp_module
from build_site.output.outcome import Outcome
from build_site.output.stamp import KIND, Stamp
from build_site.output.store import Store
from tests.support.sites import AS_OF, TEXT, notice, write
from tests.support.two_sites import Side, said

_LAYER = '{% extends "default/home.html" %}{% block head %}<!-- 甲 -->{% endblock %}'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Side:
    """A site with a theme that lies elsewhere and a file that leads to another."""
    monkeypatch.setattr(stamp_module, "_SETTLED", 0)  # these tests do not wait for clocks
    root = write(tmp_path / "site", {"content/zd/a.txt": "附表", "../shared/templates/home.html": _LAYER})
    (root / "themes").mkdir()
    (root / "themes/site").symlink_to("../../shared")
    (root / "content/zd/b.txt").symlink_to("a.txt")
    return Side(root, tmp_path / "cache", asks=True)


@pytest.fixture
def stamped(site: Side) -> Side:
    """The site with an output of which there is a stamp."""
    write(site.root, {"public/index.html": "<p>", "public/manifest.json": "{}", "urls.lock": "index.html\n"})
    _stamp(site).keep(Outcome((), published=True, folder=site.public.stat().st_ino))
    assert _stamp(site).outcome()
    return site


def _stamp(side: Side, day: date = AS_OF) -> Stamp:
    return Stamp(side.root, side.public, (day.isoformat(), "False"), side.means().store)


def test_nothing_changed(site: Side) -> None:
    assert site.build(AS_OF).published
    known = _stamp(site).outcome()
    assert known and said(known) == said(site.build(AS_OF)) and known.rendered == {}


def _append(path: str) -> Callable[[Side], None]:
    def edit(side: Side) -> None:
        file = side.root / path
        file.write_bytes(file.read_bytes() + b"\n")

    return edit


def _same_size_and_time(side: Side) -> None:
    file = side.root / "content/zd/zhidu.md"
    times = file.stat()
    file.write_text(file.read_text("utf-8").replace("方便", "便利"), "utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def _swapped(side: Side) -> None:
    one, two, aside = (side.root / f"content/zd/{name}" for name in ("zhidu.md", "a.txt", "c"))
    one.rename(aside)
    two.rename(one)
    aside.rename(two)


CHANGES: dict[str, Callable[[Side], object]] = {
    "a document": _append("content/zd/zhidu.md"),
    "a document at the same size and time": _same_size_and_time,
    "the file that a link leads to": _append("content/zd/a.txt"),
    "a template of a theme that lies elsewhere": _append("../shared/templates/home.html"),
    "the catalogue": _append("catalog.yaml"),
    "a new file": lambda side: (side.root / "content/zd/new.txt").touch(),
    "a new folder": lambda side: (side.root / "content/zd/new").mkdir(),
    "a file less": lambda side: (side.root / "content/zd/b.txt").unlink(),
    "a new name": lambda side: (side.root / "content/zd/a.txt").rename(side.root / "content/zd/c.txt"),
    "two files for one another": _swapped,
    "a word list": lambda side: (side.root / "wording.yaml").write_text("停用: [其它]\n", "utf-8"),
    "a baseline": lambda side: (side.root / "baseline.json").touch(),
    "the lock": lambda side: (side.root / "urls.lock").unlink(),
    "a page that was published": _append("public/index.html"),
    "a published page less": lambda side: (side.public / "index.html").unlink(),
    "a file more in the output": lambda side: (side.public / "new.html").touch(),
    "the mode of a page": lambda side: (side.public / "index.html").chmod(0o600),
    "the whole output": lambda side: shutil.rmtree(side.public),
}


@pytest.mark.parametrize("change", CHANGES)
def test_something_changed(change: str, stamped: Side) -> None:
    CHANGES[change](stamped)
    assert _stamp(stamped).outcome() is None


def test_another_day(stamped: Side) -> None:
    assert _stamp(stamped, date(2020, 12, 2)).outcome() is None


def test_a_circle_of_links_ends(site: Side) -> None:
    (site.root / "themes/site/circle").symlink_to(".")
    (site.root / "themes/site/other").symlink_to(site.root / "themes")
    site.public.mkdir()
    _stamp(site).keep(Outcome((), published=True, folder=site.public.stat().st_ino))
    assert _stamp(site).outcome()


def test_what_was_found_by_comparing_with_the_output_is_not_repeated(site: Side, tmp_path: Path) -> None:
    """It was said of the output before; the new output has the new text."""
    clean = Side(Path(shutil.copytree(site.root, tmp_path / "clean", symlinks=True)))
    assert site.build(AS_OF).published and clean.build(AS_OF).published
    for side in (site, clean):
        file = side.root / "content/zd/zhidu.md"
        file.write_text(notice("信息公开制度", "00001", f"{TEXT}再说一句。"), "utf-8")
    for expected in (True, False, False):
        made, right = site.build(date(2020, 12, 2)), clean.build(date(2020, 12, 2))
        assert said(made) == said(right)
        assert any(item.name == "changed-without-revision" for item in made.diagnostics) == expected


def test_another_build_that_follows_at_once_is_not_taken_for_this_one(site: Side) -> None:
    """Two builds at once: the first one's stamp does not answer for the output of the second, made of older sources."""
    stamp = _stamp(site)
    made = site.build(AS_OF)
    site.public.rename(site.root / "gone")
    shutil.copytree(site.root / "gone", site.public)
    stamp.keep(made)
    assert _stamp(site).outcome() is None


def test_a_failed_build_is_not_remembered(site: Side) -> None:
    (site.root / "content/zd/zhidu.md").write_text(notice("信息公开制度", "00001", "[甲](nowhere.md)"), "utf-8")
    assert not site.build(AS_OF).published
    assert _stamp(site).outcome() is None


def test_a_fresh_file_is_not_relied_on(site: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within one tick of a coarse clock it may change again and keep its size and time."""
    monkeypatch.undo()
    _append("content/zd/zhidu.md")(site)
    assert site.build(AS_OF).published
    assert _stamp(site).outcome() is None


def test_days_do_not_pile_up(site: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    from build_site.output import store as store_module

    monkeypatch.setattr(store_module, "_SPARE", 1)
    for day in range(1, 8):
        assert _stamp(site, date(2020, 12, day)).outcome() is None
        assert site.build(date(2020, 12, day)).published
    assert len(Store(site.cache).keys(KIND)) <= 4
