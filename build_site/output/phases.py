"""Where the time of a build goes.

Owns the measuring of its phases. Must not know what they do.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase that has ended: its name, seconds on the clock, seconds of all processors at work in it."""

    name: str
    wall: float
    cpu: float


class Phases:
    """Takes the time of phases that follow one another; one within another counts for both."""

    def __init__(self) -> None:
        self.ended: list[Phase] = []

    @contextlib.contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Take the time of the block as that of phase `name`; a phase that comes again is added up."""
        wall, cpu = time.perf_counter(), _cpu()
        try:
            yield
        finally:
            phase = Phase(name, time.perf_counter() - wall, _cpu() - cpu)
            before = next((number for number, one in enumerate(self.ended) if one.name == name), None)
            if before is None:
                self.ended.append(phase)
            else:
                old = self.ended[before]
                self.ended[before] = Phase(name, old.wall + phase.wall, old.cpu + phase.cpu)


def _cpu() -> float:
    """Seconds of this process and of the helpers that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
