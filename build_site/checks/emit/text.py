"""Diagnostics as text for people, in Chinese or English.

Owns excerpt, caret and wording around a diagnostic, and which diagnostics are told in full. A Han character is two
cells wide on a terminal, so the caret is placed by display width.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from build_site.checks.emit.excerpt import ReadLine, told_line
from build_site.model.finding import Diagnostic, Lang, Message, Severity
from build_site.model.text import Location

_MAX_CELLS = 96
# how much of one rule is told: whoever has read it three times knows what to do, and needs the places only
_FULL_IN_FILE, _FULL_IN_SITE, _LINES_IN_FILE = 3, 10, 20
_MOST = 3

_WORDS = {
    Severity.ERROR: Message("必须修改", "error"),
    Severity.WARNING: Message("建议修改", "warning"),
}
_WHAT = Message("是什么", "what")
_HOW = Message("怎么改", "fix")
_WHY = Message("依据", "basis")
_SHORTENED = Message(
    "同一条规则说了几次以后，只写在哪里、是什么。每一处怎么改，见网页报告：加 --report 检查报告.html",
    "After a rule was told a few times, only place and fault are given. For each fix add --report report.html",
)


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

    What of the line may be shown says `told_line`.
    """
    line = told_line(where, read_line)
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
    head = f"{_head(diagnostic, lang)} {diagnostic.name}"
    title = diagnostic.title.text(lang)
    lines = [f"{head}　{title}" if lang == "zh" else f"{head} ({title})"]
    lines += excerpt(diagnostic.where, read_line)
    for label, message in ((_WHAT, diagnostic.message), (_HOW, diagnostic.help), (_WHY, diagnostic.basis)):
        gap = "　" if lang == "zh" else ": "
        body = message.text(lang).replace("\n", "\n           ")
        lines.append(f"  {label.text(lang)}{gap}{body}")
    return "\n".join(lines)


def report(diagnostics: Sequence[Diagnostic], read_line: ReadLine, lang: Lang) -> str:
    """Return all diagnostics as text, the number of them first; empty for none.

    Of one rule, the first in a file and in the site are told in full, further ones in a line each, what is left in a
    file as a number.
    """
    if not diagnostics:
        return ""
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    count = Message(
        f"{errors} 处必须修改，{warnings} 处建议修改", f"{_number(errors, 'error')}, {_number(warnings, 'warning')}"
    )
    told = tuple(_told(diagnostics, read_line, lang))
    blocks = [count.text(lang)]
    for in_full, texts in groupby(told, key=itemgetter(0)):
        run = [text for _, text in texts]
        blocks += run if in_full else ["\n".join(run)]
    if not all(in_full for in_full, _ in told):
        blocks[0] += f"\n{_most(diagnostics, lang)}"
        blocks.append(_SHORTENED.text(lang))
    return "\n\n".join(blocks) + "\n"


def _told(diagnostics: Sequence[Diagnostic], read_line: ReadLine, lang: Lang) -> Iterator[tuple[bool, str]]:
    """Yield each diagnostic, in its order, as text: true with a block of lines, false with one line."""
    of_file = Counter(_kind(item) for item in diagnostics)
    in_file: Counter[tuple[str, str, str]] = Counter()
    in_site: Counter[tuple[str, str]] = Counter()
    for item in diagnostics:
        kind = _kind(item)
        in_file[kind] += 1
        lines = in_file[kind] - _FULL_IN_FILE
        if lines <= 0 and in_site[kind[1:]] < _FULL_IN_SITE:
            in_site[kind[1:]] += 1
            yield True, render(item, read_line, lang)
        elif lines <= _LINES_IN_FILE:
            yield False, f"{_head(item, lang)}{'　' if lang == 'zh' else ' '}{_first_line(item, lang)}"
        elif lines == _LINES_IN_FILE + 1:
            left = of_file[kind] - in_file[kind] + 1
            more = Message(f"　还有 {left} 处", f": {left} more")
            yield False, f"{item.where.path}: {_WORDS[item.severity].text(lang)} {item.code}{more.text(lang)}"


def _most(diagnostics: Sequence[Diagnostic], lang: Lang) -> str:
    """Return which rules were broken most often, and how often."""
    titles = {item.code: item.title for item in diagnostics}
    counted = Counter(item.code for item in diagnostics).most_common(_MOST)
    zh = "、".join(f"{code} {titles[code].zh} {number} 处" for code, number in counted)
    en = ", ".join(f"{code} {titles[code].en}: {number}" for code, number in counted)
    return Message(f"最多的：{zh}", f"most often: {en}").text(lang)


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _kind(item: Diagnostic) -> tuple[str, str, str]:
    return item.where.path, item.code, item.severity.value


def _head(item: Diagnostic, lang: Lang) -> str:
    return f"{place(item.where)}: {_WORDS[item.severity].text(lang)} {item.code}"


def _first_line(item: Diagnostic, lang: Lang) -> str:
    return item.message.text(lang).split("\n", 1)[0]
