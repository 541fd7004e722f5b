"""Running text: numbers of people, marks of secrecy, illness and children beside a full name.

Owns the search in text without cells. Must not know from which kind of file it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_site.loading.traces import numbers, words
from build_site.model.traces import TraceKind, mark_of

_SECRET = re.compile(r"密|内\s?部")
_MALE = re.compile(r"[，,、（(]\s*[男女]")
_SHORT = 40
_NEAR = 200
_CARDS = re.compile(r"证|字第|部队")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands from `start` to `end` of a text; `mark` recognises a number."""

    kind: TraceKind
    start: int
    end: int
    mark: int = -1


def scan(text: str) -> Iterator[Stretch]:
    """Yield what a text says of single people, without marks of secrecy."""
    for hit in numbers.find(text):
        yield Stretch(hit.kind, hit.start, hit.end, mark_of(hit.digits))
    if _CARDS.search(text):
        for match in words.MILITARY_NUMBER.finditer(text):
            if match.lastgroup == "unit" and words.LONG_PAST.search(_line(text, match.start())):
                continue
            yield Stretch(TraceKind.MILITARY, match.start(match.lastgroup or 0), match.end())
    if _MALE.search(text):
        for kind, pattern, but in (
            (TraceKind.HEALTH, words.PERSON_HEALTH, words.DEAD),
            (TraceKind.MINOR, words.PERSON_YOUNG, words.GROWN_UP),
        ):
            for match in pattern.finditer(text):
                if not words.UNNAMED.search(match["name"]) and not but.search(match[0]):
                    yield Stretch(kind, match.start("name"), match.end("name"))


def _line(text: str, at: int) -> str:
    """Return the line around the offset `at`, or what of it stands near."""
    start = text.rfind("\n", max(0, at - _NEAR), at) + 1 or max(0, at - _NEAR)
    end = text.find("\n", at, at + _NEAR)
    return text[start : end if end >= 0 else at + _NEAR]


def secrecy(text: str, top: int = 0) -> Iterator[Stretch]:
    """Yield the marks of secrecy in `text`; in its first `top` lines a word of secrecy alone is a mark too."""
    if not _SECRET.search(text):
        return
    for match in words.SECRET_MARK.finditer(text):
        yield Stretch(TraceKind.SECRECY, match.start(), match.end())
    seen = -1
    for word in _SECRET.finditer(text):
        low = max(0, word.start() - _SHORT)
        start = text.rfind("\n", low, word.start()) + 1
        if start == 0 and low:
            continue  # far from the beginning of its line
        end = text.find("\n", start, start + _SHORT + 1)
        line = text[start:end] if end >= 0 else text[start : start + _SHORT + 1]
        if start == seen or len(line) > _SHORT:
            continue
        seen = start
        alone = words.MARK_ALONE.fullmatch(line) and sum(map(bool, map(str.strip, text[:start].split("\n")))) < top
        if alone or words.INTERNAL_MARK.fullmatch(line):
            yield Stretch(TraceKind.SECRECY, start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
