"""What the server of the preview answers, and to whom."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robust.sandbox import ROOT, environment, make_site, notice, page_of, run
from tests.serve.running import BASE, Serving, serving, until

ESCAPES = [
    "/../catalog.yaml",
    "/zfxxgk/../../catalog.yaml",
    "/%2e%2e/catalog.yaml",
    "/..%2fcatalog.yaml",
    "/zfxxgk/fj/..%2f..%2fcatalog.yaml",
    "//etc/passwd",
    "/etc/passwd",
    "/content/zd/a.md",
    "/.preview/../server.py",
    "/.preview/%2e%2e/server.py",
    "/zfxxgk/fj/zd/%00",
    "/\\..\\catalog.yaml",
    "/%ff%fe",
    "//[",
    "/zfxxgk/%ff",
]


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    site = make_site(tmp_path_factory.mktemp("http"))
    (site / "content/zd/b.md").write_text(
        notice(2, body="请看[附件](biao.txt)，内容是本机关印发的示例表格，供各处室查阅。"), "utf-8"
    )
    (site / "content/zd/biao.txt").write_text("附件里的文字，供测试用，内容足够长。" * 5, "utf-8")
    with serving(site) as running:
        yield running


def test_a_page_is_served_and_not_kept_by_the_browser(preview: Serving) -> None:
    answer = preview.get(f"{BASE}{page_of(1)}")
    assert answer.status == 200
    assert "关于印发示例制度的通知" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers


def test_an_attachment_and_made_files_are_served(preview: Serving) -> None:
    answer = preview.get(f"{BASE}fj/zd/biao.txt")
    assert (answer.status, "附件里的文字" in answer.text) == (200, True)
    assert preview.get(f"{BASE}sitemap.xml").text.startswith("<?xml")
    assert preview.get(f"{BASE}robots.txt").status == 200


def test_an_unknown_address_has_the_sites_own_page(preview: Serving) -> None:
    answer = preview.get(f"{BASE}wj/2020/99999.html")
    assert answer.status == 404
    assert "没有找到这个页面" in answer.text


@pytest.mark.parametrize(
    "path", ["zfxxgk/wj/", "zfxxgk/wj", "zfxxgk/fj/zd/", "zfxxgk/assets/", ".preview/", "zfxxgk/wj/2020/"]
)
def test_no_folder_is_listed(preview: Serving, path: str) -> None:
    answer = preview.get(f"/{path}")
    assert answer.status == 404
    assert "biao.txt" not in answer.text and "00001.html" not in answer.text


def test_a_columns_address_leads_to_its_page(preview: Serving) -> None:
    answer = preview.get(f"{BASE}zd")
    assert (answer.status, answer.headers["location"]) == (302, f"{BASE}zd/")
    assert preview.get(f"{BASE}zd/").status == 200


@pytest.mark.parametrize("path", ESCAPES)
def test_no_path_leads_out_of_the_site(preview: Serving, path: str) -> None:
    answer = preview.get(path)
    assert answer.status == 404
    assert b"site_code" not in answer.body and b"root:" not in answer.body and b"import" not in answer.body


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1", "[", ""])
def test_another_host_is_refused(preview: Serving, host: str) -> None:
    """A page elsewhere can point its own name at this machine, and would then read drafts."""
    answer = preview.get("/", Host=host)
    assert answer.status == 421
    assert "示例" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]:8000", "127.0.0.1:1"])
def test_this_machine_is_not_refused(preview: Serving, host: str) -> None:
    assert preview.get(BASE, Host=host).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent(preview: Serving, method: str) -> None:
    assert preview.get("/", method).status == 501


def test_a_head_has_no_body(preview: Serving) -> None:
    answer = preview.get(BASE, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


def test_only_the_loopback_address_listens(preview: Serving) -> None:
    listening = [
        line.split()[1]
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{preview.port:04X}") and line.split()[3] == "0A"
    ]
    assert listening == [f"0100007F:{preview.port:04X}"]


def test_tabs_that_were_closed_leave_nothing(preview: Serving) -> None:
    """A stream is a thread; it ends when its tab is gone."""

    def threads() -> int:
        status = Path(f"/proc/{preview.process.pid}/status").read_text()
        return int(status.partition("Threads:")[2].split()[0])

    before = threads()
    tabs = []
    for _ in range(30):
        tab = socket.create_connection(("127.0.0.1", preview.port))
        tab.sendall(b"GET /.preview/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        tabs.append(tab)
    for tab in tabs:
        heard = b""
        while b"data: " not in heard:
            heard += tab.recv(1000)
    assert threads() >= before + 30
    assert preview.get(BASE).status == 200
    for tab in tabs:
        tab.close()
    until(lambda: threads() <= before + 1, "the end of the streams")


def test_a_taken_port_is_told(tmp_path: Path, preview: Serving) -> None:
    result = run("serve", "--site", make_site(tmp_path / "s"), "--port", str(preview.port))
    assert result.code == 2
    assert f"端口 {preview.port} 用不了" in result.err


def test_without_a_wish_the_next_free_port_is_used(tmp_path: Path) -> None:
    """Whoever has 8000 already, it is told which one is used instead."""
    try:
        blocker = socket.create_server(("127.0.0.1", 8000))
    except OSError:
        blocker = None  # somebody else has it, which is as good
    running = Serving(make_site(tmp_path / "s"))
    try:
        running.listening()
        assert running.port > 8000
        assert f"端口 8000 被占用，改用 {running.port}" in "\n".join(running.said)
    finally:
        running.end()
        if blocker:
            blocker.close()


def test_another_host_is_warned_of(tmp_path: Path) -> None:
    with serving(make_site(tmp_path / "s"), "--host", "0.0.0.0") as running:
        assert "同一网络里的人都能看到预览" in "\n".join(running.said)


def test_a_folder_that_is_no_site_is_told(tmp_path: Path) -> None:
    result = run("serve", "--site", tmp_path)
    assert (result.code, "这里没有 catalog.yaml" in result.err) == (2, True)
    assert "no catalog.yaml here" in run("serve", "--site", tmp_path, "--lang", "en").err


def test_the_browser_is_opened(tmp_path: Path) -> None:
    told = tmp_path / "told"
    opener = tmp_path / "opener"
    opener.write_text(f'#!/bin/sh\necho "$1" > {told}\n', "utf-8")
    opener.chmod(0o755)
    with serving(make_site(tmp_path / "s"), "--open", env={"BROWSER": f"{opener} %s"}) as running:
        until(lambda: told.is_file() and told.read_text("utf-8").strip(), "the browser")
        assert told.read_text("utf-8").strip() == running.url


def test_without_watchdog_the_way_to_get_it_is_told(tmp_path: Path) -> None:
    program = "import sys; sys.modules['watchdog'] = None; from build_site.cli.main import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "serve", "--site", str(make_site(tmp_path / "s"))],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'build-site[serve]'" in done.stderr
