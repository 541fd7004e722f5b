"""One run of a program: how long it took, and how much memory it and its helpers had.

Owns clocks, resource usage and the sampling of memory (Linux). Must not know what is run.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.02  # between two looks at the memory


class RunError(Exception):
    """A program ended with an error; the message holds what it printed last."""


@dataclass(frozen=True)
class Time:
    """Seconds of one run: by the clock on the wall, and of all processors, those of its own children included."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Memory:
    """MiB of one run at the worst moment: the first process by itself, and all processes of the run together."""

    main: float
    all: float


def timed(command: list[str], folder: Path, environment: Mapping[str, str]) -> Time:
    """Run `command` to its end, undisturbed, and return how long it took. Raises RunError when it fails."""
    with _started(command, folder, environment) as process:
        begun = time.monotonic()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    return Time(wall, usage.ru_utime + usage.ru_stime)


def weighed(command: list[str], folder: Path, environment: Mapping[str, str]) -> Memory:
    """Run `command` to its end and return how much memory it took. Raises RunError when it fails.

    A look at the memory takes time, so such a run is not timed. Memory that processes share is counted once (PSS).
    """
    main = whole = 0.0
    with _started(command, folder, environment) as process:
        while process.poll() is None:
            sizes = {number: size for number in _session(process.pid) if (size := _pss(number))}
            main = max(main, _resident(process.pid))
            whole = max(whole, sum(sizes.values()))
            time.sleep(_PAUSE)
    return Memory(main, max(main, whole))


@contextlib.contextmanager
def _started(command: list[str], folder: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program as the leader of a session of its own; end it with everything in it when anything goes wrong."""
    with Path(os.devnull).open("rb") as nothing, _scratch() as told:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**_inherited(), **environment},
            stdin=nothing,
            stdout=told,
            stderr=told,
            start_new_session=True,
        )
        try:
            yield process
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        if process.returncode:
            end = os.lseek(told, 0, os.SEEK_END)
            last = os.pread(told, 3000, max(0, end - 3000)).decode("utf-8", "replace")
            raise RunError(f"{' '.join(command)} ended with {process.returncode}\n{last}")


def _inherited() -> dict[str, str]:
    """Return the variables of this process, but for those that would make a Python program slower than it is."""
    slower = {"PYTHONDONTWRITEBYTECODE", "COVERAGE_PROCESS_START", "PYTHONDEVMODE", "PYTHONPATH"}
    return {name: value for name, value in os.environ.items() if name not in slower}


@contextlib.contextmanager
def _scratch() -> Iterator[int]:
    """A file in memory for what a program prints: a pipe would have to be emptied while the clock runs."""
    file = os.memfd_create("output")
    try:
        yield file
    finally:
        os.close(file)


def _session(leader: int) -> list[int]:
    """Return the processes of a session; a helper belongs to it however it was started."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
                if int(fields[3]) == leader:
                    found.append(int(folder.name))
    return found


def _pss(process: int) -> float:
    return _status(process, "smaps_rollup", "Pss:")


def _resident(process: int) -> float:
    """Return the greatest resident size that a process ever had."""
    return _status(process, "status", "VmHWM:")


def _status(process: int, file: str, key: str) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/{file}").read_text("utf-8", "replace").splitlines():
            if line.startswith(key):
                return int(line.split()[1]) / 1024
    return 0.0
