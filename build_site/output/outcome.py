"""What came of a build or check, and how its progress is told.

Owns the shape of a result. Must not know how it came about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from build_site.model.file_card import FileCard
from build_site.model.finding import Diagnostic, Severity

Progress = Callable[[str, int, int], None]
"""Is told a step by its name, how much of it is done, and of how much."""


def silent(step: str, done: int, of: int) -> None:
    """Tell nobody."""
    del step, done, of


@dataclass(frozen=True)
class Outcome:
    """What came of a build or check.

    `misconfigured`: `catalog.yaml` itself cannot be used as it is. `counts` are for the report: documents, pages,
    links, files. `published` says whether the output folder was exchanged. `cards` are those of the files with
    findings, `site` is the name of the column. `found` has the findings with those that `baseline.json` hides, `hidden`
    their number; `unreported` counts those that a branch is not answerable for. `held` are the sources that were held
    back so that the rest could be published. `future` are the sources, with their day, that are not published yet.
    `rendered` are the pages that were rendered anew, with the parts that had changed, None for a new page; `addresses` are
    those of all pages. `settled`: the same build again would find the same; not so when something was found by comparing with the
    output that has now been exchanged. `folder` is the number that the disk gave to the folder that was published; `hashed_twice`: its
    manifest has SM3 beside SHA-256, which not every Python can compute.
    """

    diagnostics: tuple[Diagnostic, ...]
    misconfigured: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    published: bool = False
    cards: Mapping[str, FileCard] = field(default_factory=dict)
    site: str = ""
    found: tuple[Diagnostic, ...] = ()
    hidden: int = 0
    unreported: int = 0
    held: frozenset[str] = frozenset()
    future: tuple[tuple[str, date], ...] = ()
    rendered: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    addresses: frozenset[str] = frozenset()
    settled: bool = True
    folder: int = 0
    hashed_twice: bool = True

    def failing(self, level: Severity) -> tuple[Diagnostic, ...]:
        """Return the findings at or above `level`, but for those in sources that are held back."""
        return tuple(
            item
            for item in self.diagnostics
            if (level is Severity.WARNING or item.severity is Severity.ERROR) and item.where.path not in self.held
        )

    def fails(self, level: Severity) -> bool:
        """Return whether a finding at or above `level` stands against publishing."""
        return bool(self.failing(level))
