from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from build_site.output import workers
from build_site.output.workers import MIN_ITEMS, in_chunks

MANY = MIN_ITEMS * 2


def refuse() -> None:
    """Make nothing of a message from another process."""
    raise TypeError


class AwkwardError(Exception):
    """Travels out of a process, but not into another.

    Said by itself: a constructor with other arguments is not enough once a library has taught pickle to mend that.
    """

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return refuse, ()


@pytest.fixture(autouse=True)
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The runner of these tests has threads of its own, which hold nothing that a helper needs."""
    monkeypatch.setattr(workers, "_may_fork", lambda: multiprocessing.parent_process() is None)


def squares(part: range) -> list[int]:
    return [number * number for number in part]


@pytest.mark.parametrize("cores", [1, 2, 3])
def test_results_come_in_order_whatever_the_number_of_helpers(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The chunks together are the plain result."""
    monkeypatch.setattr(workers, "cores", lambda: cores)
    assert [one for chunk in in_chunks(squares, MANY) for one in chunk] == squares(range(MANY))


def test_much_work_is_done_by_helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    """With enough to do, two other processes work; with little, none."""
    monkeypatch.setattr(workers, "cores", lambda: 2)
    pids = {pid for chunk in in_chunks(lambda part: [os.getpid()] * len(part), MANY) for pid in chunk}
    assert len(pids) >= 2
    assert os.getpid() not in pids
    few = {pid for chunk in in_chunks(lambda part: [os.getpid()] * len(part), MIN_ITEMS - 1) for pid in chunk}
    assert few == {os.getpid()}


@pytest.mark.parametrize(
    ("error", "arrives"), [(KeyError("a fault without a rule"), KeyError), (AwkwardError("甲"), RuntimeError)]
)
def test_an_error_in_a_helper_arrives_with_its_traceback(
    error: Exception, arrives: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What goes wrong in a helper is raised here, and says where it went wrong there."""
    monkeypatch.setattr(workers, "cores", lambda: 2)

    def break_down(part: range) -> list[int]:
        raise error

    with pytest.raises(arrives) as caught:
        list(in_chunks(break_down, MANY))
    told = "\n".join([str(caught.value), *getattr(caught.value, "__notes__", [])])
    assert "in break_down" in told


_ENDS_EARLY = """
import os, signal, sys, time
from build_site.output import workers

number = int(sys.argv[1])
workers.cores = lambda: 2

def end(*_):
    raise KeyboardInterrupt

for each in (signal.SIGINT, signal.SIGTERM):  # a shell may have told its jobs to ignore the first
    signal.signal(each, end)
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), number), after_in_child=lambda: time.sleep(0.2))
try:
    list(workers.in_chunks(lambda part: ["x" * 100_000] * len(part), workers.MIN_ITEMS * 2))
except KeyboardInterrupt:
    os._exit(130)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="helpers are started on Linux only")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_helper_outlives_a_parent_that_ends_while_it_starts(number: signal.Signals) -> None:
    """A signal between the fork and the parent's next step: the parent ends, and the output's pipe with it."""
    line = [sys.executable, "-c", _ENDS_EARLY, str(int(number))]
    done = subprocess.run(line, capture_output=True, timeout=20, check=False)
    assert done.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 130), done.stderr.decode()
    assert b"Traceback" not in done.stderr
