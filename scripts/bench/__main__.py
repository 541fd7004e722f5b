"""The command: python -m scripts.bench."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from scripts.bench.generator import CHECKOUT, Generator, Tools
from scripts.bench.generators import BASE, GENERATORS, OWN
from scripts.bench.installing import install
from scripts.bench.machine import machine, versions
from scripts.bench.measuring import RunError
from scripts.bench.report import Findings, report
from scripts.bench.running import Bench
from scripts.bench.states import STATES

SIZES = (1_000, 10_000)
GROWTH = (1_000, 3_000, 10_000, 30_000)
FULL = 100_000
GROWTH_STATES = ("cold", "unchanged", "body")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the report; return the exit code."""
    wanted = _options().parse_args(arguments)
    cache: Path = wanted.cache.resolve()
    tools = Tools.in_cache(cache)
    _tell(f"load of the machine: {os.getloadavg()[0]:.2f}")
    for reason in () if wanted.offline else install(tools):
        _tell(f"not installed: {reason}")
    asked = [generator for generator in GENERATORS if generator.name in wanted.only]
    skipped = {generator.name: generator.missing for generator in asked if generator.command(tools, cache) is None}
    chosen = tuple(generator for generator in asked if generator.name not in skipped)
    bench = Bench(cache / "work", tools, _tell)
    try:
        findings = _measured(bench, wanted, chosen, skipped)
    except RunError as error:
        _tell(str(error))
        return 1
    finally:
        bench.tidy()
    raw = cache / "results.json"
    raw.write_text(_raw(findings), "utf-8")
    wanted.out.write_text(report(findings), "utf-8")
    _tell(f"written: {wanted.out}, {raw}")
    return 0


def _measured(
    bench: Bench, wanted: argparse.Namespace, chosen: tuple[Generator, ...], skipped: dict[str, str]
) -> Findings:
    states = [state for state in STATES if state in wanted.states]
    figures = [figure for size in wanted.sizes for figure in bench.measure(chosen, size, states, wanted.repeats)]
    own = [generator for generator in chosen if generator.name == OWN]
    growth = [figure for figure in figures if figure.generator == OWN and figure.state in GROWTH_STATES]
    growth = growth if set(GROWTH_STATES) <= set(states) else []
    measured = {figure.size for figure in growth}
    sizes = [*wanted.growth, *([FULL] if wanted.full else [])]
    for size in sizes if own else ():
        if size not in measured:
            growth += bench.measure(own, size, GROWTH_STATES, 1)
    return Findings(
        tuple(figures),
        tuple(growth),
        machine(),
        versions(chosen, bench.tools),
        skipped,
        {generator.name: generator.title for generator in GENERATORS},
        OWN,
        BASE,
        datetime.now(UTC).date().isoformat(),
        _command(wanted),
    )


def _command(wanted: argparse.Namespace) -> str:
    """Return the command that measures the same again, without the places of this machine."""
    lists = {name: ",".join(map(str, getattr(wanted, name))) for name in ("sizes", "states", "only", "growth")}
    usual = {"states": ",".join(STATES), "only": ",".join(generator.name for generator in GENERATORS)}
    options = [f"--{name} {text}" for name, text in lists.items() if text and text != usual.get(name)]
    return " ".join(
        ["python -m scripts.bench", *options, f"--repeats {wanted.repeats}", *(["--full"] if wanted.full else [])]
    )


def _options() -> argparse.ArgumentParser:
    names = [generator.name for generator in GENERATORS]
    parser = argparse.ArgumentParser(
        prog="python -m scripts.bench", description="Build times beside those of other generators."
    )
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="numbers of notices, like 1000,10000")
    parser.add_argument("--repeats", type=_number, default=3, help="timed runs of each state")
    parser.add_argument("--only", type=_Names(names), default=names, help=f"some of {','.join(names)}")
    parser.add_argument("--states", type=_Names(list(STATES)), default=list(STATES), help=f"some of {','.join(STATES)}")
    parser.add_argument("--growth", type=_numbers, default=GROWTH, help="sizes for this program alone")
    parser.add_argument("--full", action="store_true", help=f"also {FULL:,} notices, for this program alone")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "docs/performance.md", help="the report")
    parser.add_argument("--cache", type=Path, default=CHECKOUT / ".cache/bench", help="tools, sites and raw figures")
    parser.add_argument("--offline", action="store_true", help="install nothing; measure what is there")
    return parser


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(_number(part) for part in text.split(",") if part)


class _Names:
    """A list of known names on the command line, separated by commas."""

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known

    def __call__(self, text: str) -> list[str]:
        names = text.split(",")
        for name in names:
            if name not in self.known:
                raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(self.known)}")
        return names


def _raw(findings: Findings) -> str:
    data = {
        "day": findings.day,
        "command": findings.command,
        "machine": dict(findings.machine),
        "versions": dict(findings.versions),
        "skipped": dict(findings.skipped),
        "figures": [figure.plain() for figure in findings.figures],
        "growth": [figure.plain() for figure in findings.growth],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
