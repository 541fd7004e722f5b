"""What `build-site serve` does, and what it says about it.

Owns its messages and its exit code: 0 when somebody ends it, 2 when it cannot begin.
"""

from __future__ import annotations

import errno
import importlib.util
import threading
import webbrowser
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from build_site.cli.crash import crash_report
from build_site.cli.day import today
from build_site.cli.telling import CLEAN, USAGE, say
from build_site.loading.catalogue import CATALOGUE_NAME
from build_site.model.finding import Lang, Message

if TYPE_CHECKING:
    from build_site.serving.preview import Told

_PORT = 8000
_PORTS = 50
M = Message


@dataclass(frozen=True)
class Place:
    """Where the preview is to be served; without a port, at the first free one from 8000 on."""

    host: str
    port: int | None


def run(place: Place, root: Path, as_of: date | None, lang: Lang, browser: bool, poll: bool) -> int:
    """Serve the preview of the site at `root` until Ctrl-C or termination; return the exit code."""
    if importlib.util.find_spec("watchdog") is None:
        say(M("✘ 预览要用 watchdog，还没有安装。请运行：pip install 'build-site[serve]'", "✘ the preview needs watchdog: pip install 'build-site[serve]'"), lang)  # fmt: skip
        return USAGE
    if not (root / CATALOGUE_NAME).is_file():
        say(M("✘ 这里没有 catalog.yaml；用 --site 指明站点文件夹", "✘ no catalog.yaml here; name the site's folder by --site"), lang)  # fmt: skip
        return USAGE
    try:
        return _serve(place, root, as_of, lang, browser, poll)
    except KeyboardInterrupt:
        say(M("\n预览已停止。", "\nThe preview has ended."), lang)
        return CLEAN


def _serve(place: Place, root: Path, as_of: date | None, lang: Lang, browser: bool, poll: bool) -> int:
    from build_site.serving.board import Board
    from build_site.serving.preview import Preview, Wishes
    from build_site.serving.server import PreviewServer, is_loopback

    board = Board()
    host = "127.0.0.1" if place.host == "localhost" else place.host
    start = partial(PreviewServer, root=root, board=board, lang=lang)
    server: PreviewServer | None = None
    for port in [place.port] if place.port else range(_PORT, _PORT + _PORTS):
        try:
            server = start(host, port)
            break
        except OSError as error:
            if place.port or error.errno not in (errno.EADDRINUSE, errno.EACCES):
                say(_why_not(error, host, port), lang)
                return USAGE
    if server is None:
        say(M(f"✘ {_PORT} 起的 {_PORTS} 个端口都被占用；用 --port 另选一个", f"✘ {_PORTS} ports from {_PORT} on are taken; choose another by --port"), lang)  # fmt: skip
        return USAGE

    def tell(told: Told) -> None:
        say(_built(told) if not told.text else M(told.text, told.text), lang)

    def day() -> str:
        return (as_of or today()).isoformat()

    with server:
        port = server.server_port
        if not place.port and port != _PORT:
            say(M(f"端口 {_PORT} 被占用，改用 {port}", f"the port {_PORT} is taken: {port} is used"), lang)
        if not is_loopback(host):
            say(M(f"⚠ 同一网络里的人都能看到预览，包括草稿（--host {host}）", f"⚠ everybody on the network can see the preview, drafts too (--host {host})"), lang)  # fmt: skip
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{port}/"
        say(M(f"预览：{url}  （按 Ctrl-C 停止）", f"preview: {url}  (Ctrl-C ends it)"), lang)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        if browser:
            threading.Thread(target=_open, args=(url, lang), daemon=True).start()
        wishes = Wishes(root, lang, day, tell, lambda error: crash_report(error, lang), poll)
        try:
            Preview(wishes, board).run()
        finally:
            server.shutdown()
    return CLEAN


def _open(url: str, lang: Lang) -> None:
    if not webbrowser.open(url):
        say(M("没有找到浏览器，请自己打开上面的网址", "no browser was found: open the address yourself"), lang)


def _why_not(error: OSError, host: str, port: int) -> Message:
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        return M(
            f"✘ 端口 {port} 用不了，可能已被别的程序占用。换一个，或去掉 --port",
            f"✘ The port {port} cannot be used, perhaps another program has it. Choose another, or drop --port",
        )
    return M(f"✘ 不能在 {host} 上预览：这不是本机的地址", f"✘ cannot serve on {host}: this machine has no such address")


def _built(told: Told) -> Message:
    zh, en = f"{told.pages} 页，{told.seconds:.1f} 秒", f"{told.pages} pages, {told.seconds:.1f} s"
    more = M(f"，{told.warnings} 处建议修改", f", {told.warnings} suggestions") if told.warnings else M("", "")
    if told.errors:
        return M(
            f"✘ {told.errors} 处必须修改{more.zh}，见网页上方（{zh}）",
            f"✘ {told.errors} to be mended{more.en}: see the top of the page ({en})",
        )
    return M(f"✔ 可以发布{more.zh}（{zh}）", f"✔ fit to be published{more.en} ({en})")
