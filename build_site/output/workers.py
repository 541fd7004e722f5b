"""Work spread over the cores of this machine.

Owns processes: how many, how they start and how they end. Must not know what is worked on.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

T = TypeVar("T")
MIN_ITEMS = 300  # below this, starting processes costs more than it saves
_CHUNKS_EACH = 8
_PR_SET_PDEATHSIG = 1
_work: list[Callable[[range], list[object]]] = []


def in_chunks(work: Callable[[range], list[T]], count: int) -> Iterator[list[T]]:
    """Yield `work(range)` for consecutive ranges that together cover `range(count)`, in their order.

    With much to do, on a system that can fork, several processes work; they see the caller's data as it is now, and
    only results travel between them. The results are the same either way.
    """
    cores = _cores()
    if count < MIN_ITEMS or cores < 2 or sys.platform != "linux":
        for start in range(0, count, 100):
            yield work(range(start, min(start + 100, count)))
        return
    step = max(1, -(-count // (cores * _CHUNKS_EACH)))
    ranges = [range(start, min(start + step, count)) for start in range(0, count, step)]
    _work.append(work)  # type: ignore[arg-type]
    try:
        with ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), _begin) as pool:
            with _held_back(signal.SIGINT):  # a child takes Ctrl-C for its own until `_begin` has run
                futures = [pool.submit(_call, part) for part in ranges]
            try:
                for future in futures:
                    yield future.result()  # type: ignore[misc]
            finally:
                for future in futures:
                    future.cancel()
    except BrokenProcessPool as error:
        raise OSError(errno.ENOMEM, "a process was ended by the system") from error
    finally:
        _work.pop()


@contextlib.contextmanager
def _held_back(number: signal.Signals) -> Iterator[None]:
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _begin() -> None:
    """Leave interrupts to the parent, and end with it even when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _call(part: range) -> list[object]:
    return _work[-1](part)
