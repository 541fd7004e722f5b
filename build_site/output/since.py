"""Checking what a branch changed: the whole site is checked, its own share is reported.

Owns the order of the steps. Must not know how Git is asked or how findings are compared.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from build_site.checks.comparison import touched_or_broken
from build_site.loading.git import branch, changed_files
from build_site.output.build import OUT, check
from build_site.output.means import Means
from build_site.output.outcome import Outcome
from build_site.output.snapshot import snapshot


def check_since(root: Path, revision: str, as_of: date, locked: bool = False, means: Means | None = None) -> Outcome:
    """Check the site at `root`, and report what changed files and the change itself are answerable for.

    Compared is the state in which the work left `revision`, on the same day. Raises GitError when Git cannot answer,
    OSError when the disk fails.
    """
    left = branch(root, revision)
    changed = changed_files(root, left.base)
    now = check(root, as_of, locked, means=means)
    if now.misconfigured:
        return now
    with snapshot(left) as old:
        before = check(old, as_of, last=root / OUT, means=means, recorded=root).diagnostics if old else ()
    mine = touched_or_broken(now.diagnostics, before, changed)
    return replace(now, diagnostics=mine, unreported=len(now.diagnostics) - len(mine))
