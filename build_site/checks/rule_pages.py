"""The rules as Markdown: a section for each, a page for each family, an index by legal basis.

Owns the layout of `docs/rules/`, and of the help that SARIF carries. The words are those of `build-site explain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from build_site.checks.basis import by_basis
from build_site.checks.explain import BAD, BASIS, FIX, GOOD, WHY, weight
from build_site.checks.rule import Rule
from build_site.model.finding import Lang

_MADE = "<!-- 由 python -m tests.contract.test_docs 生成，请勿手工修改 -->"


def families(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    """Return the rules by the three letters of their family, families in the order given, rules by code."""
    held = tuple(rules)
    found: dict[str, tuple[Rule, ...]] = {rule.code[:3]: () for rule in held}
    for rule in sorted(held, key=lambda rule: rule.code):
        family = rule.code[:3]
        found[family] = (*found[family], rule)
    return found


def rule_section(rule: Rule, lang: Lang) -> str:
    """Return one rule as Markdown, without a heading."""
    blocks = [
        f"**{_plain(rule.title.text(lang))}** `{rule.name}`",
        "\n".join(f"- {_plain(line)}" for line in weight(rule, lang)),
        f"**{WHY.text(lang)}**　{_plain(rule.why.text(lang))}",
        f"**{BAD.text(lang)}**",
        _code(rule.bad),
        f"**{GOOD.text(lang)}**",
        _code(rule.good),
        f"**{FIX.text(lang)}**　{_plain(rule.fix.text(lang))}",
        f"**{BASIS.text(lang)}**　{_plain(rule.basis.text(lang))}",
    ]
    return "\n\n".join(blocks)


def family_page(family: str, rules: Iterable[Rule]) -> str:
    """Return the page of one family, `docs/rules/FAMILY.md`, in Chinese."""
    held = tuple(rules)
    toc = "\n".join(_entry(rule) for rule in held)
    sections = "\n\n".join(f"## {rule.code}\n\n{rule_section(rule, 'zh')}" for rule in held)
    lead = f"`build-site explain {held[0].code}` 显示同样的内容，加 `--lang en` 是英文。全部规则见[规则表](README.md)，按法规查见[依据索引](by-basis.md)。"
    return f"{_MADE}\n\n# 规则 {family}\n\n{lead}\n\n{toc}\n\n{sections}\n"


def basis_page(rules: Iterable[Rule]) -> str:
    """Return the index of the rules by legal basis, `docs/rules/by-basis.md`, in Chinese."""
    lead = "哪条规则依据哪部法规、标准或文件的哪一条；一条规则有几个依据的，列在每个依据下面。`build-site explain --by-basis` 显示同样的内容。"
    blocks = [_MADE, "# 规则的依据", lead]
    for basis in by_basis(rules):
        blocks.append(f"## {_plain(basis.source)}")
        for article, held in basis.articles:
            blocks += [f"### {_plain(article)}"] if article else []
            blocks.append("\n".join(_entry(rule, f"{rule.code[:3]}.md") for rule in held))
    return "\n\n".join(blocks) + "\n"


def _entry(rule: Rule, page: str = "") -> str:
    return f"- [{rule.code}]({page}#{rule.code.lower()}) {_plain(rule.title.zh)}"


def _plain(text: str) -> str:
    """Return a text in which Markdown finds nothing to do: code spans stay, all other marks are escaped."""
    parts = re.split(r"(`[^`\n]+`)", text)
    return "".join(part if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    return re.sub(r"([\\*_\[\]<>|#])", r"\\\1", text).replace("\n", "  \n")


def _code(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"
