"""Findings that a site inherited and lives with until somebody mends them.

Owns the record of `baseline.json`. Must not know JSON, nor any rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Inherited:
    """Findings of one rule in one file that say the same, `count` of them.

    `message` is for people; only `fingerprint` is compared. `line` is the entry's own in the file, 0 when it is new.
    """

    path: str
    code: str
    fingerprint: str
    count: int
    message: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Growth:
    """A day on which findings were added to the baseline on purpose: how many, and why."""

    on: date
    added: int
    reason: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """All that a site inherited, sorted by path, code and fingerprint; and when it grew."""

    entries: tuple[Inherited, ...] = ()
    grown: tuple[Growth, ...] = ()
