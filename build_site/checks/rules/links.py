"""Rules on links: every link on every rendered page reaches something with content.

Owns the verdict on links. Links that an editor wrote are judged with their place in the source; what remains on
the rendered pages (navigation, lists, footer) is judged by its address.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from build_site.checks.rule import SEED, RenderedSite, Rule
from build_site.checks.substance import emptiness
from build_site.loading.links import LinkTables, resolve
from build_site.model.finding import Fault, Finding, Message, Severity
from build_site.model.page import PageLink, RenderedPage
from build_site.model.site import Document, Reach, Site, Standing, Target
from build_site.model.text import Location

M = Message

_STANDINGS = {
    "draft": M("还是草稿", "is a draft"),
    "future": M("发布日期还没有到", "is dated in the future"),
    "withdrawn": M("已经撤回", "was withdrawn"),
    "closed": M("不是主动公开的文件", "is not open to the public"),
}
_REASONS = {
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
    "mail": M("邮箱地址不对", "the mail address is wrong"),
    "full-width": M("链接地址里有全角字符", "the address holds full-width characters"),
    "localhost": M("链接指向本机（localhost），公众打不开", "localhost is out of the public's reach"),
    "private-address": M("链接指向内网地址，公众打不开", "a private address is out of the public's reach"),
    "bare-ip": M("链接用 IP 地址代替网址，不可靠", "the link uses an IP address instead of a name"),
    "credentials": M("链接地址里有用户名或密码", "the address holds a user name or password"),
    "intranet": M("链接指向内网主机，公众打不开", "the link leads to an intranet host"),
    "encoding": M("链接地址的编码不是 UTF-8（像是 GBK）", "the address is not encoded in UTF-8 (GBK?)"),
}  # fmt: skip
_BY_REACH = {
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
    return M(
        "检查文件名和文件夹；路径从本文件所在的文件夹算起",
        "check file name and folder; paths start from this file's folder",
    )


def _verdict(url: str, target: Target, where: Location) -> Finding:
    if target.reach is Reach.UNUSABLE:
        help_ = M(f"改成 {target.hint}", f"write {target.hint}") if target.hint else _UNUSABLE_HELP
        reason = _REASONS[target.reason]
        shown = f"：{url}" if url else ""
        return Finding(where, M(f"{reason.zh}{shown}", f"{reason.en}{': ' + url if url else ''}"), help_)
    if target.reach is Reach.UNPUBLISHED:
        why = _STANDINGS[target.reason]
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


def _authored(name: str, site: Site) -> Iterator[Finding]:
    """Judge the links that an editor wrote: bodies, front matter, catalogue."""
    for document in site.documents:
        if document.standing is not Standing.PUBLISHED:
            continue
        for link, target in zip(document.doc.body.links, document.targets, strict=True):
            if _BY_REACH.get(target.reach) == name:
                yield _verdict(link.url, target, link.where)
        for reference in document.references:
            if _BY_REACH.get(reference.target.reach) == name:
                yield _verdict(reference.url, reference.target, reference.where)
            elif (
                name == "link-to-missing-page" and reference.target.reach not in _BY_REACH and _leaves(reference.target)
            ):
                yield _verdict(reference.url, Target(Reach.MISSING_PAGE), reference.where)
    yield from _catalogue_urls(name, site)


def _leaves(target: Target) -> bool:
    return target.reach in (Reach.FILE, Reach.CONTACT)


def _catalogue_urls(name: str, site: Site) -> Iterator[Finding]:
    tables = _bare_tables(site)
    info, agency = site.catalogue.site, site.catalogue.agency
    for record, field in ((info, "home_url"), (info, "report_error_url"), (agency, "online")):
        url = getattr(record, field)
        if not url:
            continue
        target = resolve(url, "content/index.md", "index.html", tables)
        if target.reach in (Reach.MISSING_PAGE, Reach.MISSING_FILE):
            target = Target(Reach.UNUSABLE, reason="malformed", hint="https://……")
        if _BY_REACH.get(target.reach) == name:
            yield _verdict(url, target, record.at(field))


def _bare_tables(site: Site) -> LinkTables:
    info = site.catalogue.site
    return LinkTables(info.domain, info.base_path, {}, {}, {}, frozenset(site.pages), site.redirects)


def _missing_fault(fault: Fault) -> Finding:
    target = Target(Reach.MISSING_FILE, reason=fault.get("reason"), hint=fault.get("hint"))
    if fault.get("reason") in _REASONS:
        target = Target(Reach.UNUSABLE, reason=fault.get("reason"), hint=fault.get("hint"))
    found = _verdict(fault.get("url"), target, fault.where)
    return Finding(found.where, M("附件：" + found.message.zh, "attachment: " + found.message.en), found.help)


def _empty_file(site: Site) -> Iterator[Finding]:
    words = {
        "zero-bytes": M("是 0 字节的空文件", "has zero bytes"),
        "no-content": M("里面什么都没有", "has nothing in it"),
        "unreadable": M("打不开，可能已经损坏", "cannot be opened; is it damaged?"),
    }
    sources = site.files
    for document in site.documents:
        if document.standing is not Standing.PUBLISHED:
            continue
        places = [(file.address, file.where) for file in document.files]
        linked = {file.address for file in document.files}
        for link, target in zip(document.doc.body.links, document.targets, strict=True):
            if target.reach is Reach.FILE and target.address not in linked:
                places.append((target.address, link.where))
        for address, where in places:
            blank = site.assets[sources[address]].blank
            if blank:
                name = posixpath.basename(address)
                word = words[blank]
                yield Finding(
                    where,
                    M(f"附件 {name} {word.zh}", f"the file {name} {word.en}"),
                    M("重新导出这个文件并替换，或去掉链接", "export the file again and replace it, or remove the link"),
                )


class _Pages:
    """The rendered pages with the documents that made them; finds where a rendered link was written."""

    def __init__(self, site: Site, output: RenderedSite) -> None:
        self.site = site
        self.output = output
        self.tables = _bare_tables(site)
        self.documents: dict[str, list[Document]] = {}
        self._inside: dict[tuple[str, str], tuple[str, str] | None] = {}
        for document in site.documents:
            if document.standing is Standing.PUBLISHED:
                self.documents.setdefault(document.address, []).append(document)
        least = site.catalogue.site.min_text
        self.empty = {
            address: why
            for address, page in output.pages.items()
            if address not in site.redirects and (why := emptiness(page.substance, least))
        }

    def inside(self, page: RenderedPage, url: str) -> tuple[str, str] | None:
        """Return address and fragment of a link that stays in the site, else None."""
        key = (posixpath.dirname(page.address), url)
        if key not in self._inside:  # the navigation repeats on every page of a folder
            self._inside[key] = self._resolve(key[0], url)
        found = self._inside[key]
        return (found[0] or page.address, found[1]) if found else None

    def _resolve(self, folder: str, url: str) -> tuple[str, str] | None:
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", url) or url in ("", "#"):
            return None
        base = self.site.catalogue.site.base_path
        path, _, fragment = url.partition("#")
        path = unquote(path.partition("?")[0])
        if path.startswith("/"):
            path = path.removeprefix(base) if path.startswith(base) else path
        elif path:
            path = posixpath.normpath(posixpath.join(folder, path))
        return path, fragment

    def written(self, page: RenderedPage, address: str, fragment: str | None = None) -> list[Location]:
        """Return where the page's document links to `address` (and `fragment`), if an editor wrote it."""
        found = []
        for document in self.documents.get(page.address, []):
            for link, target in zip(document.doc.body.links, document.targets, strict=True):
                same = target.reach in (Reach.PAGE, Reach.FILE) and target.address == address
                if same and (fragment is None or unquote(fragment) == target.fragment):
                    found.append(link.where)
            if fragment is None:
                found += [item.where for item in document.references if item.target.address == address]
        return found

    def known_broken(self, page: RenderedPage) -> set[str]:
        """Return the URLs of a page that stand unresolved because their link was reported at its source."""
        return {
            link.url
            for document in self.documents.get(page.address, [])
            for link, target in zip(document.doc.body.links, document.targets, strict=True)
            if target.fails
        }

    def maker(self, page: RenderedPage) -> Location:
        """Return the source of a page, for findings that have no better place."""
        documents = self.documents.get(page.address)
        return documents[0].doc.body_at if documents else self.site.pages.get(page.address, Location(page.source))


def _rendered_missing(name: str, site: Site, output: RenderedSite) -> Iterator[Finding]:
    pages = _Pages(site, output)
    for page in output.pages.values():
        broken = pages.known_broken(page)
        if page.address in site.redirects:
            continue  # where it leads is judged at the redirect
        for link in _distinct(page.links):
            found = pages.inside(page, link.url)
            if found is None or link.url in broken or _exists(found[0], site, output):
                continue
            target = Target(Reach.MISSING_PAGE if found[0].endswith((".html", "/")) else Reach.MISSING_FILE)
            if _BY_REACH[target.reach] == name:
                for where in pages.written(page, found[0]) or [pages.maker(page)]:
                    yield _on_page(_verdict(link.url, target, where), page)


def _exists(address: str, site: Site, output: RenderedSite) -> bool:
    # a page whose template failed is in the site and has its own finding
    return address in site.pages or address in site.files or address in output.static


def _distinct(links: tuple[PageLink, ...]) -> list[PageLink]:
    return list({link.url: link for link in links}.values())


def _on_page(found: Finding, page: RenderedPage) -> Finding:
    zh, en = found.message.zh, found.message.en
    return Finding(
        found.where, M(f"{zh}（在页面 {page.address} 上）", f"{en} (on the page {page.address})"), found.help
    )


def _missing_anchor(site: Site, output: RenderedSite) -> Iterator[Finding]:
    pages = _Pages(site, output)
    for page in output.pages.values():
        for link in _distinct(page.links):
            found = pages.inside(page, link.url)
            if found is None or not found[1] or found[0] not in output.pages or found[1].startswith(":~:"):
                continue
            address, fragment = found
            ids = output.pages[address].ids
            if fragment in ids or unquote(fragment) in ids or unquote(fragment).lower() == "top":
                continue
            for where in pages.written(page, address, fragment) or [pages.maker(page)]:
                yield _no_anchor(where, unquote(fragment), output.pages[address])
    yield from _reference_anchors(site, output)


def _reference_anchors(site: Site, output: RenderedSite) -> Iterator[Finding]:
    for document in site.documents:
        for reference in document.references if document.standing is Standing.PUBLISHED else ():
            target = reference.target
            page = output.pages.get(target.address)
            if target.reach is Reach.PAGE and target.fragment and page and target.fragment not in page.ids:
                yield _no_anchor(reference.where, target.fragment, page)


def _no_anchor(where: Location, fragment: str, page: RenderedPage) -> Finding:
    known = "、".join(sorted(page.ids - {"main"})[:12])
    return Finding(
        where,
        M(f"目标页面里没有“{fragment}”这个位置", f"the target page has no place “{fragment}”"),
        M(
            f"可用的位置：{known}" if known else "去掉 # 和后面的字",
            f"places there are: {known}" if known else "drop the # and what follows",
        ),
    )


def _empty_page(site: Site, output: RenderedSite) -> Iterator[Finding]:
    pages = _Pages(site, output)
    hollow = {node.address for node in site.columns.values() if node.present and not node.filled}
    reached: set[str] = set()
    for page in output.pages.values():
        for link in _distinct(page.links):
            found = pages.inside(page, link.url)
            if found is None or found[0] not in pages.empty:
                continue
            address = found[0]
            reached.add(address)
            if address == page.address:
                continue
            why = pages.empty[address]
            for where in pages.written(page, address):
                yield Finding(
                    where,
                    M(f"链接的目标页没有内容：{why.zh}", f"the linked page is empty: {why.en}"),
                    M(
                        f"打开 {_source_of(pages, address)} 写上内容；还没有内容就在开头加“状态: 草稿”并去掉这个链接",
                        f"open {_source_of(pages, address)} and write its content; or make it a draft and remove this link",
                    ),
                )
    for address in sorted(reached - hollow):
        why = pages.empty[address]
        page = output.pages[address]
        yield Finding(
            pages.maker(page),
            M(f"这一页是空白页，而栏目列表或导航链接到它：{why.zh}", f"this page is empty, and lists or navigation link to it: {why.en}"),
            M(
                "写上正文（20 个汉字以上）或附上文件；还没有内容就在文件开头加“状态: 草稿”",
                "write a body (20 Chinese characters or more) or attach a file; or make it a draft",
            ),
        )  # fmt: skip


def _source_of(pages: _Pages, address: str) -> str:
    return pages.maker(pages.output.pages[address]).path


def _unusable_rendered(site: Site, output: RenderedSite) -> Iterator[Finding]:
    pages = _Pages(site, output)
    for page in output.pages.values():
        broken = pages.known_broken(page)
        for link in _distinct(page.links):
            if link.url in broken or pages.inside(page, link.url) is not None:
                continue
            target = resolve(link.url, "content/index.md", page.address, pages.tables)
            if target.reach is Reach.UNUSABLE and not _from_catalogue(link.url, site):
                yield _on_page(_verdict(link.url, target, pages.maker(page)), page)


def _from_catalogue(url: str, site: Site) -> bool:
    info, agency = site.catalogue.site, site.catalogue.agency
    return url in (info.home_url, info.report_error_url, agency.online)


_EVERY_LINK = M(
    "点开是空的或打不开的链接，公众会以为没有公开。",
    "A link that leads nowhere tells the public that nothing was disclosed.",
)


def _rule(
    code: str,
    name: str,
    title: Message,
    fix: Message,
    bad: str,
    good: str,
    why: Message = _EVERY_LINK,
    **checks: object,
) -> Rule:
    return Rule(code, name, Severity.ERROR, title, why, fix, bad, good, SEED, **checks)  # type: ignore[arg-type]


def _full_width_brackets(fault: Fault) -> Finding:
    text = fault.get("text")
    half = text.replace("（", "(").replace("）", ")")
    return Finding(
        fault.where,
        M(f"链接的括号是全角的，没有成为链接：{text}", f"full-width brackets, so this is no link: {text}"),
        M(f"改成半角括号：{half}", f"write half-width brackets: {half}"),
    )


LINK_RULES: tuple[Rule, ...] = (
    _rule(
        "LNK101",
        "link-to-missing-page",
        M("链接的页面不存在", "link to a missing page"),
        M("改正路径；路径从本文件所在的文件夹算起。", "Correct the path; it starts from this file's folder."),
        "[通知](../zd/999.md)",
        "[通知](../zd/2020-00022.md)",
        site=partial(_authored, "link-to-missing-page"),
        output=partial(_rendered_missing, "link-to-missing-page"),
    ),
    _rule(
        "LNK102",
        "link-to-missing-file",
        M("链接的文件不存在", "link to a missing file"),
        M(
            "把文件放到这篇文件旁边，检查文件名和大小写。",
            "Put the file beside the document; check name and letter case.",
        ),
        "[申请表](Sqb.docx)",
        "[申请表](sqb.docx)",
        fault=_missing_fault,
        site=partial(_authored, "link-to-missing-file"),
        output=partial(_rendered_missing, "link-to-missing-file"),
    ),
    _rule(
        "LNK103",
        "link-to-missing-anchor",
        M("链接的位置不存在", "link to a missing anchor"),
        M("# 后面写目标页标题的编号，或去掉它。", "After # write the id of a heading of the target, or drop it."),
        "[见第四部分](../zn/index.md#四)",
        "[见第四部分](../zn/index.md#四受理机构)",
        output=_missing_anchor,
    ),
    _rule(
        "LNK104",
        "link-to-empty-page",
        M("链接指向空白页", "link to an empty page"),
        M(
            "给目标页写上内容，或者改为草稿并去掉链接。",
            "Write the target's content, or make it a draft and remove the link.",
        ),
        "[公示](gs.md)（gs.md 的正文只有“敬请期待”）",
        "[公示](gs.md)（gs.md 有正文、表格或附件）",
        site=partial(_authored, "link-to-empty-page"),
        output=_empty_page,
    ),
    _rule(
        "LNK105",
        "link-to-empty-file",
        M("链接指向空文件", "link to an empty file"),
        M("重新导出文件并替换。", "Export the file again and replace it."),
        "[名单](mingdan.pdf)（0 字节，或只有白页）",
        "[名单](mingdan.pdf)（有文字）",
        site=_empty_file,
    ),
    _rule(
        "LNK106",
        "link-to-unpublished-page",
        M("链接指向未公开的文件", "link to an unpublished page"),
        M("等目标发布后再加链接。", "Add the link when its target is published."),
        "[通知](2020-00031.md)（状态: 草稿）",
        "[通知](2020-00022.md)（已发布）",
        site=partial(_authored, "link-to-unpublished-page"),
    ),
    _rule(
        "LNK107",
        "unusable-link",
        M("链接地址不能用", "unusable link"),
        M("改成公众能打开的地址。", "Write an address that the public can open."),
        "[空]()、[顶](#)、[表](D:\\表.docx)、[内网](http://10.1.2.3/)",
        "[网站](https://www.gov.cn/)、[表](biao.docx)",
        why=M(
            "空地址、脚本、本机文件、内网地址，公众都打不开，还会泄露内部信息。",
            "Empty addresses, scripts, local files and intranet addresses do not open for the public, and leak.",
        ),
        site=partial(_authored, "unusable-link"),
        output=_unusable_rendered,
    ),
    Rule(
        "LNK108",
        "full-width-link-brackets",
        Severity.WARNING,
        M("链接的括号是全角的", "link with full-width brackets"),
        M(
            "全角括号不会成为链接，公众看到的是一串文字。",
            "Full-width brackets make no link; the public reads plain text.",
        ),
        M("改成半角括号。", "Write half-width brackets."),
        "[指南]（../zn/index.md）",
        "[指南](../zn/index.md)",
        fault=_full_width_brackets,
    ),
)
