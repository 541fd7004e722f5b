"""Footnotes: marks without a note, notes without a mark, and what assistive technology is told of them.

Owns the roles of DPUB-ARIA on the HTML of Python-Markdown's footnotes. Must not know other files.
"""

from __future__ import annotations

import re
from collections import Counter

from build_site.loading.source_places import mask
from build_site.model.finding import Fault
from build_site.model.text import SourceFile

_WRITTEN = re.compile(r"(?<!\\)\[\^([^\]\n]+)\]")
_DEFINED = re.compile(r"^[ ]{0,3}\[\^([^\]\n]+)\]:", re.MULTILINE)
_MARK = re.compile(r'<a (?=[^>]*class="footnote-ref")([^>]*)>([^<]*)</a>')
_BACK = re.compile(r'(?:&#160;)?<a (?=[^>]*class="footnote-backref")([^>]*href="#([^"]*)"[^>]*)>([^<]*)</a>')

_TITLE = re.compile(r'\s*title="([^"]*)"')


def faults(source: SourceFile, text: str, offset: int) -> list[Fault]:
    """Find marks in the text that have no note, and notes that no mark leads to."""
    if "[^" not in text:
        return []
    masked = mask(text)
    notes = {match[1]: match for match in reversed(list(_DEFINED.finditer(masked)))}
    starts = {match.start() + match[0].index("[") for match in _DEFINED.finditer(masked)}
    marks = [match for match in _WRITTEN.finditer(masked) if match.start() not in starts]
    found = [
        Fault("note-missing", source.at(offset + match.start(), len(match[0])), (("name", match[1]),))
        for match in marks
        if match[1] not in notes
    ]
    used = {match[1] for match in marks}
    for name, match in sorted(notes.items(), key=lambda item: item[1].start()):
        if name not in used:
            start = match.start() + match[0].index("[")
            found.append(Fault("note-without-mark", source.at(offset + start, len(name) + 3), (("name", name),)))
    return found


def finish(html: str) -> str:
    """Return a body whose footnote marks, notes and links back say what they are."""
    if 'class="footnote' not in html:
        return html
    html = html.replace('<div class="footnote">', '<div class="footnote" role="doc-endnotes">', 1)
    html = _MARK.sub(r'<a \1 role="doc-noteref" aria-label="注释 \2">\2</a>', html)
    times: Counter[str] = Counter()

    def back(match: re.Match[str]) -> str:
        if f' id="{match[2]}"' not in html:
            return ""  # no mark leads here: nowhere to go back to
        title = _TITLE.search(match[1])
        label = title[1] if title else "回到正文"
        times[label] += 1
        label += f"，第 {times[label]} 处" if times[label] > 1 else ""
        rest = _TITLE.sub("", match[1]).strip()
        return f' <a {rest} title="{label}" role="doc-backlink" aria-label="{label}">{match[3]}</a>'

    return _BACK.sub(back, html)
