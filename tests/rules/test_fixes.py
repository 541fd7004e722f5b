"""The edits that findings carry, over every case of every rule.

They mend what they claim, nothing new appears, nothing else changes, and a second run finds nothing to do.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from build_site.model.edits import edited
from build_site.output.build import check
from build_site.output.fixing import apply, propose
from tests.rules.test_cases import Case, lay_out, read_cases
from tests.support import sites

FIXING = ("DOC110", "DOC111", "GUI103", "LNK107", "LNK108", "YML102", "YML107")
"""The rules whose findings may carry an edit; a test holds that no other does."""


def bad_cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{code}-{name}".replace(" ", "-"))
        for code in FIXING
        for name, case in read_cases(code)["bad"].items()
    ]


def counted(root: Path, case: Case) -> Counter[tuple[str, str, int]]:
    found = sites.written_faults(check(root, case.get("as_of", sites.AS_OF)).diagnostics)
    return Counter((item.code, item.where.path, item.where.line) for item in found)


def contents(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


@pytest.mark.parametrize("case", bad_cases())
def test_an_edit_mends_and_brings_nothing_new(tmp_path: Path, case: Case) -> None:
    lay_out(tmp_path, case)
    day = case.get("as_of", sites.AS_OF)
    before, files = counted(tmp_path, case), contents(tmp_path)
    proposal = propose(tmp_path, day)
    assert contents(tmp_path) == files, "a proposal writes nothing"
    assert set(apply(tmp_path, proposal)) == set(proposal.texts)
    after = counted(tmp_path, case)
    assert not after - before, "no finding appears"
    gone = before - after
    assert not Counter((item.code, item.where.path, item.where.line) for item in proposal.mended) - gone
    now = contents(tmp_path)
    assert set(now) == set(files)
    for path, data in files.items():
        wanted = [item.fix for item in proposal.mended if item.where.path == path and item.fix]
        assert now[path] == (edited(data.decode(), wanted).encode() if wanted else data)
    again = propose(tmp_path, day)
    assert not again.texts
    assert not again.mended


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("发文字号: 某规[2020]1号\n", "发文字号: 某规〔2020〕1号\n", "DOC110"),
        ('发文字号: "某规（2020）1号"\n', '发文字号: "某规〔2020〕1号"\n', "DOC110"),
        ("成文日期: 2020年11月5日\n", "成文日期: 2020-11-05\n", "YML107"),
        ("成文日期: '2020/11/05'\n", "成文日期: '2020-11-05'\n", "YML107"),
        ("成文日期: ２０２０-11-05\n", "成文日期: 2020-11-05\n", "YML107"),
        ("成文日期：2020-11-05\n", "成文日期: 2020-11-05\n", "YML102"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_written(tmp_path: Path, old: str, new: str, code: str, end: str) -> None:
    """Line ends and a byte-order mark stay."""
    day = "" if "成文日期" in old else "成文日期: 2020-11-16\n"  # with a right number the document must have one
    source = sites.notice("测试通知", "00009", head=old + day)
    lay_out(tmp_path, {"files": {"content/zd/test.md": source}})
    file = tmp_path / "content/zd/test.md"
    file.write_bytes(b"\xef\xbb\xbf" + source.replace("\n", end).encode())
    proposal = propose(tmp_path, sites.AS_OF)
    assert [item.code for item in proposal.mended] == [code]
    apply(tmp_path, proposal)
    assert file.read_bytes() == b"\xef\xbb\xbf" + source.replace(old, new).replace("\n", end).encode()


@pytest.mark.parametrize(
    "head",
    [
        "发文字号: 某规〔20〕1号\n",
        "发文字号: 某规〔2020〕第1号\n",
        "发文字号: 某规〔2020〕01号\n",
        "成文日期: 2020年11月5日（暂定）\n",
        "成文日期: 2020年13月5日\n",
    ],
)
def test_what_could_change_the_meaning_is_left(tmp_path: Path, head: str) -> None:
    lay_out(tmp_path, {"files": {"content/zd/test.md": sites.notice("测试通知", "00009", head=head)}})
    assert not propose(tmp_path, sites.AS_OF).texts


def test_a_file_in_which_something_else_would_appear_is_left(tmp_path: Path) -> None:
    """The date makes the document readable, and its broken link with it."""
    source = sites.notice("测试通知", "00009", sites.TEXT + "见[附表](meiyou.xlsx)。", head="成文日期: 2020年11月5日\n")
    lay_out(tmp_path, {"files": {"content/zd/test.md": source.replace("2020-11-17", "2020年11月17日")}})
    proposal = propose(tmp_path, sites.AS_OF)
    assert not proposal.texts
    assert proposal.left


def test_a_file_that_has_changed_since_is_left(tmp_path: Path) -> None:
    lay_out(
        tmp_path, {"files": {"content/zd/test.md": sites.notice("测试通知", "00009", head="发文字号: 某规[2020]1号\n")}}
    )
    proposal = propose(tmp_path, sites.AS_OF)
    file = tmp_path / "content/zd/test.md"
    file.write_bytes(file.read_bytes() + b"\n")
    assert apply(tmp_path, proposal) == ()
