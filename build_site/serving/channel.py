"""A two-way channel between two processes of the preview, over which records and open files go.

Owns the form on the wire. Must not know what is said.
"""

from __future__ import annotations

import contextlib
import pickle
import select
import socket
import struct
from typing import Any

_HEAD = struct.Struct("!QB")


class Channel:
    """One end of the channel. The other end going away shows as EOFError or OSError."""

    def __init__(self, end: socket.socket) -> None:
        """Take over one end of a pair of connected Unix sockets."""
        self._socket = end

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        return self._socket.fileno()

    def send(self, record: object, *files: int) -> None:
        """Send a record, and with it copies of these descriptors. Raises OSError when nobody listens any more."""
        data = pickle.dumps(record, pickle.HIGHEST_PROTOCOL)
        self._socket.sendall(_HEAD.pack(len(data), len(files)) + data)
        if files:
            socket.send_fds(self._socket, [b"f"], files)

    def receive(self) -> tuple[Any, list[int]]:
        """Wait for the next record; return it with the descriptors that came with it, which are the caller's to close."""
        length, count = _HEAD.unpack(self._exactly(_HEAD.size))
        record = pickle.loads(self._exactly(length))
        if not count:
            return record, []
        data, files, _, _ = socket.recv_fds(self._socket, 1, count)
        if not data:
            raise EOFError
        return record, files

    def _exactly(self, length: int) -> bytes:
        data = bytearray(length)
        view, done = memoryview(data), 0
        while done < length:
            got = self._socket.recv_into(view[done:])
            if not got:
                raise EOFError
            done += got
        return bytes(data)

    def waits(self, seconds: float = 0) -> bool:
        """Return whether something can be received, or the other end has gone, within so many seconds."""
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def close(self) -> None:
        """End the channel, also for whoever waits at the other end or in another thread."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # the other end may have been faster
        self._socket.close()

    def forget(self) -> None:
        """Close this process's copy of the end; processes that share it keep theirs."""
        self._socket.close()
