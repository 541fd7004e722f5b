"""Living with findings, as people and CI jobs do: the baseline, a branch's own share, holding documents back."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.robust.sandbox import (
    TEXT,
    build,
    check,
    chinese_sentences,
    english_sentences,
    make_site,
    no_crash,
    notice,
    tree,
)

BLANK_HEAD = f"{TEXT}\n\n| 项目 | |\n|---|---|\n| 甲 | 乙 |"
ALT = "content/zd/alt.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with an old document that has a blank head."""
    site = make_site(tmp_path / "site")
    (site / ALT).write_text(notice(8, body=BLANK_HEAD), "utf-8")
    return site


def _strict(site: Path, *words: str) -> int:
    result = check(site, "--fail-on", "warning", *words)
    no_crash(result)
    return result.code


def test_a_life_with_a_baseline(site: Path) -> None:
    """Written once it hides what was there; new things are seen; what is mended has to be taken out."""
    before = tree(site)
    assert _strict(site) == 1
    written = check(site, "--write-baseline", "--fail-on", "warning")
    assert written.code == 0, written.all
    assert "原来 0 处" in written.err
    assert "没有列出：baseline.json 里记着的" in written.err
    assert not english_sentences(written.err)
    assert {path for path in tree(site) if path not in before} == {"baseline.json"}
    assert _strict(site) == 0
    shown = check(site, "--format", "json", "--lang", "en")
    assert json.loads(shown.out)["summary"]["hidden"] >= 1
    assert not chinese_sentences(shown.err)
    (site / "content/zd/neu.md").write_text(notice(9, body=BLANK_HEAD), "utf-8")
    assert _strict(site) == 1
    refused = check(site, "--write-baseline", "--fail-on", "warning")
    assert refused.code == 1, "it does not grow by itself"
    assert re.search(r"上面的 \d+ 处没有记.*--grow", refused.err)
    assert _strict(site, "--write-baseline", "--grow", "并入旧站的文件") == 0
    assert "并入旧站的文件" in (site / "baseline.json").read_text("utf-8")
    (site / "content/zd/neu.md").unlink()
    (site / ALT).write_text(notice(8), "utf-8")
    stale = check(site, "--format", "json", "--fail-on", "warning")
    assert {row["code"] for row in stale.findings if row["path"] == "baseline.json"} == {"POL106"}
    assert _strict(site, "--write-baseline") == 0
    assert ALT not in (site / "baseline.json").read_text("utf-8")


def test_a_build_lives_with_it_too(site: Path) -> None:
    """What is hidden does not stand against publishing; the output knows nothing of it."""
    assert build(site, "--fail-on", "warning").code == 1
    assert check(site, "--write-baseline").code == 0
    assert build(site, "--fail-on", "warning").code == 0
    assert not (site / "public/baseline.json").exists()


@pytest.mark.parametrize(
    "words",
    [("--grow", "x"), ("--write-baseline", "--grow", " "), ("--write-baseline", "--changed-since", "main")],
)
def test_options_that_do_not_go_together(site: Path, words: tuple[str, ...]) -> None:
    """A mistake on the command line, and nothing is written."""
    before = tree(site)
    result = check(site, *words)
    assert (result.code, result.out) == (2, "")
    assert "--" in result.err
    assert tree(site) == before


def test_a_catalogue_that_cannot_be_used(site: Path) -> None:
    """No baseline is written."""
    (site / "catalog.yaml").write_text("columns: [", "utf-8")
    result = check(site, "--write-baseline")
    assert result.code == 2
    assert "没有写" in result.err
    assert not (site / "baseline.json").exists()


def test_a_branch(site: Path) -> None:
    """In a repository only the branch's own share counts; without one there is an error in words."""
    result = check(site, "--changed-since", "main")
    assert (result.code, result.out) == (2, "")
    assert "不在 Git 仓库里" in result.err
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=site, check=True, capture_output=True)
    result = check(site, "--changed-since", "main", "--fail-on", "warning")
    assert result.code == 0, result.all
    assert "没有列出：不是这次改动引起的" in result.err
    (site / "content/zd/neu.md").write_text(notice(9, body=BLANK_HEAD), "utf-8")
    result = check(site, "--changed-since", "main", "--fail-on", "warning", "--format", "json")
    assert result.code == 1
    assert {row["path"] for row in result.findings if row["code"] == "BDY105"} == {"content/zd/neu.md"}
    result = check(site, "--changed-since", "nirgends", "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert "no revision “nirgends”" in result.err


def test_holding_back(site: Path) -> None:
    """The rest is published, the summary names what is not, and the exit code lets the next step run."""
    assert build(site).code == 0
    (site / "content/zd/neu.md").write_text(notice(9, body=f"{TEXT}见[附表](biao.xlsx)。"), "utf-8")
    (site / "content/zd/gut.md").write_text(notice(10), "utf-8")
    before = tree(site / "public")
    assert build(site).code == 1
    assert tree(site / "public") == before
    result = build(site, "--quarantine")
    assert result.code == 0, result.all
    assert "有 1 篇没有发布" in result.err
    assert "content/zd/neu.md" in result.err
    assert "草稿" not in result.err, "what is held back is told once"
    assert "LNK102" in result.out
    assert (site / "public/wj/2020/00010.html").exists()
    assert not (site / "public/wj/2020/00009.html").exists()
    (site / "content/zd/a.md").write_text(notice(1, body=f"{TEXT}见[新的](neu.md)。"), "utf-8")
    before = tree(site / "public")
    result = build(site, "--quarantine")
    assert result.code == 1
    assert "不能发布" in result.err
    assert tree(site / "public") == before
