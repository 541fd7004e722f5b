"""Rules on what people need who cannot see a page as it was drawn, or cannot use a mouse.

Owns their codes, wording and documentation. What an editor wrote is reported where it stands in the source; the rest is
the theme's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_site.checks.rule import RenderedSite, Rule
from build_site.checks.rules.on_pages import THEME_HELP, flawed, gathered, published, with_fault
from build_site.checks.rules.page_weight import too_heavy
from build_site.model.finding import Fault, Finding, Message, Severity
from build_site.model.page_shape import UNSEEN, FlawKind
from build_site.model.site import Document, Site

M = Message


def _language(site: Site, output: RenderedSite) -> Iterator[Finding]:
    other = ((page.shape.lang, page) for page in output.pages.values() if not page.shape.lang.lower().startswith("zh"))
    for spread in gathered(other):
        zh = f"写的是 {spread.what}" if spread.what else "没有写"
        yield Finding(
            spread.where(site),
            M(f"网页的语言{zh}（{spread.on.zh}）", f"the language of the page is {spread.what or 'not told'} ({spread.on.en})"),
            M('主题的 base.html 里写 <html lang="zh-CN">', 'write <html lang="zh-CN"> in the theme\'s base.html'),
        )  # fmt: skip


def _pictures(site: Site, output: RenderedSite) -> Iterator[Finding]:
    for spread in flawed(output, FlawKind.PICTURE, with_fault(site, "picture-without-alt")):
        yield Finding(
            spread.where(site),
            M(f"模板里的图片 {spread.what} 没有 alt（{spread.on.zh}）", f"the theme's picture {spread.what} has no alt ({spread.on.en})"),
            M('写 alt="图片说了什么"；只作装饰的写 alt=""', 'write alt="what it shows"; for an ornament alt=""'),
        )  # fmt: skip


def _skipped(fault: Fault) -> Finding:
    text, above = fault.get("text"), fault.get("above")
    before = M(f"上一个标题“{above}”", f"the heading before it, “{above}”") if above else M("文章标题", "the title")
    return Finding(
        fault.where,
        M(
            f"标题“{text}”比{before.zh}低了不止一级",
            f"the heading “{text}” stands more than one rank below {before.en}",
        ),
        M("去掉一个或几个 #，比上一级标题只多一个", "take away # until it has one more than the heading above"),
    )


def _outline(site: Site, output: RenderedSite) -> Iterator[Finding]:
    written = with_fault(site, "heading-rank-skipped")
    faults = []
    for page in output.pages.values():
        if page.shape.titles != 1:
            zh = f"<main> 里有 {page.shape.titles} 个 h1" if page.shape.titles else "<main> 里没有 h1"
            faults.append((f"{zh}\n{page.shape.titles} h1 in <main>", page))
        if page.shape.skipped and page.source not in written:
            rank, _, text = page.shape.skipped.partition(" ")
            faults.append((f"{rank} 标题“{text}”跳过了一级\nthe {rank} “{text}” leaves out a rank", page))
    for spread in gathered(faults):
        zh, en = spread.what.split("\n")
        yield Finding(
            spread.where(site),
            M(f"{zh}（{spread.on.zh}）", f"{en} ({spread.on.en})"),
            M("模板里每页一个 h1，下面依次是 h2、h3", "in the templates one h1 on each page, then h2, then h3"),
        )


def _controls(site: Site, output: RenderedSite) -> Iterator[Finding]:
    for spread in flawed(output, FlawKind.CONTROL):
        yield Finding(
            spread.where(site),
            M(f"{spread.what} 没有名称，读屏软件念不出来（{spread.on.zh}）", f"{spread.what} has no name to be read out ({spread.on.en})"),
            M("加上 <label for=…> 或者 aria-label；按钮里写字", "add a <label for=…> or aria-label; put words into the button"),
        )  # fmt: skip


_ALT = re.compile(r'\salt="[^"]')


def _nameless(document: Document) -> Iterator[int]:
    """Yield the numbers of a body's links that have neither text nor a picture that says something."""
    body = document.doc.body
    for number, link in enumerate(body.links):
        if link.tag != "a" or link.text.strip(UNSEEN):
            continue
        inner: list[str] = []
        for part in body.parts[number + 1 :]:
            inner.append(part.partition("</a>")[0])
            if "</a>" in part:
                break
        if not any(map(_ALT.search, inner)):
            yield number


def _empty_links(site: Site) -> Iterator[Finding]:
    told = with_fault(site, "picture-without-alt")
    for document in published(site):
        for number in _nameless(document) if document.path not in told else ():
            link = document.doc.body.links[number]
            yield Finding(
                link.where,
                M(f"链接 {link.url} 没有文字，公众看不见也点不到", f"the link to {link.url} has no text: nobody can see it"),
                M("在方括号里写上文件或网页的名称；多余的链接删去", "write the name of what it leads to into the brackets, or delete the link"),
            )  # fmt: skip


def _empty_theme_links(site: Site, output: RenderedSite) -> Iterator[Finding]:
    written = frozenset(document.path for document in published(site) if any(True for _ in _nameless(document)))
    for spread in flawed(output, FlawKind.LINK, written | with_fault(site, "picture-without-alt")):
        yield Finding(
            spread.where(site),
            M(f"链接 {spread.what} 没有文字（{spread.on.zh}）", f"the link {spread.what} has no text ({spread.on.en})"),
            M("写上文字或者 aria-label；图片链接写图片的 alt", "give it text or aria-label; a picture in it needs alt"),
        )


def _tables(site: Site, output: RenderedSite) -> Iterator[Finding]:
    written = frozenset(
        document.path for document in published(site) if any("<table" in part for part in document.doc.body.parts)
    )
    for kind, zh, en in (
        (FlawKind.TABLE, "没有表头（th）", "has no head cells (th)"),
        (FlawKind.SCOPE, "的表头都没有 scope", "has no head cell with scope"),
    ):
        for spread in flawed(output, kind, written):
            yield Finding(
                spread.where(site),
                M(f"模板里的表格 {spread.what} {zh}（{spread.on.zh}）", f"the theme's table {spread.what} {en} ({spread.on.en})"),
                M(
                    '表头写 <th scope="col">，每行的名称写 <th scope="row">；只用来排版的表格加 role="presentation"',
                    'write <th scope="col"> and <th scope="row">; a table for arrangement only gets role="presentation"',
                ),
            )  # fmt: skip


def _moving(site: Site, output: RenderedSite) -> Iterator[Finding]:
    for spread in flawed(output, FlawKind.MOVING):
        yield Finding(
            spread.where(site),
            M(f"{spread.what} 会自己动、自己跳转、弹出来，或打乱键盘的先后（{spread.on.zh}）", f"{spread.what} moves, leads away, covers the page or upsets the order of the keyboard ({spread.on.en})"),
            THEME_HELP,
        )  # fmt: skip


_ACCESS = M(
    "GB/T 37668—2019《信息技术 互联网内容无障碍可访问性技术要求与测试方法》；WCAG 2.2",
    "GB/T 37668-2019 on the accessibility of web content; WCAG 2.2",
)
_SPEED = M(
    "《政府网站发展指引》（国办发〔2017〕47号）：页面 3 秒内打开；KB 数是本项目的设计要求",
    "the guide to government websites (State Council office 2017, no. 47): three seconds; the bytes are this project's design",
)
ACCESSIBILITY_RULES: tuple[Rule, ...] = (
    Rule(
        "ACC101", "page-language-missing", Severity.WARNING,
        M("网页没有写明是中文", "page that does not say it is Chinese"),
        M("读屏软件照语言选择发音，写错了就念成外文。", "A screen reader chooses its voice by the language."),
        M("改主题的 base.html。", "Change the theme's base.html."),
        "<html>", '<html lang="zh-CN">', _ACCESS, output=_language,
    ),
    Rule(
        "ACC102", "theme-picture-without-alt", Severity.ERROR,
        M("模板里的图片没有 alt", "picture of the theme without alt"),
        M("看不见图片的人只听得到 alt。正文里的图片见 BDY101。", "Whoever cannot see the picture hears its alt. For pictures in a body see BDY101."),
        M("在模板里加上 alt。", "Add alt in the template."),
        "<img src=\"{{ 'logo.png' | asset }}\">", "<img src=\"{{ 'logo.png' | asset }}\" alt=\"某市退役军人事务局\">", _ACCESS, output=_pictures,
    ),
    Rule(
        "ACC103", "heading-rank-skipped", Severity.WARNING,
        M("标题跳级", "heading that leaves out a rank"),
        M("读屏软件按标题的级别跳读，跳级的地方好像少了一段。", "People jump from heading to heading; where a rank is left out something seems to be missing."),
        M("标题一级一级往下写。", "Go down one rank at a time."),
        "## 一、总体情况\n\n#### （一）制度建设\n\n### 二、问题", "## 一、总体情况\n\n### （一）制度建设\n\n## 二、问题", _ACCESS, fault=_skipped, output=_outline,
    ),
    Rule(
        "ACC104", "control-without-name", Severity.ERROR,
        M("输入框或按钮没有名称", "form control without a name"),
        M("读屏软件只会念“编辑框”“按钮”，不知道要填什么。", "A screen reader says no more than “edit” or “button”."),
        M("加上 <label> 或者 aria-label。", "Add a <label> or aria-label."),
        '<input name="q">', '<label for="q">检索</label><input id="q" name="q">', _ACCESS, output=_controls,
    ),
    Rule(
        "ACC105", "link-without-text", Severity.ERROR,
        M("链接没有文字", "link without text"),
        M("没有文字的链接看不见，读屏软件也念不出来。", "A link without text can neither be seen nor read out."),
        M("写上文字，或者删去链接。", "Write the text, or delete the link."),
        "见[](2020-00005.md)。", "见[信息公开制度](2020-00005.md)。", _ACCESS, site=_empty_links, output=_empty_theme_links,
    ),
    Rule(
        "ACC106", "theme-table-without-head", Severity.WARNING,
        M("模板里的表格没有表头", "table of the theme without head cells"),
        M("读屏软件念每一格之前先念表头。正文里的表格见 BDY106。", "A screen reader says the head before each cell. For tables in a body see BDY106."),
        M("在模板里写表头和 scope。", "Write head cells with scope in the template."),
        "<tr><td>年度</td><td>件数</td></tr>", '<tr><th scope="col">年度</th><th scope="col">件数</th></tr>', _ACCESS, output=_tables,
    ),
    Rule(
        "ACC107", "page-that-moves", Severity.WARNING,
        M("页面自己动、自己弹", "page that moves or pops up"),
        M("滚动字幕、自动播放、弹窗、定时跳转妨碍阅读；tabindex 大于 0 打乱键盘的先后。", "Moving text, autoplay, pop-ups and timed redirects get in the way of reading; a tabindex above 0 upsets the keyboard's order."),
        M("从主题里去掉。", "Take it out of the theme."),
        "<marquee>欢迎访问</marquee>", "<p>欢迎访问</p>", _ACCESS, output=_moving,
    ),
    Rule(
        "ACC108", "page-too-heavy", Severity.WARNING,
        M("网页太大", "page too heavy"),
        M("用手机和慢网络的人要等很久。附件不算，图片算。", "People on a phone wait long for it. Attachments do not count, pictures do."),
        M("把大图片缩小到 1200 像素宽，另存为 JPEG；原图作附件。", "Make large pictures 1200 pixels wide and JPEG; attach the originals."),
        "![现场照片](xianchang.jpg)（3 MB）", "![现场照片](xianchang.jpg)（200 KB）", _SPEED, output=too_heavy,
    ),
)  # fmt: skip
