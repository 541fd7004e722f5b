"""Whole pieces of work, each in a process of its own, a few at a time.

Owns the processes: how they start, and that they end cleanly with this one. Must not know what is worked on. Where one piece is
to be spread over the cores, `workers` does that; a process of this module starts no helpers.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkProcess
from typing import TypeVar

from build_site.output.signals import held_back, released, uninterrupted

T = TypeVar("T")
_PR_SET_PDEATHSIG = 1
_PATIENCE = 10.0  # seconds for a process to remove what it has half written


def side_by_side(work: Callable[[int], T], count: int, hands: int) -> Iterator[tuple[int, T | None]]:
    """Yield the number and the result of `work(number)` for every number below `count`, in the order in which they end.

    At most `hands` processes are at work; they see the caller's data as it is now. The result is None where the system ended a
    process, for want of memory for instance; the others go on. `work` must not raise. Whatever ends this generator early also
    ends the processes, in such a way that they clean up first.
    """
    at_work: dict[Connection, tuple[int, ForkProcess]] = {}
    waiting = iter(range(count))
    try:
        while True:
            for number in _next(waiting, hands - len(at_work)):
                with held_back(signal.SIGINT, signal.SIGTERM):  # none is ever at work that `finally` does not know
                    pipe, process = _start(work, number)
                    at_work[pipe] = number, process
            if not at_work:
                return
            for ready in wait(list(at_work)):
                assert isinstance(ready, Connection)
                number, process = at_work[ready]
                result = _answer(ready)
                process.join()
                ready.close()
                del at_work[ready]
                yield number, result
    finally:
        with uninterrupted():
            _end([process for _, process in at_work.values()])
            for pipe in at_work:
                pipe.close()


def _next(numbers: Iterator[int], most: int) -> list[int]:
    return list(islice(numbers, most))


def _start(work: Callable[[int], T], number: int) -> tuple[Connection, ForkProcess]:
    system: ForkContext = multiprocessing.get_context("fork")
    ours, theirs = system.Pipe(duplex=False)
    process = system.Process(target=_serve, args=(work, number, ours, theirs, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _serve(work: Callable[[int], T], number: int, unread: Connection, pipe: Connection, parent: int) -> None:
    """Do one piece of work; leave Ctrl-C to the parent, and end with it, even when it is killed.

    `unread` is the parent's end of the pipe: while a process holds a copy of it, the pipe does not break.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        released(signal.SIGINT, signal.SIGTERM)
        unread.close()
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == parent:  # else it ended before the system was asked to tell
            pipe.send(work(number))


def _leave(number: int, frame: object) -> None:
    del number, frame
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def _answer(pipe: Connection) -> T | None:
    try:
        result: T = pipe.recv()
    except (EOFError, OSError):
        return None
    return result


def _end(processes: list[ForkProcess]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(_PATIENCE)
        process.kill()
        process.join()
