from __future__ import annotations

import pytest

from build_site.checks.rules import RULES, find_rule
from build_site.checks.run import check_faults, merge
from build_site.model.finding import Fault, Severity
from build_site.model.text import Location


def test_a_fault_without_a_rule_is_our_bug() -> None:
    """A fault that nobody speaks for must not pass in silence."""
    with pytest.raises(KeyError):
        check_faults([Fault("no-such-kind", Location("a.md"))])


def test_faults_become_diagnostics_of_their_rule() -> None:
    """Code, name and severity are those of the rule whose name is the fault's kind."""
    found = check_faults(
        [Fault("misplaced-notice", Location("content/a.md")), Fault("unused-attachment", Location("content/b.pdf"))]
    )
    assert [(item.code, item.name, item.severity) for item in found] == [
        ("SRC107", "misplaced-notice", Severity.ERROR),
        ("SRC109", "unused-attachment", Severity.WARNING),
    ]


def test_the_same_finding_is_told_once() -> None:
    """Repetitions vanish, also across groups; the order is that of the report."""
    one = check_faults([Fault("misplaced-notice", Location("content/b.md"))] * 3)
    two = check_faults([Fault("misplaced-notice", Location(f"content/{name}.md")) for name in "ba"])
    assert len(one) == 1
    assert [item.where.path for item in merge(one, two)] == ["content/a.md", "content/b.md"]


@pytest.mark.parametrize("wanted", ["LNK104", "lnk104", "link-to-empty-page", " LNK104 "])
def test_rules_are_found_by_code_and_name(wanted: str) -> None:
    """A rule is found in any letter case, by code or name."""
    found = find_rule(wanted)
    assert found is not None
    assert found.code == "LNK104"


def test_unknown_rules_are_not_found() -> None:
    """A part of a code is no rule."""
    assert find_rule("LNK") is None
    assert find_rule("") is None
    assert all(find_rule(rule.code) is rule for rule in RULES)
