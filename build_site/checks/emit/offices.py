"""Findings by the office that has to act.

Owns the grouping and its order: whoever has errors comes first, then whoever has more to do. Must not know how a group
is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from build_site.checks.emit.report import Report
from build_site.checks.emit.visible import one_line
from build_site.model.finding import Diagnostic, Message, Severity

_NOBODY = Message("未写责任处室", "no office named")
_WHOLE_SITE = Message("全站的文件（catalog.yaml、urls.lock）", "files of the whole site (catalog.yaml, urls.lock)")
_THEME = Message("页面样式（themes/）", "the theme (themes/)")


@dataclass(frozen=True, slots=True)
class FileFindings:
    """One file with its findings, errors first, then by place."""

    path: str
    findings: tuple[Diagnostic, ...]

    @property
    def errors(self) -> int:
        """The number of errors."""
        return count_errors(self.findings)


@dataclass(frozen=True, slots=True)
class OfficeFindings:
    """One office with its files, those with errors first. `named` is false for what no office answers for."""

    name: str
    named: bool
    files: tuple[FileFindings, ...]

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All findings of the office, file by file."""
        return tuple(item for file in self.files for item in file.findings)

    @property
    def errors(self) -> int:
        """The number of errors."""
        return count_errors(self.findings)

    @property
    def warnings(self) -> int:
        """The number of warnings."""
        return len(self.findings) - self.errors


def count_errors(findings: Iterable[Diagnostic]) -> int:
    """Return how many of `findings` are errors."""
    return sum(item.severity is Severity.ERROR for item in findings)


def by_office(data: Report) -> tuple[OfficeFindings, ...]:
    """Return the findings of a report by office; what no office answers for comes last."""
    groups: defaultdict[tuple[int, str], defaultdict[str, list[Diagnostic]]] = defaultdict(lambda: defaultdict(list))
    for item in data.diagnostics:
        groups[_office(item.where.path, data)][item.where.path].append(item)
    offices = []
    for (rank, name), files in groups.items():
        sorted_files = sorted(
            (FileFindings(path, tuple(sorted(found, key=_place))) for path, found in files.items()),
            key=lambda file: (file.errors == 0, file.path),
        )
        offices.append((rank, OfficeFindings(name, rank == 0, tuple(sorted_files))))
    offices.sort(key=lambda pair: (pair[0], -pair[1].errors, -pair[1].warnings, pair[1].name))
    return tuple(office for _, office in offices)


def _place(item: Diagnostic) -> tuple[object, ...]:
    return (item.severity is not Severity.ERROR, item.where, item.code, item.message.zh)


def _office(path: str, data: Report) -> tuple[int, str]:
    owner = one_line(data.card(path).owner)
    if owner:
        return 0, owner
    if path.startswith("content/"):
        return 1, _NOBODY.text(data.lang)
    return (3, _THEME.text(data.lang)) if path.startswith("themes/") else (2, _WHOLE_SITE.text(data.lang))
