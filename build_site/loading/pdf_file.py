"""PDF files: whether their pages show anything, their text and their properties.

Owns the use of pypdfium2, with limits. Must not judge what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MAX_PAGES = 2000  # a damaged file can claim any number
_MAX_OBJECTS = 200_000  # a map can hold millions of lines, and no text worth the wait
_ENOUGH = 1000  # a page with so much on it is not blank


class DamagedPdfError(Exception):
    """A file that is no PDF, or none of whose pages can be read."""


class LockedPdfError(Exception):
    """A PDF that nobody reads without its password."""


class Pdf:
    """An open PDF."""

    def __init__(self, document: PdfDocument) -> None:
        self._document = document
        self._speaks = False  # found while the texts are read, which saves a second look at the pages

    @property
    def properties(self) -> Mapping[str, str]:
        """The properties that are filled in: Author, Title, Subject, Keywords and others."""
        return dict(self._document.get_metadata_dict(skip_empty=True))

    def shows_anything(self) -> bool:
        """Return whether any page has a drawing, a picture, a note, or text that is more than blanks.

        Raises `DamagedPdfError` when there are pages and none of them can be read.
        """
        if self._speaks:
            return True
        readable = False
        for _, page in self._pages(_MAX_PAGES):
            readable = True
            if _shows(page):
                return True
        if not readable:
            raise DamagedPdfError
        return False

    def texts(self, most: int) -> Iterator[tuple[int, str]]:
        """Yield number (from 1) and text of the first `most` pages; those that cannot be read are left out."""
        for number, page in self._pages(most):
            text = _text(page)
            self._speaks = self._speaks or bool(text.strip())
            yield number, text

    def _pages(self, most: int) -> Iterator[tuple[int, PdfPage]]:
        from pypdfium2 import PdfiumError

        for number in range(min(len(self._document), most)):
            try:
                page = self._document[number]
            except PdfiumError:
                continue
            try:
                yield number + 1, page
            finally:
                page.close()


@contextmanager
def opened_pdf(file: Path) -> Iterator[Pdf]:
    """Open the PDF `file`; raise `DamagedPdfError` or `LockedPdfError` when that is not possible."""
    from pypdfium2 import PdfDocument, PdfiumError, raw  # 30 ms: only when there is a PDF to look into

    try:
        document = PdfDocument(file)
    except PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise (LockedPdfError if locked else DamagedPdfError) from None
    try:
        yield Pdf(document)
    finally:
        document.close()


def _shows(page: PdfPage) -> bool:
    from pypdfium2 import raw

    if raw.FPDFPage_GetAnnotCount(page.raw) > 0:
        return True
    count = raw.FPDFPage_CountObjects(page.raw)
    kinds = {raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, number)) for number in range(min(count, _ENOUGH))}
    return bool(kinds - {raw.FPDF_PAGEOBJ_TEXT}) or (bool(kinds) and bool(_text(page).strip()))


def _text(page: PdfPage) -> str:
    from pypdfium2 import PdfiumError, raw

    if raw.FPDFPage_CountObjects(page.raw) > _MAX_OBJECTS:
        return ""
    try:
        text = page.get_textpage()
    except PdfiumError:
        return ""
    try:
        return str(text.get_text_range()).replace("\r\n", "\n")
    finally:
        text.close()
