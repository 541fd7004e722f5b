"""Diagnostics as JSON for programs.

Owns the form: `{"schema_version", "summary", "diagnostics": [...]}`, the same order every time, and how JSON is written
in all reports.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from build_site.model.finding import Diagnostic, Lang, Severity

SCHEMA_VERSION = 1
_DISTURBING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def dumps(value: object, indent: int | None = None) -> str:
    r"""Return `value` as JSON in which Chinese is readable.

    What would end a line for some reader, turn the reading direction or is no UTF-8 is written as `\uXXXX`: the value
    read back is the same.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _DISTURBING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def row(diagnostic: Diagnostic, lang: Lang) -> dict[str, object]:
    """Return one diagnostic as a JSON object; line and column are null where they are not known."""
    return {
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


def summary(diagnostics: Sequence[Diagnostic], counts: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers of a report; `counts` are added to them (pages, links, files …)."""
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return {"errors": errors, "warnings": len(diagnostics) - errors, **counts}


def report(diagnostics: Sequence[Diagnostic], counts: Mapping[str, int], lang: Lang) -> str:
    """Return diagnostics as a JSON text."""
    rows = [row(diagnostic, lang) for diagnostic in diagnostics]
    body = {"schema_version": SCHEMA_VERSION, "summary": summary(diagnostics, counts), "diagnostics": rows}
    return dumps(body, indent=2) + "\n"
