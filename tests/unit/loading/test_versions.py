"""The versions of a file, from a real repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_site.loading.git import GitError, require_repository
from build_site.loading.versions import blobs_at, content, mentions, removed, versions
from tests.support.repository import git

OLD, NEW = "content/zd/旧 名.md", "content/nb/新.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site below its repository's folder: a file is written, changed, moved with a change, and removed; bytes are kept as they are."""
    top = tmp_path_factory.mktemp("repository")
    root = top / "sites/a"
    git(top, "init", "--quiet")
    text = b"\xef\xbb\xbfline one\r\n" * 30
    for day, path, data in (
        ("2020-01-01", OLD, text),
        ("2020-02-01", OLD, text + b"\xff\n"),
        ("2020-03-01", NEW, text + b"more\n"),
        ("2020-04-01", NEW, None),
    ):
        (root / NEW if path == NEW else root / OLD).parent.mkdir(parents=True, exist_ok=True)
        if path == NEW:
            (root / OLD).unlink(missing_ok=True)
        if data is None:
            (root / path).unlink()
        else:
            (root / path).write_bytes(data)
        (top / "beside.md").write_text(day, "utf-8")
        (root / "urls.lock").write_text("index.html\n" + ("zd/index.html\n" if data else ""), "utf-8")
        git(top, "add", "-A")
        git(top, "commit", "--quiet", "-m", day, day=day)
    return root


def test_each_version_with_its_bytes_under_every_name(site: Path) -> None:
    found = versions(site, NEW)
    assert [(one.moment[:10], one.author, one.path, one.data is None) for one in found] == [
        ("2020-01-01", "Editor", OLD, False),
        ("2020-02-01", "Editor", OLD, False),
        ("2020-03-01", "Editor", NEW, False),
        ("2020-04-01", "Editor", NEW, True),
    ]
    assert found[0].data == b"\xef\xbb\xbfline one\r\n" * 30
    assert found[1].data and found[1].data.endswith(b"\xff\n")
    assert content(site, found[0].blob) == found[0].data
    assert versions(site, "content/none.md") == ()


def test_what_a_commit_holds(site: Path) -> None:
    first, second, third, last = versions(site, NEW)
    asked = [(one.commit, path) for one in (first, second, third, last) for path in (OLD, NEW)]
    assert blobs_at(site, [*asked, ("0" * 40, OLD), ("nonsense", OLD)]) == {
        (first.commit, OLD): first.blob,
        (second.commit, OLD): second.blob,
        (third.commit, NEW): third.blob,
    }
    assert blobs_at(site, []) == {}


def test_removed_files_and_who_still_had_them(site: Path) -> None:
    found = removed(site, "content")
    assert set(found) == {OLD, NEW}
    assert blobs_at(site, [(found[NEW], NEW)]) == {(found[NEW], NEW): versions(site, NEW)[2].blob}


def test_a_line_is_the_whole_line(site: Path) -> None:
    assert [day for _, day in mentions(site, "zd/index.html", "urls.lock")] == ["2020-01-01", "2020-04-01"]
    assert [day for _, day in mentions(site, "index.html", "urls.lock")] == ["2020-01-01"]
    assert mentions(site, "zd/index-html", "urls.lock") == ()


def test_without_a_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError):
        require_repository(tmp_path)
    with pytest.raises(GitError):
        versions(tmp_path, OLD)
