"""What Git knows of a site: where a branch began, and which files changed since.

Owns the calls of the program `git` and the wording of what it cannot do. Must not know rules; nothing is written.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from build_site.model.finding import Message

M = Message
_NO_GIT = M("这台电脑没有装 git", "git is not installed"), M("装上 git，或者不用 --changed-since", "install it, or leave out --changed-since")  # fmt: skip
_NO_REPOSITORY = (
    M("站点文件夹不在 Git 仓库里", "the site is in no Git repository"),
    M("在克隆下来的文件夹里运行，或者不用 --changed-since", "run it within a clone, or leave out --changed-since"),
)
_NOT_TRUSTED = (
    M("git 不信任这个文件夹：它属于另一个用户", "git does not trust this folder: it belongs to another user"),
    M("运行 git config --global --add safe.directory 文件夹", "run git config --global --add safe.directory FOLDER"),
)
_SHALLOW = M(
    "这是浅克隆，没有足够的历史：先运行 git fetch --unshallow；在 CI 里把取历史的深度设为全部（GIT_DEPTH: 0，fetch-depth: 0）",
    "the clone is shallow: run git fetch --unshallow first; in CI ask for the whole history (GIT_DEPTH: 0, fetch-depth: 0)",
)


class GitError(Exception):
    """Git cannot answer; `message` says why, `help` what to do."""

    def __init__(self, message: Message, help_: Message) -> None:
        super().__init__(message.en)
        self.message = message
        self.help = help_


@dataclass(frozen=True, slots=True)
class Branch:
    """Where the work on a site left a revision: the commit, the repository's folder, the site's path in it."""

    base: str
    top: Path
    prefix: str


def git(
    folder: Path, *arguments: str, variables: Mapping[str, str] | None = None, feed: str = ""
) -> tuple[int, str, str]:
    """Run `git` in `folder`, with `feed` as its input; return exit code, output and complaints. Raises GitError where there
    is no git.
    """
    environment = {**os.environ, "LC_ALL": "C", **(variables or {})}
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=environment, input=os.fsencode(feed), capture_output=True, check=False
        )
    except FileNotFoundError as missing:
        if not folder.is_dir():
            raise
        raise GitError(*_NO_GIT) from missing
    return done.returncode, os.fsdecode(done.stdout), done.stderr.decode("utf-8", "replace")


def branch(root: Path, revision: str) -> Branch:
    """Return where the work on the site at `root` left `revision`.

    Raises GitError where there is no repository, no such revision, or too little history; OSError for no folder.
    """
    code, told, complaint = git(root, "rev-parse", "--show-toplevel", "--show-prefix")
    if code:
        raise GitError(*(_NOT_TRUSTED if "dubious ownership" in complaint else _NO_REPOSITORY))
    top, prefix = told.split("\n")[:2]
    shallow = git(root, "rev-parse", "--is-shallow-repository")[1].strip() == "true"
    code, commit, _ = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if code:
        raise GitError(
            M(f"Git 里没有“{revision}”这个版本", f"git knows no revision “{revision}”"),
            _SHALLOW if shallow else M("写分支名或版本号，如 origin/main；先运行 git fetch", "write a branch or commit, like origin/main; run git fetch first"),
        )  # fmt: skip
    code, base, _ = git(root, "merge-base", commit.strip(), "HEAD")
    if code:
        raise GitError(
            M(f"找不到现在的分支是从“{revision}”的哪里分出来的", f"no common ancestor with “{revision}” is known"),
            _SHALLOW if shallow else M("换一个有共同历史的版本", "name a revision with a common history"),
        )
    return Branch(base.strip(), Path(top), prefix)


def require_repository(root: Path) -> None:
    """Raise GitError unless the site at `root` is in a repository; OSError for no folder."""
    code, _, complaint = git(root, "rev-parse", "--git-dir")
    if code:
        here = M("在克隆下来的文件夹里运行", "run it within a clone")
        raise GitError(*(_NOT_TRUSTED if "dubious ownership" in complaint else (_NO_REPOSITORY[0], here)))


def changed_files(root: Path, base: str) -> frozenset[str]:
    """Return the files of the site at `root` that are not as in the commit `base`, relative to `root`.

    Both names of a renamed file, deleted files, and new files that Git does not know yet and is not told to ignore.
    Raises GitError when Git refuses.
    """
    found: set[str] = set()
    for arguments in (
        ("diff", "--name-only", "-z", "--no-renames", "--relative", base, "--", "."),
        ("ls-files", "--others", "--exclude-standard", "-z", "--", "."),
    ):
        code, told, complaint = git(root, *arguments)
        if code:
            raise refused(complaint)
        found.update(filter(None, told.split("\0")))
    return frozenset(found)


def refused(complaint: str) -> GitError:
    """Return the error for something that Git should be able to do, with Git's own words."""
    return GitError(
        M(f"git 没有完成：{complaint.strip()}", f"git failed: {complaint.strip()}"),
        M("按 git 的提示解决，再运行一次", "solve it as git says and run again"),
    )
