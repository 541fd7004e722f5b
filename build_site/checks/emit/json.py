"""Diagnostics as JSON for programs.

Owns the form: `{"schema_version", "summary", "diagnostics": [...]}`, the same order every time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from build_site.model.finding import Diagnostic, Lang, Severity

SCHEMA_VERSION = 1


def report(diagnostics: Sequence[Diagnostic], counts: Mapping[str, int], lang: Lang) -> str:
    """Return diagnostics as a JSON text; `counts` are added to the summary (pages, links, files …)."""
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    summary = {"errors": errors, "warnings": len(diagnostics) - errors, **counts}
    rows = [
        {
            "code": diagnostic.code,
            "name": diagnostic.name,
            "severity": str(diagnostic.severity),
            "path": diagnostic.where.path,
            "line": diagnostic.where.line or None,
            "column": (diagnostic.where.column or None) if diagnostic.where.line else None,
            "message": diagnostic.message.text(lang),
            "help": diagnostic.help.text(lang),
            "basis": diagnostic.basis.text(lang),
        }
        for diagnostic in diagnostics
    ]
    body = {"schema_version": SCHEMA_VERSION, "summary": summary, "diagnostics": rows}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"
