"""The builder and its quick helper, as the server sees them: started, asked, listened to, ended.

Owns the processes and the channels to them. Must not know when they are asked, nor what becomes of an answer.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from build_site.model.finding import Lang
from build_site.serving.channel import Channel
from build_site.serving.records import Glance, Order

Post = Callable[[Channel, Any, list[int]], None]
"""Is told, in a thread of its own, what came over a channel, with its descriptors; None when the channel has ended."""


class Processes:
    """One builder at a time, and the quick helper of its last build."""

    def __init__(self, root: Path, lang: Lang, post: Post) -> None:
        """Prepare for the site at `root`; `start` begins."""
        self.builder: Channel | None = None
        self.helper: Channel | None = None
        self._words = root, lang
        self._post = post
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start a builder. Call it from the main thread: the system ends a process with the thread that started it."""
        root, lang = self._words
        ours, theirs = socket.socketpair()
        with theirs:
            words = (root, theirs.fileno(), os.getpid(), lang)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "build_site.serving.builder", *map(str, words)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us; and all that it starts can be ended together
            )
        self.builder = self._listened(ours)

    def adopt(self, file: int) -> None:
        """Take the channel to a new quick helper; the old one ends."""
        old, self.helper = self.helper, self._listened(socket.socket(fileno=file))
        if old is not None:
            old.close()

    def order(self, order: Order) -> None:
        """Ask for a whole build; where there is no builder, nobody answers."""
        self._send(self.builder, order)

    def glance(self, glance: Glance) -> None:
        """Ask for single pages; where there is no helper, nobody answers."""
        self._send(self.helper, glance)

    def pause(self, wanted: bool) -> None:
        """Let the builder and its helpers stand still, or go on; the quick helper works on."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGSTOP if wanted else signal.SIGCONT)

    @staticmethod
    def _send(channel: Channel | None, record: object) -> None:
        if channel is not None:
            with contextlib.suppress(OSError):  # its end is told by the thread that listens
                channel.send(record)

    def _listened(self, end: socket.socket) -> Channel:
        channel = Channel(end)

        def listen() -> None:
            with contextlib.suppress(EOFError, OSError):
                while True:
                    self._post(channel, *channel.receive())
            self._post(channel, None, [])

        threading.Thread(target=listen, daemon=True).start()
        return channel

    def end(self) -> None:
        """End the builder and all below it; they have nothing to save."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for channel in (self.builder, self.helper):
            if channel is not None:
                channel.close()
        self.builder = self.helper = None
