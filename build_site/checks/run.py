"""Runs rules and stamps their findings with code and severity.

Owns the order of diagnostics: the same at every run. Must not print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_site.checks.rule import RenderedSite, Rule
from build_site.checks.rules import RULES
from build_site.loading.traces.numbers import masked
from build_site.model.finding import Diagnostic, Fault, Finding, Message
from build_site.model.site import Site


def check_faults(faults: Iterable[Fault], rules: tuple[Rule, ...] = RULES) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of the faults that the lower floors met.

    Raises KeyError for a fault that no rule speaks for: that is a bug of ours and must not pass in silence.
    """
    speakers = {rule.name: rule for rule in rules if rule.fault}
    found = []
    for fault in faults:
        rule = speakers[fault.kind]
        assert rule.fault is not None
        found.append(stamp(rule, rule.fault(fault)))
    return _sorted(found)


def check_site(site: Site, rules: tuple[Rule, ...] = RULES) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of the assembled site, before anything is rendered."""
    return _sorted(stamp(rule, finding) for rule in rules if rule.site for finding in rule.site(site))


def check_output(site: Site, output: RenderedSite, rules: tuple[Rule, ...] = RULES) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of the rendered pages."""
    return _sorted(stamp(rule, finding) for rule in rules if rule.output for finding in rule.output(site, output))


def stamp(rule: Rule, finding: Finding) -> Diagnostic:
    """Return `finding` as a diagnostic of `rule`; numbers of people that it quotes are masked, whatever it is about."""
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        where=finding.where,
        message=_discreet(finding.message),
        help=_discreet(finding.help),
        basis=rule.basis,
        title=rule.title,
        fix=finding.fix,
    )


def _discreet(message: Message) -> Message:
    return Message(masked(message.zh), masked(message.en))


def _sorted(found: Iterable[Diagnostic] | Iterator[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda diagnostic: diagnostic.order))


def merge(*groups: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return several groups of diagnostics as one, in order and without repetition."""
    return _sorted(diagnostic for group in groups for diagnostic in group)
