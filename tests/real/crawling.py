"""A small built site to crawl, small servers on loopback, and what every crawl must leave behind: nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from build_site.output.crawl_program import CrawlerMissingError, find_program
from tests.robust.sandbox import Result, build, make_site, notice, pdf_of_text, run


def installed() -> bool:
    """Return whether LinkChecker can be run here."""
    try:
        find_program()
    except CrawlerMissingError:
        return False
    return True


needs_linkchecker = pytest.mark.skipif(not installed(), reason="the program linkchecker is not installed")

LINKS = """各处室：现将示例制度印发给你们，请认真贯彻执行，执行中遇到的问题，请及时报告办公室。

申请表见[空白表](申请表 空白.pdf)，另见[制度](a.md)。

怎样申请，见[指南的第二部分](../zn/index.md#二怎样申请)。
"""
GUIDE = """---
标题: 政府信息公开指南
---

## 一、公开什么

本机关依照条例公开政府信息，公众可以在本专栏查阅。

## 二、怎样申请

公民、法人和其他组织可以当面、邮寄或者在网上提出申请。
"""


def built_site(folder: Path) -> Path:
    """Write and build a small site with an attachment, an anchor and Chinese file names; return its folder."""
    site = make_site(folder / "site")
    (site / "content/zn/index.md").write_text(GUIDE, "utf-8")
    (site / "content/zd/b.md").write_text(notice(2, title="关于申请表的通知", body=LINKS), "utf-8")
    (site / "content/zd/申请表 空白.pdf").write_bytes(pdf_of_text())
    done = build(site)
    assert done.code == 0, done.all
    return site


def line_of(site: Path, source: str, words: str) -> int:
    """Return the number of the line of a source in which `words` stand."""
    lines = (site / source).read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def inject(page: Path, html: str) -> None:
    """Put HTML at the end of a page's main part."""
    text = page.read_text("utf-8")
    assert text.count("</main>") == 1
    page.write_text(text.replace("</main>", f"{html}</main>"), "utf-8")


def crawl(site: Path, *words: str | Path, **how: object) -> Result:
    """Crawl a site; findings as JSON."""
    return run("crawl", "--site", site, "--format", "json", *words, timeout=120, **how)  # type: ignore[arg-type]


def told(result: Result) -> list[tuple[str, str, int]]:
    """Return the findings as code, path and line."""
    return [(row["code"], row["path"], row["line"] or 0) for row in result.findings]


@contextmanager
def answering(
    answer: Callable[[str], tuple[int, str]], pause: float = 0
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Serve what `answer` says for a path, status and HTML; yield the root and a list of what was asked, and when."""
    asked: list[tuple[str, float]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((f"{self.command} {self.path}", time.monotonic()))
            status, html = answer(self.path)
            time.sleep(pause)
            data = html.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(data)

        do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", asked
        finally:
            server.shutdown()
