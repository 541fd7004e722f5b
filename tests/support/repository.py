"""A real Git repository with commits of given days, for what is concluded from history."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

_IDENTITY = {
    name: value
    for who in ("AUTHOR", "COMMITTER")
    for name, value in ((f"GIT_{who}_NAME", "Editor"), (f"GIT_{who}_EMAIL", "editor@example.gov.cn"))
}


def git(root: Path, *arguments: str, day: str = "2020-01-01") -> None:
    """Run git in `root` as it would run on `day`; raises when it fails."""
    moment = f"{day}T09:00:00+08:00"
    environment = {
        **os.environ, **_IDENTITY, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull,
    }  # fmt: skip
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=environment)


def commit(root: Path, commits: Mapping[str, Iterable[str]]) -> None:
    """Make a repository in `root` and commit the paths of each day in turn."""
    git(root, "init", "--quiet")
    for day, paths in commits.items():
        git(root, "add", "--", *paths)
        git(root, "commit", "--quiet", "-m", f"Changes of {day}", day=day)
