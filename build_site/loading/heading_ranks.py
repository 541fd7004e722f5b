"""Headings of a body that leave out a rank, with their places in the source.

Owns where such a heading was written. Must not know which rank a page's own title has in HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from build_site.loading.source_places import mask
from build_site.model.content import Heading
from build_site.model.finding import Fault
from build_site.model.text import SourceFile


def faults(source: SourceFile, text: str, offset: int, headings: Sequence[Heading]) -> list[Fault]:
    """Find the headings of `text`, the body that begins at `offset`, that stand more than one rank below the one before."""
    found: list[Fault] = []
    above, name = 1, ""
    for heading in headings:
        if heading.rank > above + 1:
            data = (("text", heading.text), ("above", name))
            found.append(Fault("heading-rank-skipped", source.at(offset + _written(text, heading.text)), data))
        above, name = heading.rank, heading.text
    return found


def _written(text: str, heading: str) -> int:
    """Return where a heading stands in `text`; where its words are marked up, the first line that may be it."""
    masked = mask(text)
    first = re.split(r"[*_`\[\]<>&\\]", heading)[0].strip()
    for words in (re.escape(heading), re.escape(first)):
        match = re.search(rf"^ {{0,3}}(?:#{{1,6}}[ \t]*|<h[1-6][^>]*>\s*)\W*{words}", masked, re.MULTILINE)
        if match and words:
            return match.start()
    return len(text) - len(text.lstrip())
