"""The web server of the preview, for this machine.

Owns HTTP: what is answered to whom, and the stream of changes. Must not build, and writes nothing.
"""

from __future__ import annotations

import ipaddress
import json
import mimetypes
import select
import socket
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from build_site.loading.files import decode
from build_site.model.finding import Lang
from build_site.serving import strip
from build_site.serving.addresses import Found, locate, path_of
from build_site.serving.board import Board, Shown

_OWN = Path(__file__).with_name("static")
_TEXT = ("text/", "application/xml", "application/json", "application/javascript", "image/svg+xml", "application/atom")
_STILL_THERE = 1.0
_PING = 15


class PreviewServer(ThreadingHTTPServer):
    """Serves what a board shows. It listens from the moment it is made; `serve_forever` answers."""

    daemon_threads = True  # a tab that never reads must not keep the program from ending
    request_queue_size = 128

    def __init__(self, host: str, port: int, root: Path, board: Board, lang: Lang) -> None:
        """Listen on `host` and `port`. Raises OSError when that is not possible."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), partial(_Handler, root=root.resolve(), board=board, lang=lang))
        self.accepts = _host_check(host)

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, as the base class does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A tab that is closed in the middle of an answer is nobody's fault."""


def _host_check(host: str) -> Callable[[str], bool]:
    """Return what tells whether a request may ask for a host: a page elsewhere can give its own name any address."""

    def accepts(asked: str) -> bool:
        try:
            name = urlsplit(f"//{asked}").hostname or ""
        except ValueError:
            return False
        if name in (host, "localhost", socket.gethostname().lower()):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not is_loopback(host)

    return accepts


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches a server on `host`; a name is not asked for, so it may lead anywhere."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body go out at once
    timeout = 60
    server_version, sys_version = "build-site", ""
    server: PreviewServer

    def __init__(self, *args: Any, root: Path, board: Board, lang: Lang, **more: Any) -> None:
        self.root = root
        self.board = board
        self.lang: Lang = lang
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        """Answer with the page as it is now, with one of the preview's own files, or with the 404 page."""
        if not self.server.accepts(self.headers.get("Host", "")):
            self._answer(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"this host is not served here\n")
            return
        path = path_of(self.path)
        if path == f"{strip.HOME}events":
            self._stream()
        elif path == f"{strip.HOME}report":
            self._report()
        elif path == "/favicon.ico":  # the portal's affair; browsers ask for it, whatever a page says
            self.send_response(HTTPStatus.NO_CONTENT)
            self._end(0)
        elif path.startswith(strip.HOME):
            self._own(path.removeprefix(strip.HOME))
        else:
            self._page()

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def _page(self) -> None:
        shown = self.board.shown
        if not shown.started:
            html = strip.placeholder(strip.strip(shown, "", {}, self.lang), self.lang)
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, "text/html", html.encode())
            return
        found = locate(shown, self.path)
        status = HTTPStatus.NOT_FOUND if found.missing else HTTPStatus.OK
        if found.moved:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", found.moved)
            self._end(0)
        elif found.file:
            self._file(found.file)
        elif not found.address:
            self._answer(status, "text/plain", b"not found\n")
        elif found.address.endswith(".html"):
            page, token = self._html(shown, found.address)
            html = strip.injected(page, self._strip(shown, found), token)
            self._answer(status, "text/html", html.encode("utf-8", "surrogateescape"))
        else:
            kind = mimetypes.guess_type(found.address)[0] or "application/octet-stream"
            self._answer(status, kind, shown.page(found.address))

    def _html(self, shown: Shown, address: str) -> tuple[str, str]:
        raw = shown.page(address).decode("utf-8", "surrogateescape")
        page = strip.with_badges(raw, address, shown, self.lang)
        return page, strip.token_of(page, address, shown)

    def _strip(self, shown: Shown, found: Found) -> str:
        source = "" if found.missing else shown.sources.get(found.address, "")
        lines: list[str] = []
        if source.endswith(".md"):
            try:
                decoded, _ = decode(source, (self.root / source).read_bytes())
                lines = decoded.text.split("\n") if decoded else []
            except OSError:
                pass  # deleted a moment ago: its findings stand at the top
        return strip.strip(shown, "" if found.missing else found.address, {source: lines}, self.lang)

    def _report(self) -> None:
        """Tell a tab the version of its page, and its strip."""
        shown = self.board.shown
        asked = parse_qs(self.path.partition("?")[2]).get("page", ["/"])[0]
        token, text = "", strip.strip(shown, "", {}, self.lang)
        if shown.started:
            found = locate(shown, asked)
            token = self._html(shown, found.address)[1] if found.address else "none"
            text = self._strip(shown, found)
        told = {
            "token": token,
            "strip": text,
            "builds": shown.builds,
            "working": shown.working,
            "errors": shown.findings.errors,
            "warnings": shown.findings.warnings,
        }
        self._answer(HTTPStatus.OK, "application/json", json.dumps(told).encode())

    def _own(self, name: str) -> None:
        if name in ("preview.css", "preview.js", "worker.js"):
            kind = "text/css" if name.endswith(".css") else "text/javascript"
            self._answer(HTTPStatus.OK, kind, (_OWN / name).read_bytes())
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"not found\n")

    def _file(self, source: str) -> None:
        try:
            file = (self.root / source).resolve()
            data = file.read_bytes() if file.is_relative_to(self.root) else None
        except OSError:
            data = None
        if data is None:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"not found\n")
        else:
            self._answer(HTTPStatus.OK, mimetypes.guess_type(source)[0] or "application/octet-stream", data)

    def _stream(self) -> None:
        """Tell of each new version, until the tab is closed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        seen, quiet = -1, 0.0
        self._send(b"retry: 500\n\n")
        while not self._left():
            version = self.board.wait(seen, _STILL_THERE)
            if version != seen:
                seen, quiet = version, 0.0
                self._send(f"data: {self._hint()}\n\n".encode())
                continue
            quiet += _STILL_THERE
            if quiet >= _PING:
                quiet = 0.0
                self._send(b": still here\n\n")

    def _hint(self) -> str:
        """Return the paths of pages that have just changed, with their versions: their tabs need not ask."""
        shown = self.board.shown
        found = {}
        for address in shown.hint:
            path = address.removesuffix("index.html") if f"/{address}".endswith("/index.html") else address
            found[quote(shown.base_path + path)] = self._html(shown, address)[1]
        return json.dumps(found)

    def _send(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def _left(self) -> bool:
        """Whether the other side has closed the connection."""
        poll = select.poll()
        poll.register(self.connection, select.POLLIN)
        if not poll.poll(0):
            return False
        try:
            return not self.connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(_TEXT) else kind)
        self._end(len(data))
        if self.command != "HEAD":
            self.wfile.write(data)

    def _end(self, length: int) -> None:
        self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: whoever writes looks at pages, not at requests."""
