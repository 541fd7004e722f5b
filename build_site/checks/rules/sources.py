"""Rules on source files as such: encoding, names, folders, markup.

Owns the wording of what `loading.files`, `loading.placing` and the Markdown reader report.
"""

from __future__ import annotations

from build_site.checks.rule import Rule
from build_site.model.finding import Fault, Finding, Message, Severity

M = Message

_GUESSES = {
    "gbk": M("这个文件不是 UTF-8 编码，看起来是 GBK", "the file is not UTF-8; it looks like GBK"),
    "mixed": M(
        "这里开始不是 UTF-8，前面是：像是粘贴了另一种编码（GBK）的文字",
        "from here on the text is not UTF-8, although it was before: a paste in another encoding (GBK)?",
    ),
    "truncated": M("文件在一个字的中间断了，内容不完整", "the file ends in the middle of a character; it is cut off"),
    "utf-16": M("这个文件是 UTF-16（“Unicode”）编码，不是 UTF-8", "the file is UTF-16, not UTF-8"),
    "binary": M("这个文件不是文本，或者已经损坏", "the file is no text, or is damaged"),
}


def _undecodable(fault: Fault) -> Finding:
    guess = fault.get("guess")
    help_ = (
        M(
            "Word、PDF 等不是文本的，改回原来的后缀，作为附件；正文另写一个文本文件。已经损坏的，从原稿重新复制",
            "a Word or PDF file keeps its own ending and becomes an attachment; copy a damaged one from the original",
        )
        if guess == "binary"
        else M(
            "用“记事本”打开原文件，选“另存为”，编码选 UTF-8，覆盖保存；文件被截断时从原稿重新复制",
            "open it in an editor, save it again as UTF-8; if it is cut off, copy it again from the original",
        )
    )
    return Finding(fault.where, _GUESSES[guess], help_)


def _control(fault: Fault) -> Finding:
    code = fault.get("code")
    return Finding(
        fault.where,
        M(f"这里有一个看不见的控制字符（{code}）", f"an invisible control character stands here ({code})"),
        M("删除这个字符，或把这一行重新输入一遍", "delete the character, or type the line again"),
    )


def _oversized(fault: Fault) -> Finding:
    limit = int(fault.get("limit")) // 1048576
    return Finding(
        fault.where,
        M(f"文件超过 {limit} MB，没有读取", f"the file is over {limit} MB; it was not read"),
        M("把图片、附表等改成附件，正文只留文字", "move pictures and tables into attachments and keep the text only"),
    )


_NAMES = {
    "empty": M("文件名是空的", "the file has no name"),
    "forbidden-character": M("文件名里有不能用的字符（\\ : * ? \" < > | 或控制字符）", "the name has a character that is not allowed (\\ : * ? \" < > | or a control character)"),
    "invisible-character": M("文件名里有看不见的字符（零宽或改变方向的字符）", "the name has an invisible character (zero width or direction)"),
    "edge-space-or-dot": M("文件名的开头或结尾有空格，或以点结尾", "the name begins or ends with a space, or ends with a dot"),
    "reserved": M("这个名字是 Windows 保留的，在 Windows 上建不出来", "the name is reserved by Windows and cannot exist there"),
    "too-long": M("文件名太长（超过 255 字节，约 85 个汉字）", "the name is too long (over 255 bytes)"),
    "undecodable": M("文件名不是 UTF-8 编码", "the name is not UTF-8"),
    "text-ending": M("文章的文件名要以小写的 .md 结尾，否则不会发布", "a notice must end in .md, in small letters, or it is not published"),
    "active": M("网页、脚本、矢量图不能作附件：里面可以藏程序", "pages, scripts and SVG are no attachments: they can run code"),
    "special": M("这不是普通文件（管道、设备等），没有读取", "this is no regular file (a pipe, a device); it was not read"),
    "not-composed": M("文件名用了分解形式的字符（多见于苹果电脑），与看上去相同的名字并不相同", "the name is in decomposed Unicode form and differs from the name it looks like"),
}  # fmt: skip


def _unsafe_name(fault: Fault) -> Finding:
    why = fault.get("why")
    if why == "case-clash":
        other = fault.get("other")
        message = M(
            f"文件名与 {other} 只有大小写不同，在 Windows 上会互相覆盖",
            f"the name differs from {other} in letter case only",
        )
    else:
        message = _NAMES[why]
    return Finding(
        fault.where,
        message,
        M("给文件改名，建议只用小写字母、数字和连字符", "rename the file; small letters, digits and hyphens are best"),
    )


def _symlink(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M(
            "这是一个指向站点之外或指向文件夹的符号链接，没有读取",
            "a symbolic link that leads out of the site or to a folder; it was not followed",
        ),
        M("删除这个链接，把文件本身复制到这里", "delete the link and copy the file itself here"),
    )


def _unsafe_markup(fault: Fault) -> Finding:
    what = fault.get("what")
    if fault.get("why") == "broken":
        return Finding(
            fault.where,
            M(
                f"HTML 没有写完整：{what}，页面会走样",
                f"unfinished HTML: {what}; the page would come out wrong",
            ),
            M(
                "补全它，或删除；本来是小于号的，写成“＜”；链接写成 [文字](地址)",
                "finish it or delete it; where a less-than sign is meant write ＜",
            ),
        )
    return Finding(
        fault.where,
        M(f"正文里有不能发布的 HTML：{what}", f"the body holds HTML that is not published: {what}"),
        M(
            "删除它；表格、加粗等请用 Markdown 写法；视频和表单请放链接",
            "delete it; write tables and emphasis in Markdown, link to videos and forms",
        ),
    )


def _nested(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M(
            "正文的列表、引用或方括号太多太深，没有读取",
            "too many nested lists, quotations or brackets; the body was not read",
        ),
        M("检查是不是多了缩进、“- ”或“> ”；公文的层次用 一、（一）1. 写", "look for stray indentation, `- ` or `> `"),
    )


def _long_row(fault: Fault) -> Finding:
    cells, width = fault.get("cells"), fault.get("width")
    return Finding(
        fault.where,
        M(
            f"这一行有 {cells} 格，表头只有 {width} 格，多出的格子不会显示",
            f"this row has {cells} cells, the head {width}; the surplus is not shown",
        ),
        M(
            "补上表头，或删去多余的格子；内容里的竖线写成 \\|",
            "complete the head, or drop the surplus; write a bar in a cell as \\|",
        ),
    )


def _misplaced(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M(
            "文件直接放在 content/ 下，不知道属于哪个栏目",
            "the file lies directly in content/ and belongs to no column",
        ),
        M("把它移到栏目的文件夹里，如 content/zd/", "move it into a column's folder, for instance content/zd/"),
    )


def _unknown_column(fault: Fault) -> Finding:
    key, parent, near, known = (fault.get(name) for name in ("key", "parent", "suggestion", "known"))
    if parent:
        zh = f"文件夹 {key} 不是栏目 {parent} 的子栏目代码"
        en = f"the folder {key} is no sub-column of {parent}"
    else:
        zh, en = f"文件夹 {key} 不是 catalog.yaml 里的栏目代码", f"the folder {key} is no column of catalog.yaml"
    hint_zh = f"，是不是 {near}？" if near else f"；现有的代码：{known}" if known else ""
    hint_en = f"; did you mean {near}?" if near else ""
    return Finding(
        fault.where,
        M(zh + hint_zh, en + hint_en),
        M(
            "把文件移到已有栏目的文件夹，或者在 catalog.yaml 里增加这个栏目；一篇文件带附件时写成 文件夹/index.md",
            "move the file to an existing column's folder, or add the column; a document with attachments is folder/index.md",
        ),
    )


def _unused(fault: Fault) -> Finding:
    return Finding(
        fault.where,
        M("没有任何文章提到这个文件，所以没有发布", "no document refers to this file; it was not published"),
        M(
            "要发布的，在文章开头写“附件:”，下一行写“  - 文件: 文件名”；不要的，删除",
            "to publish it, list it under `attachments:` of its document; otherwise delete it",
        ),
    )


SOURCE_RULES: tuple[Rule, ...] = (
    Rule(
        "SRC101",
        "undecodable-text",
        Severity.ERROR,
        M("文件不是 UTF-8 编码", "file is not UTF-8"),
        M("编码不对的文件会变成乱码，公众看不懂。", "A file in another encoding would be published as garbage."),
        M("把文件另存为 UTF-8。", "Save the file as UTF-8."),
        "用 GBK 保存的 notice.md",
        "用 UTF-8 保存的 notice.md（有没有 BOM 都可以）",
        fault=_undecodable,
    ),
    Rule(
        "SRC102",
        "control-character",
        Severity.ERROR,
        M("文件里有控制字符", "control character in a file"),
        M("看不见的控制字符会使网页和下载的文件出错。", "Invisible control characters break pages and downloads."),
        M("删除这个字符。", "Delete the character."),
        "正文\\x00正文",
        "正文正文",
        fault=_control,
    ),
    Rule(
        "SRC103",
        "oversized-text",
        Severity.ERROR,
        M("文本文件太大", "oversized text file"),
        M("一页几兆字节的文字，手机和旧电脑打不开。", "A page of several megabytes does not open on a phone."),
        M("把大表格和图片改成附件。", "Turn large tables and pictures into attachments."),
        "20 MB 的 notice.md",
        "几十 KB 的 notice.md，附 xlsx",
        fault=_oversized,
    ),
    Rule(
        "SRC104",
        "unsafe-file-name",
        Severity.ERROR,
        M("文件名不能发布", "unsafe file name"),
        M("有些文件名在 Windows 上建不出来，或者在网址里出错，或者骗人。", "Some names cannot exist on Windows, break addresses, or deceive."),
        M("改名，建议只用小写字母、数字和连字符。", "Rename the file; use small letters, digits and hyphens."),
        "content/zd/公示:名单?.md",
        "content/zd/2020-00022.md",
        fault=_unsafe_name,
    ),
    Rule(
        "SRC105",
        "symlink-out-of-site",
        Severity.ERROR,
        M("符号链接指向站点之外", "symbolic link out of the site"),
        M("跟着链接走会把别处的文件误发布出去。", "Following it could publish a file from elsewhere."),
        M("删除链接，复制文件本身。", "Delete the link and copy the file."),
        "content/zd/a.md -> /etc/passwd",
        "content/zd/a.md 是普通文件",
        fault=_symlink,
    ),
    Rule(
        "SRC106",
        "unsafe-markup",
        Severity.ERROR,
        M("正文里有不能发布的 HTML", "unsafe markup in a body"),
        M("脚本、内嵌框架、表单等可能被用来篡改页面或窃取信息。", "Scripts, frames and forms could alter the page or steal data."),
        M("删除它，用 Markdown 写法代替。", "Delete it and write Markdown instead."),
        "<script>…</script>、<p onclick=…>",
        "**加粗**、| 表格 |",
        basis=M("互联网政务应用安全管理规定：防范内容篡改", "rules on the security of government internet applications: prevent tampering"),
        fault=_unsafe_markup,
    ),
    Rule(
        "SRC110",
        "nested-too-deep",
        Severity.ERROR,
        M("正文嵌套太深", "body nested too deep"),
        M("嵌套几百层的列表或引用无法显示。", "Hundreds of nested lists or quotations cannot be shown."),
        M("去掉多余的缩进和符号。", "Remove stray indentation and marks."),
        "- - - - -（几百个）甲",
        "- 甲",
        fault=_nested,
    ),
    Rule(
        "SRC111",
        "table-row-too-long",
        Severity.ERROR,
        M("表格的一行比表头长", "table row too long"),
        M("多出表头的格子会无声地丢掉，表格内容不全。", "Cells beyond the head are dropped without a word; the table is not whole."),
        M("补上表头，或把竖线写成 \\|。", "Complete the head, or write a bar as \\|."),
        "| 项目 | 说明 |\n|---|---|\n| 甲 | 乙 | 丙 |",
        "| 项目 | 说明 | 备注 |\n|---|---|---|\n| 甲 | 乙 | 丙 |",
        fault=_long_row,
    ),
    Rule(
        "SRC107",
        "misplaced-notice",
        Severity.ERROR,
        M("文件不在栏目文件夹里", "notice outside any column folder"),
        M("不知道属于哪个栏目，就不会出现在任何页面上。", "It belongs to no column and would appear on no page."),
        M("移到栏目的文件夹里。", "Move it into a column's folder."),
        "content/2020-00022.md",
        "content/fdzdgknr/gfxwj/2020-00022.md",
        fault=_misplaced,
    ),
    Rule(
        "SRC108",
        "unknown-column",
        Severity.ERROR,
        M("文件夹不是栏目", "folder that is no column"),
        M("文件夹名和 catalog.yaml 的栏目代码对不上，文件不会出现在任何页面上。", "The folder matches no column key; the file would appear on no page."),
        M("改文件夹名，或在 catalog.yaml 里增加栏目。", "Rename the folder, or add the column to catalog.yaml."),
        "content/fdzdgk/…",
        "content/fdzdgknr/…",
        fault=_unknown_column,
    ),
    Rule(
        "SRC109",
        "unused-attachment",
        Severity.WARNING,
        M("附件没有被引用", "unused attachment"),
        M("没人引用的文件不会发布；也许是忘了写“附件”，也许是不该公开的底稿。", "It is not published; perhaps it was forgotten, or must not be public."),
        M("写进“附件:”，或者删除。", "List it under `attachments:`, or delete it."),
        "content/zd/a/底稿.docx，a/index.md 里没有提到它",
        "附件:\n  - 申请表.docx",
        fault=_unused,
    ),
)  # fmt: skip
