"""The rules, listed explicitly: what is not in this list does not run.

Owns the list. A code is never used again for another rule.
"""

from __future__ import annotations

from build_site.checks.rule import Rule
from build_site.checks.rules.accessibility import ACCESSIBILITY_RULES
from build_site.checks.rules.addresses import ADDRESS_RULES
from build_site.checks.rules.attachments import ATTACHMENT_RULES
from build_site.checks.rules.bodies import BODY_RULES
from build_site.checks.rules.carried import CARRIED_RULES
from build_site.checks.rules.catalogue import CATALOGUE_RULES
from build_site.checks.rules.columns import COLUMN_RULES
from build_site.checks.rules.coverage import COVERAGE_RULES
from build_site.checks.rules.crawl import CRAWL_RULES
from build_site.checks.rules.decisions import DECISION_RULES
from build_site.checks.rules.details import DETAIL_RULES
from build_site.checks.rules.documents import DOCUMENT_RULES
from build_site.checks.rules.finance import FINANCE_RULES
from build_site.checks.rules.footers import FOOTER_RULES
from build_site.checks.rules.freshness import FRESHNESS_RULES
from build_site.checks.rules.guide import GUIDE_RULES
from build_site.checks.rules.links import LINK_RULES
from build_site.checks.rules.numbers import NUMBER_RULES
from build_site.checks.rules.page_tags import PAGE_TAG_RULES
from build_site.checks.rules.personal import PERSONAL_RULES
from build_site.checks.rules.policy import POLICY_RULES
from build_site.checks.rules.register import REGISTER_RULES
from build_site.checks.rules.requests import REQUEST_RULES
from build_site.checks.rules.safety import SAFETY_RULES
from build_site.checks.rules.services import SERVICE_RULES
from build_site.checks.rules.site_list import SITE_LIST_RULES
from build_site.checks.rules.sources import SOURCE_RULES
from build_site.checks.rules.structure import STRUCTURE_RULES
from build_site.checks.rules.theme import THEME_RULES
from build_site.checks.rules.timeliness import TIMELINESS_RULES
from build_site.checks.rules.wording import WORDING_RULES
from build_site.checks.rules.yaml import YAML_RULES

RULES: tuple[Rule, ...] = (
    *SOURCE_RULES,
    *BODY_RULES,
    *YAML_RULES,
    *COLUMN_RULES,
    *STRUCTURE_RULES,
    *DETAIL_RULES,
    *PERSONAL_RULES,
    *CARRIED_RULES,
    *NUMBER_RULES,
    *GUIDE_RULES,
    *REQUEST_RULES,
    *LINK_RULES,
    *ADDRESS_RULES,
    *WORDING_RULES,
    *DOCUMENT_RULES,
    *ATTACHMENT_RULES,
    *PAGE_TAG_RULES,
    *CATALOGUE_RULES,
    *REGISTER_RULES,
    *THEME_RULES,
    *FOOTER_RULES,
    *ACCESSIBILITY_RULES,
    *SAFETY_RULES,
    *FRESHNESS_RULES,
    *TIMELINESS_RULES,
    *DECISION_RULES,
    *FINANCE_RULES,
    *SERVICE_RULES,
    *COVERAGE_RULES,
    *POLICY_RULES,
    *CRAWL_RULES,
    *SITE_LIST_RULES,
)


RULES_BY_NAME: dict[str, Rule] = {key: rule for rule in RULES for key in (rule.code, rule.name)}
"""Every rule under its code and under its name."""


def find_rule(wanted: str) -> Rule | None:
    """Return the rule with this code or name, in any letter case, or None."""
    key = wanted.strip().casefold()
    return next((rule for rule in RULES if key in (rule.code.casefold(), rule.name)), None)
