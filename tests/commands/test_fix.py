"""`build-site fix` as people run it: it shows, writes only when asked, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.robust.sandbox import TEXT, make_site, notice, run, tree

PAGE = "content/zd/hao.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    made = make_site(tmp_path / "site")
    (made / PAGE).write_text(notice(77, body=f"{TEXT}见国办发﹝2017﹞47号。"), "utf-8")
    return made


def test_it_shows_and_does_not_write(site: Path) -> None:
    before = tree(site)
    result = run("fix", "--site", str(site))
    assert result.code == 1
    assert f"--- {PAGE}" in result.out
    assert "见国办发〔2017〕47号" in result.out
    assert "--apply" in result.err
    assert tree(site) == before


def test_it_writes_when_asked_and_has_nothing_left_to_do(site: Path) -> None:
    assert run("fix", "--site", str(site), "--apply").code == 0
    assert "国办发〔2017〕47号" in (site / PAGE).read_text("utf-8")
    again = run("fix", "--site", str(site), "--lang", "en")
    assert again.code == 0
    assert again.out == ""
    assert "nothing" in again.err


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    result = run("fix", "--site", str(tmp_path))
    assert result.code == 2
    assert "catalog.yaml" in result.err
