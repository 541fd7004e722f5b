"""What a change is answerable for among all findings.

Owns the comparison of the findings of two states of a site. Must not know Git.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from build_site.checks.fingerprint import fingerprint
from build_site.model.finding import Diagnostic


def touched_or_broken(
    now: Iterable[Diagnostic], before: Iterable[Diagnostic], changed: frozenset[str]
) -> tuple[Diagnostic, ...]:
    """Return the findings of `now` that stand in a `changed` file, or that did not exist `before`.

    Of several that say the same in one file, as many are old as there were before.
    """
    old = Counter(map(fingerprint, before))
    kept = []
    for diagnostic in now:
        if diagnostic.where.path not in changed:
            mark = fingerprint(diagnostic)
            if old[mark] > 0:
                old[mark] -= 1
                continue
        kept.append(diagnostic)
    return tuple(kept)
