"""The archive of a year: whole, unchanged, to be read without a server, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from click.testing import CliRunner

from build_site.cli.main import cli
from build_site.output.build import build
from tests.support.sites import TEXT, notice, unaudited, write


def _site(folder: Path) -> Path:
    """Two documents of 2020, one of which links to one of 2019; attachments of both; thirty more of 2018 in a column."""
    root = write(
        folder / "site",
        {
            "catalog.yaml": f"{unaudited()}redirects:\n  - {{from: alt/eins.html, to: wj/2020/00001.html}}\n",
            "content/zd/zhidu.md": notice("信息公开制度", "00001", f"{TEXT}见[旧制度](2019.md)。[申请表](表 一.txt)"),
            "content/zd/2019.md": notice("旧制度", "01900", f"{TEXT}[旧表](jiu.txt)", "2019-05-06"),
            "content/fdzdgknr/gfxwj/2019b.md": notice("旧文件", "01901", f"{TEXT}[别的表](bie.txt)", "2019-05-06"),
            "content/zd/表 一.txt": "表",
            "content/zd/jiu.txt": "旧",
            "content/fdzdgknr/gfxwj/bie.txt": "别",
            **{
                f"content/zd/a{number}.md": notice(f"第{number}号", f"{2000 + number:05d}", TEXT, "2018-03-04")
                for number in range(30)
            },
        },
    )
    outcome = build(root, root / "public", date(2020, 12, 31))
    assert outcome.published, [item.message.en for item in outcome.diagnostics if item.severity == "error"]
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _site(tmp_path_factory.mktemp("archived"))


@pytest.fixture(scope="module")
def unpacked(root: Path) -> Path:
    file = root.parent / "archive-2020.zip"
    done = CliRunner().invoke(cli, ["archive", "2020", "--site", str(root), "--to", str(file)])
    assert done.exit_code == 0, done.stderr
    assert hashlib.sha256(file.read_bytes()).hexdigest() in done.stderr
    with zipfile.ZipFile(file) as packed:
        packed.extractall(root.parent / "unpacked")
    return root.parent / "unpacked"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def _files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_every_link_leads_somewhere_on_the_disk(unpacked: Path) -> None:
    seen = 0
    for page in unpacked.rglob("*.html"):
        links = _Links()
        links.feed(page.read_text("utf-8"))
        for url in links.found:
            target = urlsplit(urljoin(page.as_uri(), url))
            if target.scheme == "file":
                path = Path(unquote(target.path))
                assert path.is_file() or (path / "index.html").is_file(), f"{page.name}: {url}"
                seen += 1
    assert seen > 200


def test_what_belongs_to_it(unpacked: Path) -> None:
    files = _files(unpacked)
    assert {"wj/2020/00001.html", "wj/2020/00002.html", "fj/zd/表 一.txt", "index.html", "mulu/index.html", "mulu/2020/index.html", "zd/index.html", "wzdt.html", "heyan.html"} <= files  # fmt: skip
    assert any(file.startswith("assets/site-") for file in files)
    assert not {"404.html", "alt/eins.html", "fj/fdzdgknr/gfxwj/bie.txt", "robots.txt"} & files
    stand_in = (unpacked / "wj/2020/01900.html").read_text("utf-8")
    assert "https://tyjrj.example.gov.cn/zfxxgk/wj/2020/01900.html" in stand_in and "旧制度" not in stand_in
    assert "没有收进归档" in (unpacked / "mulu/2018/index.html").read_text("utf-8")
    assert "3 篇" in (unpacked / "README.txt").read_text("utf-8")


def test_files_of_the_site_are_the_published_ones(root: Path, unpacked: Path) -> None:
    """Byte for byte, so that the site's own manifest answers for them; all others are named by the archive's."""
    original = json.loads((unpacked / "original/manifest.json").read_text("utf-8"))["files"]
    assert (unpacked / "original/manifest.json").read_bytes() == (root / "public/manifest.json").read_bytes()
    own = json.loads((unpacked / "manifest.json").read_text("utf-8"))["files"]
    assert set(own) == _files(unpacked) - {"manifest.json", "SHA256SUMS"}
    same = 0
    for address, entry in own.items():
        data = (unpacked / address).read_bytes()
        assert (entry["size"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        if address in original and "没有收进归档" not in data.decode("utf-8", "replace"):
            assert original[address]["sha256"] == entry["sha256"]
            same += 1
    assert same > 20


def test_the_sums_are_read_by_sha256sum(unpacked: Path, tmp_path: Path) -> None:
    words = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(words, cwd=unpacked, check=False).returncode == 0
    assert len((unpacked / "SHA256SUMS").read_text("utf-8").splitlines()) == len(_files(unpacked)) - 1
    shutil.copytree(unpacked, tmp_path / "copy")
    (tmp_path / "copy/index.html").write_text("altered", "utf-8")
    assert subprocess.run(words, cwd=tmp_path / "copy", capture_output=True, check=False).returncode == 1


def test_the_same_archive_has_the_same_bytes(root: Path, unpacked: Path, tmp_path: Path) -> None:
    """Whenever and wherever it is made, and however the disk orders its files."""
    copy = tmp_path / "site"
    shutil.copytree(root, copy)
    made = CliRunner().invoke(cli, ["archive", "2020", "--site", str(copy), "--to", str(tmp_path / "again.zip")])
    assert made.exit_code == 0
    assert (tmp_path / "again.zip").read_bytes() == (root.parent / "archive-2020.zip").read_bytes()


def test_what_is_refused(root: Path, tmp_path: Path) -> None:
    """Nothing is left behind, and an earlier archive stays as it was."""
    copy = tmp_path / "site"
    shutil.copytree(root, copy)
    file = tmp_path / "a.zip"

    def asked(*words: str, code: int = 1) -> str:
        done = CliRunner().invoke(cli, ["archive", *words, "--site", str(copy), "--to", str(file)])
        assert done.exit_code == code
        return done.stderr

    assert "2015" in asked("2015")
    assert "--key-file" in asked("2020", "--id", "jm", code=2)
    assert "--id" in asked("2020", "--key-env", "KEY", code=2)
    assert "签名公钥" in asked("2020", "--id", "jm", "--key-env", "KEY", code=2)
    (copy / "public/index.html").write_text("altered", "utf-8")
    assert "index.html" in asked("2020")
    (copy / "content/zd/neu.md").write_text(notice("新制度", "00077"), "utf-8")
    assert "wj/2020/00077.html" in asked("2020")
    assert "build-site build" in asked("2020", "--out", str(tmp_path / "none"))
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]
    file.write_bytes(b"earlier")
    assert "a.zip" in asked("2020", code=2)
    assert file.read_bytes() == b"earlier"


@pytest.mark.parametrize("algorithm", ["sm2", "ed25519"])
def test_a_signed_archive_is_verified_like_a_site(algorithm: str, tmp_path: Path) -> None:
    """By the program and by openssl alone; an altered one is told from it. A key that fails leaves no archive."""
    root = write(tmp_path / "site", {"catalog.yaml": unaudited()})
    private = tmp_path / "private.pem"
    made = CliRunner().invoke(
        cli, ["keygen", "--site", str(root), "--id", "jm", "--algorithm", algorithm, "--key-file", str(private)]
    )
    assert made.exit_code == 0, made.stderr
    catalogue = root / "catalog.yaml"
    told = re.sub(r"启用日期: \S+", "启用日期: 2020-01-01", made.stdout)
    catalogue.write_text(f"{catalogue.read_text('utf-8')}{told}", "utf-8")
    assert build(root, root / "public", date(2020, 12, 31)).published
    assert (
        CliRunner().invoke(cli, ["sign", "--site", str(root), "--id", "jm", "--key-file", str(private)]).exit_code == 0
    )
    file = tmp_path / "a.zip"
    words = ["archive", "2020", "--site", str(root), "--to", str(file), "--id", "jm"]
    wrong = CliRunner().invoke(cli, [*words, "--key-command", "false"])
    assert wrong.exit_code == 2 and sorted(entry.name for entry in tmp_path.iterdir()) == ["private.pem", "site"]
    done = CliRunner().invoke(cli, [*words, "--key-file", str(private)])
    assert done.exit_code == 0, done.stderr
    verified = CliRunner().invoke(cli, ["verify", str(file), "--site", str(root)])
    assert verified.exit_code == 0, verified.stdout + verified.stderr
    with zipfile.ZipFile(file) as packed:
        packed.extractall(tmp_path / "unpacked")
    unpacked = tmp_path / "unpacked"
    assert (unpacked / "original/manifest.json.jm.sig").read_bytes() == (
        root / "public/manifest.json.jm.sig"
    ).read_bytes()
    raw = ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"] if algorithm == "sm2" else ["-rawin"]
    line = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "assets/key-jm.pem",
        *raw,
        "-in",
        "manifest.json",
        "-sigfile",
        "manifest.json.jm.sig",
    ]
    assert subprocess.run(line, cwd=unpacked, capture_output=True, check=False).returncode == 0
    (unpacked / "wj/2020/00001.html").write_bytes(
        (unpacked / "wj/2020/00001.html").read_bytes().replace("公开".encode(), "保密".encode(), 1)
    )
    assert CliRunner().invoke(cli, ["verify", str(unpacked), "--site", str(root)]).exit_code == 1
