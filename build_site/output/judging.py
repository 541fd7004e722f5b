"""Rules at work on a site, with all cores when it is large.

Owns how the rules are shared out. Must not know any rule.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from build_site.checks.rule import RenderedSite, Rule
from build_site.checks.rules import RULES
from build_site.checks.run import check_output, check_site, merge
from build_site.model.finding import Diagnostic
from build_site.model.site import Site
from build_site.output.workers import in_chunks

_MANY = 2000  # documents; the rules take a tenth of a millisecond for each
_FAMILIES = tuple(tuple(rules) for _, rules in groupby(RULES, key=lambda rule: rule.code[:3]))
"""Rules of a family look at the same things, and share what they find out: they stay together."""


def judge_site(site: Site) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of the assembled site, before anything is rendered."""
    return _shared_out(lambda rules: check_site(site, rules), site)


def judge_output(site: Site, output: RenderedSite) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of the rendered pages."""
    return _shared_out(lambda rules: check_output(site, output, rules), site)


def _shared_out(check: Callable[[tuple[Rule, ...]], tuple[Diagnostic, ...]], site: Site) -> tuple[Diagnostic, ...]:
    if len(site.documents) < _MANY:
        return check(RULES)
    chunks = in_chunks(lambda part: [check(_FAMILIES[number]) for number in part], len(_FAMILIES), least=2)
    return merge(*(found for chunk in chunks for found in chunk))
