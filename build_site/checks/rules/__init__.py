"""The rules, listed explicitly: what is not in this list does not run.

Owns the list. A code is never used again for another rule.
"""

from __future__ import annotations

from build_site.checks.rule import Rule
from build_site.checks.rules.addresses import ADDRESS_RULES
from build_site.checks.rules.attachments import ATTACHMENT_RULES
from build_site.checks.rules.bodies import BODY_RULES
from build_site.checks.rules.catalogue import CATALOGUE_RULES
from build_site.checks.rules.columns import COLUMN_RULES
from build_site.checks.rules.details import DETAIL_RULES
from build_site.checks.rules.documents import DOCUMENT_RULES
from build_site.checks.rules.links import LINK_RULES
from build_site.checks.rules.page_tags import PAGE_TAG_RULES
from build_site.checks.rules.policy import POLICY_RULES
from build_site.checks.rules.sources import SOURCE_RULES
from build_site.checks.rules.structure import STRUCTURE_RULES
from build_site.checks.rules.theme import THEME_RULES
from build_site.checks.rules.yaml import YAML_RULES

RULES: tuple[Rule, ...] = (
    *SOURCE_RULES,
    *BODY_RULES,
    *YAML_RULES,
    *COLUMN_RULES,
    *STRUCTURE_RULES,
    *DETAIL_RULES,
    *DOCUMENT_RULES,
    *ATTACHMENT_RULES,
    *LINK_RULES,
    *ADDRESS_RULES,
    *PAGE_TAG_RULES,
    *CATALOGUE_RULES,
    *THEME_RULES,
    *POLICY_RULES,
)


RULES_BY_NAME: dict[str, Rule] = {key: rule for rule in RULES for key in (rule.code, rule.name)}
"""Every rule under its code and under its name."""


def find_rule(wanted: str) -> Rule | None:
    """Return the rule with this code or name, in any letter case, or None."""
    key = wanted.strip().casefold()
    return next((rule for rule in RULES if key in (rule.code.casefold(), rule.name)), None)
