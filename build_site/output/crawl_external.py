"""External addresses: whether they answer, asked seldom and politely.

Owns the order and the pace of asking, and what is remembered of the answers between runs. Must not know who links there.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from build_site.output.crawl_web import outcome_of

CACHE_NAME = "external-links.json"
_HOSTS_AT_ONCE = 6
_GONE_WITH_HOST = frozenset({"timeout", "no-such-host", "refused"})


@dataclass(frozen=True, slots=True)
class Pace:
    """How external hosts are asked: seconds to wait for an answer, and between two requests to one host."""

    timeout: int = 15
    delay: float = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an address ("" when it opens), and on which day."""

    reason: str
    on: date


def read_cache(file: Path) -> dict[str, Answer]:
    """Return the answers that are remembered; none where the file is missing or not ours to understand."""
    try:
        rows = json.loads(file.read_text("utf-8"))
        return {url: Answer(str(reason), date.fromisoformat(on)) for url, (reason, on) in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_cache(file: Path, answers: Mapping[str, Answer]) -> None:
    """Put `answers` beside those that the file holds by now, whole or not at all; raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    known = {**read_cache(file), **answers}  # another crawl may have written since
    rows = {url: [known[url].reason, known[url].on.isoformat()] for url in sorted(known)}
    handle, name = tempfile.mkstemp(prefix=f".{CACHE_NAME}.", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as text:
            json.dump(rows, text, ensure_ascii=False, indent=0)
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def still_good(answer: Answer, today: date, days: int) -> bool:
    """Return whether an answer need not be asked for again: `days` days for one that opened, its own day otherwise."""
    age = (today - answer.on).days
    return 0 <= age < (1 if answer.reason else days)


def ask(
    urls: Iterable[str], today: date, pace: Pace, told: Callable[[int], None], loopback: bool = False
) -> dict[str, Answer]:
    """Return the answer of every URL: hosts side by side, one request at a time for each, with a pause between.

    A host that cannot be reached is asked once; its other addresses share the answer.
    """
    hosts: dict[str, list[str]] = {}
    for url in sorted(set(urls)):
        hosts.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for group in hosts.values():
        waiting.put(group)
    done: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()

    def work() -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                _ask_host(waiting.get_nowait(), pace, loopback, done)

    for _ in range(min(_HOSTS_AT_ONCE, len(hosts))):
        threading.Thread(target=work, daemon=True).start()  # daemons: Ctrl-C must not wait for a slow host
    answers: dict[str, Answer] = {}
    for number in range(sum(map(len, hosts.values()))):
        url, reason = done.get()
        answers[url] = Answer(reason, today)
        told(number + 1)
    return answers


def _ask_host(urls: list[str], pace: Pace, loopback: bool, done: queue.SimpleQueue[tuple[str, str]]) -> None:
    dead = ""
    for number, url in enumerate(urls):
        if number and not dead:
            time.sleep(pace.delay)
        try:
            reason = dead or outcome_of(url, pace.timeout, loopback)
        except Exception:  # an answer must come for every address, or the run would wait for ever
            reason = "malformed"
        dead = reason if reason in _GONE_WITH_HOST else ""
        done.put((url, reason))
