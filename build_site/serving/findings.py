"""The findings of a site as the preview tells them.

Owns the way from diagnostics to notes. Must not know how a note is shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from build_site.checks.rules import RULES_BY_NAME
from build_site.model.finding import Diagnostic, Lang, Severity
from build_site.serving.records import Note


def notes_of(found: Iterable[Diagnostic], lang: Lang) -> tuple[Note, ...]:
    """Return the findings in one language, in their order."""
    return tuple(
        Note(
            path=item.where.path,
            line=item.where.line,
            error=item.severity is Severity.ERROR,
            code=item.code,
            title=item.title.text(lang),
            message=item.message.text(lang),
            help=item.help.text(lang),
            confidential=item.confidential,
            fault=RULES_BY_NAME[item.code].fault is not None,
        )
        for item in found
    )
