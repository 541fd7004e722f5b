"""Writing down what a site inherited.

Owns the writing of `baseline.json`. Must not decide what may stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from build_site.checks.baseline import renewed
from build_site.checks.rules import RULES_BY_NAME
from build_site.loading.baseline_file import BASELINE_NAME, baseline_text, read_baseline
from build_site.output.build import check
from build_site.output.folder import prepared
from build_site.output.means import Means
from build_site.output.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Written:
    """What became of `baseline.json`: the check with it, findings in it now and before; None if it was left alone."""

    outcome: Outcome
    now: int | None = None
    before: int = 0


def write_baseline(root: Path, as_of: date, reason: str = "", means: Means | None = None) -> Written:
    """Write the findings of the site at `root` into its baseline, as far as it may grow, and check it again with that.

    A site whose catalogue cannot be used, or whose baseline cannot be read, is left alone. Raises OSError when the disk
    fails.
    """
    before, faults = read_baseline(root)
    outcome = check(root, as_of, means=means)
    if outcome.misconfigured or faults:
        return Written(outcome)
    baseline = renewed(outcome.found, before, RULES_BY_NAME, as_of, reason)
    with prepared(root / BASELINE_NAME, baseline_text(baseline)) as put:
        put()
    old = sum(entry.count for entry in before.entries) if before else 0
    return Written(check(root, as_of, means=means), sum(entry.count for entry in baseline.entries), old)
