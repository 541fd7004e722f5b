"""Diagnostics as JSON Lines, for programs that read while they receive.

Owns the form: one diagnostic a line, then one line with the summary; `type` says which.
"""

from __future__ import annotations

from build_site.checks.emit.json import SCHEMA_VERSION, dumps, row, summary
from build_site.checks.emit.report import Report


def report(data: Report) -> str:
    """Return the report as lines of JSON; the last one is the summary, also where nothing was found."""
    lines = [dumps({"type": "diagnostic", **row(item, data.lang)}) for item in data.diagnostics]
    last = {"type": "summary", "schema_version": SCHEMA_VERSION, **summary(data.diagnostics, data.counts)}
    return "\n".join([*lines, dumps(last)]) + "\n"
