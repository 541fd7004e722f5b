"""PDFs as printers, scanners and cautious colleagues make them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from build_site.loading.attachments import measure
from build_site.loading.pdf_file import DamagedPdfError, LockedPdfError, opened_pdf
from tests.support import makers, office

ROOT = Path(__file__).parents[3]


def _rewritten(data: bytes, user: str | None = None, mapped: bool = True) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    if not mapped:
        for part in writer._objects:
            if isinstance(part, DictionaryObject):
                part.pop(NameObject("/ToUnicode"), None)
    if user is not None:
        writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages(tmp_path: Path, data: bytes) -> list[tuple[int, str]]:
    (tmp_path / "a.pdf").write_bytes(data)
    with opened_pdf(tmp_path / "a.pdf") as pdf:
        return list(pdf.texts(100))


def test_chinese_text_is_read_page_by_page(tmp_path: Path) -> None:
    """The text of each page, under its number, with ordinary line ends."""
    pages = _pages(tmp_path, (ROOT / "content/nb/nb2025.pdf").read_bytes())
    assert [number for number, _ in pages] == [1, 2, 3]
    assert "政府信息公开" in pages[0][1] and not any("\r" in text for _, text in pages)
    assert _pages(tmp_path, (ROOT / "content/nb/nb2025.pdf").read_bytes()) == pages


def test_glyphs_that_no_table_explains_are_content(tmp_path: Path) -> None:
    """Old printers leave out what each glyph means: people read such a page all the same."""
    data = _rewritten((ROOT / "content/nb/nb2025.pdf").read_bytes(), mapped=False)
    (tmp_path / "a.pdf").write_bytes(data)
    assert measure(tmp_path, "a.pdf").blank == ""


def test_a_file_that_only_forbids_printing_is_looked_into(tmp_path: Path) -> None:
    """Whoever opens it needs no password, so what it shows is public."""
    data = _rewritten(makers.text_pdf(f"ID {office.IDENTITY}"), user="")
    assert office.IDENTITY in _pages(tmp_path, data)[0][1]
    assert [trace.kind.value for trace in measure(tmp_path, "a.pdf").traces] == ["identity"]


def test_a_locked_file_is_not_judged(tmp_path: Path) -> None:
    """What needs a password is neither empty nor damaged, as far as we can see."""
    (tmp_path / "a.pdf").write_bytes(_rewritten(makers.make("blank-pdf"), user="secret"))
    with pytest.raises(LockedPdfError), opened_pdf(tmp_path / "a.pdf"):
        pass
    found = measure(tmp_path, "a.pdf")
    assert (found.blank, found.traces) == ("", ())


def test_what_is_no_pdf_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(makers.make("broken-pdf"))
    with pytest.raises(DamagedPdfError), opened_pdf(tmp_path / "a.pdf"):
        pass
