"""A published folder as a web server would give it, for this machine only.

Owns the loopback server: no folder listings, the base path, the site's own 404 page. Must not know what is asked or why.
"""

from __future__ import annotations

import contextlib
import mimetypes
import posixpath
import re
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

_NOT_FOUND = "404.html"
_TEXT = ("text/", "application/xml", "application/json", "application/javascript", "image/svg+xml", "application/atom")
_ROBOTS = re.compile(rb'<meta name="robots" content="[^"]*nofollow[^"]*">')


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a client that never reads must not keep the program from ending

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle of an answer is nobody's fault."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body go out at once

    def __init__(self, *args: Any, folder: Path, base_path: str, **more: Any) -> None:
        self.folder = folder.resolve()
        self.base_path = base_path
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        """Answer with the file, with the way to its folder, or with the 404 page."""
        path = _decoded(urlsplit(self.path).path)
        if path is None or not path.startswith(self.base_path):
            self._not_found()
            return
        inside = path.removeprefix(self.base_path)
        file = self._file(inside)
        if file is not None:
            self._send(HTTPStatus.OK, file)
        elif inside and not inside.endswith("/") and self._file(f"{inside}/") is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", quote(f"{path}/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._not_found()

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def _file(self, inside: str) -> Path | None:
        wanted = f"{inside}index.html" if not inside or inside.endswith("/") else inside
        if "\0" in wanted or posixpath.normpath(wanted) != wanted or wanted.startswith(("../", "/")):
            return None
        try:
            file = (self.folder / wanted).resolve()
            return file if file.is_file() and file.is_relative_to(self.folder) else None
        except OSError:
            return None  # a name that is too long is not there either

    def _not_found(self) -> None:
        page = self._file(_NOT_FOUND)
        if page is not None:
            self._send(HTTPStatus.NOT_FOUND, page)
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"not found\n")

    def _send(self, status: HTTPStatus, file: Path) -> None:
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        data = file.read_bytes()
        if kind == "text/html":
            # a sample site asks not to be followed; here the site's own maker is asking
            data = _ROBOTS.sub(b"", data)
        self._answer(status, kind, data)

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        # without a charset LinkChecker reads Chinese paths as Latin-1 and finds none of them
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(_TEXT) else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("LinkChecker", "1")  # lifts its limit of requests for each second
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what was asked is in the report."""


def _decoded(path: str) -> str | None:
    try:
        return unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        return None


@contextlib.contextmanager
def served(folder: Path, base_path: str = "/", port: int = 0) -> Iterator[str]:
    """Serve `folder` at `base_path` on 127.0.0.1 and yield the URL of its root; the server ends with the block.

    Port 0 takes a free one, so that two crawls never meet. Raises OSError when `port` is taken.
    """
    handler = partial(_Handler, folder=folder, base_path=base_path)
    with _Server(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base_path}"
        finally:
            server.shutdown()
            thread.join()
