"""Why pages were rendered anew, in words.

Owns the names of the parts that a page is made from, as an editor knows them. Must not know how they are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from build_site.model.finding import Message

_FEW = 5
_PARTS = {
    "engine": Message("程序或 Python 换了版本", "another version of the program or of Python"),
    "static": Message("主题的样式、脚本或图片变了", "a style sheet, script or picture of the theme changed"),
    "template": Message("主题的模板变了", "a template of the theme changed"),
    "shared": Message("每页都有的内容变了（网站名称、导航、页脚等）", "what every page shows changed (names, navigation, footer)"),
    "options": Message("可信网站的名单变了", "the list of trusted sites changed"),
    "source": Message("来自另一个文件", "made from another file"),
    "kind": Message("换了一种页面", "another kind of page"),
    "view.title": Message("标题变了", "the title changed"),
    "view.body_html": Message("正文变了", "the body changed"),
    "view.facts": Message("文件信息变了（日期、文号、有效性等）", "the facts changed (dates, numbers, validity)"),
    "view.files": Message("附件变了", "the attachments changed"),
    "view.rows": Message("列表变了", "the list changed"),
    "view.crumbs": Message("在栏目里的位置变了", "its place among the columns changed"),
}  # fmt: skip
_OTHER = Message("页面内容变了（{}）", "what the page shows changed ({})")
_NEW = Message("新的页面", "a new page")
_BESIDE = frozenset({"view.tags", "view.open_graph", "view.json_ld", "view.canonical", "view.toc"})
"""What follows from something else that has a name of its own."""


def why(rendered: Mapping[str, frozenset[str] | None], page: str, exists: bool) -> Iterator[Message]:
    """Yield why pages were rendered anew: all of them, or only `page`; `exists` says whether there is such a page."""
    if page:
        yield _one(rendered, page, exists)
        return
    groups: dict[str, list[str]] = defaultdict(list)
    told: dict[str, Message] = {}
    for address, parts in rendered.items():
        reason = _reason(parts)
        told[reason.zh] = reason
        groups[reason.zh].append(address)
    if not groups:
        yield Message("没有重新生成页面：都和上一次一样", "no page was rendered: all are as they were")
    for key, addresses in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        reason, number = told[key], len(addresses)
        yield Message(f"重新生成 {number} 页：{reason.zh}", f"rendered {number} pages: {reason.en}")
        for address in addresses[:_FEW]:
            yield Message(f"  {address}", f"  {address}")
        if number > _FEW:
            yield Message(f"  ……还有 {number - _FEW} 页", f"  … and {number - _FEW} more")


def _one(rendered: Mapping[str, frozenset[str] | None], page: str, exists: bool) -> Message:
    if page in rendered:
        reason = _reason(rendered[page])
        return Message(f"{page} 重新生成了：{reason.zh}", f"{page} was rendered: {reason.en}")
    if exists:
        return Message(f"{page} 没有重新生成：和上一次一样", f"{page} was not rendered: it is as it was")
    return Message(
        f"没有 {page} 这个页面。写页面的地址，如 wj/2020/00022.html",
        f"there is no page {page}; write its address, like wj/2020/00022.html",
    )


def _reason(parts: frozenset[str] | None) -> Message:
    if parts is None:
        return _NEW
    named = [message for name, message in _PARTS.items() if name in parts]
    others = sorted(parts - set(_PARTS) - _BESIDE) or sorted(parts - set(_PARTS)) * (not named)
    if others:
        names = ", ".join(name.removeprefix("view.") for name in others)
        named.append(Message(_OTHER.zh.format(names), _OTHER.en.format(names)))
    if not named:
        return Message("缓存里没有了", "it was no longer in the cache")
    return Message("；".join(one.zh for one in named), "; ".join(one.en for one in named))
