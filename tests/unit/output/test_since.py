"""Reporting what a branch is answerable for, with real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from build_site.loading.git import GitError, changed_files
from build_site.output.since import check_since
from tests.support import sites
from tests.support.sites import AS_OF, notice, shown

BLANK_HEAD = f"{sites.TEXT}\n\n| 项目 | |\n|---|---|\n| 甲 | 乙 |"
WITH_FAULT = {"catalog.yaml": sites.unaudited(), "content/zd/alt.md": notice("旧的通知", "00008", BLANK_HEAD)}
OLD = "BDY105 content/zd/alt.md:9:7"


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{role}_{key}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")


@pytest.fixture(params=["", "ein 站/innen"], ids=["top", "below"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A site with an old fault, committed on main, work going on in a branch; at the top of its repository or below."""
    top = tmp_path / "repo"
    root = sites.write(top / request.param, WITH_FAULT)
    git(top, "init", "--quiet", "--initial-branch", "main")
    commit(top)
    git(top, "switch", "--quiet", "--create", "arbeit")
    return root


def reported(root: Path, revision: str = "main") -> list[str]:
    return [shown(item) for item in check_since(root, revision, AS_OF).diagnostics]


def test_old_faults_are_not_reported(root: Path) -> None:
    """A branch without changes is answerable for nothing; how much was left out is known."""
    outcome = check_since(root, "main", AS_OF)
    assert (outcome.diagnostics, outcome.unreported) == ((), 1)
    assert not git_status(root)


def git_status(root: Path) -> str:
    return subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=True).stdout


def test_a_touched_file_is_reported_whole(root: Path) -> None:
    """Changed in the folder only, staged or committed: all the same."""
    file = root / "content/zd/alt.md"
    file.write_text(file.read_text("utf-8") + "\n另有规定的除外。\n", "utf-8")
    assert reported(root) == [OLD]
    git(root, "add", "--all")
    assert reported(root) == [OLD]
    commit(root)
    assert reported(root) == [OLD]


def test_new_files_and_renames(root: Path) -> None:
    """A file that Git does not know yet counts, and a renamed one under its new name."""
    (root / "content/zd/neu.md").write_text(notice("新的通知", "00009", BLANK_HEAD), "utf-8")
    assert reported(root) == ["BDY105 content/zd/neu.md:9:7"]
    git(root, "mv", "content/zd/alt.md", "content/zd/anders.md")
    assert reported(root) == ["BDY105 content/zd/anders.md:9:7", "BDY105 content/zd/neu.md:9:7"]
    assert {"content/zd/alt.md", "content/zd/anders.md"} <= changed_files(root, "main")


def test_what_a_deletion_breaks_elsewhere_is_reported(root: Path) -> None:
    """The broken link stands in a file that nobody touched."""
    linking = notice("链接", "00009", f"{sites.TEXT}见[旧的通知](alt.md)。")
    git(root, "switch", "--quiet", "main")
    (root / "content/zd/verweis.md").write_text(linking, "utf-8")
    commit(root)
    git(root, "switch", "--quiet", "arbeit")
    git(root, "merge", "--quiet", "main")
    assert reported(root) == []
    (root / "content/zd/alt.md").unlink()
    assert [line.partition(":")[0] for line in reported(root)] == ["LNK101 content/zd/verweis.md"]


def test_what_the_catalogue_breaks_elsewhere_is_reported(root: Path) -> None:
    """A column that is gone leaves its documents without one."""
    file = root / "catalog.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("      - key: gfxwj\n        title: 行政规范性文件\n", ""), "utf-8")
    assert "SRC108 content/fdzdgknr/gfxwj/guifan.md" in reported(root)
    assert OLD not in reported(root)


def test_work_of_others_on_main_is_not_this_branch(root: Path) -> None:
    """Compared is the state in which the branch left main."""
    git(root, "switch", "--quiet", "main")
    (root / "content/zd/alt.md").write_text(notice("旧的通知", "00008"), "utf-8")
    commit(root)
    git(root, "switch", "--quiet", "arbeit")
    assert reported(root) == []


def test_a_site_that_did_not_exist(tmp_path: Path) -> None:
    """Everything in it is new."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path)
    root = sites.write(tmp_path / "site", WITH_FAULT)
    assert reported(root) == [OLD]


def test_no_repository(tmp_path: Path) -> None:
    """Said in words."""
    with pytest.raises(GitError) as caught:
        check_since(sites.write(tmp_path / "site", {"catalog.yaml": sites.unaudited()}), "main", AS_OF)
    assert "不在 Git 仓库里" in caught.value.message.zh


@pytest.mark.parametrize("revision", ["nirgends", "-p", "--all", "main..arbeit", ""])
def test_an_unknown_revision(root: Path, revision: str) -> None:
    """Neither a typing mistake nor something that looks like an option reaches Git as anything but a revision."""
    with pytest.raises(GitError) as caught:
        check_since(root, revision, AS_OF)
    assert f"没有“{revision}”" in caught.value.message.zh


def test_a_shallow_clone(root: Path, tmp_path: Path) -> None:
    """The help says how to get the history."""
    top = tmp_path / "repo"
    commit(top)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--no-single-branch", f"file://{top}", str(clone))
    commit(clone)
    inner = clone / root.relative_to(top)
    for revision in ("origin/main", "HEAD~5"):
        with pytest.raises(GitError) as caught:
            check_since(inner, revision, AS_OF)
        assert "浅克隆" in caught.value.help.zh
    git(clone, "fetch", "--quiet", "--unshallow")
    assert reported(inner, "origin/main") == []


def test_no_git(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A computer without the program."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError) as caught:
        check_since(root, "main", AS_OF)
    assert "没有装 git" in caught.value.message.zh
