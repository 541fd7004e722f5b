"""Rule E: when a page counts as empty (空白页面).

Owns the thresholds and the placeholder words. Must not know HTML.
"""

from __future__ import annotations

import re

from build_site.model.finding import Message
from build_site.model.page import Substance

MIN_HAN = 20
_PLACEHOLDERS = (
    "敬请期待|建设中|正在建设|施工中|暂无内容|暂无数据|暂无信息|暂无|待更新|更新中|正在更新|待补充|待完善|完善中|即将上线|"
    "即将公布|另行公布|稍后公布|详见附件|见附件|无内容|无数据|无|略|todo|tbd|loremipsum|lorem|comingsoon|underconstruction"
)
_FILLERS = (
    "本栏目|该栏目|栏目|本页面|本页|页面|网页|网站|内容|信息|相关|数据|资料|正文|正在|目前|请|本|该|的|中|后续|如下"
)
_ONLY_PLACEHOLDER = re.compile(rf"(?:{_FILLERS})*(?:(?:{_PLACEHOLDERS})(?:{_FILLERS})*)+", re.IGNORECASE)
_NOISE = re.compile(r"[\W_]+")


def is_placeholder(text: str) -> bool:
    """Return whether `text` says nothing but that there is nothing yet; an empty text is not a placeholder."""
    return _ONLY_PLACEHOLDER.fullmatch(_NOISE.sub("", text)) is not None


def emptiness(found: Substance, min_han: int = MIN_HAN) -> Message | None:
    """Return why a page with this substance is empty, or None for a page with content.

    `min_han` is the least number of Chinese characters (twice as many other letters); it cannot go below 20.
    """
    least = max(min_han, MIN_HAN)
    if found.rows or found.files or found.contacts or found.forms:
        return None
    text = found.text.strip()
    if is_placeholder(text):
        return Message(f"只有“{text[:20]}”，没有附件、没有表格", f"only “{text[:20]}”, no attachment, no table")
    if found.han >= least or found.letters >= 2 * least:
        return None
    if not found.han and not found.letters:
        return Message("没有任何内容", "nothing at all")
    return Message(
        f"只有 {found.han} 个汉字（少于 {least} 个），没有附件、没有表格",
        f"only {found.han} Chinese characters (under {least}), no attachment, no table",
    )
