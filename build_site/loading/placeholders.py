"""Words that stand where something is to come: 敬请期待, 建设中, 暂无 …

Owns the list of such words. Must not judge pages.
"""

from __future__ import annotations

import re

_PLACEHOLDERS = (
    "敬请期待|建设中|正在建设|施工中|整理中|正在整理|暂无内容|暂无数据|暂无信息|暂无|待更新|更新中|正在更新|待补充|待完善|完善中|即将上线|"
    "即将公布|即将发布|另行公布|稍后公布|详见附件|见附件|无内容|无数据|无|略|todo|tbd|loremipsum|lorem|comingsoon|underconstruction"
)
_FILLERS = "本栏目|该栏目|栏目|本页面|此页面|本页|此页|页面|网页|网站|内容|信息|相关|数据|资料|文件|正文|正在|目前|请您|请|本|该|此|的|中|后续|如下"
_ONLY_PLACEHOLDER = re.compile(rf"(?:{_FILLERS})*(?:(?:{_PLACEHOLDERS})(?:{_FILLERS})*)+", re.IGNORECASE)
_NOISE = re.compile(r"[\W_]+")
_NAVIGATION = re.compile(
    r"返回(?:首页|上一页|目录|列表)?|首页|上一页|下一页|更多|查看|点击(?:查看|这里|进入|下载)?|进入"
)


def is_placeholder(text: str) -> bool:
    """Return whether `text` says nothing but that there is nothing yet; an empty text is not a placeholder."""
    return _ONLY_PLACEHOLDER.fullmatch(_NOISE.sub("", text)) is not None


def is_navigation(text: str) -> bool:
    """Return whether `text` only says where to go, such as 返回 or 更多."""
    return _NAVIGATION.fullmatch(_NOISE.sub("", text)) is not None
