from __future__ import annotations

from pathlib import Path

import pytest

from build_site.loading.attachments import measure
from tests.support import makers


@pytest.mark.parametrize(
    ("name", "maker", "blank"),
    [
        ("a.pdf", "zero-bytes", "zero-bytes"),
        ("a", "zero-bytes", "zero-bytes"),
        ("a.pdf", "blank-pdf", "no-content"),
        ("a.PDF", "three-blank-pages-pdf", "no-content"),
        ("a.pdf", "white-space-pdf", "no-content"),
        ("a.pdf", "text-pdf", ""),
        ("a.pdf", "drawn-pdf", ""),
        ("a.pdf", "broken-pdf", "unreadable"),
        ("a.pdf", "text-docx", "unreadable"),
        ("a.docx", "blank-docx", "no-content"),
        ("a.docx", "text-docx", ""),
        ("a.docx", "picture-docx", ""),
        ("a.docx", "broken-docx", "unreadable"),
        ("a.docx", "text-pdf", "unreadable"),
        ("a.docx", "text-xlsx", "unreadable"),
        ("a.xlsx", "blank-xlsx", "no-content"),
        ("a.xlsx", "number-xlsx", ""),
        ("a.xlsx", "text-xlsx", ""),
        ("a.csv", "blank-csv", "no-content"),
        ("a.csv", "text-csv", ""),
        ("a.txt", "blank-csv", "no-content"),
        ("a.png", "png", ""),
        ("a.png", "jpeg", ""),
        ("a.JPG", "jpeg", ""),
        ("a.png", "cut-off-png", "unreadable"),
        ("a.jpg", "cut-off-jpeg", "unreadable"),
        ("a.webp", "text-docx", "unreadable"),
        ("a.bmp", "bmp", ""),
        ("a.zip", "broken-docx", ""),
    ],
)
def test_blank_files_are_known(tmp_path: Path, name: str, maker: str, blank: str) -> None:
    """A file with nothing in it is named by the reason; one with content is not."""
    data = makers.make(maker)
    (tmp_path / name).write_bytes(data)
    found = measure(tmp_path, name)
    assert (found.path, found.size, found.blank) == (name, len(data), blank)
