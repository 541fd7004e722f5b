"""The process that builds: one whole build after another, and after each a quick helper that knows its result.

Owns its loop, its children and its end. It is a program of its own, `python -m build_site.serving.builder`, so that the server
never forks while it has threads. Must not serve, nor watch.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import gc
import os
import signal
import socket
import sys
import time
import traceback
from datetime import date
from pathlib import Path
from typing import NoReturn

from build_site.model.finding import Lang, Message
from build_site.output.collecting import rarely_collecting
from build_site.output.store import FOLDER, Store
from build_site.serving.channel import Channel
from build_site.serving.findings import notes_of
from build_site.serving.memory import Memory
from build_site.serving.page_file import PageFile
from build_site.serving.quick import Kept, glimpse
from build_site.serving.records import Broken, Built, Glance, Order, Same, Step, Stuck
from build_site.serving.scan import Scan
from build_site.serving.whole import UnusableError, Whole, build_whole

_PR_SET_PDEATHSIG = 1
_TRIES = 3
_PAUSE = 0.1
_NO_CONTENT = Message("content 文件夹不见了", "the folder content is gone")
_NO_CATALOGUE = Message("catalog.yaml 需要先改正，别的还没有检查", "catalog.yaml must be corrected first")
_UNREADABLE = Message("文件读不出来", "a file cannot be read")


class _NewerOrder(Exception):  # noqa: N818 - nothing is wrong
    """Somebody has saved again, so what is being built is out of date."""


class Builder:
    """Answers orders of the server until it goes away."""

    def __init__(self, root: Path, channel: Channel, lang: Lang) -> None:
        """Serve the orders that come over `channel` for the site at `root`."""
        self.root = root
        self.channel = channel
        self.lang: Lang = lang
        self.scan = Scan(root)
        self.memory = Memory(root, Store(root / FOLDER))
        self.pages = PageFile()
        self.built: tuple[dict[str, str], str] | None = None
        self.impatient = True
        self.told = 0.0
        self.helpers: list[int] = []

    def run(self) -> None:
        """Build whenever an order comes. Ends with EOFError or OSError when the server goes away."""
        while True:
            order = self._newest()
            self._bury()
            try:
                self._answer(order)
            except _NewerOrder:
                self.pages.drop()
                self.built = None
                self.impatient = False  # of two builds in a row one comes to its end, however often somebody saves
            except Exception as error:
                self.pages.drop()
                if isinstance(error, EOFError | BrokenPipeError | ConnectionError):
                    raise
                self.channel.send(Broken(order.number, "".join(traceback.format_exception(error))))

    def _newest(self) -> Order:
        order: Order = self.channel.receive()[0]
        while self.channel.waits():
            later: Order = self.channel.receive()[0]
            order = later if not later.look or order.look else Order(later.number, later.as_of)
        return order

    def _answer(self, order: Order) -> None:
        digests = dict(self.scan.now())
        if self.built == (digests, order.as_of):
            if not order.look:
                self.channel.send(Same(order.number))
            return
        self.built = digests, order.as_of  # also when it fails: the same sources would fail again
        started = time.monotonic()
        if not (self.root / "content").is_dir() and (self.root / "catalog.yaml").is_file():
            self.channel.send(Stuck(order.number, _NO_CONTENT.text(self.lang)))
            return
        try:
            whole = self._patiently(order, digests)
        except UnusableError as error:
            notes = notes_of(error.found, self.lang)
            self.channel.send(Stuck(order.number, _NO_CATALOGUE.text(self.lang), notes))
            return
        except OSError as error:
            self.built = None
            where = f"：{error.filename}" if error.filename else ""
            self.channel.send(Stuck(order.number, f"{_UNREADABLE.text(self.lang)}{where}"))
            return
        self.impatient = True
        self._tell(order, whole, time.monotonic() - started)

    def _patiently(self, order: Order, digests: dict[str, str]) -> Whole:
        """Build; files that vanish between two looks, as when a branch is switched, are a reason to look again."""
        for rest in reversed(range(_TRIES)):
            try:
                with rarely_collecting():
                    day = date.fromisoformat(order.as_of)
                    return build_whole(self.root, day, digests, self.memory, self.pages, self._progress)
            except FileNotFoundError:
                self.pages.drop()
                if not rest:
                    raise
                time.sleep(_PAUSE)
                digests.clear()
                digests.update(self.scan.now())
        raise AssertionError("unreachable")

    def _progress(self, name: str, done: int, of: int) -> None:
        if self.impatient and self.channel.waits():
            raise _NewerOrder
        now = time.monotonic()
        if now - self.told > 0.2:
            self.told = now
            self.channel.send(Step(name, done, of))

    def _tell(self, order: Order, whole: Whole, seconds: float) -> None:
        kept = Kept(self.root, whole)
        gc.collect()
        gc.freeze()  # a helper that went through all of it would copy all of it
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self.helpers.append(self._fork(kept, ours, theirs))
            addresses = {document.path: document.address for document in whole.shown.documents}
            built = Built(
                number=order.number,
                pages=whole.pages,
                sources=whole.sources,
                files=whole.shown.files,
                waiting={addresses[path]: why for path, why in whole.waiting.items() if path in addresses},
                notes=notes_of(whole.found, self.lang),
                base_path=whole.shown.catalogue.site.base_path,
                seconds=seconds,
            )
            self.channel.send(built, self.pages.fileno(), theirs.fileno())
        gc.unfreeze()

    def _fork(self, kept: Kept, ours: socket.socket, theirs: socket.socket) -> int:
        parent = os.getpid()
        child = os.fork()
        if child:
            return child
        try:
            gc.disable()
            theirs.close()
            self.channel.forget()
            end_with(parent)
            _yield_to_others(False)
            os.setpgid(0, 0)  # it goes on while the builder is made to stand still
            _help(kept, Channel(ours), self.lang)
        finally:
            os._exit(0)

    def _bury(self) -> None:
        """Take note of helpers that have ended."""
        for child in tuple(self.helpers):
            with contextlib.suppress(ChildProcessError):
                if os.waitpid(child, os.WNOHANG)[0] == 0:
                    continue
            self.helpers.remove(child)


def _help(kept: Kept, channel: Channel, lang: Lang) -> None:
    """Make single pages for the server until it closes the channel; the first one beforehand, for nobody, because it is slow."""
    glimpse(kept, Glance(0, kept.commonest()), lang)
    with contextlib.suppress(EOFError, OSError):
        while True:
            glance = channel.receive()[0]
            try:
                answer: object = glimpse(kept, glance, lang)
            except Exception as error:
                answer = Broken(glance.number, "".join(traceback.format_exception(error)))
            channel.send(answer)


def _yield_to_others(wanted: bool) -> None:
    """Let whoever wakes up go first, if `wanted`: a whole build must not keep a browser from showing a page."""
    if hasattr(os, "sched_setscheduler"):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH if wanted else os.SCHED_OTHER, os.sched_param(0))


def end_with(parent: int) -> None:
    """Let this process end when its parent does, even when that is killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the system was asked to tell
        os._exit(0)


def main(arguments: list[str]) -> NoReturn:
    """Run as the server starts it: site, descriptor of the channel, id of the server, language."""
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("channel", type=int)
    parser.add_argument("parent", type=int)
    parser.add_argument("lang", choices=("zh", "en"))
    told = parser.parse_args(arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when this ends
    end_with(told.parent)
    _yield_to_others(True)
    with contextlib.suppress(EOFError, OSError):
        Builder(told.root, Channel(socket.socket(fileno=told.channel)), told.lang).run()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
