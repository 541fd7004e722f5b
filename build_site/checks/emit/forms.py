"""Every form of report by its name.

Owns the list. Must not know where a report goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from build_site.checks.emit import github, gitlab, html, json, jsonl, junit, sarif, text
from build_site.checks.emit.report import Report

FORMS: Mapping[str, Callable[[Report], str]] = {
    "text": lambda data: text.report(data.diagnostics, data.read_line, data.lang),
    "json": lambda data: json.report(data.diagnostics, data.counts, data.lang),
    "jsonl": jsonl.report,
    "sarif": sarif.report,
    "github": github.report,
    "gitlab": gitlab.report,
    "junit": junit.report,
    "html": html.report,
}
