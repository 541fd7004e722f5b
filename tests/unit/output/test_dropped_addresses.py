"""What `urls.lock` forgot, from a real repository: whoever took it out, and whatever happened since."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_site.loading.history import dropped_addresses, uncommitted_drops
from build_site.output.since import check_since
from build_site.output.sources import history_of
from build_site.output.store import Store
from tests.support.repository import git
from tests.support.sites import AS_OF, notice, write


def _lock(root: Path, *addresses: str) -> None:
    (root / "urls.lock").write_text("".join(f"{address}\n" for address in addresses), "utf-8")


def _commit(root: Path, day: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "-m", f"Change of {day}", day=day)


def _repository(root: Path, *addresses: str) -> Path:
    write(root)
    _lock(root, *addresses)
    git(root, "init", "--quiet", "--initial-branch=main")
    _commit(root, "2020-01-01")
    return root


def test_the_last_commit_that_dropped_an_address_is_told(tmp_path: Path) -> None:
    """Also in a site below the repository's folder; what is next to it does not count."""
    git(tmp_path, "init", "--quiet")
    root = write(tmp_path / "site")
    for day, addresses in {"2020-01-01": ("a.html", "b.html"), "2020-02-01": ("b.html",), "2020-03-01": ("a.html", "b.html"), "2020-04-01": ()}.items():  # fmt: skip
        _lock(root, *addresses)
        (tmp_path / "urls.lock").write_text(f"{day}\n", "utf-8")
        _commit(tmp_path, day)
    found = dropped_addresses(root)
    assert {address: day.partition(" ")[2] for address, day in found.items()} == {
        "a.html": "2020-04-01",
        "b.html": "2020-04-01",
    }


def test_what_a_merge_loses_is_lost(tmp_path: Path) -> None:
    """Somebody solves a conflict by keeping one side."""
    root = _repository(tmp_path, "a.html")
    git(root, "checkout", "--quiet", "-b", "side")
    _lock(root, "a.html", "side.html")
    _commit(root, "2020-02-01")
    git(root, "checkout", "--quiet", "main")
    _lock(root, "a.html", "main.html")
    _commit(root, "2020-02-02")
    assert dropped_addresses(root) == {}
    git(root, "merge", "--quiet", "--no-edit", "--strategy-option=theirs", "side")
    _lock(root, "a.html", "side.html")
    git(root, "commit", "--quiet", "--amend", "-a", "--no-edit")
    assert set(dropped_addresses(root)) == {"main.html"}


def test_what_is_not_committed_yet(tmp_path: Path) -> None:
    root = _repository(tmp_path, "a.html", "b.html")
    assert uncommitted_drops(root) == frozenset()
    _lock(root, "b.html", "c.html")
    assert uncommitted_drops(root) == {"a.html"}
    (root / "urls.lock").unlink()
    assert uncommitted_drops(root) == {"a.html", "b.html"}
    assert dropped_addresses(root) == {}
    assert dropped_addresses(tmp_path.parent / "nowhere") == {}


def test_commits_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store answers for a commit that was seen; another commit, or what is not committed, is looked at again."""
    root = _repository(tmp_path, "a.html", "b.html")
    _lock(root, "b.html")
    _commit(root, "2020-02-01")
    store = Store(tmp_path / ".cache/build-site")
    first = history_of(root, store)
    assert first and set(first.dropped) == {"a.html"}
    calls: list[Path] = []

    def counted(place: Path) -> dict[str, str]:
        calls.append(place)
        return dropped_addresses(place)

    monkeypatch.setattr("build_site.output.sources.dropped_addresses", counted)
    assert history_of(root, store) == first and calls == []
    _lock(root)
    told = history_of(root, store)
    assert told and told.dropped == {**first.dropped, "b.html": ""} and calls == []
    _commit(root, "2020-03-01")
    later = history_of(root, store)
    assert later and later.dropped["b.html"].endswith("2020-03-01") and len(calls) == 1


def test_a_branch_answers_for_what_it_drops_itself(tmp_path: Path) -> None:
    """What was forgotten before the branch began is not its fault; what it takes out, or makes vanish, is."""
    root = _repository(tmp_path, "wj/2019/1.html", "wj/2019/2.html", "wj/2020/00009.html")
    (root / "content/zd/a.md").write_text(notice("办法", "00009"), "utf-8")
    _lock(root, "wj/2019/2.html")
    (root / "catalog.yaml").write_text((root / "catalog.yaml").read_text("utf-8") + "withdrawals:\n  - {address: wj/2019/2.html, title: 旧, kind: 误发, withdrawn: 2020-01-01, reason: 误发}\n", "utf-8")  # fmt: skip
    _commit(root, "2020-02-01")
    git(root, "checkout", "--quiet", "-b", "edit")

    def told() -> list[str]:
        return [item.message.en.split(": ")[1][:18] for item in check_since(root, "main", AS_OF).diagnostics if item.code == "ADR107"]  # fmt: skip

    (root / "content/zd/b.md").write_text(notice("通知", "00010"), "utf-8")
    _commit(root, "2020-02-02")
    assert told() == []
    (root / "content/zd/a.md").unlink()  # the lock has forgotten it, so only history misses it
    _commit(root, "2020-02-03")
    assert told() == ["wj/2020/00009.html"]
