"""The live preview as a whole: from a saved file to a renewed page.

Owns the order of things: when the quick helper is asked, when a whole build is, and that all ends. Must not know HTTP, HTML
or how a page is made.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from build_site.model.finding import Lang, Message
from build_site.serving.answers import after_glimpse, after_whole, newer
from build_site.serving.board import Board, Findings, Pages
from build_site.serving.channel import Channel
from build_site.serving.processes import Processes
from build_site.serving.records import Answer, Broken, Built, Glance, Glimpsed, Order, Same, Step, Stuck
from build_site.serving.scan import FOLDERS
from build_site.serving.watching import Watching

_QUIET = 0.015
"""Seconds of silence after which a save is taken to be over: editors write, rename and set times one after the other."""
_AFTER_GLANCE = 0.4
"""Seconds after which a whole build follows the quick one, or goes on: until then the browser shows the page."""
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
        self._todo: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._watching = Watching(wishes.root, self._later(self._changed), wishes.poll)
        self._processes = Processes(wishes.root, wishes.lang, self._later(self._heard))
        self._number = 0
        self._pending: set[str] = set()
        self._unseen: list[tuple[int, tuple[str, ...]]] = []
        self._found = Findings()
        self._first = self._last = self._whole_at = self._looked = 0.0
        self._deaths = self._breakdowns = 0

    def run(self) -> None:
        """Keep the board up to date until KeyboardInterrupt, which is passed on when all processes have ended."""
        threading.excepthook = self._later(self._thread_failed)
        try:
            self._watching.start()
            if self._watching.polls and not self.wishes.poll:
                self.board.change(watched=_POLLS.text(self.wishes.lang))
                self._say(_POLLS)
            self._processes.start()
            self._order()
            while True:
                with contextlib.suppress(queue.Empty):
                    self._todo.get(timeout=self._rest())()
                self._due()
        finally:
            self._processes.end()
            self._watching.stop()

    def _later(self, work: Callable[..., None]) -> Callable[..., None]:
        """Return what other threads may call: the main thread does the work, so nothing here needs a lock."""
        return lambda *words: self._todo.put(partial(work, *words))

    def _rest(self) -> float:
        due = [self._looked + _LOOK]
        if self._pending:
            due.append(min(self._last + _QUIET, self._first + _LONGEST))
        if self._whole_at:
            due.append(self._whole_at)
        return max(0.0, min(due) - time.monotonic())

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
            self._processes.pause(False)
            self._order()
        if now >= self._looked + _LOOK:
            if self.board.shown.working:
                self._looked = now  # a look would be taken for a newer save
            else:
                self._order(look=True)

    def _changed(self, path: str) -> None:
        now = time.monotonic()
        self._first = self._first if self._pending else now
        self._last = now
        self._pending.add(path)
        if path in FOLDERS:
            self._watching.refresh(path)

    def _thread_failed(self, failure: threading.ExceptHookArgs) -> None:
        """A thread of the observer that broke down is no reason to stop: watching begins anew."""
        if failure.exc_type is not SystemExit:
            self._breakdowns += 1
            self._watching.polls = self._watching.polls or self._breakdowns > _RESTARTS
            self._watching.restart()

    def _glance(self, number: int, paths: tuple[str, ...]) -> bool:
        """Ask for the pages of these sources by themselves; return whether that can be all, as far as is known.

        Until the order that follows, builder and helpers stand still: the browser shall have the cores.
        """
        notices = tuple(path for path in paths if path.startswith("content/") and path.endswith(".md"))
        if not notices or self._processes.helper is None:
            return False
        self._processes.glance(Glance(number, notices))
        self._processes.pause(True)
        return notices == paths

    def _order(self, look: bool = False) -> None:
        self._looked = time.monotonic()
        if not look and self._processes.builder is not None:
            self.board.change(working=True)
        self._processes.order(Order(self._number, self.wishes.day(), look))

    def _heard(self, channel: Channel, record: Any, files: list[int]) -> None:
        """Take an answer of the builder or of the quick helper; what one says that has been replaced counts no more."""
        if channel is self._processes.helper:
            self._heard_of_helper(record)
        elif channel is self._processes.builder:
            self._heard_of_builder(record, files)
        else:
            for file in files:
                os.close(file)

    def _heard_of_helper(self, record: Glimpsed | Broken | None) -> None:
        if isinstance(record, Broken):
            self._broken(record)
        elif isinstance(record, Glimpsed):
            if record.missed and self._whole_at:
                self._whole_at = time.monotonic()
            if any(number == record.number for number, _ in self._unseen):  # else a whole build was faster
                fields = after_glimpse(self.board.shown, record)
                if fields:
                    self.board.change(**fields)

    def _heard_of_builder(self, record: Answer | None, files: list[int]) -> None:
        match record:
            case None:
                self._died()
            case Step():
                self.board.change(working=True, step=record)
            case Built():
                self._built(record, *files)
            case Same():  # whatever was shown in between has been taken back
                self._settled(record.number, fresh=newer(self.board.shown, record.number), findings=self._found)
            case Stuck():
                known = self.board.shown.trouble == record.why
                self._found = Findings(record.notes) if record.notes else self._found
                self._settled(record.number, trouble=record.why, findings=self._found)
                if not known:
                    self.wishes.tell(Told(record.why))
            case Broken():
                self._broken(record)

    def _settled(self, number: int, **fields: Any) -> None:
        """Note that all saves up to `number` have been seen."""
        self._unseen = [(seen, paths) for seen, paths in self._unseen if seen > number]
        self.board.change(**{"working": False, "step": None, **fields})

    def _built(self, built: Built, store: int, helper: int) -> None:
        self._processes.adopt(helper)
        self._deaths = 0
        self._found = Findings(built.notes)
        self._settled(built.number, **after_whole(self.board.shown, built, self._found, Pages(store)))
        self.wishes.tell(Told("", built.seconds, self._found.errors, self._found.warnings, len(built.pages)))
        for number, paths in self._unseen:
            self._glance(number, paths)
        if self._unseen:  # a glance makes the builder stand still until it has an order
            self._whole_at = self._whole_at or time.monotonic()

    def _broken(self, record: Broken) -> None:
        text = self.wishes.apologise(BuilderError(record.details))
        self._settled(record.number, apology=text)
        self.wishes.tell(Told(text))

    def _died(self) -> None:
        """Start the builder again: the system may have taken it for want of memory."""
        self._processes.end()
        self._deaths += 1
        why = _LOST if self._deaths <= _RESTARTS else _GONE
        self._say(why)
        self.board.change(trouble=why.text(self.wishes.lang), working=False, step=None)
        if self._deaths <= _RESTARTS:
            self._processes.start()
            self._order()

    def _say(self, message: Message) -> None:
        self.wishes.tell(Told(message.text(self.wishes.lang)))
