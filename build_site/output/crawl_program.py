"""LinkChecker, a program of others, asked about the links of a site.

Owns how it is found, started, stopped and read. LinkChecker is GPL: it runs in its own process and is never imported.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

_SETTINGS = """\
[checking]
threads={threads}
timeout={timeout}
maxrequestspersecond={pace}
maxfilesizeparse=20000000
[filtering]
checkextern=0
ignorewarnings=
"""
_ANCHORS = "[AnchorCheck]\n"
# Every page has these places of its frame; to LinkChecker each is one more page to fetch and read.
_FRAME = r"#(main|columns|top)$"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REASONS = (
    ("timeout", re.compile(r"timed? ?out", re.IGNORECASE)),
    ("no-such-host", re.compile(r"NameResolution|getaddrinfo|Name or service|Failed to resolve", re.IGNORECASE)),
    ("refused", re.compile(r"refused", re.IGNORECASE)),
    ("tls", re.compile(r"SSL|certificate", re.IGNORECASE)),
    ("redirects", re.compile(r"redirect", re.IGNORECASE)),
    ("no-answer", re.compile(r"Connection")),  # LinkChecker cuts its sentences short before the cause
)


class CrawlerMissingError(Exception):
    """The program linkchecker is not installed."""


class CrawlerFailedError(Exception):
    """LinkChecker ended without a result; the text is the last thing it said."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One address as LinkChecker saw it: as written, the first page that leads to it, and what came of it.

    `reason` is an HTTP status, a word such as `timeout`, or what LinkChecker said; "" for a link that opens.
    `moved` is set when the server sent it elsewhere, `anchor` is the place that the target page does not have.
    """

    written: str
    parent: str
    url: str
    external: bool
    reason: str = ""
    moved: bool = False
    anchor: str = ""
    closed: bool = False


def find_program() -> str:
    """Return the path of LinkChecker: beside this Python, else on PATH; raises CrawlerMissingError without one."""
    beside = Path(sysconfig.get_path("scripts")) / "linkchecker"
    found = str(beside) if os.access(beside, os.X_OK) else shutil.which("linkchecker")
    if found is None:
        raise CrawlerMissingError
    return found


def visits(
    program: str, start: tuple[str, ...], timeout: int, loopback: bool, anchors: bool = True
) -> Generator[Visit, None, None]:
    """Yield every address that LinkChecker checks, once, beginning at `start` and staying below its folders.

    On loopback it asks as fast as it can and does not look for robots.txt; elsewhere it keeps its own polite pace.
    Closing the iterator, or leaving it by an exception, ends the program. Raises CrawlerFailedError.
    """
    # Run by root, LinkChecker becomes nobody: its folder has to be open to all, and so does its settings file.
    with tempfile.TemporaryDirectory(prefix="build-site-crawl-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        settings = folder / "linkcheckerrc"
        wanted = _SETTINGS.format(threads=4 if loopback else 2, timeout=timeout, pace=1000 if loopback else 10)
        settings.write_text(wanted + (_ANCHORS if anchors else ""))
        settings.chmod(0o644)
        options = [
            "--config",
            str(settings),
            "--no-status",
            "--verbose",
            "--output",
            "xml/utf-8",
            "--ignore-url",
            _FRAME,
        ]
        if loopback:
            options.append("--no-robots")
        said = folder / "said"
        with (
            said.open("wb") as errors,
            _started([program, *options, "--stdin"], folder, errors.fileno(), loopback) as process,
        ):
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write("\n".join(start).encode())
            process.stdin.close()
            whole = yield from _read(process)
            process.wait()
        if not whole:
            raise CrawlerFailedError(said.read_text("utf-8", "replace").strip().rpartition("\n")[2])


@contextlib.contextmanager
def _started(words: list[str], folder: Path, errors: int, loopback: bool) -> Iterator[subprocess.Popen[bytes]]:
    """Run the program in a group of its own, and leave nothing of it behind."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}  # its answers are read by their English words
    if loopback:
        environment = {name: value for name, value in environment.items() if not name.lower().endswith("_proxy")}
    process = subprocess.Popen(
        words,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # asked politely, it waits for its open connections
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def _read(process: subprocess.Popen[bytes]) -> Generator[Visit, None, bool]:
    """Yield the visits of the report while it is written; the generator's value says whether it came to its end."""
    assert process.stdout is not None
    parser: XMLPullParser[Element] = XMLPullParser(["end"])
    whole = False
    try:
        for line in process.stdout:
            parser.feed(_NOT_XML.sub("", line.decode("utf-8", "replace")))
            for _, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                if element.tag == "urldata":
                    yield _visit(element)
                    element.clear()
                whole = whole or element.tag == "linkchecker"
    except ParseError:
        return False
    return whole


def _visit(row: Element) -> Visit:
    valid = row.find("valid")
    warnings = row.findall("warnings/warning")
    result = "" if valid is None else valid.get("result", "")
    missing = next((item.text or "" for item in warnings if (item.text or "").startswith("Anchor `")), "")
    anchor = re.match(r"Anchor `.*?' \(decoded: `(.*?)'\) not found", missing, re.DOTALL)
    return Visit(
        written=row.findtext("url") or "",
        parent=row.findtext("parent") or "",
        url=row.findtext("realurl") or "",
        external=row.findtext("extern") == "1",
        reason="" if valid is not None and valid.text == "1" else _reason(result),
        moved=any(item.get("tag") == "http-redirected" for item in warnings),
        anchor=anchor[1] if anchor else "",
        closed=any("robots.txt" in (item.text or "") for item in row.findall("infos/info")),
    )


def _reason(result: str) -> str:
    status = re.match(r"([45]\d\d)\b", result)
    if status:
        return status[1]
    return next((word for word, pattern in _REASONS if pattern.search(result)), result[:120] or "unknown")
