"""Which commit a site was built from, and whether one commit comes before another.

Owns the two questions to Git. A site without a repository has no commit, and nothing is known of its order.
"""

from __future__ import annotations

from pathlib import Path

from build_site.loading.git import GitError, git
from build_site.loading.history import head_commit


def commit_of(root: Path) -> str:
    """Return the commit of the site at `root`, "" where none is known."""
    return head_commit(root).split("\n")[0].strip()


def is_behind(root: Path, commit: str, published: str) -> bool:
    """Return whether Git knows that `commit` comes before the `published` one."""
    if not commit or not published or commit == published:
        return False
    try:
        return git(root, "merge-base", "--is-ancestor", commit, published)[0] == 0
    except (GitError, OSError):
        return False
