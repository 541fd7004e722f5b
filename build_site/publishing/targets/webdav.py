"""A WebDAV server.

Owns the requests, made with the standard library. Every file is put under another name and then moved, so that a reader never
sees half of one. User and password come from the environment or from `~/.netrc`.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import netrc
import os
import ssl
import threading
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import SplitResult, quote

from build_site.model.finding import Message
from build_site.publishing.refusal import LostError, TargetError
from build_site.publishing.target import Settings
from build_site.publishing.targets.in_order import InOrderTarget

M = Message
USER, PASSWORD = "BUILD_SITE_WEBDAV_USER", "BUILD_SITE_WEBDAV_PASSWORD"
_SECONDS = 120
_AGAIN = frozenset({408, 423, 425, 429, 500, 502, 503, 504})
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class WebdavFiles:
    """A folder of a server as a `Store`; see there for the methods. Every thread has a connection of its own."""

    def __init__(self, parts: SplitResult) -> None:
        self.host = parts.hostname or ""
        self.port = parts.port
        self.secure = parts.scheme == "davs"
        self.base = parts.path.rstrip("/")
        self._made: set[str] = set()
        self._own = threading.local()
        self._headers = _credentials(self.host)

    def read(self, name: str) -> bytes | None:
        """Return a file's content."""
        status, data = self._ask("GET", name, (200, 404))
        return data if status == 200 else None

    def write(self, name: str, data: bytes) -> None:
        """Put aside, then move."""
        self._folders(name)
        aside = _aside(name)
        self._ask("PUT", aside, (200, 201, 204), data)
        self._move(aside, name)

    def send(self, root: Path, addresses: Sequence[str], folder: str) -> None:
        """Put each file aside, then move it."""
        for address in addresses:
            name = f"{folder}/{address}" if folder else address
            self._folders(name)
            aside = _aside(name)
            self._ask("PUT", aside, (200, 201, 204), root / address)
            self._move(aside, name)

    def delete(self, name: str) -> None:
        """Remove a file."""
        self._ask("DELETE", name, (200, 204, 404))

    def close(self) -> None:
        """End this thread's connection; the others end with their threads."""
        self._drop()

    def _move(self, aside: str, name: str) -> None:
        headers = {
            "Destination": f"{'https' if self.secure else 'http'}://{self._netloc()}{self._path(name)}",
            "Overwrite": "T",
        }
        status, _ = self._ask("MOVE", aside, (201, 204, 404), headers=headers)
        if status == 404:  # moved already, and only the answer was lost; or never put
            raise LostError(name)

    def _folders(self, name: str) -> None:
        parts = name.split("/")[:-1]
        for number in range(len(parts) + 1):
            folder = "/".join(parts[:number])
            if folder not in self._made:
                self._ask(
                    "MKCOL", f"{folder}/" if folder else "", (201, 405, 301, 403) if not folder else (201, 405, 301)
                )
                self._made.add(folder)

    def _ask(
        self,
        method: str,
        name: str,
        good: tuple[int, ...],
        body: bytes | Path | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        try:
            with contextlib.ExitStack() as stack:
                content = stack.enter_context(body.open("rb")) if isinstance(body, Path) else body
                size = {"Content-Length": str(body.stat().st_size)} if isinstance(body, Path) else {}
                connection = self._connection()
                connection.request(method, self._path(name), content, {**self._headers, **size, **(headers or {})})
                answer = connection.getresponse()
                status, data = answer.status, answer.read()
        except ssl.SSLCertVerificationError as error:
            self._drop()
            raise TargetError(
                M(
                    f"服务器的证书不可信：{error.verify_message}",
                    f"the server's certificate is not trusted: {error.verify_message}",
                ),
                M("装上签发机构的证书（SSL_CERT_FILE）", "install the certificate of its issuer (SSL_CERT_FILE)"),
            ) from error
        except (OSError, http.client.HTTPException) as error:
            self._drop()
            raise LostError(str(error) or type(error).__name__) from error
        if status in good:
            return status, data
        if status in _AGAIN:
            raise LostError(f"{method} {status}")
        raise TargetError(
            M(f"服务器拒绝了（{method} {status}）", f"the server refuses ({method} {status})"),
            M(f"检查地址和权限；用户名和密码放在 {USER}、{PASSWORD} 或 ~/.netrc", f"look at address and rights; user and password stand in {USER}, {PASSWORD} or ~/.netrc"),
        )  # fmt: skip

    def _connection(self) -> http.client.HTTPConnection:
        found: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if found is None:
            made = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
            found = self._own.connection = made(self.host, self.port, timeout=_SECONDS)
        return found

    def _drop(self) -> None:
        found: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        self._own.connection = None
        if found is not None:
            found.close()

    def _netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" if self.port else host

    def _path(self, name: str) -> str:
        return quote(f"{self.base}/{name}")


def _aside(name: str) -> str:
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}.{last}.sending~"


def _credentials(host: str) -> dict[str, str]:
    user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if not user:
        with contextlib.suppress(OSError, netrc.NetrcParseError):
            found = netrc.netrc().authenticators(host)
            user, password = (found[0], found[2] or "") if found else ("", "")
    if not user:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def webdav_target(parts: SplitResult, settings: Settings) -> InOrderTarget:
    """Return the target at `davs://host/path`; `dav://`, without encryption, only on this machine."""
    if parts.scheme == "dav" and parts.hostname not in _LOOPBACK:
        raise TargetError(
            M(
                "dav:// 不加密，密码和网站会被人看到、改掉",
                "dav:// is not encrypted: others could read the password and change the site",
            ),
            M("用 davs://", "use davs://"),
        )
    return InOrderTarget(WebdavFiles(parts), settings)
