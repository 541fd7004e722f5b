"""Measured facts of a file that is published as it is.

Owns the question whether a PDF, Word or Excel file holds anything; pictures are measured by `pictures`. Must not judge whether that is allowed.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from itertools import islice
from pathlib import Path

from build_site.loading import pictures
from build_site.loading.pdf_file import DamagedPdfError, LockedPdfError, opened_pdf
from build_site.loading.traces import files as trace_files
from build_site.loading.traces import pdf as pdf_traces
from build_site.loading.traces.source import MOST
from build_site.model.content import SourceAsset

_MAX_PART = 20 * 1024 * 1024
_WORD_CONTENT = re.compile(rb"<w:t(?: [^<>]*)?>[^<]*[^<\s]|<w:drawing|<w:pict|<w:object")
_CELL_CONTENT = re.compile(rb"<v>[^<]+</v>|<t(?: [^<>]*)?>[^<]*[^<\s]|<drawing ")
_SNIFFED = frozenset({".doc", ".xls", ".ppt", ".pptx", ".wps", ".et", ".dps", ".ofd", ".zip", ".rar", ".7z"})
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml|table|meta)\b", re.IGNORECASE)


def measure(root: Path, path: str) -> SourceAsset:
    """Return the size of the file `root/path`, whether it counts as empty (a file with nothing in it is an empty page
    too), what picture it is, and what it carries along.

    Raises OSError only for what the disk cannot do.
    """
    file = root / path
    size = file.stat().st_size
    if size == 0:
        return SourceAsset(path, size, "zero-bytes")
    if file.suffix.lower() == ".pdf":
        return _measure_pdf(file, path, size)
    traces = trace_files.traces(file, path)
    if file.suffix.lower() in pictures.SUFFIXES:
        picture = pictures.picture_of(file)
        return SourceAsset(path, size, "" if picture else "unreadable", picture, traces)
    return SourceAsset(path, size, _blank(file), traces=traces, format=format_of(file))


def format_of(file: Path) -> str:
    """Return what the first bytes of an office file or archive say that it is, "" for other files and unknown bytes.

    Raises OSError only for what the disk cannot do.
    """
    if file.suffix.lower() not in _SNIFFED:
        return ""
    with file.open("rb") as stream:
        head = stream.read(512)
    for begin, found in _MAGIC:
        if head.startswith(begin):
            return found
    return "html" if _HTML.match(head) else ""


def _blank(file: Path) -> str:
    suffix = file.suffix.lower()
    if suffix in (".docx", ".docm", ".dotx"):
        return _blank_zip(file, re.compile(r"word/(document|header\d*|footer\d*)\.xml"), _WORD_CONTENT)
    if suffix in (".xlsx", ".xlsm"):
        return _blank_zip(file, re.compile(r"xl/(worksheets/sheet.*|sharedStrings)\.xml"), _CELL_CONTENT)
    if suffix in (".txt", ".csv"):
        text = file.read_bytes().replace(b"\x00", b"").decode("utf-8", "replace")
        return "" if text.strip("\ufeff\ufffd \t\r\n\u3000\xa0,;") else "no-content"
    if suffix in (".doc", ".xls", ".ppt", ".wps", ".et"):
        return "" if file.read_bytes().strip(b"\x00 \t\r\n") else "no-content"
    return ""


def _blank_zip(file: Path, names: re.Pattern[str], content: re.Pattern[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as package:
            parts = [info for info in package.infolist() if names.fullmatch(info.filename)]
            for info in parts:
                with package.open(info) as part:
                    if content.search(part.read(_MAX_PART)):
                        return ""
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, zlib.error, lzma.LZMAError):
        return "unreadable"
    return "no-content" if parts else "unreadable"


def _measure_pdf(file: Path, path: str, size: int) -> SourceAsset:
    try:
        with opened_pdf(file) as pdf:
            traces = tuple(islice(pdf_traces.traces(pdf, path), MOST))
            return SourceAsset(path, size, "" if pdf.shows_anything() else "no-content", traces=traces)
    except LockedPdfError:
        return SourceAsset(path, size, "")  # not for us to judge
    except DamagedPdfError:
        return SourceAsset(path, size, "unreadable")
