"""Word, Excel, PDF and picture files that carry something along, made by name with the libraries that others use.

`make("list-xlsx")` returns the bytes of a workbook with a list of people. All people in them are invented.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Sequence

import docx
import openpyxl
from docx.oxml import OxmlElement
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from pypdf import PdfReader, PdfWriter

from tests.support import makers

IDENTITY = "11010519491231002X"
OTHER_IDENTITY = "440524188001010014"
MOBILE = "13912345678"
CARD = "6222020200112230"
PEOPLE = [
    ["姓名", "身份证号", "手机"],
    ["张三丰", IDENTITY, MOBILE],
    ["李四光", OTHER_IDENTITY, "13812345678"],
    ["王五一", "无", "021-55550000"],
]
MASKED = [["姓名", "身份证号"], ["张*丰", "1101**********002X"], ["李*光", "4405**********0014"]]
Rows = Sequence[Sequence[object]]


def _word(document: docx.document.Document) -> bytes:
    document.core_properties.author = document.core_properties.author.replace("python-docx", "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx(text: str = "关于公布名单的通知", rows: Rows = ()) -> docx.document.Document:
    document = docx.Document()
    document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                table.cell(number, column).text = str(value)
    return document


def _tracked() -> bytes:
    document = _docx()
    for name in ("w:ins", "w:del"):
        change = OxmlElement(name)
        document.paragraphs[0]._p.append(change)
    return _word(document)


def _commented() -> bytes:
    document = _docx()
    document.add_comment(document.paragraphs[0].runs[0], "请领导定", "经办人", "")
    return _word(document)


def _signed_word() -> bytes:
    document = _docx()
    document.core_properties.author = "张三丰"
    document.core_properties.last_modified_by = "李四光"
    return _word(document)


def _agency_word() -> bytes:
    document = _docx()
    document.core_properties.author = "某市退役军人事务局"
    document.core_properties.last_modified_by = "Administrator"
    return _word(document)


def _located_word() -> bytes:
    document = _docx()
    document.add_picture(io.BytesIO(located_jpeg()))
    return _word(document)


def xlsx(rows: Rows, change: Callable[[openpyxl.Workbook], None] | None = None, title: str = "名单") -> bytes:
    """Return a workbook with one sheet of `rows`, changed by `change`."""
    book = openpyxl.Workbook()
    book.properties.creator = ""
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _hide_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("底稿")
    sheet.append(["甲", "乙"])
    sheet.sheet_state = "veryHidden"


def _hide_choices(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("选项")
    for choice in ("是", "否"):
        sheet.append([choice])
    sheet.sheet_state = "hidden"
    choices = DataValidation(type="list", formula1="=选项!$A$1:$A$2")
    book.worksheets[0].add_data_validation(choices)
    choices.add("B2")


def _hide_column(book: openpyxl.Workbook) -> None:
    book.worksheets[0].column_dimensions["B"].hidden = True


def _hide_row(book: openpyxl.Workbook) -> None:
    book.worksheets[0].row_dimensions[2].hidden = True


def _note(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["A1"].comment = Comment("待核", "经办人")


def _sign(book: openpyxl.Workbook) -> None:
    book.properties.creator = "张三丰"


def _pdf(maker: bytes, **properties: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(maker)))
    writer.add_metadata({f"/{key}": value for key, value in properties.items()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def exif(order: str, tag: int = 2) -> bytes:
    """Return an EXIF block that points to a GPS directory with one entry, in this byte order."""
    mark = b"II*\x00" if order == "<" else b"MM\x00*"
    main = struct.pack(order + "IHHHIII", 8, 1, 0x8825, 4, 1, 26, 0)
    return mark + main + struct.pack(order + "HHHIII", 1, tag, 5, 3, 0, 0)


def located_jpeg(order: str = ">", tag: int = 2) -> bytes:
    """Return a JPEG with a GPS directory."""
    block = b"Exif\x00\x00" + exif(order, tag)
    jpeg = makers.make("jpeg")
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


_MAKERS: dict[str, Callable[[], bytes]] = {
    "list-docx": lambda: _word(_docx(rows=PEOPLE)),
    "masked-docx": lambda: _word(_docx(rows=MASKED)),
    "identity-docx": lambda: _word(_docx(f"张三丰，身份证号{IDENTITY}")),
    "secret-docx": lambda: _word(_docx("秘密★10年")),
    "plain-docx": lambda: _word(_docx()),
    "tracked-docx": _tracked,
    "commented-docx": _commented,
    "signed-docx": _signed_word,
    "agency-docx": _agency_word,
    "located-docx": _located_word,
    "list-xlsx": lambda: xlsx(PEOPLE),
    "masked-xlsx": lambda: xlsx(MASKED),
    "numbers-xlsx": lambda: xlsx([["姓名", "手机"], ["张三丰", 13912345678]]),
    "cards-xlsx": lambda: xlsx([["发放名单"], ["姓名", "社会保障卡号"], ["张三丰", CARD]]),
    "plain-xlsx": lambda: xlsx([["项目", "数量"], ["甲", 3]]),
    "hidden-sheet-xlsx": lambda: xlsx([["项目", "数量"], ["甲", 3]], _hide_sheet),
    "choices-xlsx": lambda: xlsx([["项目", "数量"], ["甲", 3]], _hide_choices),
    "hidden-column-xlsx": lambda: xlsx([["项目", "数量"], ["甲", 3]], _hide_column),
    "hidden-blank-column-xlsx": lambda: xlsx([["项目"], ["甲"]], _hide_column),
    "hidden-row-xlsx": lambda: xlsx([["项目", "数量"], ["甲", 3]], _hide_row),
    "noted-xlsx": lambda: xlsx([["项目", "数量"], ["甲", 3]], _note),
    "signed-xlsx": lambda: xlsx([["项目", "数量"], ["甲", 3]], _sign),
    "signed-pdf": lambda: _pdf(makers.make("text-pdf"), Author="张三丰"),
    "unsigned-pdf": lambda: _pdf(makers.make("text-pdf"), Author="", Title="通知"),
    "secret-pdf": lambda: _pdf(makers.make("text-pdf"), Keywords="机密"),
    "identity-pdf": lambda: makers.text_pdf(f"ID {IDENTITY} / {MOBILE}"),
    "located-jpeg": located_jpeg,
}
NAMES = frozenset(_MAKERS)


def make(name: str) -> bytes:
    """Return the bytes of the file called `name`."""
    return _MAKERS[name]()
