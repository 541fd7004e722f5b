from __future__ import annotations

from datetime import date

import pytest

from build_site.checks.policy import apply_policy
from build_site.checks.rules import RULES_BY_NAME
from build_site.model.finding import Diagnostic, Message, Severity
from build_site.model.policy import Exemption, Policy, SeverityChange
from build_site.model.text import Location
from build_site.model.words import Weight

DAY = date(2026, 11, 25)
M = Message("", "")


def found(code: str = "BDY105", path: str = "content/zd/a.md") -> Diagnostic:
    rule = RULES_BY_NAME[code]
    return Diagnostic(code, rule.name, rule.severity, Location(path, 3, 1), M, M, M, M)


def change(weight: Weight, *paths: str, rule: str = "BDY105") -> SeverityChange:
    return SeverityChange(rule, weight, paths)


def exemption(expires: date, rule: str = "BDY105", path: str = "content/zd/a.md") -> Exemption:
    return Exemption(rule, path, "原件待核", "张三", expires)


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ((), Severity.WARNING),
        ((change(Weight.ERROR),), Severity.ERROR),
        ((change(Weight.ERROR, rule="table-head-blank"),), Severity.ERROR),
        ((change(Weight.OFF),), None),
        ((change(Weight.OFF, "content/zd/*"),), None),
        ((change(Weight.OFF, "content/nb/*"),), Severity.WARNING),
        ((change(Weight.OFF), change(Weight.ERROR, "content/zd/a.md")), Severity.ERROR),
        ((change(Weight.ERROR, "content/zd/a.md"), change(Weight.OFF)), None),
        ((change(Weight.ERROR, rule="BDY106"),), Severity.WARNING),
    ],
)
def test_the_last_change_that_reaches_a_finding_weighs_it(
    changes: tuple[SeverityChange, ...], left: Severity | None
) -> None:
    kept, faults = apply_policy((found(),), Policy(severities=changes), RULES_BY_NAME, DAY)
    assert [diagnostic.severity for diagnostic in kept] == ([left] if left else [])
    assert faults == ()


@pytest.mark.parametrize(
    ("expires", "tolerated", "fault"),
    [
        (date(2026, 11, 24), False, "exemption-expired"),
        (date(2026, 11, 25), True, None),
        (date(2027, 2, 23), True, None),
        (date(2027, 2, 24), False, "exemption-too-long"),
    ],
)
def test_an_exemption_lasts_to_its_last_day_and_ninety_days_at_most(
    expires: date, tolerated: bool, fault: str | None
) -> None:
    kept, faults = apply_policy((found(),), Policy(exemptions=(exemption(expires),)), RULES_BY_NAME, DAY)
    assert (kept == ()) is tolerated
    assert [item.kind for item in faults] == ([fault] if fault else [])


@pytest.mark.parametrize("wrong", [exemption(DAY, path="content/zd/b.md"), exemption(DAY, rule="BDY106")])
def test_an_exemption_reaches_its_own_rule_in_its_own_file(wrong: Exemption) -> None:
    kept, faults = apply_policy((found(),), Policy(exemptions=(wrong,)), RULES_BY_NAME, DAY)
    assert len(kept) == 1
    assert [item.kind for item in faults] == ["exemption-unused"]


@pytest.mark.parametrize("rule", ["LNK104", "column-too-deep", "SRC101", "POL103"])
def test_a_firm_rule_stays_as_it_is(rule: str) -> None:
    policy = Policy(severities=(change(Weight.OFF, rule=rule),), exemptions=(exemption(DAY, rule=rule),))
    diagnostic = found(RULES_BY_NAME[rule].code)
    kept, faults = apply_policy((diagnostic,), policy, RULES_BY_NAME, DAY)
    assert kept == (diagnostic,)
    assert [item.kind for item in faults] == ["firm-rule-softened"] * 2


def test_the_promises_are_firm() -> None:
    """The two rules of the column, and whatever cannot be read."""
    firm = {code for code in RULES_BY_NAME if RULES_BY_NAME[code].is_firm}
    assert {"LNK101", "LNK104", "COL102", "COL103", "COL104", "SRC101", "YML106"} <= firm
    assert {"BDY105", "COL107", "SRC109"}.isdisjoint(firm)
