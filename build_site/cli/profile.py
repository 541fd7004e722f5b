"""The table of a build's phases.

Owns the names of the phases in words. Must not measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from build_site.model.finding import Lang, Message
from build_site.output.phases import Phase

_NAMES = {
    "unchanged": Message("比较有没有改动", "look for changes"),
    "prepare": Message("检查输出文件夹", "look at the output folder"),
    "list": Message("目录、主题、文件清单", "catalogue, theme, list of files"),
    "read": Message("读取文章", "read documents"),
    "measure": Message("检查附件", "look into attachments"),
    "assemble": Message("组成网站", "assemble the site"),
    "check site": Message("检查内容", "check the content"),
    "plan": Message("排出页面", "plan the pages"),
    "render": Message("生成页面", "render the pages"),
    "feeds": Message("订阅、站点地图", "feeds and site maps"),
    "check pages": Message("检查页面", "check the pages"),
    "copy": Message("附件、主题文件、清单", "attachments, theme files, manifest"),
    "exchange": Message("换上新网站", "exchange the output"),
    "tidy": Message("整理缓存", "tidy the cache"),
}
_HEAD = Message("阶段", "phase"), Message("秒", "wall s"), Message("处理器秒", "CPU s")
_SUM = Message("合计", "sum")


def profile(phases: Sequence[Phase], lang: Lang) -> str:
    """Return the table of `phases`: name, seconds on the clock, seconds of all processors."""
    rows = [(_NAMES[phase.name].text(lang), phase.wall, phase.cpu) for phase in phases]
    rows.append((_SUM.text(lang), sum(row[1] for row in rows), sum(row[2] for row in rows)))
    wide = max(_width(name) for name, _, _ in rows)
    titles = [title.text(lang) for title in _HEAD]
    lines = [f"{_padded(titles[0], wide)}  {_right(titles[1], 8)}  {_right(titles[2], 8)}"]
    lines += [f"{_padded(name, wide)}  {wall:8.3f}  {cpu:8.3f}" for name, wall, cpu in rows]
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _right(text: str, width: int) -> str:
    return " " * max(0, width - _width(text)) + text
