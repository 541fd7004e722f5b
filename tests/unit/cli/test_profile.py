"""`--profile`: each phase once, in words, and their sum."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from build_site.cli.profile import profile
from build_site.model.finding import Lang
from build_site.output.build import build
from build_site.output.means import Means
from build_site.output.phases import Phase, Phases
from build_site.output.store import Store
from tests.robust.sandbox import ROOT, run
from tests.support.sites import AS_OF, notice, write

_BUILD = 13


def _rows(table: str) -> dict[str, tuple[float, float]]:
    """Return the rows of a table but its head, by their names; none is there twice."""
    found: dict[str, tuple[float, float]] = {}
    for line in table.splitlines()[1:]:
        row = re.fullmatch(r"(.*\S) +(\d+\.\d{3}) +(\d+\.\d{3})", line)
        assert row and row[1] not in found, line
        found[row[1]] = (float(row[2]), float(row[3]))
    return found


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_phase_of_a_build_stands_once(lang: Lang, tmp_path: Path) -> None:
    """Also of one that is made twice, because a document is held back."""
    root = write(tmp_path / "site")
    assert build(root, tmp_path / "out", AS_OF).published
    (root / "content/zd/new.md").write_text(notice("新", "00009", "[甲](nowhere.md)"), "utf-8")
    means = Means(store=Store(tmp_path / "cache"))
    made = build(root, tmp_path / "out", AS_OF, quarantine=True, means=means)
    assert made.published and made.held
    rows = _rows(profile(means.phases.ended, lang))
    assert len(rows) == _BUILD + 1
    *phases, total = rows.values()
    for column in (0, 1):
        assert sum(row[column] for row in phases) == pytest.approx(total[column], abs=0.001 * len(rows))


def test_the_columns_stand_below_one_another() -> None:
    phases = [Phase("prepare", 0.5, 0.25), Phase("render", 12.0, 100.0)]
    for lang in ("zh", "en"):
        assert len({_width(line) for line in profile(phases, lang).splitlines()}) == 1


def test_a_phase_that_comes_again_is_added_up() -> None:
    phases = Phases()
    for name in ("read", "render", "read"):
        with phases(name):
            pass
    assert [phase.name for phase in phases.ended] == ["read", "render"]


def test_a_phase_that_fails_has_taken_its_time() -> None:
    phases = Phases()
    with pytest.raises(ValueError), phases("read"):
        raise ValueError
    assert [phase.name for phase in phases.ended] == ["read"]


@pytest.mark.parametrize(
    ("lang", "names"), [("zh", {"读取文章", "生成页面", "合计"}), ("en", {"read documents", "render the pages", "sum"})]
)
def test_every_command_that_has_it_prints_it(lang: Lang, names: set[str], tmp_path: Path) -> None:
    root = write(tmp_path / "site")
    for command in ("build", "check"):
        done = run(command, "--site", root, "--as-of", str(AS_OF), "--profile", "--lang", lang, cwd=ROOT)
        lines = done.err.splitlines()
        start = next(number for number, line in enumerate(lines) if re.match(r"(阶段|phase) ", line))
        assert names <= _rows("\n".join(lines[start:])).keys()
