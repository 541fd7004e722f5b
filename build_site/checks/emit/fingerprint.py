"""A mark by which another program knows a finding again.

Owns what the mark is made of: rule, file and the text of the line, not its number, so that lines written above change
nothing. The message is left out: it holds numbers that change from day to day, and comes in two languages.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable

from build_site.model.finding import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic], read_line: Callable[[str, int], str]) -> list[str]:
    """Return one fingerprint for each diagnostic, in their order, all different.

    What is alike in rule, file and text of the line is told apart by its place among its likes.
    """
    seen: Counter[str] = Counter()
    marks = []
    for item in diagnostics:
        line = read_line(item.where.path, item.where.line) if item.where.line else ""
        alike = "\0".join((item.code, item.where.path, " ".join(line.split())))
        seen[alike] += 1
        whole = f"{alike}\0{seen[alike]}"
        marks.append(hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return marks
