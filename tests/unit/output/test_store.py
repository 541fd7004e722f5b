"""The store: what was kept comes back, and whatever happens to its folder costs time only."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from build_site.output import build as build_module
from build_site.output import store as store_module
from build_site.output.folder import Staging
from build_site.output.store import NO_STORE, Store, remove_store
from tests.support.sites import AS_OF, write
from tests.support.two_sites import Side, said

VALUES = [(bytes([number]) * 32, b"value %d" % number * number) for number in range(40)]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _database(folder: Path) -> Path:
    (file,) = folder.glob("*.db")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a store with values and a page."""
    store = Store(tmp_path / "cache")
    store.save("a", VALUES)
    assert store.put_page(_sha256(b"page"), b"page")
    return tmp_path / "cache"


# What was kept


def test_values_come_back(folder: Path) -> None:
    store = Store(folder)
    assert dict(store.load("a")) == dict(VALUES)
    assert list(store.load("a", [VALUES[3][0], b"unknown", VALUES[1][0]])) == [VALUES[3], VALUES[1]]
    assert store.keys("a") == {key for key, _ in VALUES}


def test_kinds_are_kept_apart(folder: Path) -> None:
    store = Store(folder)
    store.save("b", [(VALUES[0][0], b"other")])
    assert dict(store.load("b")) == {VALUES[0][0]: b"other"}
    assert dict(store.load("a")) == dict(VALUES)
    assert store.keys("c") == frozenset() and list(store.load("c")) == []


def test_a_value_is_replaced(folder: Path) -> None:
    Store(folder).save("a", [(VALUES[0][0], b"new")])
    assert dict(Store(folder).load("a"))[VALUES[0][0]] == b"new"


def test_names_that_are_no_longer_wanted_are_forgotten(folder: Path) -> None:
    Store(folder).forget("a", {VALUES[0][0], b"unknown"})
    assert list(Store(folder).load("a")) == [VALUES[0]]


def test_a_page_comes_back_as_a_plain_file(folder: Path) -> None:
    file = Store(folder).page(_sha256(b"page"))
    assert file and file.read_bytes() == b"page"
    assert stat.S_ISREG(file.lstat().st_mode) and file.stat().st_mode & 0o777 == 0o644
    assert Store(folder).page(_sha256(b"other")) is None


def test_a_damaged_page_is_not_there_and_can_be_made_again(folder: Path) -> None:
    name = _sha256(b"page")
    file = Store(folder).page(name)
    assert file
    file.write_bytes(b"pagE")
    assert Store(folder).page(name) is None
    again = Store(folder).put_page(name, b"page")
    assert again and again.read_bytes() == b"page" and Store(folder).page(name) == again


def test_a_page_that_is_made_again_is_another_file(folder: Path) -> None:
    """A published page is the same file under a second name: nobody may write to it."""
    name = _sha256(b"page")
    file = Store(folder).page(name)
    assert file
    os.link(file, folder / "published")
    file.write_bytes(b"by hand")
    Store(folder).put_page(name, b"page")
    assert (folder / "published").read_bytes() == b"by hand" and (folder / "published").stat().st_nlink == 1


def test_no_store_keeps_nothing() -> None:
    NO_STORE.save("a", VALUES)
    NO_STORE.uses("a", [VALUES[0][0]])
    NO_STORE.sweep()
    assert not NO_STORE.on and NO_STORE.keys("a") == frozenset() and list(NO_STORE.load("a")) == []
    assert NO_STORE.put_page("ab", b"") is None and NO_STORE.page("ab") is None


def test_the_folder_keeps_itself_out_of_version_control_and_backups(folder: Path) -> None:
    assert (folder / ".gitignore").read_text("ascii") == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text("ascii").startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_a_store_is_removed(folder: Path) -> None:
    remove_store(folder)
    assert not folder.exists()
    remove_store(folder)


# What is dropped


def _filled(folder: Path, values: int, pages: int) -> None:
    store = Store(folder)
    store.save("a", ((b"%032d" % number, b"x") for number in range(values)))
    for number in range(pages):
        store.put_page(_sha256(b"%d" % number), b"%d" % number)


def _pages(folder: Path) -> set[str]:
    return {path.name for path in (folder / "pages").rglob("*") if path.is_file()}


@pytest.mark.parametrize(("idle", "gone"), [(10 + 5, False), (10 + 6, True)])
def test_what_is_idle_goes_once_it_is_more_than_what_is_used_and_some(
    idle: int, gone: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_SPARE", 5)
    _filled(tmp_path, 10 + idle, 10 + idle)
    store = Store(tmp_path)
    used, names = [b"%032d" % number for number in range(10)], [_sha256(b"%d" % number) for number in range(10)]
    store.uses("a", used)
    store.uses_pages(names)
    store.sweep()
    assert Store(tmp_path).keys("a") >= set(used) and _pages(tmp_path) >= set(names)
    assert len(Store(tmp_path).keys("a")) == len(_pages(tmp_path)) == (10 if gone else 10 + idle)


def test_a_build_that_ended_early_drops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One slip in the catalogue or in a template, and it has not used what the next one will."""
    monkeypatch.setattr(store_module, "_SPARE", 0)
    side = Side(write(tmp_path / "site"), tmp_path / "cache")
    assert side.build(AS_OF).published
    before = (
        _pages(tmp_path / "cache"),
        {kind: Store(tmp_path / "cache").keys(kind) for kind in ("doc", "page", "facts")},
    )
    catalogue, template = side.root / "catalog.yaml", side.root / "themes/site/templates/base.html"
    whole = catalogue.read_text("utf-8")
    catalogue.write_text(f"{whole}  - [\n", "utf-8")
    assert side.build(AS_OF).misconfigured
    catalogue.write_text(whole, "utf-8")
    template.parent.mkdir(parents=True)
    template.write_text("{% if %}", "utf-8")
    assert not side.build(AS_OF).published
    template.unlink()
    after = (
        _pages(tmp_path / "cache"),
        {kind: Store(tmp_path / "cache").keys(kind) for kind in ("doc", "page", "facts")},
    )
    assert after == before
    assert side.build(AS_OF).rendered == {}


def test_edits_without_end_do_not_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_SPARE", 10)
    root = write(tmp_path / "site")
    side = Side(root, tmp_path / "cache")
    for number in range(4):
        text = (root / "catalog.yaml").read_text("utf-8").replace("主办", "主办")
        (root / "catalog.yaml").write_text(text.replace("  host:", f"  icp: 某ICP备{number}号\n  host:", 1), "utf-8")
        outcome = side.build(AS_OF)
        assert outcome.published
        (root / "catalog.yaml").write_text(text, "utf-8")
    assert outcome.counts["pages"] <= len(_pages(tmp_path / "cache")) <= 2 * outcome.counts["pages"] + 10


# Damage


def _flip(data: bytes, chance: Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 50])):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _overwrite(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + chance.randbytes(200) + data[start + 200 :]


@pytest.mark.parametrize("harm", [_flip, _overwrite, lambda data, chance: data[: chance.randrange(len(data))]])
def test_no_damage_of_the_database_is_a_failure_or_a_wrong_value(
    harm: Callable[[bytes, Random], bytes], folder: Path
) -> None:
    data, known, chance = _database(folder).read_bytes(), dict(VALUES), Random(7)
    for _ in range(80):
        _database(folder).write_bytes(harm(data, chance))
        store = Store(folder)
        for kind in ("a", "b"):
            store.keys(kind)
            assert all(known.get(key) == value for key, value in store.load(kind))
            assert all(known.get(key) == value for key, value in Store(folder).load(kind, known))
        Store(folder).save("a", VALUES[:1])
        Store(folder).forget("b", set())
        if not list(folder.glob("*.db")):
            shutil.rmtree(folder)
            folder.mkdir()
            (folder / "memo-1.db").touch()


OTHER_TYPES = {
    "text": "UPDATE memo SET value = CAST(value AS TEXT)",
    "a number": "UPDATE memo SET value = 7",
    "nothing": "UPDATE memo SET value = NULL",
    "a key of text": "UPDATE memo SET key = 'x' || hex(key)",
    "no key": "UPDATE memo SET key = NULL",
    "a checksum of text": "UPDATE memo SET sum = 'x'",
    "another table": "DROP TABLE memo; CREATE TABLE memo (kind TEXT)",
    "no table": "DROP TABLE memo",
}


@pytest.mark.parametrize("damage", OTHER_TYPES)
def test_what_is_not_bytes_is_no_value(damage: str, folder: Path) -> None:
    """One flipped bit in the head of a row makes text or a number of its bytes."""
    with closing(sqlite3.connect(_database(folder))) as database, database:
        database.executescript(OTHER_TYPES[damage])
    store = Store(folder)
    store.keys("a")
    assert list(store.load("a")) == []
    assert list(Store(folder).load("a", [key for key, _ in VALUES])) == []


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _text(file: Path) -> None:
    file.write_text("not a database, " * 100)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "x").touch()


def _cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _emptied(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("DROP TABLE memo")


def _unknown(file: Path) -> None:
    """What a later version may have made of it."""
    with closing(sqlite3.connect(file)) as database, database:
        database.executescript("DROP TABLE memo; CREATE TABLE memo (kind TEXT, name TEXT)")


DAMAGES = {"empty": _empty, "text": _text, "a folder": _folder, "cut off": _cut, "no table": _emptied, "a strange table": _unknown}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_build_with_a_damaged_database_is_a_build(damage: str, tmp_path: Path) -> None:
    quick, clean = Side(write(tmp_path / "one"), tmp_path / "cache"), Side(write(tmp_path / "two"))
    for side in (quick, clean):
        assert side.build(AS_OF).published
    DAMAGES[damage](_database(tmp_path / "cache"))
    for _ in range(3):
        assert said(quick.build(AS_OF)) == said(clean.build(AS_OF))
        assert quick.left() == clean.left()


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name != "a folder"])
def test_a_damaged_database_heals(damage: str, tmp_path: Path) -> None:
    """Not only this build, the next ones too would be slow for ever."""
    side = Side(write(tmp_path / "one"), tmp_path / "cache")
    side.build(AS_OF)
    DAMAGES[damage](_database(tmp_path / "cache"))
    for _ in range(3):
        side.build(AS_OF)
    made = side.build(AS_OF)
    assert len(made.rendered) == 0 < made.counts["pages"]


def test_a_build_from_damaged_pages_is_right(tmp_path: Path) -> None:
    quick, clean = Side(write(tmp_path / "one"), tmp_path / "cache"), Side(write(tmp_path / "two"))
    for side in (quick, clean):
        assert side.build(AS_OF).published
    chance = Random(3)
    for file in (tmp_path / "cache/pages").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            file.unlink()
            match chance.randrange(4):
                case 0:
                    file.write_bytes(_flip(data, chance))
                case 1:
                    file.write_bytes(data[:100])
                case 2:
                    file.mkdir()
                case 3:
                    file.symlink_to("nowhere")
    for _ in range(2):
        assert said(quick.build(AS_OF)) == said(clean.build(AS_OF))
        assert quick.left() == clean.left()


def test_a_page_whose_facts_are_lost_is_made_again_without_touching_the_old_one(tmp_path: Path) -> None:
    """The published page and the one in the store are one file; what is put in its place is another."""
    side = Side(write(tmp_path / "one"), tmp_path / "cache")
    for _ in range(2):
        assert side.build(AS_OF).published
    kept = tmp_path / "kept.html"
    os.link(side.public / "index.html", kept)
    before = kept.stat().st_mtime_ns, kept.read_bytes()
    with closing(sqlite3.connect(_database(tmp_path / "cache"))) as database, database:
        database.execute("DELETE FROM memo WHERE kind = 'facts'")
    made = side.build(AS_OF)
    assert made.published and len(made.rendered) == made.counts["pages"]
    assert (kept.stat().st_mtime_ns, kept.read_bytes()) == before


class _Bomb:
    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.system, (f"touch {self.file}",)


@pytest.mark.parametrize("kind", ["doc", "file", "facts", "last"])
def test_a_hostile_value_runs_nothing_and_stops_nobody(kind: str, tmp_path: Path) -> None:
    """Even one that somebody has put there with the right key and checksum."""
    files = {"content/zd/a.txt": "附表"}
    quick, clean = Side(write(tmp_path / "one", files), tmp_path / "cache"), Side(write(tmp_path / "two", files))
    for side in (quick, clean):
        assert side.build(AS_OF).published
    store = Store(tmp_path / "cache")
    bomb = pickle.dumps(_Bomb(tmp_path / "bang"))
    keys = store.keys(kind)
    assert keys
    store.save(kind, ((key, bomb) for key in keys))
    for side in (quick, clean):
        text = (side.root / "content/zd/zhidu.md").read_text("utf-8")
        (side.root / "content/zd/zhidu.md").write_text(f"{text}再说一句。\n", "utf-8")
    assert said(quick.build(AS_OF)) == said(clean.build(AS_OF))
    assert quick.left() == clean.left()
    assert not (tmp_path / "bang").exists()


class _Removing(Staging):
    """A staging folder beside which somebody removes the store, at the worst moment."""

    store = Path()

    def link(self, address: str, source: Path) -> None:
        if address == "index.html":
            shutil.rmtree(self.store)
        super().link(address, source)


@pytest.mark.parametrize("filled", [False, True], ids=["while it is filled", "while it is read"])
def test_a_store_that_is_removed_during_a_build_is_no_failure(
    filled: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, clean = Side(write(tmp_path / "one"), tmp_path / "cache"), Side(write(tmp_path / "two"))
    if filled:
        assert quick.check(AS_OF).counts["pages"]
    monkeypatch.setattr(_Removing, "store", tmp_path / "cache")
    with monkeypatch.context() as patch:
        patch.setattr(build_module, "Staging", _Removing)
        made = quick.build(AS_OF)
    assert said(made) == said(clean.build(AS_OF))
    assert quick.left() == clean.left()
    assert said(quick.build(AS_OF)) == said(clean.build(AS_OF))


# Disks


def _without_rights(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


@contextlib.contextmanager
def _mounted(place: Path, *options: str) -> Iterator[None]:
    words = ["mount", *options, str(place)]
    mount = shutil.which("mount") and subprocess.run(words, capture_output=True, check=False)
    if not mount or mount.returncode:
        pytest.skip("a disk can be mounted by root only")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_store_on_a_disk_that_cannot_be_written_is_still_read(tmp_path: Path) -> None:
    """A change is built from what is there, and nothing is kept."""
    quick, clean = Side(write(tmp_path / "one"), tmp_path / "cache"), Side(write(tmp_path / "two"))
    for side in (quick, clean):
        assert side.build(AS_OF).published
    with _mounted(tmp_path / "cache", "--bind", str(tmp_path / "cache")):
        again = ["mount", "-o", "remount,bind,ro", str(tmp_path / "cache")]
        if subprocess.run(again, capture_output=True, check=False).returncode:
            pytest.skip("no disk can be made read-only here")
        for number in range(2):
            for side in (quick, clean):
                file = side.root / "content/zd/zhidu.md"
                file.write_text(f"{file.read_text('utf-8')}第{number}句话。\n", "utf-8")
            assert said(quick.build(AS_OF)) == said(clean.build(AS_OF))
            assert quick.left() == clean.left()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_without_rights_is_an_empty_one(tmp_path: Path) -> None:
    quick, clean = Side(write(tmp_path / "one"), tmp_path / "cache"), Side(write(tmp_path / "two"))
    assert quick.build(AS_OF).published
    _without_rights(tmp_path / "cache")
    assert said(quick.build(AS_OF)) == said(clean.build(AS_OF))
    assert quick.left() == clean.left()


def test_a_store_on_a_full_disk_keeps_what_it_can(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    quick, clean = Side(write(tmp_path / "one"), tmp_path / "cache/store"), Side(write(tmp_path / "two"))
    with _mounted(tmp_path / "cache", "-t", "tmpfs", "-o", "size=256k", "tmpfs"):
        for number in range(3):
            for side in (quick, clean):
                file = side.root / "content/zd/zhidu.md"
                file.write_text(f"{file.read_text('utf-8')}第{number}句话。\n", "utf-8")
            assert said(quick.build(AS_OF)) == said(clean.build(AS_OF))
            assert quick.left() == clean.left()
        assert shutil.disk_usage(tmp_path / "cache").free < 64 * 1024, "the disk was not full"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("x")
    store = Store(tmp_path / "cache")
    store.save("a", VALUES)
    assert list(store.load("a")) == []
    assert Store(tmp_path / "cache").put_page("ab" * 32, b"") is None
    assert Side(write(tmp_path / "one"), tmp_path / "cache").build(AS_OF).published
    assert (tmp_path / "cache").read_text() == "x"
