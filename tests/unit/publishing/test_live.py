"""A server is asked politely, and what it says is understood."""

from __future__ import annotations

import gzip
import json
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest

from build_site.publishing.copies import State
from build_site.publishing.live import LiveCopy, Pace, UnreachableError
from build_site.publishing.media import fits
from build_site.publishing.resume import Resume
from build_site.publishing.verify import Difference, Kind
from tests.support.signed_site import served


class Busy(SimpleHTTPRequestHandler):
    """Asks to wait twice, then answers; some addresses move, break or come packed."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    asked: ClassVar[list[tuple[str, tuple[str, int]]]] = []

    def log_message(self, format: str, *args: object) -> None:
        del format, args

    def do_GET(self) -> None:
        Busy.asked.append((self.path, self.client_address))
        tries = sum(path == self.path for path, _ in Busy.asked)
        if self.path == "/busy.html" and tries < 3:
            self._answer(429, b"", {"Retry-After": "7"})
        elif self.path == "/late.html" and tries < 2:
            self._answer(503, b"", {"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"})
        elif self.path == "/never.html":
            self._answer(429, b"", {"Retry-After": "100000"})
        elif self.path == "/moved.html":
            self._answer(301, b"", {"Location": "https://other.example/"})
        elif self.path == "/closed.html":
            self._answer(403, b"", {})
        elif self.path == "/packed.html":
            self._answer(200, gzip.compress(b"packed"), {"Content-Encoding": "gzip"})
        elif self.path == "/gone.html":
            self._answer(404, b"", {})
        else:
            self._answer(200, b"well", {})

    def _answer(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def test_it_waits_as_it_is_asked_and_keeps_one_connection(tmp_path: Path) -> None:
    """Between two requests a pause; Retry-After in seconds or as a date; never longer than ten minutes."""
    Busy.asked.clear()
    waits: list[float] = []
    with served(tmp_path, Busy) as base:
        copy = LiveCopy(base, Pace(0.25), waits.append)
        assert copy.read("a.html").data == b"well"
        assert waits == []
        assert copy.read("busy.html").data == b"well"
        assert waits == [0.25, 7, 0.25, 7, 0.25]
        del waits[:]
        assert copy.read("late.html").data == b"well"
        assert waits == [0.25, 0, 0.25]
        del waits[:]
        with pytest.raises(UnreachableError):
            copy.read("never.html")
        assert max(waits) == 600
        assert len({client for _, client in Busy.asked}) == 1
        copy.close()


def test_what_a_server_says(tmp_path: Path) -> None:
    """Not there, moved, forbidden, packed though nobody asked for it; addresses never leave the column."""
    with served(tmp_path, Busy) as base:
        copy = LiveCopy(base, Pace(0))
        assert copy.read("gone.html").state is State.MISSING
        assert copy.read("moved.html").note == "https://other.example/"
        assert copy.read("closed.html").note == "HTTP 403"
        assert copy.read("packed.html").data == b"packed"
        asked = len(Busy.asked)
        assert copy.read("../secret").state is State.MISSING
        assert len(Busy.asked) == asked
        copy.close()
    with pytest.raises(UnreachableError):
        LiveCopy(base, Pace(0)).read("a.html")


@pytest.mark.parametrize(
    ("address", "media", "good"),
    [
        ("a.html", "text/html; charset=utf-8", True),
        ("a.html", "text/plain", False),
        ("a.html", "application/octet-stream", False),
        ("a.pdf", "application/pdf", True),
        ("a.pdf", "text/html", False),
        ("a.pdf", "application/octet-stream", True),
        ("a.wps", "application/vnd.ms-works", True),
        ("a.wps", "text/html", False),
        ("gengxin.xml", "application/atom+xml", True),
        ("SHA256SUMS", "text/plain", True),
        ("a.pdf", "", True),
    ],
)
def test_a_type_fits_or_not(address: str, media: str, good: bool) -> None:
    """A page called text is shown as source, a PDF called a page is an error page."""
    assert fits(address, media) is good


def test_a_check_goes_on_where_it_was_ended(tmp_path: Path) -> None:
    """What was done stands in the file; another manifest, or half a line, begins anew what it must; at the end it goes."""
    file = tmp_path / "state/resume.jsonl"
    first = Resume(file, "mark")
    first.add("a.html", None)
    first.add("b.html", Difference(Kind.MISSING, "b.html", "HTTP 403"))
    first.close(finished=False)
    file.write_text(file.read_text("utf-8") + '{"address": "c.h', "utf-8")
    second = Resume(file, "mark")
    assert second.done == {"a.html": None, "b.html": Difference(Kind.MISSING, "b.html", "HTTP 403")}
    second.add("c.html", None)
    second.close(finished=False)
    assert [json.loads(line).get("address") for line in file.read_text("utf-8").splitlines()] == [
        None,
        "a.html",
        "b.html",
        "c.html",
    ]
    other = Resume(file, "another")
    assert other.done == {}
    other.close(finished=True)
    assert not file.exists()
