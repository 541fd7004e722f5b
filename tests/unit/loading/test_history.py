from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from build_site.loading.history import parse_log, read_history
from build_site.model.history import History
from tests.support.repository import commit, git


def _write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"{path}\n" * 20, "utf-8")


def test_first_days_are_those_of_the_first_commit(tmp_path: Path) -> None:
    """A file's day is that of the commit that added it, whatever changed later; the record begins with the oldest."""
    _write(tmp_path, "content/zd/a.md", "content/zd/通知 二.md", "catalog.yaml")
    commit(tmp_path, {"2020-02-29": ["content/zd/a.md", "catalog.yaml"], "2020-03-05": ["content"]})
    (tmp_path / "content/zd/a.md").write_text("changed", "utf-8")
    git(tmp_path, "commit", "-am", "Change", day="2020-06-01")
    assert read_history(tmp_path) == History(
        date(2020, 2, 29), {"content/zd/a.md": date(2020, 2, 29), "content/zd/通知 二.md": date(2020, 3, 5)}
    )


def test_a_renamed_file_keeps_its_day(tmp_path: Path) -> None:
    """A file that moves to another column is as old as before."""
    _write(tmp_path, "content/zd/a.md")
    commit(tmp_path, {"2020-01-01": ["content"]})
    git(tmp_path, "mv", "content/zd/a.md", "content/zd/b.md")
    git(tmp_path, "commit", "-m", "Rename", day="2020-09-01")
    found = read_history(tmp_path)
    assert found
    assert found.first == {"content/zd/b.md": date(2020, 1, 1)}


def test_a_site_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """Paths are those from the site, not from the repository; what lies beside the site does not count."""
    _write(tmp_path, "README.md", "site/content/zd/a.md")
    commit(tmp_path, {"2019-01-01": ["README.md"], "2020-01-01": ["site"]})
    assert read_history(tmp_path / "site") == History(date(2020, 1, 1), {"content/zd/a.md": date(2020, 1, 1)})


def test_unknown_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, an empty one, one that never saw the site, no git: unknown, and no complaint."""
    _write(tmp_path, "content/zd/a.md")
    assert read_history(tmp_path) is None
    commit(tmp_path, {})
    assert read_history(tmp_path) is None
    _write(tmp_path, "README.md")
    commit(tmp_path, {"2020-01-01": ["README.md"]})
    assert read_history(tmp_path) is None
    git(tmp_path, "add", "content")
    git(tmp_path, "commit", "-m", "Content")
    assert read_history(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(tmp_path) is None


def test_an_empty_log_tells_nothing() -> None:
    assert parse_log("") is None
