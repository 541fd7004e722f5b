"""Diagnostics as a Code Quality report of GitLab.

Owns the form: what GitLab's widget in a merge request reads. Columns are not part of it.
"""

from __future__ import annotations

from build_site.checks.emit.fingerprint import fingerprints
from build_site.checks.emit.json import dumps
from build_site.checks.emit.report import Report
from build_site.checks.emit.visible import one_line
from build_site.model.finding import Message, Severity

_WEIGHTS = {Severity.ERROR: "critical", Severity.WARNING: "minor"}
_FIX = Message("怎么改：", "Fix: ")


def report(data: Report) -> str:
    """Return the report as a JSON list; a finding about a whole file stands on its first line."""
    marks = fingerprints(data.diagnostics, data.read_line)
    rows = [
        {
            "description": one_line(
                f"{item.message.text(data.lang)} {_FIX.text(data.lang)}{item.help.text(data.lang)}"
            ),
            "check_name": f"{item.code} {item.name}",
            "fingerprint": mark,
            "severity": _WEIGHTS[item.severity],
            "location": {"path": f"{data.base}{item.where.path}", "lines": {"begin": max(1, item.where.line)}},
        }
        for item, mark in zip(data.diagnostics, marks, strict=True)
    ]
    return dumps(rows, indent=2) + "\n"
