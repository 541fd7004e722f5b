"""Small binary files that tests publish as attachments, made by name.

`make("blank-pdf")` returns the bytes of a PDF with one white page. Every file is a real one of its kind.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
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


def text_pdf(text: str) -> bytes:
    """Return a PDF with one page that says `text` (ASCII, without brackets)."""
    return _pdf(b"BT /F1 12 Tf 72 720 Td (" + text.encode("ascii") + b") Tj ET")


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


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\x00" + b"\x99" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


# pictures of three by two pixels
_JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb00430050373c463c32504641465a55505f78c882786e6e78f5afb991"
    "c8ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0000b08000200030101"
    "1100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b51000020103030204030505"
    "04040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a"
    "25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a8384858687"
    "88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2"
    "e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f004affd9"
)
_TURNED = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
_GIF = bytes.fromhex("474946383761030002008100007878780000000000000000002c00000000030002000008060001081c1810003b")
_WEBP = bytes.fromhex("524946461e000000574542505650384c110000002f0240000007508f22d7a3ff8188e87f0000")
_BMP = bytes.fromhex(
    "424d46000000000000003e000000280000000300000002000000010001000000000008000000c40e0000c40e000002000000"
    "0200000000000000ffffff000000000000000000"
)

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
    "large-png": lambda: _png(400, 300),
    "cut-off-png": lambda: _png(400, 300)[:-12],
    "jpeg": lambda: _JPEG,
    "turned-jpeg": lambda: _JPEG[:2] + b"\xff\xe1" + struct.pack(">H", len(_TURNED) + 2) + _TURNED + _JPEG[2:],
    "cut-off-jpeg": lambda: _JPEG[:-2],
    "gif": lambda: _GIF,
    "webp": lambda: _WEBP,
    "cut-off-webp": lambda: _WEBP[:-4],
    "bmp": lambda: _BMP,
    "png": lambda: bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000"
        "ffff03000006000557bfabd40000000049454e44ae426082"
    ),
}
NAMES = frozenset(_MAKERS)


def make(name: str) -> bytes:
    """Return the bytes of the file called `name`."""
    return _MAKERS[name]()
