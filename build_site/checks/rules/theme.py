"""Rules on the theme: its templates must work.

Owns the wording of what `rendering.render` reports.
"""

from __future__ import annotations

from build_site.checks.rule import Rule
from build_site.model.finding import Fault, Finding, Message, Severity

M = Message


def _template(fault: Fault) -> Finding:
    problem, page = fault.get("problem"), fault.get("page")
    return Finding(
        fault.where,
        M(f"主题模板出错（页面 {page}）：{problem}", f"template error (page {page}): {problem}"),
        M("改正模板；它能用的变量见 docs/theme.md", "correct the template; docs/theme.md lists what it may use"),
    )


THEME_RULES: tuple[Rule, ...] = (
    Rule(
        "THM101",
        "template-error",
        Severity.ERROR,
        M("主题模板出错", "template error"),
        M("模板出错的页面无法生成。", "The page cannot be made."),
        M("改正模板；编辑请联系维护主题的人。", "Correct the template; editors: tell whoever keeps the theme."),
        "{{ view.titel }}",
        "{{ view.title }}",
        fault=_template,
    ),
)
