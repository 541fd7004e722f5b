"""The cache under real processes: builds at once, killed builds, a cache that goes, pages that somebody edits."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robust.sandbox import (
    AS_OF,
    ROOT,
    TEXT,
    Result,
    build,
    check,
    command,
    environment,
    make_site,
    no_crash,
    notice,
    page_of,
    tree,
)

MANY = 410  # enough for the work to be spread over several processes
KILLS = 8
CACHE = ".cache/build-site"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with its output and its cache."""
    site = make_site(tmp_path_factory.mktemp("small") / "site")
    assert build(site).code == 0
    return site


@pytest.fixture
def site(small: Path, tmp_path: Path) -> Path:
    return _copy(small, tmp_path / "site")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of many documents with its output and its cache."""
    site = make_site(tmp_path_factory.mktemp("large") / "site")
    for number in range(10, 10 + MANY):
        folder = site / ("content/zd" if number % 2 else "content/fdzdgknr")
        day = f"20{10 + number % 16}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        text = notice(number, f"关于第{number}号事项的通知", f"{TEXT}参见[另一篇](../zd/a.md)。", day=day)
        (folder / f"n{number}.md").write_text(text, "utf-8")
    result = build(site)
    assert result.code == 0, result.all[-2000:]
    return site


def _copy(site: Path, to: Path) -> Path:
    """Return a copy in which a page of the output and that of the cache are still one file."""
    subprocess.run(["cp", "-a", str(site), str(to)], check=True)
    return to


def _start(site: Path, *words: str) -> subprocess.Popen[bytes]:
    line = command("build", "--site", site, "--as-of", AS_OF, *words)
    return subprocess.Popen(
        line, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def _answer(process: subprocess.Popen[bytes]) -> Result:
    out, err = process.communicate(timeout=60)
    return Result(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def _clean(site: Path, out: Path) -> dict[str, str]:
    """Return what a build without the cache makes of a site."""
    assert build(site, "--no-cache", "--out", out).code == 0
    return tree(out)


def _edit(site: Path, number: int) -> None:
    """Change what stands on every page."""
    file = site / "catalog.yaml"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("  icp:")]
    file.write_text("\n".join([lines[0], f"  icp: 某ICP备{number:08d}号", *lines[1:]]) + "\n", "utf-8")


def _pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


# Builds at once


def test_two_builds_at_once(large: Path, tmp_path: Path) -> None:
    """Of one site with one cache: both succeed, the output is right, and so is the next build."""
    site = _copy(large, tmp_path / "site")
    for number in range(2):
        _edit(site, number)
        wanted = _clean(site, tmp_path / f"clean{number}")
        if number:
            time.sleep(2.1)  # so long that builds may rely on the times of files
        for result in map(_answer, [_start(site), _start(site)]):
            no_crash(result)
            assert result.code == 0, result.all
        assert tree(site / "public") == wanted
        assert build(site).code == 0 and tree(site / "public") == wanted


def test_a_build_and_checks_at_once(large: Path, tmp_path: Path) -> None:
    site = _copy(large, tmp_path / "site")
    _edit(site, 1)
    wanted = _clean(site, tmp_path / "clean")
    process = _start(site)
    while process.poll() is None:
        assert check(site).code == 0
    assert _answer(process).code == 0
    assert tree(site / "public") == wanted


# Killed builds


def test_after_every_kill_the_next_build_is_right(large: Path, tmp_path: Path) -> None:
    """Killed at random points, with an empty cache and with a full one."""
    site = _copy(large, tmp_path / "site")
    start = time.monotonic()
    _edit(site, 999)
    wanted = _clean(site, tmp_path / "clean")
    whole = time.monotonic() - start  # about as long as a build takes on this machine now
    chance = random.Random(20201117)
    alive = 0
    for number in range(KILLS):
        if number % 5 == 0:
            shutil.rmtree(site / CACHE, ignore_errors=True)
        _edit(site, number)
        process = _start(site)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.1, 1.0) * whole)
        alive += process.poll() is None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        _edit(site, 999)
        result = build(site)
        assert result.code == 0, result.all
        assert tree(site / "public") == wanted, number
    assert alive > KILLS / 3, "hardly a build was killed while it was at work"


def test_a_cache_that_goes_during_a_build(large: Path, tmp_path: Path) -> None:
    site = _copy(large, tmp_path / "site")
    chance = random.Random(5)
    for number in range(2):
        _edit(site, number)
        wanted = _clean(site, tmp_path / f"clean{number}")
        process = _start(site)
        time.sleep(chance.uniform(0.3, 1.2))
        while process.poll() is None:
            shutil.rmtree(site / ".cache", ignore_errors=True)
            time.sleep(0.05)
        result = _answer(process)
        assert result.code == 0, result.all
        assert tree(site / "public") == wanted
        result = build(site)
        assert result.code == 0 and tree(site / "public") == wanted


# What commands do with it


def _why(site: Path, *words: str) -> str:
    result = build(site, "--why", "index.html", *words)
    assert result.code == 0, result.all
    return result.err


def test_check_and_build_share_it(site: Path) -> None:
    _edit(site, 1)
    assert check(site).code == 0
    assert "index.html 没有重新生成" in _why(site)
    _edit(site, 2)
    assert "index.html 重新生成了" in _why(site)


def test_without_the_cache_nothing_is_read(site: Path) -> None:
    """Not even a falsified one."""
    wanted = tree(site / "public")
    for file in (site / CACHE).rglob("*"):
        if file.is_file():
            aside = file.with_name("aside")  # a file of its own: the published one is not at stake here
            aside.write_bytes(b"x" * 100)
            aside.replace(file)
    shutil.rmtree(site / "public")
    assert build(site, "--no-cache").code == 0
    assert tree(site / "public") == wanted


def test_without_the_cache_nothing_is_written(site: Path) -> None:
    shutil.rmtree(site / ".cache")
    _edit(site, 1)
    assert build(site, "--no-cache").code == 0 and check(site, "--no-cache").code == 0
    assert not (site / ".cache").exists()
    assert build(site).code == 0
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in (site / CACHE).rglob("*")}
    _edit(site, 2)
    assert build(site, "--no-cache").code == 0 and check(site, "--no-cache").code == 0
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in (site / CACHE).rglob("*")} == before


@pytest.fixture
def read_only(site: Path) -> Iterator[Path]:
    """The site on a disk that cannot be written."""
    words = ["mount", "--bind", str(site), str(site)]
    mount = shutil.which("mount") and subprocess.run(words, capture_output=True, check=False)
    if not mount or mount.returncode:
        pytest.skip("a disk can be mounted by root only")
    try:
        again = subprocess.run(["mount", "-o", "remount,bind,ro", str(site)], capture_output=True, check=False)
        if again.returncode:
            pytest.skip("no disk can be made read-only here")
        yield site
    finally:
        subprocess.run(["umount", "-l", str(site)], check=True)


@pytest.mark.parametrize("filled", [True, False])
def test_a_site_that_cannot_be_written_can_be_checked(
    filled: bool, site: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    _edit(site, 1)
    if not filled:
        shutil.rmtree(site / ".cache")
    request.getfixturevalue("read_only")
    with pytest.raises(OSError):
        (site / "x").touch()
    result = check(site)
    no_crash(result)
    assert result.code == 0, result.all


# The output and the cache


def test_published_pages_are_plain_files(site: Path) -> None:
    for _ in range(2):
        for page in _pages(site / "public"):
            assert stat.S_ISREG(page.lstat().st_mode) and stat.S_IMODE(page.lstat().st_mode) == 0o644, page
        _edit(site, 1)
        assert build(site).code == 0


def test_a_page_that_is_edited_by_hand_does_not_poison_the_cache(site: Path) -> None:
    """In place, as some editors and `rsync --inplace` do; the folder still counts as ours, and is put right."""
    wanted = tree(site / "public")
    for page in _pages(site / "public"):
        with page.open("r+b") as file:
            data = file.read()
            file.seek(0)
            file.write(data.replace("公开".encode(), "密藏".encode()))
    assert tree(site / "public") != wanted
    assert check(site).code == 0
    result = build(site)
    no_crash(result)
    assert result.code == 0, result.all
    assert tree(site / "public") == wanted
    assert build(site, "--out", site / "other").code == 0 and tree(site / "other") == wanted


def test_the_mode_of_a_page_is_put_right(site: Path) -> None:
    for page in _pages(site / "public"):
        page.chmod(0o600)
    assert build(site).code == 0
    assert {stat.S_IMODE(page.stat().st_mode) for page in _pages(site / "public")} == {0o644}


def test_a_failed_build_does_not_touch_a_published_page(site: Path) -> None:
    """Neither its bytes nor its time, though the cache has the same file."""
    (site / "content/zd/b.md").write_text(notice(2, body=f"[甲](nowhere.md){TEXT}"), "utf-8")
    before = {page: (page.stat().st_mtime_ns, page.read_bytes()) for page in _pages(site / "public")}
    assert build(site).code == 1 and check(site).code == 1
    assert {page: (page.stat().st_mtime_ns, page.read_bytes()) for page in _pages(site / "public")} == before
    assert page_of(1) in tree(site / "public")


def test_clean_leaves_a_site_that_builds(site: Path) -> None:
    wanted = tree(site / "public")
    done = subprocess.run(
        command("clean", "--site", site), cwd=ROOT, env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 0 and not (site / "public").exists()
    assert build(site).code == 0 and tree(site / "public") == wanted
