"""What is written on a line of a source, as it can be found again on its page.

Owns the way from a line of Markdown or front matter to the words that readers see. Must not know pages.
"""

from __future__ import annotations

import re

_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_LEAD = re.compile(r"^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+)?")
_MARKS = re.compile(r"<[^>\n]*>|\{[^}\n]*\}\s*$|\[\^[^\]\n]*\]:?|[*_`~]{1,3}|\s#+\s*$")
_KEY = re.compile(r"^\s*(?:-\s+)?[^:\s#][^:\n]{0,30}:\s+(?=\S)")
_LEAST = 2


def spot(lines: list[str], line: int) -> tuple[str, int]:
    """Return the words of a line (from 1), and how many earlier lines of the body hold them too; "" where there are none."""
    if not 0 < line <= len(lines):
        return "", 0
    end = _end_of_head(lines)
    if line <= end:
        found = _KEY.match(lines[line - 1])
        return (lines[line - 1][found.end() :].strip(" \"'"), 0) if found else ("", 0)
    words = plain(lines[line - 1])
    if len(words) < _LEAST:
        return "", 0
    return words, sum(words in plain(other) for other in lines[end : line - 1])


def _end_of_head(lines: list[str]) -> int:
    if not lines or lines[0].strip() != "---":
        return 0
    return next((number for number, text in enumerate(lines[1:], 2) if text.strip() == "---"), 0)


def plain(line: str) -> str:
    """Return a line of Markdown without its marks; of a row of a table, the longest cell."""
    if line.strip().startswith("|"):
        line = max(line.split("|"), key=len)
    return _MARKS.sub("", _LINK.sub(r"\1", _LEAD.sub("", line))).strip()
