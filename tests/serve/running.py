"""The real command `build-site serve` on a site of its own, asked over HTTP, waited for and ended."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.robust.sandbox import AS_OF, ROOT, command, environment, make_site, page_of

T = TypeVar("T")
PATIENCE = 20.0
"""Seconds after which something that has to happen counts as not happened; usually it takes a fraction of one."""


def until(wanted: Callable[[], T | None], what: str = "it", seconds: float = PATIENCE) -> T:
    """Ask again and again until the answer is true; return it."""
    end = time.monotonic() + seconds
    while True:
        answer = wanted()
        if answer:
            return answer
        assert time.monotonic() < end, f"{what} did not happen; the last answer was {answer!r}"
        time.sleep(0.02)


BASE = "/zfxxgk/"
"""Where the column begins on the host."""


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Serving:
    """One running preview."""

    def __init__(
        self, site: Path, *words: str, prefix: tuple[str, ...] = (), env: dict[str, str] | None = None
    ) -> None:
        self.site = site
        day = () if "--as-of" in words else ("--as-of", AS_OF)
        self.process = subprocess.Popen(
            [*prefix, *command("serve", "--site", site, *day, *words)],
            cwd=ROOT, env=environment(PYTHONUNBUFFERED="1", **(env or {})),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.port = 0

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line.rstrip("\n"))

    def ready(self) -> Serving:
        """Wait until the first whole build is shown."""
        self.listening()
        until(lambda: self.report()["builds"] >= 1 and not self.report()["working"], f"the first build ({self.said})")
        return self

    def listening(self) -> Serving:
        """Wait until the server answers."""
        found = until(
            lambda: re.search(r"http://127\.0\.0\.1:(\d+)/", "\n".join(self.said)), f"the address ({self.said})"
        )
        self.port = int(found[1])
        return self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path exactly as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def page(self, path: str = BASE) -> str:
        """Return the HTML at a path."""
        return self.get(path).text

    def report(self, page: str = BASE) -> dict[str, Any]:
        """Return what a tab on this page would be told."""
        told: dict[str, Any] = json.loads(self.get(f"/.preview/report?page={page}").body)
        return told

    def settled(self, builds: int) -> dict[str, Any]:
        """Wait until so many whole builds were made and none is under way; return the report."""
        return until(
            lambda: told if (told := self.report())["builds"] >= builds and not told["working"] else None,
            f"build {builds} ({self.said})",
        )

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """End it as a person or a system does; return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code


@contextlib.contextmanager
def serving(site: Path, *words: str, early: bool = False, **how: Any) -> Iterator[Serving]:
    """A preview of `site` that shows its first build, unless it is wanted `early`; nothing of it is left afterwards."""
    running = Serving(site, *(words if "--port" in words else ("--port", str(free_port()), *words)), **how)
    try:
        yield running.listening() if early else running.ready()
    finally:
        running.end()


@contextlib.contextmanager
def unspoilt(running: Serving) -> Iterator[Serving]:
    """Lend a preview that several tests share; afterwards its site is as `make_site` made it, and shown so."""
    clean = until(lambda: found if (found := state(running))[-1] == "False" else None, "rest")
    yield running
    wanted = running.site.with_name("wanted")
    shutil.rmtree(wanted, ignore_errors=True)
    make_site(wanted)
    for path in (running.site / "themes", running.site / "wording.yaml", running.site / "gone"):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    kept = {path.relative_to(wanted) for path in wanted.rglob("*")}
    for path in sorted((running.site / "content").rglob("*"), reverse=True):
        if path.relative_to(running.site) not in kept:
            path.unlink() if path.is_file() else path.rmdir()
    shutil.copytree(wanted, running.site, dirs_exist_ok=True)
    until(lambda: state(running) == clean, f"the first state ({running.said[-3:]})")


def state(running: Serving) -> tuple[str, ...]:
    """Return what is shown: versions of a few pages, and whether something is wrong or under way."""
    pages = (page_of(1), page_of(2), page_of(3), "index.html", "zd/index.html", "mulu/index.html")
    told = [running.report(f"{BASE}{page}") for page in pages]
    return (*(one["token"] for one in told), told[0]["strip"], str(told[0]["working"]))


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def children(process: int) -> list[int]:
    """Return the processes below one, whatever session they are in."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def alive(process: int) -> bool:
    """Return whether a process runs, zombies not counted."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def save(file: Path, text: str) -> None:
    """Save as most editor programs do: into a file beside it, which takes its place."""
    beside = file.with_name(f".{file.name}.tmp{os.getpid()}")
    beside.write_text(text, "utf-8")
    beside.replace(file)
