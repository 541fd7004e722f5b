"""What a check says: severities, messages in two languages, findings and finished diagnostics.

Owns the records only. Must not know any rule, nor how a diagnostic is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from build_site.model.text import Location

Lang = Literal["zh", "en"]


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in Chinese and in English, already filled in."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """Return the sentence in `lang`."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that mends a finding and cannot change what the text means: a place within one line, and its new text.

    `more` are edits that belong to it: one without the others would mend nothing.
    """

    where: Location
    text: str
    more: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: where, what is wrong, how to mend it, and the edit where a program may make it.

    The runner adds code and severity.
    """

    where: Location
    message: Message
    help: Message
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with the rule that made it, ready to be printed."""

    code: str
    name: str
    severity: Severity
    where: Location
    message: Message
    help: Message
    basis: Message
    title: Message
    fix: Fix | None = None

    @property
    def confidential(self) -> bool:
        """Whether no report may show what is written at its place."""
        return self.where.confidential

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key: errors first, then by place, then by code and text; the same at every run."""
        return (
            self.severity is not Severity.ERROR,
            self.where.path,
            self.where.line,
            self.where.column,
            self.code,
            self.message.zh,
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong that a lower floor met, as data: the checks floor gives it a rule, wording and severity.

    `kind` is the kebab-case name of the rule that speaks for it; `data` holds the values its wording needs.
    """

    kind: str
    where: Location
    data: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str:
        """Return the value `key` of the fault, or an empty string."""
        return dict(self.data).get(key, "")
