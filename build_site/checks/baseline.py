"""Findings that a site inherited, set aside: what is hidden, what is gone, what may be written down.

Owns the decisions on a baseline. It hides what stands in it and can only shrink, unless somebody says why it grows.
Must not know the file, nor any single rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from build_site.checks.fingerprint import fingerprint
from build_site.checks.rule import Rule
from build_site.model.baseline import Baseline, Growth, Inherited
from build_site.model.finding import Diagnostic, Fault, Severity
from build_site.model.text import Location

_FILE = "baseline.json"


def set_aside(
    found: Iterable[Diagnostic], baseline: Baseline, rules: Mapping[str, Rule]
) -> tuple[tuple[Diagnostic, ...], int]:
    """Return the findings that do not stand in the baseline, and how many do; those of firm rules are never hidden."""
    left = Counter({entry.fingerprint: entry.count for entry in baseline.entries})
    kept, hidden = [], 0
    for diagnostic in found:
        mark = fingerprint(diagnostic)
        if left[mark] > 0 and not rules[diagnostic.code].is_firm:
            left[mark] -= 1
            hidden += 1
        else:
            kept.append(diagnostic)
    return tuple(kept), hidden


def gone(found: Iterable[Diagnostic], baseline: Baseline, rules: Mapping[str, Rule]) -> tuple[Fault, ...]:
    """Return a fault for each entry that says more than what was `found` (with the hidden ones).

    Entries of a file that could not be read whole are left alone: what it holds is not known.
    """
    now, unread = _counted(found, rules)
    return tuple(
        Fault(
            "baseline-entry-gone",
            Location(_FILE, entry.line),
            (("path", entry.path), ("rule", entry.code), ("message", entry.message)),
        )
        for entry in baseline.entries
        if now[entry.fingerprint] < entry.count and entry.path not in unread
    )


def renewed(
    found: Iterable[Diagnostic],
    before: Baseline | None,
    rules: Mapping[str, Rule],
    as_of: date,
    reason: str = "",
) -> Baseline:
    """Return the baseline to be written for what was `found` (with the hidden ones).

    Without one `before` it holds everything that may be hidden; else it loses what is gone, and gains what is new only
    where a `reason` is given, which it keeps.
    """
    found = tuple(found)
    now, unread = _counted(found, rules)
    known = {entry.fingerprint: entry for entry in before.entries} if before else {}
    grows = before is None or bool(reason)
    entries: dict[str, Inherited] = {}
    for diagnostic in found:
        mark = fingerprint(diagnostic)
        if rules[diagnostic.code].is_firm or (mark not in known and not grows):
            continue
        count = now[mark] if grows else min(now[mark], known[mark].count)
        said = known[mark].message if mark in known else diagnostic.message.zh
        entries[mark] = Inherited(diagnostic.where.path, diagnostic.code, mark, count, said)
    for mark, entry in known.items():
        if entry.path in unread:
            entries[mark] = replace(entry, count=max(entry.count, entries[mark].count if mark in entries else 0))
    added = sum(max(0, entry.count - (known[mark].count if mark in known else 0)) for mark, entry in entries.items())
    grown = before.grown if before else ()
    if before is not None and reason and added:
        grown = (*grown, Growth(as_of, added, reason))
    return Baseline(
        tuple(sorted(entries.values(), key=lambda entry: (entry.path, entry.code, entry.fingerprint))), grown
    )


def _counted(found: Iterable[Diagnostic], rules: Mapping[str, Rule]) -> tuple[Counter[str], frozenset[str]]:
    """Return how often each fingerprint occurs, and the files in which something could not be read."""
    now: Counter[str] = Counter()
    unread = set()
    for diagnostic in found:
        rule = rules[diagnostic.code]
        now[fingerprint(diagnostic)] += not rule.is_firm
        if rule.fault and rule.severity is Severity.ERROR:
            unread.add(diagnostic.where.path)
    return now, frozenset(unread)
