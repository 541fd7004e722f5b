"""Rules on what stands in a body: pictures, tables, footnotes.

Owns the wording of what `loading.pictures`, `loading.table_source` and `loading.footnotes` report, and the verdict on
pictures that no browser shows.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from build_site.checks.rule import Rule
from build_site.loading.pictures import SUFFIXES
from build_site.model.content import SourceAsset
from build_site.model.finding import Fault, Finding, Message, Severity
from build_site.model.site import Reach, Site, Standing
from build_site.model.text import Location

M = Message

_ACCESS = M(
    "GB/T 37668—2019《信息技术 互联网内容无障碍可访问性技术要求与测试方法》；WCAG 2.2 第 1.1.1、1.3.1 条",
    "GB/T 37668-2019 on the accessibility of web content; WCAG 2.2, 1.1.1 and 1.3.1",
)


def _without_alt(fault: Fault) -> Finding:
    name = posixpath.basename(fault.get("url"))
    return Finding(
        fault.where,
        M(f"图片 {name} 没有说明文字", f"the picture {name} has no alternative text"),
        M(
            f"在方括号里用一句话写出图片说了什么：![……]({name})；只作装饰的，写 ![]({name}){{role=presentation}}",
            f"say in one sentence what it shows: ![...]({name}); for an ornament ![]({name}){{role=presentation}}",
        ),
    )


def _alt_says_nothing(fault: Fault) -> Finding:
    alt = fault.get("alt")
    return Finding(
        fault.where,
        M(f"图片的说明文字“{alt}”等于没说", f"the alternative text “{alt}” says nothing"),
        M(
            "改成图片的内容，如“退役报到办理流程：到窗口、交材料、领介绍信”；图里的文字正文里也要有",
            "say what it shows, such as “how to register: counter, papers, letter”; words in it belong in the text too",
        ),
    )


def _pictures(site: Site) -> Iterator[tuple[SourceAsset, Location]]:
    sources = site.files
    for document in site.documents:
        if document.standing is not Standing.PUBLISHED:
            continue
        for link, target in zip(document.doc.body.links, document.targets, strict=True):
            if link.tag == "img" and target.reach is Reach.FILE and not site.assets[sources[target.address]].blank:
                yield site.assets[sources[target.address]], link.where


def _not_shown(site: Site) -> Iterator[Finding]:
    for asset, where in _pictures(site):
        if asset.picture is None:
            name = posixpath.basename(asset.path)
            yield Finding(
                where,
                M(f"{name} 不是网页能显示的图片", f"{name} is no picture that a page can show"),
                M(
                    "把图片另存为 PNG 或 JPEG，换成它；不是图片的，写成链接：去掉开头的“!”",
                    "save the picture as PNG or JPEG; link to any other file: drop the leading “!”",
                ),
            )


def _from_elsewhere(site: Site) -> Iterator[Finding]:
    for document in site.documents:
        if document.standing is not Standing.PUBLISHED:
            continue
        for link, target in zip(document.doc.body.links, document.targets, strict=True):
            if link.tag == "img" and target.reach is Reach.EXTERNAL and not link.url.startswith("data:"):
                yield Finding(
                    link.where,
                    M(f"图片在别的网站上，网页不会显示：{link.url}", f"the picture is on another site and will not be shown: {link.url}"),
                    M("把图片下载下来，放在文章旁边再引用", "download the picture and put it beside the notice"),
                )  # fmt: skip


def _shown_badly(site: Site) -> Iterator[Finding]:
    yield from _not_shown(site)
    yield from _from_elsewhere(site)


def _misnamed(site: Site) -> Iterator[Finding]:
    for asset, where in _pictures(site):
        name, suffix = posixpath.basename(asset.path), posixpath.splitext(asset.path)[1].lower()
        if asset.picture is not None and SUFFIXES.get(suffix) != asset.picture.kind:
            kind = asset.picture.kind
            right = next(ending for ending, wanted in SUFFIXES.items() if wanted == kind)
            yield Finding(
                where,
                M(f"{name} 其实是 {kind} 图片", f"{name} is really a {kind} picture"),
                M(
                    f"把文件名改成以 {right} 结尾，或者用画图软件另存为 {suffix}",
                    f"let its name end in {right}, or save it again as {suffix}",
                ),
            )


def _blank_head(fault: Fault) -> Finding:
    column = fault.get("column")
    return Finding(
        fault.where,
        M(f"表头第 {column} 格是空的", f"cell {column} of the table's head is blank"),
        M(
            "写上这一列是什么；只有左上角的一格可以空着",
            "say what the column holds; only the top left cell may stay blank",
        ),
    )


def _without_head(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M("这个表格没有表头", "the table has no head cells"),
        M(
            "把第一行的 <td> 改成 <th>，或者改用 Markdown 写法，第一行就是表头",
            "turn the <td> of its first row into <th>, or write it in Markdown, where the first row is the head",
        ),
    )


def _note_missing(fault: Fault) -> Finding:
    name = fault.get("name")
    return Finding(
        fault.where,
        M(f"脚注 [^{name}] 没有注文，页面上会原样显示", f"[^{name}] has no note and would be shown as it is"),
        M(
            f"另起一行写 [^{name}]: 注文；本来不是脚注的，写成 \\[^{name}]",
            f"write its text on a line of its own: [^{name}]: ...; where no note is meant write \\[^{name}]",
        ),
    )


def _note_unmarked(fault: Fault) -> Finding:
    name = fault.get("name")
    return Finding(
        fault.where,
        M(f"正文里没有提到这条脚注：[^{name}]", f"nothing in the text refers to this note: [^{name}]"),
        M(f"在要注释的地方加上 [^{name}]，或者删去这条", f"put [^{name}] where it belongs, or delete the note"),
    )


BODY_RULES: tuple[Rule, ...] = (
    Rule(
        "BDY101",
        "picture-without-alt",
        Severity.ERROR,
        M("图片没有说明文字", "picture without alternative text"),
        M(
            "看不见的人靠说明文字知道图里有什么；网速慢、图片打不开时也一样。",
            "Those who cannot see it, or whose line is slow, know the picture by its alternative text.",
        ),
        M("在方括号里写一句话；只作装饰的图片写 {role=presentation}。", "Write a sentence in the brackets; an ornament says {role=presentation}."),
        "![](liucheng.png)",
        "![报到办理流程：到窗口、交材料、领介绍信](liucheng.png)",
        _ACCESS,
        fault=_without_alt,
    ),
    Rule(
        "BDY102",
        "picture-alt-says-nothing",
        Severity.WARNING,
        M("图片的说明文字等于没说", "alternative text that says nothing"),
        M("“图片”“图1”和文件名，读给看不见图片的人，等于没有说明。", "“Picture”, “figure 1” or a file name tell a listener nothing."),
        M("写图片说了什么，不写它是图片。", "Say what it shows, not that it is a picture."),
        "![图片1](liucheng.png)、![liucheng.png](liucheng.png)",
        "![报到办理流程：到窗口、交材料、领介绍信](liucheng.png)",
        _ACCESS,
        fault=_alt_says_nothing,
    ),
    Rule(
        "BDY103",
        "picture-not-shown",
        Severity.ERROR,
        M("网页显示不了的图片", "picture that a page cannot show"),
        M("TIFF、BMP、HEIC 和 Word 文件在多数浏览器里显示成一个破图标；别的网站上的图片，出于安全不加载。", "TIFF, BMP, HEIC or a Word file appears as a broken icon in most browsers; a picture on another site is not loaded, for safety."),
        M("另存为 PNG 或 JPEG。", "Save it as PNG or JPEG."),
        "![旧址照片](jiuzhi.tif)",
        "![旧址照片](jiuzhi.jpg)",
        site=_shown_badly,
    ),
    Rule(
        "BDY104",
        "picture-misnamed",
        Severity.WARNING,
        M("图片的后缀不对", "picture with a wrong ending"),
        M("后缀和内容不一致的图片，有的服务器和浏览器拒绝显示，下载后也打不开。", "Some servers and programs refuse a picture whose ending belies what it is."),
        M("把后缀改成真正的格式。", "Give it the ending of its real format."),
        "liucheng.png 的内容是 JPEG",
        "liucheng.jpg 的内容是 JPEG",
        site=_misnamed,
    ),
    Rule(
        "BDY105",
        "table-head-blank",
        Severity.WARNING,
        M("表头有空格子", "blank cell in a table's head"),
        M("读屏软件念每一格之前先念表头；手机上表格变成卡片，也靠表头做名称。", "A screen reader says the head before each cell, and on a phone it is the label of the cell."),
        M("给每一列写上表头；左上角可以空着。", "Give every column a head; the top left one may stay blank."),
        "| 项目 | |\n|---|---|\n| 补助 | 100元 |",
        "| 项目 | 标准 |\n|---|---|\n| 补助 | 100元 |",
        _ACCESS,
        fault=_blank_head,
    ),
    Rule(
        "BDY106",
        "table-without-head",
        Severity.WARNING,
        M("表格没有表头", "table without head cells"),
        M("从 Word 粘贴的 HTML 表格常常没有表头，读屏软件说不出每一格是什么。", "Tables pasted from Word often have no head, and no cell can be named."),
        M("第一行用 <th>，或改用 Markdown 写法。", "Write the first row with <th>, or the table in Markdown."),
        "<table><tr><td>项目</td><td>标准</td></tr><tr><td>补助</td><td>100元</td></tr></table>",
        "<table><tr><th>项目</th><th>标准</th></tr><tr><td>补助</td><td>100元</td></tr></table>",
        _ACCESS,
        fault=_without_head,
    ),
    Rule(
        "BDY107",
        "note-missing",
        Severity.ERROR,
        M("脚注没有注文", "footnote without text"),
        M("没有注文的脚注记号会原样印在公文里。", "A mark without a note is printed as it is, in the middle of a document."),
        M("补上注文，或删去记号。", "Write the note, or delete the mark."),
        "见条例[^1]。",
        "见条例[^1]。\n\n[^1]: 国令第711号修订。",
        fault=_note_missing,
    ),
    Rule(
        "BDY108",
        "note-without-mark",
        Severity.WARNING,
        M("脚注在正文里没有记号", "footnote that nothing refers to"),
        M("读到注文的人不知道它注的是哪一句。", "A reader of the note cannot tell what it is about."),
        M("在正文里加上记号，或删去注文。", "Put the mark into the text, or delete the note."),
        "见条例。\n\n[^1]: 国令第711号修订。",
        "见条例[^1]。\n\n[^1]: 国令第711号修订。",
        fault=_note_unmarked,
    ),
)  # fmt: skip
