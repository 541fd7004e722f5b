"""The sites of the benchmark: ours passes every check, and each generator that is installed makes a page of every notice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_site.model.finding import Severity
from build_site.output.build import check
from scripts.bench.corpus import AS_OF, Text, corpus
from scripts.bench.generator import CHECKOUT, Generator, Tools, lay_out
from scripts.bench.generators import GENERATORS, own
from scripts.bench.measuring import RunError, timed, weighed
from scripts.bench.running import Bench, count_pages
from scripts.bench.states import STATES

TOOLS = Tools.in_cache(CHECKOUT / ".cache/bench")
BY_NAME = pytest.mark.parametrize("generator", GENERATORS, ids=lambda generator: generator.name)


def test_our_site_passes_every_check(tmp_path: Path) -> None:
    """No rule is switched off in it, and nothing is found that an editor would have to mend."""
    lay_out(own.GENERATOR, corpus(300), tmp_path / "site")
    assert not re.search("^checks:", (tmp_path / "site/catalog.yaml").read_text("utf-8"), re.MULTILINE)
    outcome = check(tmp_path / "site", AS_OF)
    assert [item for item in outcome.diagnostics if item.severity is Severity.ERROR] == []
    assert {item.name for item in outcome.diagnostics} <= {"column-not-updated"}


@BY_NAME
def test_a_page_of_every_notice(generator: Generator, tmp_path: Path) -> None:
    """In every state: after each edit the site is still whole, the edit is on a page, and so is all that was there before."""
    notices = corpus(30)
    if generator.command(TOOLS, tmp_path) is None:
        pytest.skip(f"{generator.title}: {generator.missing}; make bench installs what PyPI and npm have")
    root = tmp_path / "site"
    lay_out(generator, notices, root)
    command = generator.command(TOOLS, root)
    assert command is not None
    marks = {
        "body": "第3次修改",
        "title": f"{notices[15].title}（第4版）",
        "template": "纸质文件为准（第5版）",
        "navigation": "政策和文件（第6版）",
    }
    turns = {"cold": 1, "unchanged": 2, "body": 3, "title": 4, "template": 5, "navigation": 6}
    words = re.findall(
        r"[\u4e00-\u9fff]{8,}", "\n".join(block.markdown for block in notices[15].blocks if isinstance(block, Text))
    )
    assert len(words) > 10
    for state, (_, prepare) in STATES.items():
        prepare(generator, root, notices, turns[state])
        timed(command, root, generator.environment)
        assert count_pages(generator, root, notices)[1] == 30
        page = (root / generator.output / generator.notice_page(notices[15])).read_text("utf-8")
        assert marks.get(state, "") in page
        assert [word for word in words if word not in page] == []
    home = (root / generator.output / "index.html").read_text("utf-8")
    assert "政策和文件（第6版）" in home and notices[-1].title in home
    assert next((root / generator.output).rglob("sitemap.xml"), None)


def test_a_cold_build_finds_nothing_of_earlier_ones(tmp_path: Path) -> None:
    notices = corpus(3)
    root = tmp_path / "site"
    lay_out(own.GENERATOR, notices, root)
    for name in ("public/index.html", ".cache/build-site/memo"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text("old", "utf-8")
    STATES["cold"][1](own.GENERATOR, root, notices, 1)
    assert not (root / "public").exists() and not (root / ".cache").exists()
    assert (root / "catalog.yaml").exists()


def test_a_program_that_fails_ends_the_benchmark_with_its_words(tmp_path: Path) -> None:
    for run in (timed, weighed):
        with pytest.raises(RunError, match=r"(?s)ended with 3.*it broke"):
            run(["sh", "-c", "echo it broke; exit 3"], tmp_path, {})


def test_helpers_of_a_program_count(tmp_path: Path) -> None:
    """Time and memory of children belong to the run."""
    busy = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray(60_000_000); sum(range(3_000_000))'])"
    command = [str(Path("/usr/bin/env")), "python3", "-c", busy]
    took = timed(command, tmp_path, {})
    used = weighed(command, tmp_path, {})
    assert took.cpu > 0 and took.wall > 0
    assert used.all > 55 > used.main > 1


def test_a_bench_gives_a_figure_of_every_state(tmp_path: Path) -> None:
    """With our own generator; nothing is left of the sites."""
    bench = Bench(tmp_path, TOOLS, lambda line: None)
    figures = bench.measure([own.GENERATOR], 5, ["cold", "body"], 2)
    assert [(figure.state, figure.size, len(figure.wall), figure.notice_pages) for figure in figures] == [
        ("cold", 5, 2, 5),
        ("body", 5, 2, 5),
    ]
    bench.tidy()
    assert [*tmp_path.iterdir()] == []
