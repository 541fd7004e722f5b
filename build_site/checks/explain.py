"""What `build-site explain` prints: a rule's documentation.

Owns the layout. Must not know how it is called.
"""

from __future__ import annotations

from build_site.checks.rule import Rule
from build_site.model.finding import Lang, Message, Severity

_LABELS = (
    Message("为什么", "Why"),
    Message("不对的写法", "Bad"),
    Message("对的写法", "Good"),
    Message("怎么改", "How to fix"),
    Message("依据", "Basis"),
)
_SEVERITY = {
    Severity.ERROR: Message("必须修改，否则不能发布", "error: nothing is published"),
    Severity.WARNING: Message("建议修改，不影响发布", "warning: does not stop the build"),
}


def explain(rule: Rule, lang: Lang) -> str:
    """Return the documentation of `rule` as text."""
    head = f"{rule.code} {rule.name}　{rule.title.zh}" if lang == "zh" else f"{rule.code} {rule.name}: {rule.title.en}"
    texts = (rule.why.text(lang), rule.bad, rule.good, rule.fix.text(lang), rule.basis.text(lang))
    lines = [head, _SEVERITY[rule.severity].text(lang), ""]
    for label, text in zip(_LABELS, texts, strict=True):
        lines.append(label.text(lang))
        lines += [f"    {line}" for line in text.split("\n")]
        lines.append("")
    return "\n".join(lines)
