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
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkProcess
from typing import Any, TypeVar

from build_site.output.collecting import never_collecting
from build_site.output.signals import held_back, released, uninterrupted

T = TypeVar("T")
MIN_ITEMS = 300  # below this, starting processes costs more than it saves
_CHUNKS_EACH = 8
_MOST = 1000  # after so many a helper is exchanged, and its garbage goes with it
_PR_SET_PDEATHSIG = 1


def in_chunks(work: Callable[[range], list[T]], count: int, least: int = MIN_ITEMS) -> Iterator[list[T]]:
    """Yield `work(range)` for consecutive ranges that together cover `range(count)`, in their order.

    With `least` things to do or more, on a system that can fork, several processes work, unless this one is a helper
    itself; they see the caller's data as it is now, and only results travel between them. The results are the same either
    way. Raises OSError (ENOMEM) when the system ends a helper, and whatever `work` raises.
    """
    helpers = cores() if _may_fork() else 1
    if count < least or helpers < 2 or sys.platform != "linux":
        for start in range(0, count, 100):
            yield work(range(start, min(start + 100, count)))
        return
    step = min(_MOST, max(least // 2, -(-count // (helpers * _CHUNKS_EACH)), 1))
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
        at_work: dict[Connection, tuple[int, ForkProcess]] = {}
        answers: dict[int, T] = {}
        begun = told = 0
        try:
            while told < len(tasks):
                while begun < len(tasks) and len(at_work) < self._helpers:
                    with held_back(signal.SIGINT, signal.SIGTERM):  # none is ever at work that `finally` does not know
                        process, pipe = _start(fn, tasks[begun])
                        at_work[pipe] = begun, process
                    begun += 1
                if told in answers:
                    yield answers.pop(told)
                    told += 1
                    continue
                for ready in wait(list(at_work)):
                    assert isinstance(ready, Connection)
                    answers[at_work[ready][0]] = _answer(ready)
                    _end(at_work.pop(ready)[1], ready)
        finally:
            with uninterrupted():
                for pipe, (_, process) in at_work.items():
                    _end(process, pipe)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Return what becomes of one call, which a helper makes; it is done when this returns."""
        future: Future[T] = Future()
        try:
            future.set_result(next(self.map(lambda _: fn(*args, **kwargs), [None])))
        except Exception as error:
            future.set_exception(error)
        return future


def _may_fork() -> bool:
    """Whether helpers may be forked: what another thread holds, a fork holds for ever; and a helper starts no helpers."""
    return threading.active_count() == 1 and multiprocessing.parent_process() is None


def _end(process: ForkProcess, pipe: Connection) -> None:
    process.kill()  # done, or no longer wanted; it has nothing to save
    process.join()
    pipe.close()


def _start(work: Callable[..., T], task: tuple[Any, ...]) -> tuple[ForkProcess, Connection]:
    system: ForkContext = multiprocessing.get_context("fork")
    ours, theirs = system.Pipe(duplex=False)
    process = system.Process(target=_help, args=(work, task, ours, theirs, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _help(work: Callable[..., T], task: tuple[Any, ...], unread: Connection, pipe: Connection, parent: int) -> None:
    """Do a helper's task; leave interrupts to the parent, and end with it even when it is killed.

    `unread` is the parent's end of the pipe: while a helper holds a copy of it, the pipe does not break.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    released(signal.SIGINT, signal.SIGTERM)
    unread.close()
    never_collecting()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the system was asked to tell
        return
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
