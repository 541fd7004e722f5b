"""The sample site under a second opinion: LinkChecker, a program of others, finds no broken link.

LinkChecker is run as a program over HTTP, from a server that never lists a folder. A sample site asks robots not to
follow its links, and LinkChecker obeys; the copy that is served does not ask.
"""

from __future__ import annotations

import csv
import http.server
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.robust.sandbox import AS_OF, ROOT, build, check, run


def _program() -> list[str] | None:
    """Return the command that starts LinkChecker, or None where it is not installed."""
    beside = Path(sys.executable).parent / "linkchecker"
    if beside.is_file():
        return [sys.executable, str(beside)]
    found = shutil.which("linkchecker")
    return [found] if found else None


PROGRAM = _program()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="the program linkchecker is not installed")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files only, and lets LinkChecker ask as fast as it likes."""

    def end_headers(self) -> None:
        self.send_header("LinkChecker", "1")
        super().end_headers()

    def list_directory(self, path: Any) -> BytesIO | None:
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve `folder` and yield its URL."""
    handler = partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def _asked(public: Path, *pages: str, depth: int = -1) -> list[dict[str, str]]:
    """Return a row for every URL that LinkChecker checked, beginning at these pages."""
    assert PROGRAM
    # Run by root, LinkChecker becomes nobody, who could not look into the tests' own folder.
    with tempfile.TemporaryDirectory(prefix="linkchecker-") as name, _served(public) as url:
        folder = Path(name)
        folder.chmod(0o755)
        settings = folder / "linkcheckerrc"
        settings.write_text(
            "[checking]\nmaxrequestspersecond=1000\nthreads=4\n[filtering]\ncheckextern=0\nignorewarnings=\n"
        )
        settings.chmod(0o644)
        options = [
            "--config",
            str(settings),
            "--no-status",
            "--no-robots",
            "--verbose",
            "--output",
            "csv/utf-8",
            "--recursion-level",
            str(depth),
        ]
        done = subprocess.run(
            [*PROGRAM, *options, *(url + page for page in pages)],
            cwd=folder,
            capture_output=True,
            timeout=100,
            check=False,
        )
    assert done.returncode in (0, 1), done.stderr.decode()
    lines = [line for line in done.stdout.decode().split("\n") if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter=";"))


def _serving_copy(sample: Path, folder: Path) -> Path:
    """Copy a built site, without the plea not to follow its links."""
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert text.count('content="noindex,nofollow"') <= 1
        page.write_text(text.replace('content="noindex,nofollow"', 'content="noindex"'), "utf-8")
    return folder


def _inside(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if row["url"].startswith("http://127.0.0.1:")]


def _broken(rows: list[dict[str, str]]) -> set[str]:
    """Return the paths of the site that LinkChecker could not open, as addresses."""
    return {unquote(urlsplit(row["url"]).path).lstrip("/") for row in _inside(rows) if row["valid"] != "True"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, built for a fixed day; 404 pages' addresses begin at its base path."""
    out = tmp_path_factory.mktemp("sample")
    result = run("build", "--site", ROOT, "--as-of", AS_OF, "--locked", "--out", out / "zfxxgk")
    if "lock-out-of-date" in result.out:  # tests/commands and the CI job watch over the lock
        shutil.copytree(
            ROOT, out / "site", ignore=shutil.ignore_patterns("public", ".*", "tests", "build_site", "docs")
        )
        result = build(out / "site", "--out", out / "zfxxgk")
    assert result.code == 0, result.all
    return out / "zfxxgk"


def test_linkchecker_finds_no_broken_link(sample: Path, tmp_path: Path) -> None:
    """From the home page LinkChecker reaches every page and file of the output, and none is broken."""
    _serving_copy(sample, tmp_path / "www/zfxxgk")
    rows = _inside(_asked(tmp_path / "www", "zfxxgk/index.html", "zfxxgk/404.html"))
    assert _broken(rows) == set()
    reached = {unquote(urlsplit(row["url"]).path).removeprefix("/zfxxgk/") for row in rows}
    assert len(reached) > 100
    output = {path.relative_to(sample).as_posix() for path in sample.rglob("*") if path.is_file()} - {"manifest.json"}
    redirects = {
        name for name in output if name.endswith(".html") and "http-equiv" in (sample / name).read_text("utf-8")
    }
    withdrawn = {
        name for name in output if name.endswith(".html") and "页面已撤下" in (sample / name).read_text("utf-8")
    }
    for_robots = {
        name for name in output if name == "robots.txt" or name.startswith("sitemap")
    }  # no page links to them
    assert "sitemap.xml" in for_robots
    assert output - reached - redirects - withdrawn - for_robots == set()


def test_both_checkers_find_the_same_missing_targets(sample: Path, tmp_path: Path) -> None:
    """Links broken on purpose are found by our check in the sources and by LinkChecker on a page that has them."""
    targets = ["../zd/nowhere.md", "missing.pdf", "no such/folder/a.html", "../../content/zn/缺.md", "缺少的附件.docx"]
    folder = tmp_path / "site"
    shutil.copytree(
        ROOT, folder, ignore=shutil.ignore_patterns("public", ".*", "tests", "build_site", "docs", "scripts")
    )
    text = "本文故意写了几个打不开的链接，用来比较两个检查程序的结果是否完全一致，别无他意。"
    links = "\n\n".join(f"[链接{number}](<{target}>)" for number, target in enumerate(targets))
    source = folder / "content/zd/broken.md"
    source.write_text(f"---\n标题: 坏链接\n编号: broken\n发布日期: 2026-11-01\n---\n\n{text}\n\n{links}\n", "utf-8")
    result = check(folder, "--format", "json")
    found = [
        row
        for row in result.findings
        if row["path"] == "content/zd/broken.md" and row["name"].startswith("link-to-missing")
    ]
    assert result.code == 1
    lines = source.read_text("utf-8").split("\n")
    ours = {lines[row["line"] - 1].partition("(<")[2].partition(">)")[0] for row in found}

    public = _serving_copy(sample, tmp_path / "www")
    page = public / "index.html"
    broken = "".join(f'<a href="{target}">{number}</a>' for number, target in enumerate(targets))
    page.write_text(page.read_text("utf-8").replace("</main>", f"{broken}</main>", 1), "utf-8")
    theirs = {
        unquote(row["urlname"])
        for row in _inside(_asked(public, "index.html", depth=1))
        if row["valid"] != "True" and urlsplit(row["parentname"]).path == "/index.html"
    }
    assert ours == theirs == set(targets)
