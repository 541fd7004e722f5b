"""Work spread over the cores of this machine.

Owns processes: how many, how they start and how they end. Must not know what is worked on.

Each helper has a pipe of its own and there are no threads and no shared locks, so that a helper that is killed in the
middle of an answer can never leave anybody waiting: its pipe ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, ForkProcess
from typing import Any, TypeVar

from build_site.output.collecting import leave_inherited
from build_site.output.signals import held_back, released, uninterrupted

T = TypeVar("T")
MIN_ITEMS = 300  # below this, starting processes costs more than it saves
_CHUNKS_EACH = 8
_PR_SET_PDEATHSIG = 1


def in_chunks(work: Callable[[range], list[T]], count: int, least: int = MIN_ITEMS) -> Iterator[list[T]]:
    """Yield `work(range)` for consecutive ranges that together cover `range(count)`, in their order.

    With `least` things to do or more, on a system that can fork, several processes work, unless this one is a helper
    itself; they see the caller's data as it is now, and only results travel between them. The results are the same either
    way. Raises OSError (ENOMEM) when the system ends a helper, and whatever `work` raises.
    """
    # what another thread holds, a fork holds for ever; and a helper's share is not worth helpers of its own
    alone = threading.active_count() == 1 and multiprocessing.parent_process() is None
    helpers = cores() if alone else 1
    if count < least or helpers < 2 or sys.platform != "linux":
        for start in range(0, count, 100):
            yield work(range(start, min(start + 100, count)))
        return
    step = max(1, -(-count // (helpers * _CHUNKS_EACH)))
    yield from ForkExecutor(helpers).map(
        work, [range(start, min(start + step, count)) for start in range(0, count, step)]
    )


class ForkExecutor(Executor):
    """Helpers on this machine behind the standard interface of `concurrent.futures`.

    They are forked when there is work, so functions and arguments need not travel, only results; they end with the work. The
    standard pool of processes is not used because it waits for ever when the system ends a helper in mid-answer.
    """

    def __init__(self, helpers: int) -> None:
        """Let `helpers` processes share the work."""
        self._helpers = helpers

    def map(
        self, fn: Callable[..., T], *iterables: Iterable[Any], timeout: float | None = None, chunksize: int = 1
    ) -> Iterator[T]:
        """Yield `fn` of each set of arguments, in their order. Raises OSError (ENOMEM) when the system ends a helper."""
        del timeout, chunksize
        tasks = list(zip(*iterables, strict=False))
        started: list[tuple[ForkProcess, Connection]] = []
        try:
            for number in range(min(self._helpers, len(tasks))):
                with held_back(signal.SIGINT, signal.SIGTERM):  # none is ever at work that `finally` does not know
                    started.append(_start(fn, tasks[number :: self._helpers]))
            for number in range(len(tasks)):
                yield _answer(started[number % self._helpers][1])
        finally:
            with uninterrupted():
                for process, pipe in started:
                    process.kill()  # done, or no longer wanted; it has nothing to save
                    process.join()
                    pipe.close()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Return what becomes of one call, which a helper makes; it is done when this returns."""
        future: Future[T] = Future()
        try:
            future.set_result(next(self.map(lambda _: fn(*args, **kwargs), [None])))
        except Exception as error:
            future.set_exception(error)
        return future


def _start(work: Callable[..., T], tasks: list[tuple[Any, ...]]) -> tuple[ForkProcess, Connection]:
    system: ForkContext = multiprocessing.get_context("fork")
    ours, theirs = system.Pipe(duplex=False)
    process = system.Process(target=_help, args=(work, tasks, ours, theirs, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _help(
    work: Callable[..., T], tasks: list[tuple[Any, ...]], unread: Connection, pipe: Connection, parent: int
) -> None:
    """Do a helper's share; leave interrupts to the parent, and end with it even when it is killed.

    `unread` is the parent's end of the pipe: while a helper holds a copy of it, the pipe does not break.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    released(signal.SIGINT, signal.SIGTERM)
    unread.close()
    leave_inherited()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the system was asked to tell
        return
    for task in tasks:
        try:
            pipe.send((work(*task), None))
        except BrokenPipeError:
            return
        except Exception as error:
            error.add_note("".join(traceback.format_exception(error)))  # a traceback does not travel by itself
            _send_error(pipe, error)


def _send_error(pipe: Connection, error: Exception) -> None:
    try:
        pickle.loads(pickle.dumps(error))  # some exceptions travel out and not in again
        pipe.send((None, error))
    except Exception:
        pipe.send((None, RuntimeError("\n".join(error.__notes__))))


def _answer(pipe: Connection) -> Any:
    try:
        result, error = pipe.recv()
    except (EOFError, OSError) as lost:
        raise OSError(errno.ENOMEM, "a process was ended by the system") from lost
    if error is not None:
        raise error
    return result


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
