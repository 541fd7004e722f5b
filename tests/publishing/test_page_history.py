"""What is known of an address: its versions from a real repository, and what receipts of publishing say the public could read."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build_site.cli.main import cli
from build_site.output.build import build
from build_site.output.manifest import load_manifest
from build_site.publishing.receipt import Receipt, receipt_text
from tests.support.repository import git
from tests.support.sites import TEXT, notice, unaudited, write

ADDRESS, SOURCE, MOVED = "wj/2020/00009.html", "content/zd/banfa.md", "content/fdzdgknr/gfxwj/banfa.md"
HEAD = "effective: 2020-12-01\nvalidity: 有效"


def _commit(root: Path, day: str) -> str:
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "-m", f"Change of {day}", day=day)
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True
    ).stdout.strip()


def _publish(root: Path, number: int, day: str, target: str = "server") -> None:
    """Build the site and leave a receipt as `build-site publish` does, for the commit that is checked out."""
    outcome = build(root, root / "public", date.fromisoformat(day))
    assert outcome.published, [item.message.en for item in outcome.diagnostics if item.severity == "error"]
    manifest = load_manifest(root / "public")
    assert manifest
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True
    ).stdout.strip()
    receipt = Receipt(
        number, f"{number:064d}", f"{number:064d}", manifest.as_of, commit, manifest.files, "王五", f"{day}T01:00:00Z"
    )
    folder = root / "receipts" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / receipt.name).write_bytes(receipt_text(receipt))


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document that is planned, published, corrected, moved to another column and repealed, and at last removed with a redirect."""
    root = write(tmp_path_factory.mktemp("life"), {"catalog.yaml": unaudited(), ".gitignore": "public/\n.cache/\n"})
    git(root, "init", "--quiet", "--initial-branch=main")
    file = root / SOURCE
    file.write_text(notice("办法", "00009", f"{TEXT}\n\n第二条", "2020-12-10", HEAD), "utf-8")
    _commit(root, "2020-12-01")
    _publish(root, 1, "2020-12-05")  # its day has not come
    _publish(root, 2, "2020-12-10")
    _commit(root, "2020-12-10")  # the lock and the receipts
    _publish(root, 3, "2020-12-11")
    file.write_text(notice("办法", "00009", f"{TEXT}\n\n第三条\n\n第四条", "2020-12-10", f"{HEAD}\nrevisions: [{{date: 2020-12-12, note: 改错}}]"), "utf-8")  # fmt: skip
    _commit(root, "2020-12-12")
    _publish(root, 4, "2020-12-12")
    git(root, "rm", "--quiet", SOURCE)
    (root / MOVED).write_text(notice("办法", "00009", f"{TEXT}\n\n第三条\n\n第四条", "2020-12-10", f"{HEAD}\nrepealed: 2021-03-01\nrevisions: [{{date: 2020-12-12, note: 改错}}]".replace("有效", "已废止")), "utf-8")  # fmt: skip
    _commit(root, "2021-03-01")
    _publish(root, 5, "2021-03-02")
    git(root, "rm", "--quiet", MOVED)
    (root / "catalog.yaml").write_text(
        f"{unaudited()}redirects:\n  - {{from: {ADDRESS}, to: wj/2020/00001.html}}\n", "utf-8"
    )
    _commit(root, "2021-06-01")
    _publish(root, 6, "2021-06-02")
    return root


def _known(root: Path, page: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["history", page, "--site", str(root), "--format", "json"])
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "page", [ADDRESS, f"https://tyjrj.example.gov.cn/zfxxgk/{ADDRESS}", f"/zfxxgk/{ADDRESS}", MOVED]
)
def test_what_is_asked_can_be_written_in_many_ways(life: Path, page: str) -> None:
    assert _known(life, page) == _known(life, ADDRESS)


def test_every_version_with_what_changed(life: Path) -> None:
    """Also of a document that is gone: found by its index number in what commits removed."""
    found = _known(life, ADDRESS)
    assert (found["address"], found["title"], found["source"], found["moved_to"]) == (
        ADDRESS,
        "办法",
        MOVED,
        "wj/2020/00001.html",
    )
    versions = found["versions"]
    assert [(one["moment"][:10], one["path"], one["gone"]) for one in versions] == [
        ("2020-12-01", SOURCE, False),
        ("2020-12-12", SOURCE, False),
        ("2021-03-01", MOVED, False),
        ("2021-06-01", MOVED, True),
    ]
    changes = [
        [(one["key"], one["old"], one["new"], one["added"], one["taken"]) for one in version["changes"]]
        for version in versions
    ]
    assert changes == [
        [],
        [("revisions", "", "1", 0, 0), ("body", "", "", 3, 1)],
        [("path", SOURCE, MOVED, 0, 0), ("repealed", "", "2021-03-01", 0, 0), ("validity", "有效", "已废止", 0, 0)],
        [],
    ]
    assert [day for _, day in found["recorded"]] == ["2020-12-10"]


def test_what_the_public_could_read_and_when(life: Path) -> None:
    """Nothing before its day; one reading for a version however often it was published; and the page that leads on at last."""
    readings = _known(life, ADDRESS)["readings"]
    assert [(one["since"][:10], one["until"][:10], one["there"], one["version"]) for one in readings] == [
        ("2020-12-10", "2020-12-12", True, 1),
        ("2020-12-12", "2021-03-02", True, 2),
        ("2021-03-02", "2021-06-02", True, 3),
        ("2021-06-02", "", True, 0),
    ]
    last = load_manifest(life / "public")
    assert last and readings[-1]["sha256"] == last.files[ADDRESS].sha256


def test_a_page_of_many_documents_is_known_by_its_bytes(life: Path) -> None:
    found = _known(life, "fdzdgknr/gfxwj/index.html")
    assert found["source"] == "" and found["versions"] == []
    assert [(one["since"][:10], one["until"][:10], one["there"]) for one in found["readings"]] == [
        ("2020-12-05", "2021-03-02", True),
        ("2021-03-02", "2021-06-02", True),
        ("2021-06-02", "", True),
    ]


def test_what_is_not_committed_yet_is_told(life: Path) -> None:
    file = life / "content/zd/zhidu.md"
    before = file.read_text("utf-8")
    file.write_text(before.replace("信息公开制度", "信息公开工作制度"), "utf-8")
    try:
        found = _known(life, "wj/2020/00001.html")
    finally:
        file.write_text(before, "utf-8")
    assert found["others"] == [ADDRESS]
    assert [(one["commit"] == "", one["title"]) for one in found["versions"]] == [
        (False, "信息公开制度"),
        (True, "信息公开工作制度"),
    ]


def test_what_a_person_reads(life: Path) -> None:
    done = CliRunner().invoke(cli, ["history", ADDRESS, "--site", str(life)])
    for words in (
        "现在改到 wj/2020/00001.html",
        "改名：",
        "有效性：有效 → 已废止",
        "正文：增 3 行，删 1 行",
        "第 2 版",
        "起到现在",
        "删除了文件",
    ):
        assert words in done.stdout
    english = CliRunner().invoke(cli, ["history", ADDRESS, "--site", str(life), "--lang", "en"])
    for words in ("moved to", "renamed:", "body: 3 lines added, 1 taken out", "version 2", "since 2021-06-02"):
        assert words in english.stdout


def test_an_attachment_has_a_history_too(tmp_path: Path) -> None:
    """Without receipts nothing is said to have been public."""
    root = write(
        tmp_path,
        {
            "content/zd/zhidu.md": notice("信息公开制度", "00001", f"{TEXT}[表](表 一.txt)"),
            "content/zd/表 一.txt": "一",
        },
    )
    git(root, "init", "--quiet")
    _commit(root, "2020-12-01")
    (root / "content/zd/表 一.txt").write_text("二", "utf-8")
    _commit(root, "2020-12-02")
    found = _known(root, "fj/zd/表 一.txt")
    assert len(found["versions"]) == 2 and found["receipts"] == 0 and found["readings"] == []
    told = CliRunner().invoke(cli, ["history", "content/zd/表 一.txt", "--site", str(root)])
    assert "没有回执" in told.stdout


def test_what_is_not_known(tmp_path: Path) -> None:
    root = write(tmp_path)
    words = ["history", "wj/1999/1.html", "--site", str(root)]
    nowhere = CliRunner().invoke(cli, words)
    assert nowhere.exit_code == 2 and "Git" in nowhere.stderr
    git(root, "init", "--quiet")
    _commit(root, "2020-12-01")
    unknown = CliRunner().invoke(cli, words)
    assert unknown.exit_code == 1 and "wj/1999/1.html" in unknown.stderr and unknown.stdout == ""
