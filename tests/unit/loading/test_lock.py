from __future__ import annotations

from pathlib import Path

from build_site.loading.lock import lock_text, read_lock


def test_no_lock_file_is_none(tmp_path: Path) -> None:
    """A site that was never built has no lock; that is not an empty one."""
    assert read_lock(tmp_path) is None
    (tmp_path / "urls.lock").write_text("")
    assert read_lock(tmp_path) == {}


def test_comments_blanks_and_merge_marks_are_skipped(tmp_path: Path) -> None:
    """What a merge leaves behind does not become an address."""
    text = "# 注\n\n  a.html \r\n<<<<<<< ours\nb.html\n=======\nc.html\n>>>>>>> theirs\n"
    (tmp_path / "urls.lock").write_text(text)
    assert set(read_lock(tmp_path) or ()) == {"a.html", "b.html", "c.html"}


def test_text_is_sorted_unique_lines_and_reads_back(tmp_path: Path) -> None:
    """One address a line, sorted by code point, each once."""
    text = lock_text(["wj/2020/10.html", "a.html", "wj/2020/2.html", "a.html", "附件.pdf"])
    assert text == "a.html\nwj/2020/10.html\nwj/2020/2.html\n附件.pdf\n"
    (tmp_path / "urls.lock").write_text(text)
    assert set(read_lock(tmp_path) or ()) == set(text.split())
    assert lock_text([]) == ""
