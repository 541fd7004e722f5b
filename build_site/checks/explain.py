"""What `build-site explain` prints: the documentation of a rule, and the rules by legal basis.

Owns the parts of a rule's documentation and their layout as text. Must not know how it is called.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from build_site.checks.basis import by_basis
from build_site.checks.rule import NO_BASIS, Rule, Scope
from build_site.model.finding import Lang, Message, Severity

WHY = Message("为什么", "Why")
BAD = Message("不对的写法", "Bad")
GOOD = Message("对的写法", "Good")
FIX = Message("怎么改", "How to fix")
BASIS = Message("依据", "Basis")
_SEVERITY = {
    Severity.ERROR: Message("必须修改，否则不能发布", "error: nothing is published"),
    Severity.WARNING: Message("建议修改，不影响发布", "warning: does not stop the build"),
}
_SHORT = {Severity.ERROR: Message("必须修改", "error  "), Severity.WARNING: Message("建议修改", "warning")}
_SCOPES = {
    Scope.DOCUMENT: Message("检查的是：每个文件自己", "looks at: each file by itself"),
    Scope.CATALOGUE: Message("检查的是：catalog.yaml", "looks at: catalog.yaml"),
    Scope.SITE: Message(
        "检查的是：全站的文件、栏目和它们之间的链接", "looks at: all documents, columns and links together"
    ),
    Scope.OUTPUT: Message("检查的是：生成的网页", "looks at: the rendered pages"),
    Scope.CRAWL: Message("检查的是：服务器上的网站（crawl 命令）", "looks at: the site on a server (command crawl)"),
    Scope.SITES: Message("检查的是：站点清单（build-all 命令）", "looks at: the list of sites (command build-all)"),
}
_FIRM = Message("不能豁免，也不能调低", "cannot be exempted or softened")


def heading(rule: Rule, lang: Lang) -> str:
    """Return the rule's code, name and title."""
    title = rule.title.text(lang)
    return f"{rule.code} {rule.name}　{title}" if lang == "zh" else f"{rule.code} {rule.name}: {title}"


def weight(rule: Rule, lang: Lang) -> tuple[str, ...]:
    """Return how much the rule weighs, what it looks at, and whether it may be softened."""
    firm = (_FIRM.text(lang),) if rule.is_firm else ()
    return (_SEVERITY[rule.severity].text(lang), _SCOPES[rule.looks_at].text(lang), *firm)


def explain(rule: Rule, lang: Lang) -> str:
    """Return the documentation of `rule` as text."""
    lines = [heading(rule, lang), *weight(rule, lang), ""]
    for label, text in (
        (WHY, rule.why.text(lang)),
        (BAD, rule.bad),
        (GOOD, rule.good),
        (FIX, rule.fix.text(lang)),
        (BASIS, rule.basis.text(lang)),
    ):
        lines.append(label.text(lang))
        lines += [f"    {line}" for line in text.split("\n")]
        lines.append("")
    return "\n".join(lines)


def rule_list(rules: Iterable[Rule], lang: Lang) -> str:
    """Return a line for each rule: its code, how much it weighs, title and name; families stand apart."""
    blocks = [
        "".join(
            f"{rule.code}  {_SHORT[rule.severity].text(lang)}  {rule.title.text(lang)}  {rule.name}\n" for rule in held
        )
        for _, held in groupby(rules, key=lambda rule: rule.code[:3])
    ]
    return "\n".join(blocks)


def titled(rules: Iterable[Rule], word: str) -> tuple[Rule, ...]:
    """Return the rules that have `word` in their title, in either language and in any letter case."""
    key = word.strip().casefold()
    return tuple(rule for rule in rules if key in f"{rule.title.zh}\n{rule.title.en}".casefold()) if key else ()


def explain_by_basis(rules: Iterable[Rule], lang: Lang) -> str:
    """Return which rules rest on which law and article, as text; laws keep their Chinese names."""
    blocks = []
    for basis in by_basis(rules):
        lines = [NO_BASIS.text(lang) if basis.source == NO_BASIS.zh else basis.source]
        for article, held in basis.articles:
            lines += [f"    {article}"] if article else []
            indent = "        " if article else "    "
            lines += [f"{indent}{rule.code}  {rule.title.text(lang)}" for rule in held]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"
