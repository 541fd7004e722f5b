"""Rules on what a web server gave: the published site seen from outside, by `build-site crawl`.

Owns their codes, wording and documentation. The other commands never meet their faults.
"""

from __future__ import annotations

from functools import partial

from build_site.checks.rule import SEED, Rule, Scope
from build_site.model.finding import Fault, Finding, Message, Severity

M = Message

_SILENT = frozenset({"timeout", "no-such-host", "refused", "tls", "no-answer"})
_REASONS = {
    "timeout": M("没有按时回应", "no answer in time"),
    "no-such-host": M("域名不存在", "no such host"),
    "refused": M("拒绝连接", "connection refused"),
    "tls": M("证书有问题", "a problem with its certificate"),
    "redirects": M("转来转去没有尽头", "redirected without end"),
    "no-answer": M("连接不上", "no connection"),
    "outside": M("不在本专栏的文件夹里", "outside the folder of this column"),
    "malformed": M("地址的写法不对", "a malformed address"),
    "404": M("没有这一页，404", "not found, 404"),
    "410": M("已经撤掉，410", "gone, 410"),
}


def _reason(fault: Fault) -> Message:
    said = fault.get("reason")
    if said.isdecimal() and said not in _REASONS:
        return M(f"服务器回应 {said}", f"the server answered {said}")
    return _REASONS.get(said, M(f"地址不能用（{said}）", f"not usable ({said})"))


def _link(fault: Fault) -> Finding:
    url, page, why = fault.get("url"), fault.get("page"), _reason(fault)
    on = M(f"；例如在页面 {page} 上", f"; for instance on the page {page}") if page else M("", "")
    fix = (
        M("源文件里有它：重新生成，把 public 的内容完整上传", "its source is there: build again and upload all of the output")
        if fault.get("known") and fault.get("reason") not in _SILENT
        else M("看网址写得对不对，网络和服务器是不是正常，再查一次", "see whether the address is right and network and server are well, then crawl again")
        if fault.get("reason") in _SILENT
        else M("改正或去掉这个链接，再重新生成、上传", "correct or remove the link, then build and upload again")
    )  # fmt: skip
    return Finding(
        fault.where,
        M(f"网站上打不开 {url}：{why.zh}{on.zh}", f"{url} does not open on the site: {why.en}{on.en}"),
        fix,
    )


def _anchor(fault: Fault) -> Finding:
    page, anchor = fault.get("page"), fault.get("anchor")
    return Finding(
        fault.where,
        M(f"网站的页面 {page} 里没有“{anchor}”这个位置", f"the page {page} of the site has no place “{anchor}”"),
        M("改成目标页里有的标题，或去掉 # 和后面的字", "name a heading of the target, or drop the # and what follows"),
    )


def _blank(fault: Fault) -> Finding:
    page = fault.get("page")
    return Finding(
        fault.where,
        M(f"网站的页面 {page} 是空白页：{fault.get('zh')}", f"the page {page} of the site is empty: {fault.get('en')}"),
        M("源文件有内容的，重新生成并完整上传；没有的，写上正文", "upload again if its source has content; else write its body"),
    )  # fmt: skip


def _moved(fault: Fault) -> Finding:
    url, to, page = fault.get("url"), fault.get("to"), fault.get("page")
    return Finding(
        fault.where,
        M(
            f"页面 {page} 上的链接 {url} 要由服务器转到 {to}",
            f"the link {url} on the page {page} opens only because the server leads on to {to}",
        ),
        M(f"直接写转到的地址：{to}", f"write the address it leads to: {to}"),
    )


def _external(fault: Fault) -> Finding:
    url, why = fault.get("url"), _reason(fault)
    return Finding(
        fault.where,
        M(f"外部链接打不开：{url}（{why.zh}）", f"the external link does not open: {url} ({why.en})"),
        M("在浏览器里打开看看；确实打不开的，换成新地址或去掉", "open it in a browser; if it fails there, replace or remove it"),
    )  # fmt: skip


def _soft(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M("网站对不存在的页面也回应“成功”，坏链接因此查不出来", "the server says “success” for pages that do not exist, which hides broken links"),
        M("请网站管理人员设置：不存在的地址回应 404，页面用 404.html", "have the server answer 404 for missing addresses, with 404.html as the page"),
    )  # fmt: skip


_WHY = M(
    "公众看到的是服务器给的页面；漏传、误删、服务器设置都会让检查通过的网站打不开。",
    "The public sees what the server gives: an upload that broke off or a server's setting spoils a site that passed.",
)
_rule = partial(Rule, scope=Scope.CRAWL, basis=SEED)

CRAWL_RULES: tuple[Rule, ...] = (
    _rule(
        "CRW101",
        "published-link-broken",
        Severity.ERROR,
        M("网站上的链接打不开", "broken link on the published site"),
        _WHY,
        M("重新生成并完整上传；或改正链接。", "Build again and upload all of it; or correct the link."),
        "服务器上没有 fj/sqb.docx，页面里链接着它",
        "服务器上的文件和 public/ 里的一样",
        fault=_link,
    ),
    _rule(
        "CRW102",
        "published-anchor-missing",
        Severity.ERROR,
        M("网站上链接的位置不存在", "missing anchor on the published site"),
        _WHY,
        M("# 后面写目标页标题的编号，或去掉它。", "After # write the id of a heading of the target, or drop it."),
        "zn/index.html#四（页面里没有这个位置）",
        "zn/index.html#四受理机构",
        fault=_anchor,
    ),
    _rule(
        "CRW103",
        "published-page-blank",
        Severity.ERROR,
        M("网站上有空白页", "empty page on the published site"),
        _WHY,
        M("重新上传这一页；源文件没有内容的，补上。", "Upload the page again; write its content where there is none."),
        "上传中断，页面只有页头",
        "页面有正文、表格或附件",
        fault=_blank,
    ),
    _rule(
        "CRW104",
        "published-link-redirected",
        Severity.WARNING,
        M("链接要靠服务器转向", "link that relies on a redirection"),
        M("换一台服务器或离线打开时，这样的链接就断了。", "On another server, or offline, such a link breaks."),
        M("直接写转到的地址。", "Write the address it leads to."),
        "zd（服务器转到 zd/）",
        "zd/index.html",
        fault=_moved,
    ),
    _rule(
        "CRW105",
        "external-link-broken",
        Severity.WARNING,
        M("外部链接打不开", "broken external link"),
        M("别的网站改版以后，链接就断了，公众不知道是谁的问题。", "Other sites change, and the reader cannot tell whose fault it is."),
        M("换成新地址，或者去掉链接。", "Replace the address, or remove the link."),
        "[办法](https://www.example.gov.cn/old.html)（404）",
        "[办法](https://www.example.gov.cn/new.html)",
        fault=_external,
    ),
    _rule(
        "CRW106",
        "missing-pages-hidden",
        Severity.WARNING,
        M("不存在的页面回应成功", "success for missing pages"),
        M("坏链接看起来是好的，检查和搜索引擎都发现不了。", "Broken links look whole, to checkers and search engines alike."),
        M("让服务器回应 404。", "Have the server answer 404."),
        "GET /zfxxgk/meiyou.html → 200",
        "GET /zfxxgk/meiyou.html → 404，内容是 404.html",
        fault=_soft,
    ),
)  # fmt: skip
