"""Reports for tests: plain ones, and hostile ones as strategies.

Hostile texts hold what breaks a form that does not quote: controls, bidi marks, markup, percent signs, line ends, halves of
surrogate pairs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from hypothesis import strategies as st

from build_site.checks.emit.report import Report
from build_site.checks.rules import RULES, RULES_BY_NAME
from build_site.model.file_card import FileCard
from build_site.model.finding import Diagnostic, Lang, Message, Severity
from build_site.model.text import Location

AS_OF = date(2026, 11, 25)
ALL = {rule.code: rule for rule in RULES}
HERE = Location("content/zd/a.md", 7, 7, 4)
LINES = {
    ("content/zd/a.md", 7): "见[年报](a.md)。",
    ("content/zd/a.md", 9): "敬请期待",
}


def some_line(path: str, line: int) -> str:
    return LINES.get((path, line), "")


def diagnostic(
    where: Location = HERE,
    code: str = "LNK102",
    severity: Severity | None = None,
    message: str = "链接的文件不存在：a.md",
    help_: str = "检查文件名",
) -> Diagnostic:
    rule = RULES_BY_NAME[code]
    return Diagnostic(
        code,
        rule.name,
        severity or rule.severity,
        where,
        Message(message, f"en {message}"),
        Message(help_, f"en {help_}"),
        rule.basis,
        rule.title,
    )


def report_of(
    *diagnostics: Diagnostic,
    lang: Lang = "zh",
    read_line: Callable[[str, int], str] = some_line,
    cards: Mapping[str, FileCard] | None = None,
    fail_on: Severity = Severity.ERROR,
    base: str = "",
    counts: Mapping[str, int] | None = None,
) -> Report:
    ordered = tuple(sorted(diagnostics, key=lambda item: item.order))
    return Report(
        ordered, lang, AS_OF, ALL, read_line, counts or {}, cards or {}, fail_on, "某局政府信息公开", "1.2.3", base
    )


def _no_pair(text: str) -> str:
    """Keep two halves of a character apart: side by side they are one to every reader of JSON, and to none of Python."""
    return re.sub("([\ud800-\udbff])(?=[\udc00-\udfff])", r"\1·", text)


_PIECES = st.sampled_from(
    ["%", "%0A", "::error::", "\n", "\r\n", "\r", "]]>", "<script>", "</pre>", "<!--", "&amp;", "&", '"', "'", ",", ":", "\x00", "\x1b[31m", "\x7f",
     "\x85", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\ufffe", "\ud800", "\udcff", "😀", "字", "a", " ", "\t", "[一](1)", "{0}", "\\", "/", "..", "#", "?"]
)  # fmt: skip
HOSTILE = st.one_of(st.lists(_PIECES, max_size=8).map("".join).map(_no_pair), st.text(max_size=12))
_PATHS = st.one_of(
    st.sampled_from(["content/zd/a.md", "catalog.yaml", "themes/site/a.html"]),
    HOSTILE.map(lambda text: f"content/{text}"),
)
_PLACES = st.builds(Location, _PATHS, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
_DIAGNOSTICS = st.builds(
    diagnostic,
    where=_PLACES,
    code=st.sampled_from([rule.code for rule in RULES]),
    severity=st.sampled_from(Severity),
    message=HOSTILE,
    help_=HOSTILE,
)


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    """Reports in which everything that an editor can write is hostile."""
    diagnostics = draw(st.lists(_DIAGNOSTICS, max_size=6))
    line = draw(HOSTILE)
    cards = {item.where.path: FileCard(draw(HOSTILE), draw(HOSTILE)) for item in diagnostics if draw(st.booleans())}
    return report_of(
        *diagnostics,
        lang=draw(st.sampled_from(["zh", "en"])),
        read_line=lambda path, number: line,
        cards=cards,
        fail_on=draw(st.sampled_from(Severity)),
    )
