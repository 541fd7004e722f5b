"""Rules on what files carry along unseen: marks of secrecy, changes and comments, hidden cells, names, places.

Owns their codes, wording and documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_site.checks.rule import Rule
from build_site.checks.rules import published
from build_site.model.finding import Finding, Message, Severity
from build_site.model.site import Site
from build_site.model.traces import TraceKind, mark_of

M = Message

_INSPECT = M(
    "在 Word 或 Excel 里点“文件—信息—检查问题—检查文档”，删除找到的内容，保存后换掉这个文件",
    "in Word or Excel: File, Info, Inspect Document, remove what is found, save, and replace the file",
)

_SMALLEST = M(
    "《个人信息保护法》第六条：收集、使用限于实现目的的最小范围",
    "Personal Information Protection Law, art. 6: the smallest scope that serves the purpose",
)


def _secrecy(site: Site) -> Iterator[Finding]:
    for group in published.traces(site, TraceKind.SECRECY):
        place = published.place(group)
        zh = f"{place.zh}有密级或者内部资料的标志" if place.zh else "有密级或者内部资料的标志"
        yield Finding(
            group[0].where,
            M(zh, f"a mark of secrecy or of internal use{', ' + place.en if place.en else ''}"),
            M(
                "先不要发布，请保密工作机构审查；确认可以公开的，换成没有标志的文本",
                "do not publish it; have it examined, and if it may be public use the text without the mark",
            ),
        )


def _changes(site: Site) -> Iterator[Finding]:
    for group in published.traces(site, TraceKind.TRACKED):
        count = group[0].count
        yield Finding(
            group[0].where,
            M(f"Word 文件里留着 {count} 处修订，删掉的字别人还看得到", f"{count} tracked changes are left in it; deleted words can still be read"),
            M("在 Word 里点“审阅—接受—接受所有修订”，保存后换掉这个文件", "in Word: Review, Accept, Accept All Changes; save and replace the file"),
        )  # fmt: skip


def _comments(site: Site) -> Iterator[Finding]:
    for group in published.traces(site, TraceKind.COMMENT):
        count = group[0].count
        yield Finding(
            group[0].where,
            M(f"文件里留着 {count} 条批注", f"comments are left in it: {count}"),
            M("在“审阅”里删除所有批注，保存后换掉这个文件；填表说明写在表的下面", "delete all comments in Review, save and replace the file; put instructions below the form"),
        )  # fmt: skip


def _hidden(site: Site) -> Iterator[Finding]:
    for group in published.traces(site, TraceKind.HIDDEN):
        for trace in group:
            spot = trace.spot or M("", "")
            yield Finding(
                trace.where,
                M(f"{spot.zh}里有内容，别人取消隐藏就看得到", f"{spot.en}: there is something in it that anybody can unhide"),
                M("不公开的，在 Excel 里删除它（只隐藏没有用）；要公开的，取消隐藏", "delete it in Excel if it is not public, or unhide it if it is"),
            )  # fmt: skip


def _authors(site: Site) -> Iterator[Finding]:
    catalogue = site.catalogue
    names = {catalogue.site.host, catalogue.site.name, catalogue.agency.department, ""}
    if catalogue.institution:
        names |= {office.name for office in catalogue.institution.offices}
        names |= {unit.name for unit in catalogue.institution.units}
    own = {mark_of(name) for name in names}
    found: dict[str, list[Message]] = {}
    wheres = {}
    for group in published.traces(site, TraceKind.AUTHOR):
        for trace in group:
            if trace.mark not in own and trace.what:
                found.setdefault(trace.where.path, []).append(trace.what)
                wheres[trace.where.path] = trace.where
    for path, fields in found.items():
        zh, en = "、".join(field.zh for field in fields), ", ".join(field.en for field in fields)
        pdf = path.lower().endswith(".pdf")
        fix = M("从 Word 重新导出，导出前在“文件—信息”里清除作者", "export it again after removing the author in Word")
        yield Finding(
            wheres[path],
            M(f"文件属性里写着{zh}", f"its properties name: {en}"),
            fix if pdf else _INSPECT,
        )


def _positions(site: Site) -> Iterator[Finding]:
    for group in published.traces(site, TraceKind.POSITION):
        place = published.place(group)
        zh = place.zh or "照片"
        yield Finding(
            group[0].where,
            M(f"{zh}记着拍摄地点的经纬度", f"the photograph{' in the file' if place.zh else ''} says where it was taken"),
            M("在 Windows 里右击照片，选“属性—详细信息—删除属性和个人信息”，换掉这个文件", "in Windows: right click, Properties, Details, Remove Properties and Personal Information; replace the file"),
        )  # fmt: skip


CARRIED_RULES: tuple[Rule, ...] = (
    Rule(
        "FIL101",
        "secrecy-mark",
        Severity.ERROR,
        M("有密级或者内部资料的标志", "mark of secrecy or of internal use"),
        M("带着密级标志的文件不能上网；标志是误留的，也要先审查清楚。", "What bears such a mark must not be online; one that was left by mistake is examined first."),
        M("请保密工作机构审查。", "Have it examined."),
        "秘密★10年",
        "（没有标志的公开文本）",
        basis=M(
            "《政府信息公开条例》第十四条：依法确定为国家秘密的政府信息，不予公开",
            "Regulations on Disclosure of Government Information, art. 14: state secrets are not disclosed",
        ),
        site=_secrecy,
    ),
    Rule(
        "FIL102",
        "tracked-changes-left",
        Severity.WARNING,
        M("Word 文件里留着修订", "tracked changes left in a Word file"),
        M("下载的人能看到删掉的话和改动的过程；特意公布修订对照稿的可以不管。", "Whoever downloads it sees what was deleted; a comparison published on purpose is another matter."),
        M("接受所有修订，重新保存。", "Accept all changes and save."),
        "tongzhi.docx（打开时有红色的删改）",
        "tongzhi.docx（接受所有修订后保存）",
        site=_changes,
    ),
    Rule(
        "FIL103",
        "comments-left",
        Severity.WARNING,
        M("文件里留着批注", "comments left in a file"),
        M("批注是写给同事看的，往往带着姓名和没有定下来的意见。", "Comments were meant for colleagues, and often hold names and unsettled opinions."),
        M("删除所有批注。", "Delete all comments."),
        "tongzhi.docx（右边有批注）",
        "tongzhi.docx（删除批注后保存）",
        site=_comments,
    ),
    Rule(
        "FIL104",
        "hidden-cells",
        Severity.WARNING,
        M("Excel 文件里有隐藏的内容", "hidden cells in an Excel file"),
        M("隐藏的工作表、行、列一点就能打开，常常藏着没有删的身份证号、电话和底稿。", "Hidden sheets, rows and columns open with one click, and often hold what should have been deleted."),
        M("删除，或者取消隐藏。", "Delete them, or unhide them."),
        "mingdan.xlsx（C 列隐藏，里面是身份证号）",
        "mingdan.xlsx（删除 C 列）",
        site=_hidden,
    ),
    Rule(
        "FIL105",
        "author-in-properties",
        Severity.WARNING,
        M("文件属性里有作者或公司的名字", "author or company in a file's properties"),
        M("属性里的名字是经办人或者装电脑的人，公众不需要，也常常让人误会文件是谁写的。", "It names a clerk or whoever set up the computer; the public needs neither, and may be misled."),
        M("检查文档，删除属性和个人信息。", "Inspect the document and remove its properties."),
        "作者：张三；公司：某科技公司",
        "作者：（空）",
        basis=_SMALLEST,
        site=_authors,
    ),
    Rule(
        "FIL106",
        "position-in-picture",
        Severity.WARNING,
        M("照片记着拍摄地点", "picture with a position"),
        M("手机拍的照片记着经纬度，能查到某人的家或者办公的地方。", "Photographs of a phone hold the position, which may be somebody's home."),
        M("删除照片的位置信息。", "Remove the position."),
        "zoufang.jpg（属性里有“GPS 纬度”）",
        "zoufang.jpg（删除属性和个人信息后）",
        basis=_SMALLEST,
        site=_positions,
    ),
)  # fmt: skip
