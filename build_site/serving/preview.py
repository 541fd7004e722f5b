"""The live preview as a whole: from a saved file to a renewed page.

Owns the order of things: when the quick helper is asked, when a whole build is, what becomes of their answers, and the end of
all processes. Must not know HTTP, HTML or how a page is made.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_site.model.finding import Lang, Message
from build_site.serving.board import Board, Pages
from build_site.serving.channel import Channel
from build_site.serving.records import Broken, Built, Glance, Glimpsed, Order, Same, Step, Stuck
from build_site.serving.scan import FOLDERS
from build_site.serving.watching import Watching

_QUIET = 0.015
"""Seconds of silence after which a save is taken to be over: editors write, rename and set times one after the other."""
_AFTER_GLANCE = 0.4
"""Seconds after which a whole build follows the quick one: the browser shall have the cores until it shows the page."""
_LONGEST = 2.0
_FEW = 8
_LOOK = 10.0
"""Seconds between two looks at the disk, for changes of which the system has not told."""
_RESTARTS = 3
_M = Message
_POLLS = _M(
    "系统的监视数量已经用完，改为每秒查看一次，更新会慢一些",
    "the system has no more room for watches: files are looked at every second instead",
)
_LOST = _M("检查程序意外结束，已经重新启动", "the builder ended unexpectedly and was started again")
_GONE = _M(
    "检查程序几次意外结束，请停止预览后重新运行", "the builder ended unexpectedly, again and again: stop and start anew"
)


@dataclass(frozen=True)
class Told:
    """Something for the terminal: a whole build with its numbers, or a sentence."""

    text: str = ""
    seconds: float = 0.0
    errors: int = 0
    warnings: int = 0
    pages: int = 0


@dataclass(frozen=True)
class Wishes:
    """What the preview depends on: the site, the language, the day (asked anew for each build), polling, and whom to tell.

    `apologise` makes the text for a bug of ours from an exception that holds its details.
    """

    root: Path
    lang: Lang
    day: Callable[[], str]
    tell: Callable[[Told], None]
    apologise: Callable[[Exception], str]
    poll: bool = False


class BuilderError(Exception):
    """A bug in the builder; its text is the traceback there."""


class Preview:
    """Watches a site, has it built, and keeps `board` up to date."""

    def __init__(self, wishes: Wishes, board: Board) -> None:
        """Prepare; `run` begins."""
        self.wishes = wishes
        self.board = board
        self._events: queue.SimpleQueue[tuple[str, Any, Any]] = queue.SimpleQueue()
        self._watching = Watching(wishes.root, lambda path: self._events.put(("changed", path, None)), wishes.poll)
        self._builder: subprocess.Popen[bytes] | None = None
        self._orders: Channel | None = None
        self._helper: Channel | None = None
        self._number = 0
        self._pending: set[str] = set()
        self._unseen: list[tuple[int, tuple[str, ...]]] = []
        self._first = self._last = self._whole_at = self._looked = 0.0
        self._deaths = self._breakdowns = 0

    def run(self) -> None:
        """Keep the board up to date until KeyboardInterrupt, which is passed on when all processes have ended."""
        threading.excepthook = self._thread_failed
        try:
            self._watch()
            self._start_builder()
            self._order()
            while True:
                self._turn()
        finally:
            self._end()

    def _turn(self) -> None:
        try:
            kind, data, origin = self._events.get(timeout=self._rest())
        except queue.Empty:
            self._due()
            return
        if kind == "changed":
            self._note_change(data)
        elif kind == "answer":
            self._take(data[0], data[1], origin)
        elif kind == "closed":
            self._closed(origin)
        elif kind == "watcher":
            self._breakdowns += 1
            self._watching.polls = self._watching.polls or self._breakdowns > _RESTARTS
            self._watching.restart()
        self._due()

    def _rest(self) -> float:
        now = time.monotonic()
        due = [self._looked + _LOOK]
        if self._pending:
            due.append(min(self._last + _QUIET, self._first + _LONGEST))
        if self._whole_at:
            due.append(self._whole_at)
        return max(0.0, min(due) - now)

    def _due(self) -> None:
        """Do whatever it is time for."""
        now = time.monotonic()
        if self._pending and now >= min(self._last + _QUIET, self._first + _LONGEST):
            paths, self._pending = tuple(sorted(self._pending)), set()
            self._number += 1
            self._unseen.append((self._number, paths))
            glanced = len(paths) <= _FEW and self._glance(self._number, paths)
            self._whole_at = now + (_AFTER_GLANCE if glanced else _QUIET)
        if self._whole_at and now >= self._whole_at and not self._pending:
            self._whole_at = 0.0
            self._order()
        if now >= self._looked + _LOOK:
            if self.board.shown.working:
                self._looked = now  # a look would be taken for a newer save
            else:
                self._order(look=True)

    def _note_change(self, path: str) -> None:
        now = time.monotonic()
        self._first = self._first if self._pending else now
        self._last = now
        self._pending.add(path)
        if path in FOLDERS:
            self._watching.refresh(path)

    def _watch(self) -> None:
        self._watching.start()
        if self._watching.polls and not self.wishes.poll:
            text = _POLLS.text(self.wishes.lang)
            self.board.change(watched=text)
            self.wishes.tell(Told(text))

    def _glance(self, number: int, paths: tuple[str, ...]) -> bool:
        """Ask the quick helper for the pages of these sources; return whether it can make them all, as far as is known."""
        notices = tuple(path for path in paths if path.startswith("content/") and path.endswith(".md"))
        if not notices or self._helper is None:
            return False
        with contextlib.suppress(OSError):
            self._helper.send(Glance(number, notices))
        return notices == paths

    def _order(self, look: bool = False) -> None:
        self._looked = time.monotonic()
        if self._orders is None:
            return
        if not look:
            self.board.change(working=True)
        with contextlib.suppress(OSError):
            self._orders.send(Order(self._number, self.wishes.day(), look))

    def _take(self, record: Any, files: list[int], origin: Channel) -> None:
        match record:
            case Step():
                self.board.change(working=True, step=record)
            case Built() if origin is self._orders:
                self._take_built(record, files)
            case Glimpsed() if origin is self._helper:
                self._take_glimpsed(record)
            case Same():
                self._settled(record.number)
            case Stuck():
                self._settled(record.number)
                known = self.board.shown.trouble == record.why
                self.board.change(trouble=record.why, notes=record.notes or self.board.shown.notes)
                if not known:
                    self.wishes.tell(Told(record.why))
            case Broken():
                self._settled(record.number)
                text = self.wishes.apologise(BuilderError(record.details))
                self.board.change(apology=text)
                self.wishes.tell(Told(text))

    def _settled(self, number: int) -> None:
        self._unseen = [(seen, paths) for seen, paths in self._unseen if seen > number]
        self.board.change(working=False, step=None)

    def _take_built(self, built: Built, files: list[int]) -> None:
        store, helper = files
        if self._helper is not None:
            self._helper.close()
        self._helper = Channel(socket.socket(fileno=helper))
        self._listen(self._helper)
        self._deaths = 0
        before = self.board.shown
        self._unseen = [(number, paths) for number, paths in self._unseen if number > built.number]
        self.board.change(
            builds=before.builds + 1,
            pages=built.pages,
            store=Pages(store),
            fresh={address: page for address, page in before.fresh.items() if page[0] > built.number},
            sources=built.sources,
            files=built.files,
            waiting=built.waiting,
            notes=built.notes,
            base_path=built.base_path,
            trouble="",
            apology="",
            working=False,
            step=None,
        )
        errors = sum(note.error for note in built.notes)
        self.wishes.tell(Told("", built.seconds, errors, len(built.notes) - errors, len(built.pages)))
        for number, paths in self._unseen:
            self._glance(number, paths)

    def _take_glimpsed(self, seen: Glimpsed) -> None:
        shown = self.board.shown
        if seen.missed and self._whole_at:
            self._whole_at = time.monotonic()
        if not any(number == seen.number for number, _ in self._unseen):
            return  # a whole build was faster
        fresh = dict(shown.fresh)
        pages = {address: data for address, data in seen.pages.items() if shown.has(address)}
        changed = {address: data for address, data in pages.items() if data != shown.page(address)}
        fresh |= {address: (seen.number, data) for address, data in pages.items()}
        kept = [note for note in shown.notes if not (note.fault and note.path in seen.sources)]
        notes = (*kept, *seen.notes)
        if changed or sorted(notes) != sorted(shown.notes):
            self.board.change(fresh=fresh, notes=notes, working=True, step=None)

    def _start_builder(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            words = [self.wishes.root, theirs.fileno(), os.getpid(), self.wishes.lang]
            self._builder = subprocess.Popen(
                [sys.executable, "-m", "build_site.serving.builder", *map(str, words)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us; and all that it starts can be ended together
            )
        self._orders = Channel(ours)
        self._listen(self._orders)
        self.board.change(working=True)

    def _listen(self, channel: Channel) -> None:
        def listen() -> None:
            with contextlib.suppress(EOFError, OSError):
                while True:
                    self._events.put(("answer", channel.receive(), channel))
            self._events.put(("closed", None, channel))

        threading.Thread(target=listen, daemon=True).start()

    def _closed(self, origin: Channel) -> None:
        """A builder that has ended is started again: the system may have taken it for want of memory."""
        if origin is self._helper:
            self._helper = None
        if origin is not self._orders:
            return
        self._kill()
        self._deaths += 1
        text = (_LOST if self._deaths <= _RESTARTS else _GONE).text(self.wishes.lang)
        self.wishes.tell(Told(text))
        self.board.change(trouble=text, working=False, step=None)
        if self._deaths <= _RESTARTS:
            self._start_builder()
            self._order()

    def _thread_failed(self, failure: threading.ExceptHookArgs) -> None:
        """A thread of the observer that broke down is no reason to stop: watching begins anew."""
        if failure.exc_type is not SystemExit:
            self._events.put(("watcher", None, None))

    def _kill(self) -> None:
        builder, self._builder = self._builder, None
        if builder is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(builder.pid, signal.SIGKILL)  # with helpers and all; it has nothing to save
            builder.wait()
        for channel in (self._orders, self._helper):
            if channel is not None:
                channel.close()
        self._orders = self._helper = None

    def _end(self) -> None:
        self._kill()
        self._watching.stop()
