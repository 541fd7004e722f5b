"""The report of the benchmark: its arithmetic, and that it hides nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scripts.bench.report import Findings, Spread, busy, ratios, report
from scripts.bench.running import Figure

HUGO = Figure("hugo", 1000, "cold", (1.0, 2.0, 4.0), (2.0, 3.0, 4.0), 90.0, 100.0, 1150, 1000, (0.1, 0.2, 0.3))
OWN = Figure("build-site", 1000, "cold", (3.0, 5.0, 8.0), (6.0, 7.0, 8.0), 70.0, 150.0, 1300, 1000, (0.1, 0.2, 0.3))


def told(*figures: Figure, growth: tuple[Figure, ...] = (), skipped: dict[str, str] | None = None) -> Findings:
    titles = {"build-site": "build-site", "hugo": "Hugo", "zola": "Zola"}
    machine = {"Cores": "2", "Memory": "24 GiB"}
    return Findings(
        figures,
        growth,
        machine,
        {"Hugo": "0.1"},
        skipped or {},
        titles,
        "build-site",
        "hugo",
        "2026-11-01",
        "make bench",
    )


def test_a_spread_is_least_middle_and_most() -> None:
    assert Spread.of([5.0, 1.0, 3.0]) == Spread(1.0, 3.0, 5.0)
    assert Spread.of([4.0, 2.0]) == Spread(2.0, 3.0, 4.0)


def test_ratios_are_taken_repeat_by_repeat() -> None:
    """3/1, 5/2 and 8/4; the ratio of the medians would be 5/2 by chance, that of the least 3."""
    assert ratios(OWN, HUGO) == Spread(2.0, 2.5, 3.0)


def test_ratios_need_as_many_repeats() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratios(OWN, replace(HUGO, wall=(1.0, 2.0)))


def test_the_table_has_median_least_and_most() -> None:
    page = report(told(OWN, HUGO))
    assert "| cold | 5.00 (3.00 to 8.00) | 2.00 (1.00 to 4.00) |" in page
    assert "| cold | 2.50 (2.00 to 3.00) | 1.00 (1.00 to 1.00) |" in page
    assert "| cold | 7.00 s, 150 MiB | 3.00 s, 100 MiB |" in page
    assert "| HTML pages | 1,300 | 1,150 |" in page


def test_what_is_slower_or_larger_is_said_in_words() -> None:
    page = report(told(OWN, HUGO))
    assert "- 1,000 notices, cold: build-site takes 2.50 times as long as Hugo." in page
    assert "- 1,000 notices, cold: build-site takes 150 MiB of memory, Hugo 100 MiB." in page
    faster = report(told(replace(OWN, wall=(0.5, 0.5, 0.5), all_memory=50.0), HUGO))
    assert "takes" not in faster.partition("## Where this program")[2].partition("In none of the states")[0]
    assert "- In none of the states measured, compared with Hugo." in faster


def test_the_growth_curve_is_by_size_then_state() -> None:
    small = replace(OWN, size=500, wall=(1.0,), cpu=(1.5,))
    later = replace(small, state="body", wall=(0.2,))
    page = report(told(OWN, HUGO, growth=(OWN, later, small)))
    rows = [line for line in page.splitlines() if line.startswith(("| 500", "| 1,000"))]
    assert rows == [
        "| 500 | cold | 1.00 | 2.00 | 1.50 | 70 | 150 | 1,300 |",
        "| 500 | one notice edited | 0.20 | 0.40 | 1.50 | 70 | 150 | 1,300 |",
        "| 1,000 | cold | 5.00 | 5.00 | 7.00 | 70 | 150 | 1,300 |",
    ]


def test_a_generator_that_is_not_there_is_named_with_the_reason() -> None:
    assert "| Zola | not measured: not on PATH |" in report(told(OWN, HUGO, skipped={"zola": "not on PATH"}))


def test_without_the_other_generators_there_is_no_table_of_ratios() -> None:
    page = report(told(OWN))
    assert "Times as long" not in page and "| cold | 5.00 (3.00 to 8.00) |" in page


def test_a_busy_machine_is_said_to_be_one() -> None:
    assert not busy((OWN, HUGO), 2)
    loaded = replace(OWN, load=(0.1, 3.5, 0.1))
    assert busy((loaded, HUGO), 2)
    assert "The machine was not idle" in report(told(loaded, HUGO))
    assert "The machine was not idle" not in report(told(OWN, HUGO))
