"""The versions of one file in Git, and which of them a commit holds.

Owns these calls of `git`. Must not know what a file says; never writes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from build_site.loading.git import git, refused

_COMMIT = "\x01"
_SPECIAL = re.compile(r"[.\[\]()*+?{}^$|\\]")
_LOG = ("-c", "core.quotePath=false", "log", "--follow", "-M", "--no-show-signature", "--no-ext-diff", "--name-status", "--relative", "-z", f"--format={_COMMIT}%H%x00%aI%x00%an")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A file as a commit left it: the commit, when (ISO 8601) and by whom it was written, the file's path then, its content; None
    where the commit removed it. `blob` is Git's name for the content, "" for none.
    """

    commit: str
    moment: str
    author: str
    path: str
    data: bytes | None
    blob: str = ""


def versions(root: Path, path: str) -> tuple[FileVersion, ...]:
    """Return the versions of `path`, relative to the site at `root`, oldest first, also those under its earlier names.

    Raises GitError where Git cannot answer; a path that was never recorded has none.
    """
    code, told, complaint = git(root, *_LOG, "--", path)
    if code:
        raise refused(complaint)
    found: list[FileVersion] = []
    for entry in told.split(_COMMIT)[1:]:
        commit, moment, author, *changes = entry.split("\0")
        words = [word.strip("\n") for word in changes if word.strip("\n")]
        if len(words) < 2:
            continue  # a merge that changed nothing in it
        name = words[-1]
        gone = words[0].startswith("D")
        found.append(FileVersion(commit, moment, author, name, None if gone else b""))
    blobs = blobs_at(root, [(one.commit, one.path) for one in found if one.data is not None])
    filled = []
    for one in reversed(found):
        blob = blobs.get((one.commit, one.path), "")
        data = content(root, blob) if blob else None
        filled.append(FileVersion(one.commit, one.moment, one.author, one.path, data, blob))
    return tuple(filled)


def content(root: Path, blob: str) -> bytes:
    """Return the content that Git knows by the name `blob`. Raises GitError when it does not."""
    code, told, complaint = git(root, "cat-file", "blob", blob)
    if code:
        raise refused(complaint)
    return os.fsencode(told)


def blobs_at(root: Path, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return Git's name for the content of a path in a commit, for each (commit, path) of which it knows one.

    Raises GitError where Git cannot answer.
    """
    asked = [one for one in dict.fromkeys(wanted) if not any("\n" in part for part in one)]
    if not asked:
        return {}
    lines = "".join(f"{commit}:./{path}\n" for commit, path in asked)
    code, told, complaint = git(root, "cat-file", "--batch-check=%(objecttype) %(objectname)", feed=lines)
    if code:
        raise refused(complaint)
    answers = told.splitlines()
    return {one: answer.split()[1] for one, answer in zip(asked, answers, strict=True) if answer.startswith("blob ")}


def removed(root: Path, folder: str) -> dict[str, str]:
    """Return the files below `folder` that a commit removed, each with a commit that still had it, the last one first.

    Raises GitError where Git cannot answer.
    """
    code, told, complaint = git(
        root, "-c", "core.quotePath=false", "log", "--no-show-signature", "--no-ext-diff", "--no-renames", "--diff-filter=D",
        "--name-only", "--relative", "-z", f"--format={_COMMIT}%H", "--", folder,
    )  # fmt: skip
    if code:
        raise refused(complaint)
    found: dict[str, str] = {}
    for entry in told.split(_COMMIT)[1:]:
        commit, *names = (word.strip("\n") for word in entry.split("\0"))
        for name in filter(None, names):
            found.setdefault(name, f"{commit}^")
    return found


def mentions(root: Path, line: str, path: str) -> tuple[tuple[str, str], ...]:
    """Return the commits of the main line in which `path` began or ceased to hold `line`, with their days, oldest first.

    Raises GitError where Git cannot answer.
    """
    pattern = f"-G^{_SPECIAL.sub(lambda sign: chr(92) + sign[0], line)}$"
    code, told, complaint = git(
        root, "log", "--no-show-signature", "--first-parent", "-m", pattern, "--format=%H %as", "--", path
    )
    if code:
        raise refused(complaint)
    commits = [entry.partition(" ") for entry in told.splitlines()]
    return tuple((commit, day) for commit, _, day in reversed(commits))
