"""Rule E: when a page counts as empty (空白页面).

Owns the thresholds. Must not know HTML.
"""

from __future__ import annotations

import re

from build_site.loading.markup import count_chars
from build_site.loading.placeholders import is_placeholder
from build_site.model.finding import Message
from build_site.model.page import Substance

MIN_HAN = 20
_COURTESY = re.compile(r"持续关注|及时更新|谅解|感谢|谢谢|理解与支持|稍后|再来|如有疑问|如有疑义|致电|请联系")
_CLAUSE = re.compile(r"[，,。！!？?；;：:\n]+")
_SHORT = 120  # Chinese characters; a longer text says something, whatever else it says


def _beside_placeholders(text: str) -> int | None:
    """Return how many Chinese characters stand beside placeholders and courtesies; None without a placeholder."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    rest = [clause for clause in clauses if not is_placeholder(clause)]
    if len(rest) == len(clauses):
        return None
    return sum(count_chars(clause)[0] for clause in rest if not _COURTESY.search(clause))


def emptiness(found: Substance, min_han: int = MIN_HAN) -> Message | None:
    """Return why a page with this substance is empty, or None for a page with content.

    `min_han` is the least number of Chinese characters (twice as many other letters); it cannot go below 20.
    """
    least = max(min_han, MIN_HAN)
    if found.rows or found.files or found.contacts or found.forms:
        return None
    text = found.text.strip()
    beside = _beside_placeholders(text) if found.han < _SHORT else None
    if beside is not None and beside < least:
        return Message(f"只有“{text[:20]}”，没有附件、没有表格", f"only “{text[:20]}”, no attachment, no table")
    if found.han >= least or found.letters >= 2 * least:
        return None
    if not found.han and not found.letters:
        return Message("没有任何内容", "nothing at all")
    return Message(
        f"只有 {found.han} 个汉字（少于 {least} 个），没有附件、没有表格",
        f"only {found.han} Chinese characters (under {least}), no attachment, no table",
    )
