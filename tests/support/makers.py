"""Small binary files that tests publish as attachments, made by name.

`make("blank-pdf")` returns the bytes of a PDF with one white page. Every file is a real one of its kind.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def _pdf(content: bytes, pages: int = 1) -> bytes:
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(pages))
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages))
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number in range(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _zip(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def _docx(body: str, **more: str) -> bytes:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return _zip({"[Content_Types].xml": types, "word/document.xml": _WORD.format(body), **more})


def _xlsx(rows: str, strings: str = "") -> bytes:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    shared = {"xl/sharedStrings.xml": f"<sst>{strings}</sst>"} if strings else {}
    return _zip({"[Content_Types].xml": types, "xl/worksheets/sheet1.xml": _SHEET.format(rows), **shared})


_MAKERS: dict[str, Callable[[], bytes]] = {
    "zero-bytes": lambda: b"",
    "blank-pdf": lambda: _pdf(b""),
    "three-blank-pages-pdf": lambda: _pdf(b"", 3),
    "white-space-pdf": lambda: _pdf(b"BT /F1 12 Tf 72 720 Td (   ) Tj ET"),
    "text-pdf": lambda: _pdf(b"BT /F1 12 Tf 72 720 Td (Hello) Tj ET"),
    "drawn-pdf": lambda: _pdf(b"72 72 200 100 re f"),
    "broken-pdf": lambda: b"%PDF-1.4\nthis is no PDF at all",
    "blank-docx": lambda: _docx("<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p><w:sectPr/>"),
    "text-docx": lambda: _docx("<w:p><w:r><w:t>申请表</w:t></w:r></w:p>"),
    "picture-docx": lambda: _docx("<w:p><w:r><w:drawing/></w:r></w:p>"),
    "broken-docx": lambda: b"PK\x03\x04 cut off",
    "blank-xlsx": lambda: _xlsx('<row r="1"><c r="A1"/></row>'),
    "number-xlsx": lambda: _xlsx('<row r="1"><c r="A1"><v>42</v></c></row>'),
    "text-xlsx": lambda: _xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>合计</t></is></c></row>'),
    "blank-csv": lambda: b"\xef\xbb\xbf,,,\r\n,,,\r\n",
    "text-csv": lambda: "\ufeff名称,数量\r\n退役士兵,3\r\n".encode(),
    "png": lambda: bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000"
        "ffff03000006000557bfabd40000000049454e44ae426082"
    ),
}
NAMES = frozenset(_MAKERS)


def make(name: str) -> bytes:
    """Return the bytes of the file called `name`."""
    return _MAKERS[name]()
