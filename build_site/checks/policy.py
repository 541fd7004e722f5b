"""What a site says about its checks, applied to what the rules found.

Owns other severities and exemptions: whom they reach, and what is wrong with them. Must not know any single rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase

from build_site.checks.rule import Rule
from build_site.model.finding import Diagnostic, Fault, Severity
from build_site.model.policy import Exemption, Policy, SeverityChange
from build_site.model.words import Weight

LONGEST = 90
"""Days for which a finding may be tolerated; whoever needs longer has to decide anew."""


def apply_policy(
    found: Iterable[Diagnostic], policy: Policy, rules: Mapping[str, Rule], as_of: date
) -> tuple[tuple[Diagnostic, ...], tuple[Fault, ...]]:
    """Return the diagnostics that remain, with the severities that the site wants, and what is wrong with its wishes.

    `rules` has every rule under its code and under its name. An exemption reaches the findings of its rule in its file
    up to and on its last day; one that is too long, over, or reaches nothing is itself a fault, and so is whatever
    touches a firm rule or one that does not exist.
    """
    changes = [change for change in policy.severities if _may_change(change, rules)]
    granted = {number: item for number, item in enumerate(policy.exemptions) if _may_change(item, rules)}
    in_force = {number: item for number, item in granted.items() if _in_force(item, as_of)}
    used: set[int] = set()
    kept = []
    for diagnostic in found:
        reaching = [number for number, item in in_force.items() if _reaches(item, diagnostic, rules)]
        used.update(reaching)
        weighed = _weighed(diagnostic, changes, rules)
        if not reaching and weighed is not None:
            kept.append(weighed)
    wishes: tuple[SeverityChange | Exemption, ...] = (*policy.severities, *policy.exemptions)
    faults = [_not_allowed(item, rules) for item in wishes if not _may_change(item, rules)]
    for number, item in granted.items():
        days = (item.expires - as_of).days
        data = (("rule", item.rule), ("path", item.path), ("expires", item.expires.isoformat()), ("days", str(days)))
        if days < 0:
            faults.append(Fault("exemption-expired", item.at("expires"), data))
        elif days > LONGEST:
            faults.append(Fault("exemption-too-long", item.at("expires"), data))
        elif number not in used:
            faults.append(Fault("exemption-unused", item.at(), data))
    return tuple(kept), tuple(faults)


def _may_change(item: SeverityChange | Exemption, rules: Mapping[str, Rule]) -> bool:
    rule = rules.get(item.rule)
    return rule is not None and not rule.is_firm


def _in_force(item: Exemption, as_of: date) -> bool:
    return 0 <= (item.expires - as_of).days <= LONGEST


def _reaches(item: Exemption, diagnostic: Diagnostic, rules: Mapping[str, Rule]) -> bool:
    return rules[item.rule].code == diagnostic.code and item.path == diagnostic.where.path


def _weighed(diagnostic: Diagnostic, changes: Iterable[SeverityChange], rules: Mapping[str, Rule]) -> Diagnostic | None:
    """Return the diagnostic with its severity for this site, the last change that reaches it wins; None if it is off."""
    weight = None
    for change in changes:
        here = not change.paths or any(fnmatchcase(diagnostic.where.path, path) for path in change.paths)
        if here and rules[change.rule].code == diagnostic.code:
            weight = change.weight
    if weight is Weight.OFF:
        return None
    return diagnostic if weight is None else replace(diagnostic, severity=Severity(weight.en))


def _not_allowed(item: SeverityChange | Exemption, rules: Mapping[str, Rule]) -> Fault:
    rule = rules.get(item.rule)
    if rule is None:
        return Fault("unknown-rule-in-policy", item.at("rule"), (("rule", item.rule),))
    return Fault(
        "firm-rule-softened",
        item.at("rule"),
        (("rule", rule.code), ("title", rule.title.zh), ("title_en", rule.title.en)),
    )
