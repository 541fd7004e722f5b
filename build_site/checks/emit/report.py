"""All that a report may show.

Owns the record that every form of report is made from. Must not know any form, nor read a file: lines come through
`read_line`, offices through `cards`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from build_site.checks.rule import Rule
from build_site.model.file_card import FileCard
from build_site.model.finding import Diagnostic, Lang, Severity


@dataclass(frozen=True)
class Report:
    """The findings of one check in their order, and what is known around them.

    `rules` has every rule that ran under its code, `cards` the files with findings, `counts` numbers for the summary
    (pages, links, files …). `site` is the column's name, `version` the program's. `base` leads from the folder where
    a repository begins to the site, and is empty or ends in `/`.
    """

    diagnostics: tuple[Diagnostic, ...]
    lang: Lang
    as_of: date
    rules: Mapping[str, Rule]
    read_line: Callable[[str, int], str]
    counts: Mapping[str, int] = field(default_factory=dict)
    cards: Mapping[str, FileCard] = field(default_factory=dict)
    fail_on: Severity = Severity.ERROR
    site: str = ""
    version: str = ""
    base: str = ""

    @property
    def errors(self) -> int:
        """The number of errors."""
        return sum(item.severity is Severity.ERROR for item in self.diagnostics)

    @property
    def warnings(self) -> int:
        """The number of warnings."""
        return len(self.diagnostics) - self.errors

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Return whether this finding alone keeps the site from being published."""
        return self.fail_on is Severity.WARNING or diagnostic.severity is Severity.ERROR

    def card(self, path: str) -> FileCard:
        """Return the card of a file; one without entries where nothing is known."""
        return self.cards.get(path, FileCard())
