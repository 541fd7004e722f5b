"""Diagnostics as text for people, in Chinese or English.

Owns excerpt, caret and wording around a diagnostic. A Han character is two cells wide on a terminal, so the caret
is placed by display width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from build_site.loading.traces.numbers import masked
from build_site.model.finding import Diagnostic, Lang, Message, Severity
from build_site.model.text import Location

ReadLine = Callable[[str, int], str]
_MAX_CELLS = 96
_WRITTEN = re.compile(r"\w")

_WORDS = {
    Severity.ERROR: Message("必须修改", "error"),
    Severity.WARNING: Message("建议修改", "warning"),
}
_WHAT = Message("是什么", "what")
_HOW = Message("怎么改", "fix")
_WHY = Message("依据", "basis")


def cells(text: str) -> int:
    """Return how many terminal cells `text` takes."""
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 0 if unicodedata.combining(char) else 1 for char in text
    )


def place(where: Location) -> str:
    """Return a location in words: `path:line:column`, as far as it is known."""
    parts = [where.path]
    if where.line:
        parts.append(str(where.line))
        if where.column:
            parts.append(str(where.column))
    return ":".join(parts)


def excerpt(where: Location, read_line: ReadLine) -> list[str]:
    """Return the line with a caret under the place, cut to fit a terminal; empty where there is no line.

    Of a confidential place only the shape of its line is shown; on every other line numbers of people are masked.
    """
    if not where.line:
        return []
    written = read_line(where.path, where.line)
    line = _WRITTEN.sub("×", written) if where.confidential else masked(written)
    if not line.strip():
        return []
    column = max(1, where.column) - 1
    start, before_caret = min(column, len(line)), 0
    while start > 0 and before_caret + cells(line[start - 1]) <= _MAX_CELLS // 2:
        start -= 1
        before_caret += cells(line[start])
    shown = line[start : start + _MAX_CELLS].replace("\t", " ")
    while cells(shown) > _MAX_CELLS:
        shown = shown[: len(shown) - max(1, (cells(shown) - _MAX_CELLS) // 2)]
    before = shown[: column - start]
    marked = shown[column - start : column - start + where.length]
    lead = "…" if start else ""
    number = str(where.line)
    pad = " " * len(number)
    return [
        f"  {number} │ {lead}{shown}",
        f"  {pad} │ {' ' * (cells(lead) + cells(before))}{'^' * max(1, cells(marked))}",
    ]


def render(diagnostic: Diagnostic, read_line: ReadLine, lang: Lang) -> str:
    """Return one diagnostic as a block of lines."""
    severity = _WORDS[diagnostic.severity].text(lang)
    head = f"{place(diagnostic.where)}: {severity} {diagnostic.code} {diagnostic.name}"
    title = diagnostic.title.text(lang)
    lines = [f"{head}　{title}" if lang == "zh" else f"{head} ({title})"]
    lines += excerpt(diagnostic.where, read_line)
    for label, message in ((_WHAT, diagnostic.message), (_HOW, diagnostic.help), (_WHY, diagnostic.basis)):
        gap = "　" if lang == "zh" else ": "
        body = message.text(lang).replace("\n", "\n           ")
        lines.append(f"  {label.text(lang)}{gap}{body}")
    return "\n".join(lines)


def report(diagnostics: Sequence[Diagnostic], read_line: ReadLine, lang: Lang) -> str:
    """Return all diagnostics as text, the number of them first; empty for none."""
    if not diagnostics:
        return ""
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    count = Message(f"{errors} 处必须修改，{warnings} 处建议修改", f"{errors} errors, {warnings} warnings")
    blocks = [count.text(lang), *(render(diagnostic, read_line, lang) for diagnostic in diagnostics)]
    return "\n\n".join(blocks) + "\n"
