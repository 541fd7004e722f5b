"""Work that other machines do: a real Dask scheduler with two workers on loopback."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_site.output.digest import engine
from build_site.output.executors import FarError
from build_site.output.far import parse_far, spread
from build_site.output.workers import ForkExecutor
from tests.robust.sandbox import ROOT, build, no_crash, tree
from tests.support.sites import notice, write

NEEDED = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="Dask's `distributed` is not installed"
)
SECONDS = 60


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process of its own."""
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "scheduler.json"
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    commands = [
        [*scheduler, "--no-dashboard", "--scheduler-file", str(told)],
        *[[*worker, "--scheduler-file", str(told)]] * 2,
    ]
    running = [subprocess.Popen(command, env=env, **quiet) for command in commands]  # type: ignore[call-overload]
    try:
        yield _address(told)
    finally:
        for process in running:
            process.kill()
            process.wait()


def _address(told: Path) -> str:
    from distributed import Client

    until = time.monotonic() + SECONDS
    while not told.is_file() or not told.read_text("utf-8").strip():
        assert time.monotonic() < until, "the scheduler did not start"
        time.sleep(0.1)
    address = str(json.loads(told.read_text("utf-8"))["address"])
    with Client(address, timeout=SECONDS, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=SECONDS)
    return address.replace("tcp://", "dask://")


@NEEDED
def test_two_workers_make_the_same_site(dask: str, tmp_path: Path) -> None:
    """Parsing and rendering by others give the bytes, the report and the code of a build here; also what is kept is the same."""
    more = {f"content/zd/{number}.md": notice(f"制度之{number}", f"1{number:04}") for number in range(120)}
    site = write(tmp_path / "site", more)
    here = build(site, "--out", tmp_path / "here", "--no-cache")
    far = build(site, "--out", tmp_path / "far", "--executor", dask, "--why")
    assert here.code == far.code == 0, far.all
    assert here.out == far.out
    assert tree(tmp_path / "here") == tree(tmp_path / "far")
    again = build(site, "--out", tmp_path / "again", "--why")
    assert "没有重新生成页面" in again.err, again.err
    assert tree(tmp_path / "again") == tree(tmp_path / "here")


@NEEDED
def test_faults_are_told_as_if_found_here(dask: str, tmp_path: Path) -> None:
    """What is wrong with a notice, and with a template, has the same place and words."""
    site = write(
        tmp_path / "site", {"content/zd/bad.md": notice("坏", "00009", "[无](nichts.md)\n\n正文够长，说明一件事情。")}
    )
    layer = site / "themes/site/templates"
    layer.mkdir(parents=True)
    (layer / "document.html").write_text("{% extends 'default/document.html' %}\n{{ view.no_such }}\n", "utf-8")
    here, far = build(site, "--no-cache"), build(site, "--executor", dask)
    assert here.code == far.code == 1
    assert here.out == far.out


@NEEDED
def test_workers_that_went_away(tmp_path: Path) -> None:
    """An address at which nobody answers is a clear message, and nothing is written."""
    site = write(tmp_path / "site")
    before = tree(site)
    result = build(site, "--executor", "dask://127.0.0.1:9")
    no_crash(result)
    assert result.code == 2 and "连不上 Dask 调度程序" in result.err
    assert tree(site) == before


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "dask://", "dask://host", "dask://h:x", "tcp://h:1", "dask://h:1/x"]
)
def test_an_address_that_is_none(address: str, tmp_path: Path) -> None:
    """It is refused with how to write one."""
    result = build(write(tmp_path / "site"), "--executor", address)
    no_crash(result)
    assert result.code == 2 and "dask://主机:端口" in result.err
    assert "dask://HOST:PORT" in build(tmp_path / "site", "--executor", address, "--lang", "en").err


def test_another_program_on_the_other_machine_is_refused() -> None:
    """Who asks sends the digest of the program; a machine with another one does nothing."""
    assert len(parse_far(engine(), [("content/a.md", b"# a")])) == 1
    with pytest.raises(FarError, match="another version"):
        list(spread(ForkExecutor(2), lambda program, items: parse_far(b"old", items), [("content/a.md", b"# a")]))
