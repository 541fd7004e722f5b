"""Whole pieces of work in processes of their own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Generator

import pytest

from build_site.output import workers
from build_site.output.side_by_side import side_by_side
from build_site.output.workers import MIN_ITEMS, in_chunks


@pytest.mark.parametrize("hands", [1, 2, 5])
def test_every_piece_is_done_once_in_a_process_of_its_own(hands: int) -> None:
    results = dict(side_by_side(lambda number: (number * number, os.getpid()), 7, hands))
    assert {number: value[0] for number, value in results.items() if value} == {
        number: number**2 for number in range(7)
    }
    assert len({value[1] for value in results.values() if value} | {os.getpid()}) == 8


def test_no_more_are_at_work_than_hands() -> None:
    """Each says from when to when it worked; at no moment are there three."""

    def work(number: int) -> tuple[float, float]:
        begun = time.monotonic()
        time.sleep(0.1)
        return begun, time.monotonic()

    times = [value for _, value in side_by_side(work, 6, 2) if value]
    assert len(times) == 6
    assert max(sum(begun <= moment < ended for begun, ended in times) for moment, _ in times) <= 2


def test_what_is_ready_first_comes_first() -> None:
    def work(number: int) -> int:
        time.sleep(0.5 if number == 0 else 0)
        return number

    assert [number for number, _ in side_by_side(work, 3, 3)][-1] == 0


def test_a_process_that_the_system_ends_gives_none() -> None:
    """And the others their results."""

    def work(number: int) -> int:
        if number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert dict(side_by_side(work, 4, 2)) == {0: 0, 1: None, 2: 2, 3: 3}


def test_who_stops_asking_ends_the_processes() -> None:
    """Those at work clean up and are gone when the generator is closed."""
    ours, theirs = os.pipe()

    def work(number: int) -> int:
        if number == 0:
            return 0
        try:
            os.write(theirs, b"begun ")
            time.sleep(60)
        finally:
            os.write(theirs, b"cleaned")
        return number

    going = side_by_side(work, 2, 2)
    assert next(going) == (0, 0)
    assert os.read(ours, 6) == b"begun "
    begun = time.monotonic()
    assert isinstance(going, Generator)
    going.close()
    assert os.read(ours, 7) == b"cleaned" and time.monotonic() - begun < 5
    os.close(ours)
    os.close(theirs)


def test_a_helper_starts_no_helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many processes as processors are enough."""
    monkeypatch.setattr(workers, "cores", lambda: 4)

    def work(number: int) -> set[int]:
        return {pid for chunk in in_chunks(lambda part: [os.getpid()] * len(part), MIN_ITEMS * 2) for pid in chunk} - {
            os.getpid()
        }

    assert dict(side_by_side(work, 2, 2)) == {0: set(), 1: set()}
