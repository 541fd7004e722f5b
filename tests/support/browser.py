"""A real Chromium for tests, the sample site it looks at, and the ways in which a reader can set a page.

Knows nothing of what a page should look like; that is said by the tests.
"""

from __future__ import annotations

import functools
import importlib.util
import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scripts.page_types import page_types
from tests.robust.sandbox import AS_OF, ROOT, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

__all__ = ["LOOK", "MODES", "REQUIRED", "built", "launched", "overflow", "page_types", "put_mode", "quiet", "served"]

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
_MISSING = [
    name
    for name, found in (("Playwright", importlib.util.find_spec("playwright")), ("Chromium", CHROMIUM))
    if not found
]
REQUIRED = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"),
]
"""`pytestmark` of every module that needs the browser."""
LOOK = Path(__file__).with_name("look.js").read_text("utf-8")
"""A script that answers questions about the page that is open; see its comments."""
MODES: dict[str, dict[str, str]] = {
    "normal": {},
    "large": {"size": "large"},
    "contrast": {"contrast": "high"},
    "dark": {"scheme": "dark"},
}
"""The settings a reader can choose, as `data-` attributes of `html`."""

_MOVED = "wj/1999/moved.html"
_GONE = "wj/1999/gone.html"


def built(folder: Path, edits: Sequence[tuple[str, str]] = (), theme: str = "default") -> Path:
    """Build the repository's own site below `folder` for a fixed day, without a finding, and return its output.

    A moved and a withdrawn page are added, so that these types exist too; `edits` are replacements in the catalogue,
    each of a text that stands there exactly once.
    """
    site = folder / "site"
    unwanted = shutil.ignore_patterns("public", ".*", "tests", "build_site", "docs", "scripts", "build", "dist")
    shutil.copytree(ROOT, site, ignore=unwanted)
    file = site / "catalog.yaml"
    text = file.read_text("utf-8")
    known = (site / "urls.lock").read_text("utf-8").split()
    target = min(address for address in known if address.startswith("wj/") and address not in text)
    more = {
        "redirects": f"  - {{from: {_MOVED}, to: {target}}}\n",
        "withdrawals": f"  - {{address: {_GONE}, title: 旧通知, kind: 误发, withdrawn: 2026-01-01, reason: 误发的文件已经收回。}}\n",
    }
    for key, row in more.items():
        found = re.search(rf"^{key}:\n", text, re.MULTILINE)
        text = text[: found.end()] + row + text[found.end() :] if found else f"{text}\n{key}:\n{row}"
    for old, new in (*edits, ("\nsite:\n", f"\nsite:\n  theme: {theme}\n")):
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the catalogue"
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    result = run("build", "--site", site, "--as-of", AS_OF, "--fail-on", "warning", timeout=300)
    assert result.code == 0, result.all
    return site / "public"


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium that can reach this machine's own servers and no network."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    flags.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below `/zfxxgk/`, answers unknown addresses with its 404.html, and says nothing."""

    base = "/zfxxgk/"

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":  # the portal's affair; browsers ask the host for it, whatever a page says
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(self.base) if path.startswith(self.base) else "no such page"
        return super().translate_path("/" + inside)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(public: Path) -> Iterator[str]:
    """Serve a built site on this machine and return the address of its home, like http://127.0.0.1:40000/zfxxgk/."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(public)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{_Handler.base}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def put_mode(page: Page, mode: str) -> None:
    """Set one of `MODES` on the page that is open, and unset the others."""
    page.evaluate(
        """wanted => {
            for (const name of ['size', 'contrast', 'scheme']) delete document.documentElement.dataset[name];
            Object.assign(document.documentElement.dataset, wanted);
        }""",
        MODES[mode],
    )


def quiet(page: Page) -> list[str]:
    """Return a list into which everything goes that a page complains about: script errors, failed requests, the console.

    A request that ends because the page is left (a picture far down is asked for late) is no failure: a file that is
    not there, or one that is forbidden, is told by another name.
    """
    troubles: list[str] = []

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            troubles.append(f"failed: {request.url} {request.failure}")

    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", failed)
    page.on("console", lambda message: troubles.append(message.text))
    return troubles


def overflow(page: Page) -> list[str]:
    """Return the elements that stick out of the window, unless an element around them scrolls; and the page's own."""
    found: list[str] = page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            const scrolls = (one) => {
                for (let up = one; up && up !== document.body; up = up.parentElement)
                    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX)) return true;
                return false;
            };
            const bad = [...document.body.querySelectorAll('*')].filter((one) => {
                const box = one.getBoundingClientRect();
                return box.width > 0 && box.right > wide + 1 && !scrolls(one);
            }).map((one) => one.tagName + '.' + (one.getAttribute('class') || ''));
            if (document.documentElement.scrollWidth > wide + 1) bad.push('the page: ' + document.documentElement.scrollWidth);
            return bad;
        }"""
    )
    return found
