"""The runs, in turn: A B A B …, so that a slow moment of the machine falls on all.

Owns the order of runs and what is kept of each. Must not know what is made of the figures.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.bench.corpus import Notice, corpus
from scripts.bench.generator import Generator, Tools, lay_out
from scripts.bench.measuring import Memory, Time, timed, weighed
from scripts.bench.states import STATES, set_aside

_ASIDE = "done"


@dataclass(frozen=True)
class Figure:
    """What is known of one generator, size and state: seconds of every repeat, memory of one more run, pages made.

    `load` is the load of the machine before each repeat, the last minute's.
    """

    generator: str
    size: int
    state: str
    wall: tuple[float, ...]
    cpu: tuple[float, ...]
    main_memory: float
    all_memory: float
    pages: int
    notice_pages: int
    load: tuple[float, ...]

    def plain(self) -> dict[str, object]:
        """Return the figure as plain values, for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Bench:
    """A place for the sites, the tools, and who is told what is going on."""

    work: Path
    tools: Tools
    tell: Callable[[str], None]

    def root(self, generator: Generator, size: int) -> Path:
        """Return the folder of a site."""
        return self.work / f"{generator.name}-{size}"

    def measure(self, generators: Sequence[Generator], size: int, states: Sequence[str], repeats: int) -> list[Figure]:
        """Return the figures of all generators for a site of `size` notices, and set the sites aside. Raises RunError.

        Every state begins with a run that is not timed: it warms up what the system keeps of files, and its memory is taken.
        """
        notices = corpus(size)
        for generator in generators:
            self.tell(f"{size} notices: writing the site of {generator.title}")
            lay_out(generator, notices, self.root(generator, size))
            self._time(generator, notices)  # once, so that every state but the cold one finds what a build leaves
        figures = [figure for state in states for figure in self._state(generators, notices, state, repeats)]
        for generator in generators:
            set_aside(self.root(generator, size), self.work / _ASIDE)
        return figures

    def tidy(self) -> None:
        """Remove the sites, when nothing more will be measured."""
        for place in (*self.work.glob("*-aside"), self.work / _ASIDE):
            shutil.rmtree(place, ignore_errors=True)

    def _state(
        self, generators: Sequence[Generator], notices: tuple[Notice, ...], state: str, repeats: int
    ) -> list[Figure]:
        size = len(notices)
        memory: dict[str, Memory] = {}
        times: dict[str, list[Time]] = {generator.name: [] for generator in generators}
        loads: dict[str, list[float]] = {generator.name: [] for generator in generators}
        for turn in range(repeats + 1):
            for generator in generators:
                STATES[state][1](generator, self.root(generator, size), notices, turn)
                if turn == 0:
                    memory[generator.name] = weighed(*self._run(generator, size))
                    continue
                loads[generator.name].append(os.getloadavg()[0])
                took = self._time(generator, notices)
                times[generator.name].append(took)
                self.tell(f"{size} notices, {STATES[state][0]}, {turn}/{repeats}: {generator.title} {took.wall:.2f} s")
        made = []
        for generator in generators:
            name = generator.name
            pages, of_notices = count_pages(generator, self.root(generator, size), notices)
            wall = tuple(one.wall for one in times[name])
            cpu = tuple(one.cpu for one in times[name])
            used = memory[name]
            made.append(
                Figure(name, size, state, wall, cpu, used.main, used.all, pages, of_notices, tuple(loads[name]))
            )
        return made

    def _time(self, generator: Generator, notices: tuple[Notice, ...]) -> Time:
        return timed(*self._run(generator, len(notices)))

    def _run(self, generator: Generator, size: int) -> tuple[list[str], Path, Mapping[str, str]]:
        root = self.root(generator, size)
        command = generator.command(self.tools, root)
        if command is None:
            raise ValueError(f"{generator.name}: {generator.missing}")
        return command, root, generator.environment


def count_pages(generator: Generator, root: Path, notices: tuple[Notice, ...]) -> tuple[int, int]:
    """Return how many HTML pages a site has, and for how many notices there is one."""
    out = root / generator.output
    pages = sum(1 for _ in out.rglob("*.html"))
    return pages, sum((out / generator.notice_page(notice)).is_file() for notice in notices)
