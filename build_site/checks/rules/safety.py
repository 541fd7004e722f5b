"""Rules on what a page may load and run, and on silent changes of what was published.

Owns their codes, wording and documentation. Must not know the theme's templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from build_site.checks.rule import RenderedSite, Rule, Scope
from build_site.checks.rules.on_pages import flawed, gathered, published
from build_site.model.finding import Fault, Finding, Message, Severity
from build_site.model.page import RenderedPage
from build_site.model.page_shape import FlawKind
from build_site.model.site import Site

M = Message
_LEADS = frozenset({"a", "area", "blockquote"})
"""Elements whose address is opened by the reader, not by the page."""


@lru_cache(maxsize=1024)
def _host(url: str) -> str:
    """Return the host that a URL names, in lower case and without a port; "" for an address within the site."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _own_hosts(site: Site) -> frozenset[str]:
    info = site.catalogue.site
    named = (f"//{info.domain}", info.home_url, *(f"//{host}" for host in site.catalogue.checks.hosts))
    return frozenset(filter(None, map(_host, named)))


def _from_elsewhere(site: Site, output: RenderedSite) -> Iterator[Finding]:
    own = _own_hosts(site)
    written = {
        (document.path, link.url)
        for document in published(site)
        for link in document.doc.body.links
        if link.tag == "img"  # reported where it stands, as a picture that is not shown
    }

    def loaded() -> Iterator[tuple[str, RenderedPage]]:
        for page in output.pages.values():
            for link in page.links:
                if link.tag in _LEADS or "//" not in link.url:
                    continue
                host = _host(link.url)
                mine = not host or any(host == known or host.endswith(f".{known}") for known in own)
                if not mine and (page.source, link.url) not in written:
                    yield f"<{link.tag}> {host}", page

    for spread in gathered(loaded()):
        yield Finding(
            spread.where(site),
            M(f"网页从别的网站加载内容或向它提交：{spread.what}（{spread.on.zh}）", f"pages load from or send to another site: {spread.what} ({spread.on.en})"),
            M(
                "把文件放进主题的 static 文件夹；确实是本机关的域名，写进 catalog.yaml 的“检查：自有域名”",
                "put the file into the theme's static folder; a host of the bureau's own goes into `checks: hosts`",
            ),
        )  # fmt: skip


def _inline(site: Site, output: RenderedSite) -> Iterator[Finding]:
    for spread in flawed(output, FlawKind.INLINE):
        yield Finding(
            spread.where(site),
            M(f"网页里直接写着脚本或样式：{spread.what}（{spread.on.zh}）", f"script or style in the page itself: {spread.what} ({spread.on.en})"),
            M("脚本移到主题的 static/*.js，样式移到 css/", "move scripts to the theme's static/*.js, styles to css/"),
        )  # fmt: skip


def _policy(site: Site, output: RenderedSite) -> Iterator[Finding]:
    faults = []
    for page in output.pages.values():
        weak = _weakness(page.shape.policy)
        if weak:
            faults.append((weak, page))
    for spread in gathered(faults):
        zh, en = spread.what.split("\n")
        yield Finding(
            spread.where(site),
            M(f"{zh}（{spread.on.zh}）", f"{en} ({spread.on.en})"),
            M("保留 base.html 的 policy 块，或照它写", "keep the block `policy` of base.html, or write one like it"),
        )


@lru_cache(maxsize=64)
def _weakness(policy: str) -> str:
    """Return what a content policy lacks, Chinese and English in two lines; "" for a sound one."""
    if not policy.strip():
        return "网页没有内容安全策略（Content-Security-Policy）\nthe page has no Content-Security-Policy"
    rules = {name.lower(): values for name, *values in map(str.split, policy.split(";")) if name} if policy else {}
    scripts = rules.get("script-src", rules.get("default-src", ["*"]))
    for word in ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"):
        if word in scripts:
            return f"内容安全策略放行了来历不明的脚本（{word}）\nthe content policy lets any script run ({word})"
    return ""


def _silent_change(fault: Fault) -> Finding:
    zh, en = (f"附件 {fault.get('file')}", f"attachment {fault.get('file')}") if fault.get("file") else ("正文", "text")
    return Finding(
        fault.where,
        M(f"{zh}和 {fault.get('since')} 生成的网站不一样，却没有更正记录", f"the {en} differs from the site built on {fault.get('since')}, and no revision says so"),
        M("在开头加一条“更正记录”，写日期和改了什么；改错了的，恢复原文", "add a revision with date and what was changed; or restore the text"),
    )  # fmt: skip


_SAFE = M(
    "《互联网政务应用安全管理规定》第三条：防范内容篡改、攻击致瘫、数据窃取",
    "the provisions on the security of government web applications, article 3: against tampering, attacks, theft of data",
)
SAFETY_RULES: tuple[Rule, ...] = (
    Rule(
        "SEC101", "page-loads-from-elsewhere", Severity.ERROR,
        M("网页从别的网站加载内容", "page that loads from another site"),
        M("别的网站能改它给出的脚本、图片、字体，也知道谁在看这一页。", "The other site can change what it gives, and learns who reads the page."),
        M("把文件放到自己的网站上。", "Serve the file from the own site."),
        '<script src="https://tongji.example.com/h.js"></script>', "<script src=\"{{ 'site.js' | asset }}\"></script>", _SAFE, output=_from_elsewhere,
    ),
    Rule(
        "SEC102", "code-in-page", Severity.ERROR,
        M("网页里直接写着脚本或样式", "script or style in the page itself"),
        M("允许页内脚本，被篡改的网页也就能运行脚本；默认的内容安全策略不让它们起作用。", "Where inline code may run, a page that was tampered with may run it too; the default policy blocks it."),
        M("移到主题的 static 和 css 文件夹。", "Move it to the theme's folders static and css."),
        '<button onclick="print()">打印</button>', "<button data-print>打印</button>", _SAFE, output=_inline,
    ),
    Rule(
        "SEC103", "content-policy-missing", Severity.WARNING,
        M("网页没有可靠的内容安全策略", "page without a sound content policy"),
        M("内容安全策略让浏览器拒绝运行别处来的和后来插进去的脚本。", "With the policy browsers refuse scripts from elsewhere and scripts put in later."),
        M("保留 base.html 的 policy 块。", "Keep the block `policy` of base.html."),
        "{% block policy %}{% endblock %}", "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:\">", _SAFE, output=_policy,
    ),
    Rule(
        "SEC104", "changed-without-revision", Severity.WARNING,
        M("公开过的内容改了，没有更正记录", "published text changed without a revision"),
        M("公开过的文件悄悄变了，公众分不清是更正还是篡改。和 public/ 里上一次生成的网站比较；没有上一次的，不查。", "Where a published document changes in silence nobody can tell a correction from tampering. Compared with the last build in public/, where there is one."),
        M("加一条更正记录。", "Add a revision."),
        "（正文里的数字改了）", "更正记录:\n  - {日期: 2026-11-20, 说明: 第二条中的“30日”更正为“20个工作日”}", _SAFE, fault=_silent_change, scope=Scope.SITE,
    ),
)  # fmt: skip
