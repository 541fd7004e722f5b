from __future__ import annotations

import os
from pathlib import Path

import pytest

from build_site.loading.files import MAX_TEXT_BYTES, decode, list_content, printable, read_text
from build_site.loading.names import is_ignored, name_trouble
from build_site.model.finding import Fault


def fault_of(data: bytes) -> Fault:
    source, faults = decode("a.md", data)
    assert source is None
    (fault,) = faults
    return fault


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("标题\n".encode(), "标题\n"),
        (b"\xef\xbb\xbf" + "标题".encode(), "标题"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb", "a\nb"),
        (b"a\r\n\rb\n\r", "a\n\nb\n\n"),
        ("a\u2028b\u0085c\x0cd\te".encode(), "a\u2028b\u0085c\x0cd\te"),
        ("😀𠮷".encode(), "😀𠮷"),
    ],
)
def test_decode_keeps_text_and_normalises_line_ends(data: bytes, text: str) -> None:
    """UTF-8 with or without byte-order mark becomes text with line feeds only."""
    source, faults = decode("a.md", data)
    assert source is not None
    assert (source.text, faults) == (text, ())


@pytest.mark.parametrize(
    ("data", "guess", "place"),
    [
        ("关于开展检查的通知".encode("gbk"), "gbk", (1, 1)),
        ("title: 关于\n".encode("gbk"), "gbk", (1, 8)),
        ("关于\n".encode("gb18030") + b"ok", "gbk", (1, 1)),
        ("前面\n一".encode() + "关于".encode("gbk"), "mixed", (2, 2)),
        ("一二".encode()[:-1], "truncated", (1, 2)),
        ("a\r\nb\r一".encode()[:-1], "truncated", (3, 1)),
        ("标题".encode("utf-16"), "utf-16", (1, 1)),
        (b"\xfe\xff" + "标题".encode("utf-16-be"), "utf-16", (1, 1)),
        (b"\xc0\xc1\xff\x80\xff", "binary", (1, 1)),
        (bytes(range(128, 256)) * 4, "binary", (1, 1)),
    ],
)
def test_decode_names_the_likely_encoding_and_the_place(data: bytes, guess: str, place: tuple[int, int]) -> None:
    """What is not UTF-8 is a fault at its first wrong character, with the likely reason."""
    fault = fault_of(data)
    assert (fault.kind, fault.get("guess")) == ("undecodable-text", guess)
    assert (fault.where.line, fault.where.column) == place


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x08", "\x0b", "\x0e", "\x1b", "\x1f", "\x7f"])
def test_decode_refuses_control_characters(char: str) -> None:
    """A control character is a fault with its number and place."""
    fault = fault_of(f"一\n二{char}".encode())
    assert (fault.kind, fault.get("code")) == ("control-character", f"U+{ord(char):04X}")
    assert (fault.where.line, fault.where.column) == (2, 2)


def test_text_of_the_greatest_size_is_read(tmp_path: Path) -> None:
    """The limit is a size that still passes; one byte more does not."""
    (tmp_path / "a.md").write_bytes(b"a" * MAX_TEXT_BYTES)
    (tmp_path / "b.md").write_bytes(b"a" * (MAX_TEXT_BYTES + 1))
    assert read_text(tmp_path, "a.md")[1] == ()
    source, faults = read_text(tmp_path, "b.md")
    assert source is None
    assert [fault.kind for fault in faults] == ["oversized-text"]


def test_listing_is_sorted_and_divided(tmp_path: Path) -> None:
    """Markdown files are texts, others assets; hidden and backup files are left out; folders by name."""
    for path in ("zd/b.md", "zd/a.md", "zd/x.pdf", "nb/1.MD", "zd/.x.md", "zd/~$a.docx", "a-b/a.md", "zd/sub/c.md"):
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    listing = list_content(tmp_path)
    assert listing.texts == ("content/a-b/a.md", "content/zd/a.md", "content/zd/b.md", "content/zd/sub/c.md")
    assert listing.assets == ("content/zd/x.pdf",)
    assert [(fault.kind, fault.where.path) for fault in listing.faults] == [("unsafe-file-name", "content/nb/1.MD")]


def test_listing_of_no_folder_is_empty(tmp_path: Path) -> None:
    """A site without content has no files."""
    assert list_content(tmp_path).texts == ()


def test_undecodable_name_is_a_fault_that_can_be_printed(tmp_path: Path) -> None:
    """A name in GBK is a fault whose path holds printable characters only."""
    (tmp_path / "content").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/content/\xb9\xd8.md")).write_text("x")
    listing = list_content(tmp_path)
    (fault,) = listing.faults
    assert (fault.kind, fault.get("why")) == ("unsafe-file-name", "undecodable")
    assert fault.where.path.isprintable()
    fault.where.path.encode()
    assert listing.texts == ()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a.md", ""),
        ("2020年 名单（一）.pdf", ""),
        ("console.md", ""),
        ("com10.txt", ""),
        ("com0", "reserved"),
        ("nul", "reserved"),
        ("Aux.tar.gz", "reserved"),
        ("com¹.txt", "reserved"),
        ("a:b", "forbidden-character"),
        ("a\\b", "forbidden-character"),
        ("a|b", "forbidden-character"),
        ('a"b', "forbidden-character"),
        ("a\nb", "forbidden-character"),
        ("a\u200db", "invisible-character"),
        ("\ufeffa", "invisible-character"),
        (" a", "edge-space-or-dot"),
        ("a ", "edge-space-or-dot"),
        ("a.", "edge-space-or-dot"),
        ("\u3000a", "edge-space-or-dot"),
        (".md", "empty"),
        ("名" * 84 + "abc", ""),
        ("名" * 85 + "a", "too-long"),
        ("e\u0301.md", "not-composed"),
        ("\u00e9.md", ""),
    ],
)
def test_name_trouble(name: str, why: str) -> None:
    """A name that cannot be published safely is named by its reason."""
    assert name_trouble(name) == why


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        (".git", True),
        (".DS_Store", True),
        ("~$通知.docx", True),
        ("通知.md~", True),
        ("#a#", True),
        ("THUMBS.DB", True),
        ("a.TMP", True),
        ("a.swp", True),
        ("a.md", False),
        ("~a.md", False),
        ("tmp.md", False),
    ],
)
def test_ignored_names(name: str, ignored: bool) -> None:
    """Hidden, lock and backup files of programs are no content."""
    assert is_ignored(name) is ignored


def test_printable_shows_what_cannot_be_seen() -> None:
    """Control and direction characters become visible, Chinese stays."""
    assert printable("名\u202e\n单") == "名\\x202e\\x0a单"
