"""The history of the sources, from the repository that holds them.

Owns the calls of `git log`. Must not know what is concluded from it; never writes, and answers "unknown" (None) wherever there is
no repository, no git, or no record of `content/`.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from build_site.loading.lock import LOCK_NAME, addresses_in
from build_site.model.history import History

_COMMIT = "\x01"
_SECONDS = 30
_COMMAND = (
    "git", "--no-optional-locks", "-c", "core.quotePath=false", "log", "--reverse", "--no-show-signature", "--no-ext-diff",
    "-M", "--diff-filter=AR", "--name-status", "--relative", "-z", f"--format={_COMMIT}%as", "--", "content",
)  # fmt: skip
_CHANGES = ("-p", "--unified=0", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--relative")
# The first parents alone, merges among them: what a merge took out of the main line is gone, whoever had it.
_DROPPED = ("git", "--no-optional-locks", "log", "--no-show-signature", "--first-parent", "-m", *_CHANGES, f"--format={_COMMIT}%h %as", "--", LOCK_NAME)  # fmt: skip
_UNCOMMITTED = ("git", "--no-optional-locks", "diff", *_CHANGES, "HEAD", "--", LOCK_NAME)


def dropped_addresses(root: Path) -> dict[str, str]:
    """Return the addresses that commits took out of the lock of the site at `root`, each with the last commit that did, and its day.

    Some of them may have been put back since. This reads every change of the lock: a second for a thousand of them.
    """
    return _parse_dropped(_told(root, _DROPPED) or "")


def uncommitted_drops(root: Path) -> frozenset[str]:
    """Return the addresses that the last commit has in the lock of the site at `root`, and the file has not."""
    return frozenset(_parse_dropped(_told(root, _UNCOMMITTED) or ""))


def _parse_dropped(log: str) -> dict[str, str]:
    found: dict[str, str] = {}
    commit = ""
    for line in log.split("\n"):
        if line.startswith(_COMMIT):
            commit = line[1:]
        elif line.startswith("-") and not line.startswith("---"):
            for address in addresses_in((line[1:],)):
                found.setdefault(address, commit)
    return found


def read_history(root: Path) -> History | None:
    """Return the history of `content/` in the site at `root`, or None where it is unknown."""
    log = _told(root, _COMMAND)
    return parse_log(log) if log is not None else None


def head_commit(root: Path) -> str:
    """Return what the history of the site at `root` begins with: the commit, and whether older ones are cut off; "" for none."""
    return _told(root, ("git", "rev-parse", "HEAD", "--is-shallow-repository")) or ""


def _told(root: Path, command: tuple[str, ...]) -> str | None:
    """Return what `git` tells, or None where there is no repository or it cannot tell."""
    if not any((folder / ".git").exists() for folder in (root.absolute(), *root.absolute().parents)):
        return None
    try:
        done = subprocess.run(
            command,
            cwd=root,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, "GIT_NO_LAZY_FETCH": "1"},  # a partial clone must not go to the network
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def parse_log(log: str) -> History | None:
    """Return the history told by the output of the command above, oldest commit first; None when it tells nothing."""
    began: date | None = None
    first: dict[str, date] = {}
    day: date | None = None
    words = _words(log)
    for word in words:
        if word.startswith(_COMMIT):
            day = date.fromisoformat(word[1:])
            began = min(began, day) if began else day
        elif day and word == "A":
            path = next(words, "")
            first[path] = min(day, first.get(path, day))
        elif day and word.startswith("R"):
            old, new = next(words, ""), next(words, "")
            first[new] = min(first.pop(old, day), first.get(new, day))
    return History(began, first) if began else None


def _words(log: str) -> Iterator[str]:
    return (word for word in log.replace("\n", "\0").split("\0") if word)
