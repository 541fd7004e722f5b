"""Many words looked for in one pass over a text, and what stands around a hit.

Owns the automaton and the look at brackets and sentences. Must not know any list of words, nor judge.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

_LONGEST = 300  # letters of a sentence on each side of a hit
_ENDS = "。；;！？!?\n|"
_TOLD = re.compile(
    r"原(?![则因件理来本文始有料籍告])|曾|旧|前身|撤销|取消|更名|改名|改为|改称|并入|划入|划转|转隶|合并|整合|组建|改革|转改|时任|当时|历任"
    r"|以前|之前|此前|先前|以往|过去|前的|废止|失效|修订|修正|修改|替代|取代|停止执行|不再|行为时|发生时"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[-./]|\s*\|)")


def automaton(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds every word, the longest first where several begin; None without words.

    The words are grouped by their first letter, so that the pattern stops at few letters of a text.
    """
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted({word for word in words if word}, key=lambda word: (-len(word), word)):
        by_first[word[0]].append(word[1:])
    if not by_first:
        return None
    groups = (f"{re.escape(first)}(?:{'|'.join(map(re.escape, rest))})" for first, rest in sorted(by_first.items()))
    return re.compile("|".join(groups))


def within(text: str, start: int, opening: str, closing: str) -> bool:
    """Return whether the offset `start` lies between a pair of brackets or quotation marks of its line."""
    least = max(0, start - _LONGEST)
    line = max(least, text.rfind("\n", least, start) + 1)
    return text.rfind(opening, line, start) > text.rfind(closing, line, start)


def sentence(text: str, start: int, end: int) -> str:
    """Return the sentence, or cell of a table, that holds `text[start:end]`."""
    least, most = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    first = max(least, *(text.rfind(mark, least, start) + 1 for mark in _ENDS))
    lasts = [place for mark in _ENDS if (place := text.find(mark, end, most)) >= 0]
    return text[first : min(lasts, default=most)]


def row(text: str, start: int, end: int) -> str:
    """Return the row of a table that holds `text[start:end]`, or an empty string outside of tables."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    return line if line.count("|") > 1 else ""


def tells_of_the_past(words: str, before_year: int) -> bool:
    """Return whether a sentence speaks of what was: of changes, or of a year before `before_year`."""
    return bool(_TOLD.search(words)) or any(int(year[0]) < before_year for year in _YEAR.finditer(words))


def covered(text: str, start: int, end: int, phrases: Iterable[str]) -> bool:
    """Return whether `text[start:end]` is part of one of `phrases` that stands there."""
    found = text[start:end]
    for phrase in phrases:
        at = phrase.find(found)
        while at >= 0:
            if start >= at and text.startswith(phrase, start - at):
                return True
            at = phrase.find(found, at + 1)
    return False
