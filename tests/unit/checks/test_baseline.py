"""What a baseline hides, what it must lose, what it may gain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from build_site.checks.baseline import gone, renewed, set_aside
from build_site.checks.comparison import touched_or_broken
from build_site.checks.fingerprint import fingerprint
from build_site.checks.rules import RULES_BY_NAME
from build_site.checks.run import stamp
from build_site.loading.baseline_file import BASELINE_NAME, baseline_text, read_baseline
from build_site.model.baseline import Baseline
from build_site.model.finding import Diagnostic, Finding, Message
from build_site.model.text import Location

DAY = date(2020, 12, 1)


def diagnostic(
    code: str = "BDY105", text: str = "表头有空格子", path: str = "content/zd/a.md", line: int = 7
) -> Diagnostic:
    finding = Finding(Location(path, line, 1), Message(text, text), Message("改", "mend"))
    return stamp(RULES_BY_NAME[code], finding)


def baseline(*found: Diagnostic) -> Baseline:
    return renewed(found, None, RULES_BY_NAME, DAY)


@pytest.mark.parametrize(
    ("text", "other", "same"),
    [
        ("第 3 行", "第 12 行", True),
        ("超过30天", "超过31天", True),
        ("1400 KB", "12 KB", True),
        ("2.5%", "3%", True),
        ("附件 1.docx", "附件 2.docx", False),
        ("索引号 2020-00001", "索引号 2020-00002", False),
    ],
)
def test_numbers_that_count_do_not_matter(text: str, other: str, same: bool) -> None:
    """A finding is the same one tomorrow; names with numbers in them are names."""
    assert (fingerprint(diagnostic(text=text)) == fingerprint(diagnostic(text=other))) is same


def test_the_place_within_a_file_does_not_matter() -> None:
    """Lines move; rule and file do matter."""
    one = fingerprint(diagnostic())
    assert one == fingerprint(diagnostic(line=99))
    assert one != fingerprint(diagnostic(path="content/zd/b.md"))
    assert one != fingerprint(diagnostic("BDY106"))


def test_as_many_are_hidden_as_were_inherited() -> None:
    """The third of two inherited findings is a new one."""
    known = baseline(diagnostic(line=1), diagnostic(line=2))
    assert [(entry.count, entry.code) for entry in known.entries] == [(2, "BDY105")]
    kept, hidden = set_aside([diagnostic(line=number) for number in (3, 4, 5)], known, RULES_BY_NAME)
    assert ([item.where.line for item in kept], hidden) == ([5], 2)


def test_firm_rules_are_never_hidden() -> None:
    """They are not written down, and an entry that somebody wrote by hand hides nothing and is reported."""
    firm = diagnostic("LNK102") if RULES_BY_NAME["LNK102"].is_firm else diagnostic("SRC101")
    assert not baseline(firm).entries
    forged = Baseline((replace(baseline(diagnostic()).entries[0], code=firm.code, fingerprint=fingerprint(firm)),))
    assert set_aside([firm], forged, RULES_BY_NAME) == ((firm,), 0)
    assert [fault.kind for fault in gone([], forged, RULES_BY_NAME)] == ["baseline-entry-gone"]


def test_it_only_shrinks() -> None:
    """Written anew, it loses what is gone and gains nothing, unless somebody says why."""
    old, new = diagnostic(), diagnostic(text="别的")
    known = baseline(old, old)
    assert [fault.get("message") for fault in gone([old], known, RULES_BY_NAME)] == ["表头有空格子"]
    assert renewed([], known, RULES_BY_NAME, DAY) == Baseline()
    shrunk = renewed([old, new], known, RULES_BY_NAME, DAY)
    assert [entry.count for entry in shrunk.entries] == [1]
    assert not gone([old, new], shrunk, RULES_BY_NAME)
    grown = renewed([old, old, new], shrunk, RULES_BY_NAME, DAY, "并入旧站")
    assert sum(entry.count for entry in grown.entries) == 3
    assert [(item.added, item.reason, item.on) for item in grown.grown] == [(2, "并入旧站", DAY)]
    assert renewed([old, old, new], grown, RULES_BY_NAME, DAY, "再说一次") == grown


def test_a_file_that_could_not_be_read_loses_nothing() -> None:
    """Its other findings are not gone, only not seen."""
    known = baseline(diagnostic())
    unread = diagnostic("YML102")
    assert not gone([unread], known, RULES_BY_NAME)
    assert renewed([unread], known, RULES_BY_NAME, DAY) == known


def test_the_file_reads_back_line_by_line(tmp_path: Path) -> None:
    """One finding a line, each ending in a comma, so that lines can be taken away on two branches."""
    known = renewed([diagnostic(), diagnostic(text="“引号”")], Baseline(), RULES_BY_NAME, DAY, "并入")
    text = baseline_text(known)
    (tmp_path / BASELINE_NAME).write_text(text, "utf-8")
    found, faults = read_baseline(tmp_path)
    assert faults == ()
    assert found is not None
    assert found.grown == known.grown
    assert [replace(entry, line=0) for entry in found.entries] == list(known.entries)
    lines = text.split("\n")
    assert all(entry.fingerprint in lines[entry.line - 1] for entry in found.entries)
    assert all(lines[entry.line - 1].endswith("},") for entry in found.entries)
    (tmp_path / BASELINE_NAME).write_text("\n".join(line for line in lines if "引号" not in line), "utf-8")
    assert len((read_baseline(tmp_path)[0] or Baseline()).entries) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("<<<<<<< HEAD", 1),
        ('{\n"schema_version": 1,\n<<<<<<<', 3),
        ("[]", 0),
        ('{"schema_version": 2, "grown": [], "findings": []}', 0),
        ('{"schema_version": 1, "grown": [], "findings": [{"path": 1}]}', 0),
        ('{"schema_version": 1, "grown": [3], "findings": []}', 0),
    ],
)
def test_a_file_that_cannot_be_understood(tmp_path: Path, text: str, line: int) -> None:
    """It hides nothing and is a finding at the place where reading stopped."""
    (tmp_path / BASELINE_NAME).write_text(text, "utf-8")
    found, faults = read_baseline(tmp_path)
    assert found == Baseline()
    assert [(fault.kind, fault.where.line) for fault in faults] == [("baseline-unreadable", line)]


def test_what_a_change_is_answerable_for() -> None:
    """Everything in a file that it touched, and elsewhere what was not there before."""
    a, b = diagnostic(), diagnostic(path="content/zd/b.md")
    assert touched_or_broken([a, b], [a, b], frozenset()) == ()
    assert touched_or_broken([a, b], [a, b], frozenset({b.where.path})) == (b,)
    assert (
        touched_or_broken([a, b, replace(b, where=b.where._replace(line=30))], [a, b], frozenset())[0].where.line == 30
    )
