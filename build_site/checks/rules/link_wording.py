"""What is said of a link that fails.

Owns the wording for every way in which a link can fail. Must not look for links.
"""

from __future__ import annotations

from build_site.model.finding import Finding, Fix, Message
from build_site.model.site import Reach, Target
from build_site.model.text import Location

M = Message


STANDINGS = {
    "draft": M("还是草稿", "is a draft"),
    "future": M("发布日期还没有到", "is dated in the future"),
    "withdrawn": M("已经撤回", "was withdrawn"),
    "closed": M("不是主动公开的文件", "is not open to the public"),
}


REASONS = {
    "empty": M("链接地址是空的", "the address is empty"),
    "invisible-character": M("链接地址里有看不见的字符", "the address holds an invisible character"),
    "lone-hash": M("链接地址只有一个 #，点了没有反应", "the address is a lone #; nothing happens on a click"),
    "malformed": M("链接地址的写法不对", "the address is malformed"),
    "backslash": M("链接地址里有反斜杠 \\", "the address holds a backslash"),
    "telephone": M("电话链接里的号码不对", "the number of the tel: link is wrong"),
    "script": M("链接地址是脚本（javascript:）", "the address is a script (javascript:)"),
    "data": M("链接地址是内嵌数据（data:）", "the address is inline data (data:)"),
    "about": M("链接地址是 about:，没有内容", "about: leads to nothing"),
    "file-scheme": M("链接指向编辑自己电脑里的文件（file:）", "the link leads to a file on the editor's own computer (file:)"),
    "drive-letter": M("链接指向编辑自己电脑里的文件（盘符）", "the link leads to a file on the editor's own computer (drive letter)"),
    "missing-scheme": M("网址缺少 https://", "the address lacks https://"),
    "unknown-scheme": M("网址开头写错了，或者公众的浏览器打不开", "the beginning of the address is misspelt, or browsers cannot open it"),
    "mail": M("邮箱地址不对", "the mail address is wrong"),
    "full-width": M("链接地址里有全角字符", "the address holds full-width characters"),
    "localhost": M("链接指向本机（localhost），公众打不开", "localhost is out of the public's reach"),
    "private-address": M("链接指向内网地址，公众打不开", "a private address is out of the public's reach"),
    "credentials": M("链接地址里有用户名或密码", "the address holds a user name or password"),
    "intranet": M("链接指向内网主机，公众打不开", "the link leads to an intranet host"),
    "encoding": M("链接地址的编码不是 UTF-8（像是 GBK）", "the address is not encoded in UTF-8 (GBK?)"),
}  # fmt: skip


BY_REACH = {
    Reach.MISSING_PAGE: "link-to-missing-page",
    Reach.MISSING_FILE: "link-to-missing-file",
    Reach.UNPUBLISHED: "link-to-unpublished-page",
    Reach.UNUSABLE: "unusable-link",
    Reach.EMPTY_COLUMN: "link-to-empty-page",
}


def _missing_help(target: Target) -> Message:
    hint = target.hint
    if target.reason == "case":
        return M(f"大小写不一致，实际是 {hint}", f"the letter case differs: it is {hint}")
    if target.reason == "built-name":
        return M(f"链接源文件：{hint}", f"link to the source file: {hint}")
    if target.reason == "outside":
        return M(
            "地址越出了 content/ 文件夹；写成相对于本文件的路径",
            "the path leaves content/; write it relative to this file",
        )
    if hint:
        return M(f"是不是 {hint}？", f"did you mean {hint}?")
    if target.reach is Reach.MISSING_FILE:
        return M(
            "把文件放到这篇旁边，或改正文件名；路径从本文件所在的文件夹算起",
            "put the file beside this one, or correct its name; paths start from this file's folder",
        )
    return M(
        "检查文件名和文件夹；路径从本文件所在的文件夹算起",
        "check file name and folder; paths start from this file's folder",
    )


def verdict(url: str, target: Target, where: Location) -> Finding:
    """Return the finding for a link to `url` that fails as `target` says."""
    if target.reach is Reach.UNUSABLE:
        help_ = M(f"改成 {target.hint}", f"write {target.hint}") if target.hint else _UNUSABLE_HELP
        reason = REASONS[target.reason]
        shown = f"：{url}" if url else ""
        message = M(f"{reason.zh}{shown}", f"{reason.en}{': ' + url if url else ''}")
        same_place = target.reason == "full-width" and len(target.hint) == len(url) == where.length
        return Finding(where, message, help_, Fix(where, target.hint) if same_place and where.line else None)
    if target.reach is Reach.UNPUBLISHED:
        why = STANDINGS[target.reason]
        return Finding(
            where,
            M(f"链接的目标“{url}”{why.zh}，公众看不到", f"the target “{url}” {why.en}; the public cannot see it"),
            M("等目标发布后再加链接，或删除链接", "add the link when its target is published, or remove it"),
        )
    if target.reach is Reach.EMPTY_COLUMN:
        return Finding(
            where,
            M(f"链接的栏目“{url}”没有内容", f"the column “{url}” is empty"),
            M("先在栏目里发布内容，或删除链接", "publish something in the column first, or remove the link"),
        )
    kind = M("页面", "page") if target.reach is Reach.MISSING_PAGE else M("文件", "file")
    return Finding(
        where, M(f"链接的{kind.zh}不存在：{url}", f"the {kind.en} does not exist: {url}"), _missing_help(target)
    )


_UNUSABLE_HELP = M("改成公众能打开的地址，或删除链接", "write an address that the public can open, or remove the link")
