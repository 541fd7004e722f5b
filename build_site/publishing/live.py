"""A copy of a site on a web server, read politely.

Owns the requests: one connection, a pause between two of them, waiting when the server asks for it. Must not follow a way out of the
column, nor judge what it gets.
"""

from __future__ import annotations

import contextlib
import email.utils
import gzip
import http.client
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import build_site
from build_site.publishing.copies import Answer, State, is_inside

_ASKED_TO_WAIT = frozenset({429, 503})
_GONE = frozenset({404, 410})
_TRIES = 5
_LONGEST = 600.0
_FIRST = 2.0
_MOST = 512 * 1024 * 1024


@dataclass(frozen=True)
class Pace:
    """How a server is asked: seconds between two requests, and how long one may take."""

    pause: float = 0.5
    timeout: float = 30.0


class UnreachableError(Exception):
    """The server does not answer, or asks to wait longer than makes sense; the words are the system's own."""


class LiveCopy:
    """The site at an address like `https://host/column/`."""

    def __init__(self, base: str, pace: Pace, sleep: Callable[[float], None] = time.sleep) -> None:
        """Prepare to ask for what lies below `base`, an http or https address that ends with a slash."""
        self._parts = urlsplit(base)
        self._pace = pace
        self._sleep = sleep
        self._connection: http.client.HTTPConnection | None = None
        self._asked = False

    def names(self) -> None:
        """Return None: what else a server has nobody can know."""
        return

    def read(self, address: str) -> Answer:
        """Return what the server has at an address. Raises UnreachableError."""
        if not is_inside(address):
            return Answer(State.MISSING)
        wait = _FIRST
        for attempt in range(_TRIES):
            if self._asked:
                self._sleep(self._pace.pause)
            self._asked = True
            try:
                answer, asked = self._get(address)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                if attempt == _TRIES - 1 or isinstance(error, ConnectionRefusedError):
                    raise UnreachableError(str(error) or type(error).__name__) from None
                answer, asked = None, None
            if answer is not None:
                return answer
            if attempt < _TRIES - 1:
                self._sleep(min(wait if asked is None else asked, _LONGEST))
                wait *= 2
        raise UnreachableError("429/503")

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.close()
            self._connection = None

    def _get(self, address: str) -> tuple[Answer | None, float | None]:
        """Ask once: the answer, or None and for how many seconds the server asks to wait, None when it does not say."""
        connection = self._connection = self._connection or self._connected()
        path = f"{self._parts.path}{quote(address)}"
        agent = f"build-site/{build_site.__version__} (verify)"
        connection.request(
            "GET", path, headers={"User-Agent": agent, "Accept-Encoding": "identity", "Cache-Control": "no-cache"}
        )
        response = connection.getresponse()
        data = response.read(_MOST)
        if response.status in _ASKED_TO_WAIT:
            return None, _seconds(response.headers.get("Retry-After", ""))
        if response.status == http.client.OK:
            return _body(data, response), None
        note = response.headers.get("Location", "") if 300 <= response.status < 400 else ""
        if response.status >= 500:
            return None, None
        return Answer(State.MISSING, note=note or ("" if response.status in _GONE else f"HTTP {response.status}")), None

    def _connected(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        return kind(self._parts.hostname or "", self._parts.port, timeout=self._pace.timeout)


def _body(data: bytes, response: http.client.HTTPResponse) -> Answer:
    if response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip"):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return Answer(State.DAMAGED)
    return Answer(State.READ, data, response.headers.get("Content-Type", ""))


def _seconds(told: str) -> float | None:
    """The seconds that Retry-After asks for, given as a number or a date; None when it says nothing that can be understood."""
    if told.strip().isdigit():
        return float(told)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(told).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
