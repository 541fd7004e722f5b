"""Rules on attachments: names, kinds, and what stands in the page instead of in them.

Owns which kinds of files a column offers. Whether a file holds anything is judged by `links` (LNK105).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from build_site.checks.rule import Rule
from build_site.model.content import Body
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import AttachedFile, Document, Reach, Site, Standing

M = Message

_ALLOWED = frozenset(
    [
        ".pdf",
        ".ofd",
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".wps",
        ".et",
        ".dps",
        ".rtf",
        ".txt",
        ".csv",
        ".json",
        ".zip",
        ".rar",
        ".7z",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".bmp",
        ".tif",
        ".tiff",
        ".mp3",
        ".wav",
        ".mp4",
    ]
)
_OLD = {".doc": (".docx", "Word"), ".xls": (".xlsx", "Excel"), ".ppt": (".pptx", "PowerPoint")}
_FORMATS = {
    ".doc": {"ole", "rtf"},
    ".xls": {"ole"},
    ".ppt": {"ole"},
    ".pptx": {"zip"},
    ".wps": {"ole", "zip", "rtf"},
    ".et": {"ole", "zip"},
    ".dps": {"ole", "zip"},
    ".ofd": {"zip"},
    ".zip": {"zip"},
    ".rar": {"rar"},
    ".7z": {"7z"},
}
_CALLED = {
    "pdf": M("PDF 文件", "a PDF file"),
    "zip": M("压缩包或者新格式的 Office 文件（.docx、.xlsx、.pptx）", "an archive or an Office file (.docx, .xlsx, .pptx)"),
    "ole": M("旧格式的 Office 文件（.doc、.xls、.ppt）", "an old Office file (.doc, .xls, .ppt)"),
    "rtf": M("RTF 文件", "an RTF file"),
    "html": M("网页（HTML）", "a web page (HTML)"),
    "rar": M("RAR 压缩包", "a RAR archive"),
    "7z": M("7z 压缩包", "a 7z archive"),
    "png": M("PNG 图片", "a PNG picture"),
    "jpeg": M("JPEG 图片", "a JPEG picture"),
}  # fmt: skip
_BLANK = re.compile(r"[\s\u3000\xa0]")
_TO_FILL_IN = re.compile(r"(?:申请|登记|申报|报名|审批|备案|推荐|汇总|统计|空白|样)表|表格|模板|样本")
_READ_ONLY = frozenset({".pdf", ".ofd", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff"})


def _suffix(path: str) -> str:
    return posixpath.splitext(path)[1].lower()


def _published(site: Site) -> Iterator[Document]:
    return (document for document in site.documents if document.standing is Standing.PUBLISHED)


def _files(site: Site) -> Iterator[tuple[Document, AttachedFile]]:
    """Yield every attachment once, with the first document that offers it."""
    seen: set[str] = set()
    for document in _published(site):
        for file in document.files:
            if file.source not in seen:
                seen.add(file.source)
                yield document, file


def _blank_in_name(site: Site) -> Iterator[Finding]:
    """Yield the attachments with blanks in their names."""
    for _, file in _files(site):
        name = posixpath.basename(file.source)
        if _BLANK.search(name):
            yield Finding(
                file.where,
                M(f"附件的文件名里有空格：{name}", f"a blank in the name of the attachment {name}"),
                M(
                    f"把文件改名为“{_BLANK.sub('', name)}”，这里也改过来",
                    f"rename it to {_BLANK.sub('', name)}, here too",
                ),
            )


def _unusual(site: Site) -> Iterator[Finding]:
    """Yield the attachments of a kind that people cannot be expected to open."""
    for _, file in _files(site):
        suffix = _suffix(file.source)
        if suffix not in _ALLOWED:
            name = posixpath.basename(file.source)
            yield Finding(
                file.where,
                M(f"附件 {name} 不是常见的文件格式", f"{name} is not a usual kind of file"),
                M(
                    "另存为 PDF、OFD、Word、Excel 或文本文件；程序和专业软件的文件不要直接挂在网上",
                    "offer a PDF, OFD, Word, Excel or text file; no programs, no files of special software",
                ),
            )


def _misnamed(site: Site) -> Iterator[Finding]:
    """Yield the attachments that are something else than their names say."""
    for _, file in _files(site):
        asset, suffix = site.assets[file.source], _suffix(file.source)
        wanted = _FORMATS.get(suffix)
        if wanted and asset.format and asset.format not in wanted and not asset.blank:
            name, real = posixpath.basename(file.source), _CALLED[asset.format]
            yield Finding(
                file.where,
                M(f"附件 {name} 其实是{real.zh}", f"the attachment {name} is really {real.en}"),
                M(
                    f"用原来的软件打开，另存为 {suffix} 或者 PDF，再换上",
                    f"open it in its program and save it as {suffix} or PDF",
                ),
            )


def _old_only(site: Site) -> Iterator[Finding]:
    """Yield the attachments in an old Office format that the document offers in no other."""
    for document, file in _files(site):
        stem, suffix = posixpath.splitext(file.source)
        if suffix.lower() not in _OLD:
            continue
        others = {_suffix(other.source) for other in document.files if posixpath.splitext(other.source)[0] == stem}
        titles = {other.title for other in document.files if _suffix(other.source) not in _OLD}
        if others == {suffix.lower()} and file.title not in titles:
            modern, program = _OLD[suffix.lower()]
            name = posixpath.basename(file.source)
            yield Finding(
                file.where,
                M(f"附件 {name} 只有旧格式，手机和国产软件常常打不开", f"{name} is offered in an old format only"),
                M(
                    f"在 {program} 或 WPS 里打开，另存为 {modern}（或 PDF），换上新文件",
                    f"open it in {program} or WPS and save it as {modern} or PDF",
                ),
            )


def _text_elsewhere(site: Site) -> Iterator[Finding]:
    """Yield the documents whose text stands in a picture or PDF and hardly in the page."""
    least = site.catalogue.checks.thresholds.text_beside_files
    for document in _published(site):
        body, notice = document.doc.body, document.notice
        if document.intro or body.free_chars >= least or _has_record(document):
            continue
        picture = any(
            link.tag == "img" and target.reach is Reach.FILE and not _is_ornament(body, number)
            for number, (link, target) in enumerate(zip(body.links, document.targets, strict=True))
        )
        file = any(
            _suffix(file.source) in _READ_ONLY and not _TO_FILL_IN.search(file.title + posixpath.basename(file.source))
            for file in document.files
        )
        if picture or file:
            what, what_en = ("图片", "a picture") if picture else ("PDF 等附件", "a file")
            yield Finding(
                document.doc.body_at,
                M(
                    f"正文只有 {body.free_chars} 个汉字，“{notice.title}”的内容都在{what}里",
                    f"the text has {body.free_chars} Chinese characters; what it says stands in {what_en}",
                ),
                M(
                    "把图片或附件里的文字贴到正文里，表格写成表格；附件照样保留",
                    "put the words into the text, tables as tables; keep the file beside it",
                ),
            )


def _is_ornament(body: Body, number: int) -> bool:
    """Whether the picture of link `number` says of itself that it tells nothing."""
    tag = body.parts[number].rpartition("<")[2] + body.parts[number + 1].partition(">")[0]
    return 'alt=""' in tag  # the reader puts it in place of an ornament's role; BDY101 has those that lack one


def _has_record(document: Document) -> bool:
    """Whether the page shows more than the text: a service, a meeting, opinions, a matter of the decisions …"""
    notice = document.notice
    return bool(
        notice.service or notice.meeting or notice.consultation or notice.response or notice.decisions or notice.bundle
    )


ATTACHMENT_RULES: tuple[Rule, ...] = (
    Rule(
        "DOC137",
        "text-only-in-file",
        Severity.WARNING,
        M("内容只在图片或 PDF 里", "text only in a file"),
        M("图片里的字检索不到，读屏软件念不出，手机上也看不清。", "Words in a picture are not found by a search, not read aloud, and hard to read on a phone."),
        M("把文字放进正文。", "Put the words into the text."),
        "![通知全文](tongzhi.png)",
        "（通知全文的文字）\n\n[盖章件](tongzhi.pdf)",
        M("国办发〔2017〕47号；GB/T 37668—2019", "国办发〔2017〕47号; GB/T 37668-2019 on accessibility"),
        site=_text_elsewhere,
        audit=True,
    ),
    Rule(
        "DOC138",
        "blank-in-attachment-name",
        Severity.WARNING,
        M("附件文件名里有空格", "blank in an attachment's name"),
        M("有空格的网址在微信、短信和邮件里会断开，打不开。", "In messages and mails an address breaks at a blank."),
        M("改名，去掉空格。", "Rename it without blanks."),
        "附件: [申请表 2020.docx]",
        "附件: [申请表2020.docx]",
        site=_blank_in_name,
    ),
    Rule(
        "DOC139",
        "unusual-attachment",
        Severity.WARNING,
        M("附件不是常见的格式", "unusual attachment"),
        M("公众没有专门的软件，打不开；程序文件还会被浏览器拦下。", "People lack the software, and browsers stop programs."),
        M("另存为常见的格式。", "Offer a usual kind of file."),
        "附件: [guihuatu.dwg]",
        "附件: [guihuatu.pdf]",
        site=_unusual,
    ),
    Rule(
        "DOC140",
        "attachment-misnamed",
        Severity.WARNING,
        M("附件的后缀和内容不一致", "attachment misnamed"),
        M("打开时会报错或者警告，公众以为文件坏了、有病毒。", "Opening it brings an error or a warning, and people think it broken or infected."),
        M("另存为真正的格式。", "Save it in the format of its name."),
        "mingdan.xls 的内容是网页",
        "mingdan.xlsx",
        site=_misnamed,
    ),
    Rule(
        "DOC141",
        "old-format-only",
        Severity.WARNING,
        M("附件只有旧格式", "old format only"),
        M("十几年前的格式，手机、国产软件和读屏软件常常打不开。", "Phones and screen readers often cannot open formats of twenty years ago."),
        M("另存为新格式，或同时提供 PDF。", "Save it in the new format, or offer a PDF too."),
        "附件: [sqb.doc]",
        "附件: [sqb.docx]",
        site=_old_only,
    ),
)  # fmt: skip
