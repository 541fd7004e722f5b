"""What files carry along: found in files as offices make them, and never a traceback or minutes of work."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from build_site.loading.attachments import measure
from build_site.loading.traces import numbers, package, picture
from build_site.loading.traces.source import MOST, traces
from build_site.model.text import SourceFile
from build_site.model.traces import TraceKind, mark_of
from tests.support import makers, office

_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def found(tmp_path: Path, name: str, data: bytes) -> list[tuple[str, str]]:
    (tmp_path / name).write_bytes(data)
    return [(trace.kind.value, trace.spot.zh if trace.spot else "") for trace in measure(tmp_path, name).traces]


def zipped(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def test_a_workbook_is_told_by_sheet_and_cell(tmp_path: Path) -> None:
    assert found(tmp_path, "a.xlsx", office.make("list-xlsx")) == [
        ("identity", "工作表“名单”的 B2"),
        ("mobile", "工作表“名单”的 C2"),
        ("identity", "工作表“名单”的 B3"),
        ("mobile", "工作表“名单”的 C3"),
        ("open-column", "工作表“名单”的 C4"),
        ("people", "工作表“名单”的 A2"),
    ]


def test_the_title_of_a_sheet_is_not_repeated_when_it_holds_a_number(tmp_path: Path) -> None:
    data = office.xlsx([["号码"], [office.IDENTITY]], title=office.MOBILE)
    assert found(tmp_path, "a.xlsx", data) == [("identity", "第 1 张工作表的 A2")]


def test_numbers_that_excel_keeps_as_powers_are_read(tmp_path: Path) -> None:
    sheet = '<worksheet><sheetData><row r="1"><c r="A1"><v>{}</v></c></row></sheetData></worksheet>'
    for written in ("1.3912345678E10", "13912345678.0", "13912345678"):
        data = zipped(xl__worksheets__sheet1=sheet.format(written))
        assert found(tmp_path, "a.xlsx", data) == [("mobile", "第 1 张工作表的 A1")]
    for written in ("1E400", "nan.", "1.5E3", "13912345678.5"):
        assert found(tmp_path, "a.xlsx", zipped(xl__worksheets__sheet1=sheet.format(written))) == []


def test_deleted_text_and_double_text_of_a_word_file_are_not_read(tmp_path: Path) -> None:
    run = f"<w:r><w:t>{office.IDENTITY}</w:t></w:r>"
    assert found(tmp_path, "a.docx", zipped(word__document=_WORD.format(f"<w:p><w:del>{run}</w:del></w:p>"))) == [
        ("tracked", "")
    ]
    double = (
        f"<w:p><w:AlternateContent><w:Choice>{run}</w:Choice><w:Fallback>{run}</w:Fallback></w:AlternateContent></w:p>"
    )
    assert found(tmp_path, "a.docx", zipped(word__document=_WORD.format(double))) == [("identity", "第 1 段")]


def test_headers_and_tables_in_tables_are_read(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{_PARAGRAPH.format(office.IDENTITY)}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{inner}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>"
    assert found(tmp_path, "a.docx", zipped(word__document=_WORD.format(outer))) == [
        ("identity", "第 1 个表格第 1 行第 1 列")
    ]
    data = zipped(word__document=_WORD.format(""), word__header1=_WORD.format(_PARAGRAPH.format("机密★5年")))
    assert found(tmp_path, "a.docx", data) == [("secrecy", "页眉、页脚或注释")]


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + _WORD.format("&b;")
    assert found(tmp_path, "a.docx", zipped(word__document=bomb)) == []


@pytest.mark.parametrize(
    "filling",
    [
        "<w:p/>" * 30_000,
        "<w:p>" + "<w:r/>" * 30_000 + "</w:p>",
        "<w:p>" + "<w:r>" * 300 + "</w:r>" * 300 + "</w:p>",
        "<w:tbl>" + "<w:tr><w:tc/></w:tr>" * 15_000 + "</w:tbl>",
        _PARAGRAPH.format("1" * 300_000),
    ],
    ids=["paragraphs", "runs", "depth", "cells", "bytes"],
)
def test_reading_ends_at_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filling: str) -> None:
    """What stands before a bomb is found, what stands behind it is not: the rest was not read."""
    monkeypatch.setattr(package, "MAX_ELEMENTS", 20_000)
    monkeypatch.setattr(package, "MAX_BYTES", 250_000)
    number = _PARAGRAPH.format(office.IDENTITY)
    assert found(tmp_path, "a.docx", zipped(word__document=_WORD.format(number + filling)))[:1] == [
        ("identity", "第 1 段")
    ]
    assert found(tmp_path, "a.docx", zipped(word__document=_WORD.format(filling + number))) == []


def test_many_sheets_share_one_allowance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_ELEMENTS", 20_000)
    rows = "<row><c><v>1</v></c></row>" * 2_000
    last = f"<row><c><v>{office.MOBILE}</v></c></row>"
    sheet = "<worksheet><sheetData>{}</sheetData></worksheet>"
    for count, expected in ((2, [("mobile", "第 3 张工作表的 A1")]), (5, [])):
        sheets = [sheet.format(rows)] * count + [sheet.format(last)]
        data = zipped(**{f"xl__worksheets__sheet{number}": text for number, text in enumerate(sheets, 1)})
        assert found(tmp_path, "a.xlsx", data) == expected


def test_digits_without_end_are_searched_in_linear_time() -> None:
    for text in (
        "1" * 1_000_000,
        "13 8123 " * 100_000,
        "1-" * 300_000,
        "-" * 300_000,
        "密" * 300_000,
        "王一，男" * 50_000,
    ):
        start = time.process_time()
        traces(SourceFile("a.md", text))
        assert time.process_time() - start < 15


@pytest.mark.parametrize("name", sorted(office.NAMES))
def test_damaged_files_carry_nothing_that_could_be_seen(tmp_path: Path, name: str) -> None:
    """Cut off anywhere and with any byte turned over, a file is read as far as it goes."""
    data = office.make(name)
    suffix = name.rpartition("-")[2].replace("jpeg", "jpg")
    for cut in range(0, len(data), max(1, len(data) // 12)):
        found(tmp_path, f"a.{suffix}", data[:cut])
        found(tmp_path, f"a.{suffix}", data[:cut] + bytes([data[cut] ^ 0xFF]) + data[cut + 1 :])


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_positions_are_known_in_every_kind_of_picture() -> None:
    for order in "<>":
        block = office.exif(order)
        png = makers.make("png")
        webp = makers.make("webp")
        assert picture.has_position(office.located_jpeg(order))
        assert picture.has_position(png[:33] + png_chunk(b"eXIf", block) + png[33:])
        assert picture.has_position(webp + b"EXIF" + struct.pack("<I", len(block)) + block)
        assert not picture.has_position(office.located_jpeg(order, tag=29))
    for name in ("jpeg", "turned-jpeg", "png", "webp", "gif", "bmp", "text-docx"):
        assert not picture.has_position(makers.make(name))


def test_broken_exif_holds_no_position() -> None:
    block = office.exif(">")
    for cut in range(len(block)):
        short = b"Exif\x00\x00" + block[:cut]
        jpeg = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(short) + 2) + short + b"\xff\xd9"
        assert not picture.has_position(jpeg) or cut >= 40


def test_what_is_kept_of_one_file_is_bounded() -> None:
    source = SourceFile("content/zd/a.md", f"{office.IDENTITY}\n" * (MOST + 5))
    assert len(traces(source)) == MOST


def test_marks_are_too_short_to_lead_back() -> None:
    assert {mark_of(str(number)) >> 16 for number in range(1000)} == {0}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("见13912345678。", "见×××××××××××。"),
        ("139-1234-5678", "×××-××××-××××"),
        ("110105 19491231 002X", "×××××× ×××××××× ××××"),
        ("一２", "一２"),
        ("000000000/2020-00001", "000000000/2020-00001"),
        ("2020-11-17 09:00", "2020-11-17 09:00"),
    ],
)
def test_masking_keeps_the_shape(text: str, masked: str) -> None:
    assert numbers.masked(text) == masked


def test_names_of_programs_are_no_authors() -> None:
    from build_site.model.text import Location

    told = [
        name
        for name in ("", "Administrator", "Windows 用户", "python-docx", "张三丰", "WPS_1601234567")
        if list(package.property_traces(Location("a"), "creator", name))
    ]
    assert told == ["张三丰", "WPS_1601234567"]


def test_cells_of_csv_files_are_told_by_line(tmp_path: Path) -> None:
    data = '姓名\t手机\r\n"张三丰\n（代）"\t13912345678\r\n李四光\t13812345678\r\n'.encode("utf-16")
    assert found(tmp_path, "a.csv", data)[:2] == [("mobile", "第 2 行第 2 列"), ("mobile", "第 4 行第 2 列")]
    assert found(tmp_path, "b.csv", b'"' + b"1" * 200_000) == []


def test_kinds_have_different_names() -> None:
    assert len({kind.value for kind in TraceKind}) == len(TraceKind)
