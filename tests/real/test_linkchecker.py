"""The sample site under a second opinion: LinkChecker, a program of others, finds no broken link."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from build_site.output.crawl_program import find_program, visits
from build_site.output.crawl_server import served
from tests.real.crawling import inject, needs_linkchecker
from tests.robust.sandbox import AS_OF, ROOT, build, check, run

pytestmark = needs_linkchecker


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, built for a fixed day."""
    out = tmp_path_factory.mktemp("sample")
    result = run("build", "--site", ROOT, "--as-of", AS_OF, "--locked", "--out", out / "public")
    if "lock-out-of-date" in result.out:  # tests/commands and the CI job watch over the lock
        shutil.copytree(
            ROOT, out / "site", ignore=shutil.ignore_patterns("public", ".*", "tests", "build_site", "docs")
        )
        result = build(out / "site", "--out", out / "public")
    assert result.code == 0, result.all
    return out / "public"


def test_a_crawl_of_the_sample_finds_nothing(sample: Path) -> None:
    """The whole command on the whole sample: no finding, in a warning neither."""
    result = run(
        "crawl", "--site", ROOT, "--out", sample, "--format", "json", "--fail-on", "warning", "--no-anchors",
        timeout=300,
    )  # fmt: skip
    assert (result.code, result.findings) == (0, []), result.all
    assert json.loads(result.out)["summary"]["pages"] > 100


def test_linkchecker_reaches_everything(sample: Path) -> None:
    """From the home page every page and file of the output is reached, but what nothing should lead to."""
    with served(sample, "/zfxxgk/") as root:
        rows = list(visits(find_program(), (f"{root}index.html", f"{root}404.html"), 15, loopback=True))
    inside = [row for row in rows if row.url.startswith(root)]
    assert [row for row in inside if row.reason or row.moved or row.anchor] == []
    reached = {unquote(row.url.removeprefix(root).partition("#")[0]) for row in inside}
    output = {path.relative_to(sample).as_posix() for path in sample.rglob("*") if path.is_file()}
    output -= {"manifest.json", "SHA256SUMS"}
    pages = {name: (sample / name).read_text("utf-8") for name in output if name.endswith(".html")}
    left = {name for name, text in pages.items() if "http-equiv" in text or "页面已撤下" in text}
    for_robots = {name for name in output if name in ("robots.txt", "llms.txt") or name.startswith("sitemap")}
    assert "sitemap.xml" in for_robots
    assert output - reached - left - for_robots == set()


def test_both_checkers_find_the_same_missing_targets(sample: Path, tmp_path: Path) -> None:
    """Links broken on purpose are found by our check in the sources and by LinkChecker on a page that has them."""
    targets = ["../zd/nowhere.md", "missing.pdf", "no such/folder/a.html", "../zn/缺.md", "缺少的附件.docx"]
    folder = tmp_path / "site"
    shutil.copytree(
        ROOT, folder, ignore=shutil.ignore_patterns("public", ".*", "tests", "build_site", "docs", "scripts")
    )
    text = "本文故意写了几个打不开的链接，用来比较两个检查程序的结果是否完全一致，别无他意。"
    links = "\n\n".join(f"[链接{number}](<{target}>)" for number, target in enumerate(targets))
    source = folder / "content/zd/broken.md"
    source.write_text(f"---\n标题: 坏链接\n编号: broken\n发布日期: 2026-11-01\n---\n\n{text}\n\n{links}\n", "utf-8")
    result = check(folder, "--format", "json")
    assert result.code == 1
    lines = source.read_text("utf-8").split("\n")
    ours = {
        lines[row["line"] - 1].partition("(<")[2].partition(">)")[0]
        for row in result.findings
        if row["path"] == "content/zd/broken.md" and row["name"].startswith("link-to-missing")
    }
    public = tmp_path / "public"
    shutil.copytree(sample, public)
    inject(public / "zd/index.html", "".join(f'<a href="{quote(target)}">坏</a>' for target in targets))
    with served(public, "/zfxxgk/") as root:
        rows = visits(find_program(), (f"{root}index.html",), 15, loopback=True, anchors=False)
        theirs = {unquote(row.written) for row in rows if row.reason}
    assert ours == theirs == set(targets)
