"""Source texts and positions in them.

Owns the mapping from character offsets to what an editor program shows: line and column, both from 1,
counted in code points. Must not know where a text came from or what is written in it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Location(NamedTuple):
    """A place in a file: path relative to the site root with `/`, line and column from 1, 0 where unknown.

    What stands at a `confidential` place is not to be shown again, in no report. A tuple, because a site has hundreds of
    thousands of places, and tuples travel between processes ten times as fast as other records.
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 1
    confidential: bool = False


@dataclass(frozen=True)
class SourceFile:
    """A decoded text file with line feeds as its only line ends, so that lines are the lines an editor shows."""

    path: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def at(self, offset: int, length: int = 1) -> Location:
        """Return the location of the character at `offset` (code points from 0); beyond the end means the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        return Location(self.path, line, offset - self._starts[line - 1] + 1, max(1, length))

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its end, or an empty string outside the file."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]
