"""Publishing into a folder: readers see the old site or the new one, whole, whatever happens."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from build_site.publishing.engine import Pace, publish, roll_back, standing
from build_site.publishing.receipt import Receipt
from build_site.publishing.refusal import RefusedError, TargetError
from build_site.publishing.release import Release, read_release
from build_site.publishing.target import Settings
from build_site.publishing.targets.folder import folder_target
from tests.publishing.outputs import DEED, NEW, OLD, release, shown, wanted, write_output

PACE = Pace(parallel=2, tries=2, wait=0.01)
LINKS = pytest.mark.parametrize("links", [True, False], ids=["link", "exchange"])


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release(tmp_path_factory.mktemp("old"), OLD)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release(tmp_path_factory.mktemp("new"), NEW)


def put(made: Release, place: Path, links: bool = True, keep: int = 10) -> Receipt:
    target = folder_target(place, Settings(keep=keep, links=links))
    try:
        return publish(made, target, DEED, PACE, lambda *_: None)
    finally:
        target.close()


@LINKS
def test_readers_see_the_site_and_then_the_next_one(old: Release, new: Release, tmp_path: Path, links: bool) -> None:
    """Published, changed, gone back: each state is whole, and its receipt says what it is."""
    place = tmp_path / "www/zfxxgk"
    first = put(old, place, links)
    assert shown(place) == wanted(old)
    assert (first.sequence, first.manifest, first.who) == (1, old.files["manifest.json"].sha256, "测试")
    second = put(new, place, links)
    assert shown(place) == wanted(new)
    assert (second.sequence, second.previous) == (2, first.digest)
    assert place.is_symlink() == links
    target = folder_target(place, Settings(links=links))
    assert target.receipt() == second
    assert target.earlier() == (1, 2)
    third = roll_back(target, 1, replace(DEED, reason="发错了"), PACE)
    assert shown(place) == wanted(old)
    assert (third.sequence, third.digest, third.reason) == (3, first.digest, "发错了")
    fourth = roll_back(target, 2, replace(DEED, reason="又对了"), PACE)
    assert shown(place) == wanted(new)
    assert fourth == target.receipt()


def test_the_plan_says_what_changes_and_changes_nothing(old: Release, new: Release, tmp_path: Path) -> None:
    """A plan needs no right to write, and there is nothing to do twice."""
    place = tmp_path / "zfxxgk"
    target = folder_target(place, Settings())
    before = standing(new, target, PACE)
    assert (len(before.plan.added), before.plan.kept, before.done) == (len(new.files), 0, False)
    assert list(tmp_path.iterdir()) == []
    put(old, place)
    plan = standing(new, target, PACE).plan
    assert plan.added == ("assets/site-2.css", "wj/2020/00003.html", "wj/2020/00003/tu.png")
    assert plan.changed == ("index.html", "manifest.json", "zd/index.html")
    assert plan.removed == ("wj/2020/00002.html", "wj/2020/00002/sqb.docx")
    put(new, place)
    assert standing(new, target, PACE).done


def test_unchanged_files_are_linked_not_copied(old: Release, new: Release, tmp_path: Path) -> None:
    """A release costs what has changed."""
    place = tmp_path / "zfxxgk"
    put(old, place)
    number = (place / "fj/a/b.pdf").stat().st_ino
    put(new, place)
    assert (place / "fj/a/b.pdf").stat().st_ino == number


def test_only_the_last_releases_are_kept(old: Release, new: Release, tmp_path: Path) -> None:
    """What is not kept is gone, and going back to it is refused with what is there."""
    place = tmp_path / "zfxxgk"
    for number in range(4):
        put((old, new)[number % 2], place, keep=1)
    store = tmp_path / ".zfxxgk.releases"
    assert sorted(path.name for path in store.iterdir()) == sorted(
        ["lock", new.digest[:16], f"000004-{new.digest[:16]}.json"]
    )
    with pytest.raises(RefusedError, match="does not keep release 1"):
        roll_back(folder_target(place, Settings()), 1, DEED, PACE)
    assert shown(place) == wanted(new)


@LINKS
def test_a_built_folder_that_was_copied_there_is_taken_over(
    old: Release, new: Release, tmp_path: Path, links: bool
) -> None:
    """A folder that holds a site of ours is replaced; one with anything else is left alone."""
    place = Path(shutil.copytree(old.folder, tmp_path / "zfxxgk"))
    put(new, place, links)
    assert shown(place) == wanted(new)
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("another's")
    with pytest.raises(TargetError, match="not published by this program"):
        put(new, other, links)
    assert shown(other).keys() == {"index.html"}


def test_two_publishes_at_once_are_refused(old: Release, new: Release, tmp_path: Path) -> None:
    """The second finds the lock taken."""
    place = tmp_path / "zfxxgk"
    holder = folder_target(place, Settings())
    holder.begin(old)
    with pytest.raises(TargetError, match="another process"):
        put(new, place)
    holder.close()
    put(new, place)
    assert shown(place) == wanted(new)


def test_a_release_is_exactly_what_was_built(tmp_path: Path) -> None:
    """An edited, a missing, a foreign file, an unsigned site: refused with the file's name."""
    out = write_output(tmp_path / "public", OLD)
    made = read_release(out)
    assert made.files.keys() == {*OLD, "manifest.json"}
    with pytest.raises(RefusedError, match="not signed"):
        read_release(out, require_signature=True)
    signed = read_release(write_output(tmp_path / "signed", OLD, signed=True), require_signature=True)
    assert "manifest.json.sig" in signed.files
    assert (signed.manifest, signed.digest == made.digest) == (made.manifest, False)
    for spoil in (
        lambda: (out / "index.html").write_bytes(b"<p>hom\xe8</p>"),
        lambda: (out / "index.html").unlink(),
        lambda: (out / "notes.txt").write_text("x"),
        lambda: (out / "manifest.json").unlink(),
    ):
        write_output(out, OLD)
        spoil()
        with pytest.raises(RefusedError, match=r"index\.html|notes\.txt|no built site"):
            read_release(out)


_STEPS = frozenset(
    (
        "open",
        "os.rename",
        "os.link",
        "os.remove",
        "os.mkdir",
        "os.rmdir",
        "os.symlink",
        "os.chmod",
        "os.scandir",
        "os.listdir",
    )
)


def in_child(work: Callable[[], object], kill_at: int, kill_after: float) -> bool:
    """Run `work` in a child that is killed at its `kill_at`-th call of the system, or after some seconds; return whether it
    came to its end.
    """
    pid = os.fork()
    if pid == 0:
        steps = 0

        def count(event: str, _: object) -> None:
            nonlocal steps
            if event in _STEPS:
                steps += 1
                if steps == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            if kill_at:
                sys.addaudithook(count)
            work()
            os._exit(0)
        except BaseException:
            os._exit(7)
    if kill_after:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert code in (0, -signal.SIGKILL), "the publish itself has failed"
    return code == 0


@LINKS
def test_killed_anywhere_it_is_the_old_site_or_the_new_one_and_a_repeat_finishes(
    old: Release, new: Release, tmp_path: Path, links: bool
) -> None:
    """Every call of the system of a publish is a place to be killed at, and then moments between them: over 200 in both ways."""
    base = tmp_path / "base"
    put(old, base / "zfxxgk", links, keep=1)
    seen: set[tuple[bool, bool]] = set()

    def once(name: str, step: int, moment: float) -> bool:
        root = Path(shutil.copytree(base, tmp_path / name, symlinks=True, copy_function=os.link))
        place = root / "zfxxgk"
        done = in_child(lambda: put(new, place, links, keep=1), step, moment)
        now = shown(place)
        assert now in (wanted(old), wanted(new)), name
        seen.add((now == wanted(new), done))
        put(new, place, links, keep=1)
        assert shown(place) == wanted(new), name
        left = {path.name for path in (root / ".zfxxgk.releases").iterdir()}
        assert {part for part in left if part.startswith(("new-", "."))} == set()
        assert not (root / ".zfxxgk.aside").exists()
        shutil.rmtree(root)
        return done

    steps = 1
    while not once(f"step {steps}", steps, 0):
        steps += 1
    moments = random.Random(20201117)
    extra = max(20, 101 - steps)
    for number in range(extra):
        once(f"moment {number}", 0, moments.uniform(0.0005, 0.03))
    assert steps > 50, "the steps of a publish are not seen"
    assert steps + extra > 100
    assert {(False, False), (True, False), (True, True)} <= seen
