"""Other machines that take part in a build, by the address of who gives them work.

Owns which engines can be named and how they are reached. Must not know what is worked on. Any engine that offers the
standard interface of `concurrent.futures` will do; Dask is the one that can be named on the command line.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from urllib.parse import urlsplit

from build_site.model.finding import Message

_SECONDS = 10
_FORM = Message("写成 dask://主机:端口，如 dask://10.0.0.5:8786", "write dask://HOST:PORT, like dask://10.0.0.5:8786")


class FarError(Exception):
    """Other machines cannot do the work; `message` says why, `help` what to do."""

    def __init__(self, message: Message, help_: Message) -> None:
        super().__init__(message.en)
        self.message = message
        self.help = help_


@contextlib.contextmanager
def executor_at(address: str | None) -> Iterator[Executor | None]:
    """Yield the executor at `address`, like `dask://10.0.0.5:8786`; None without an address.

    Raises FarError for an address that is none, an engine that is not installed, and one that does not answer.
    """
    if address is None:
        yield None
        return
    scheduler = _scheduler(address)
    try:
        from distributed import Client
    except ImportError as missing:
        raise FarError(
            Message("没有装 Dask", "Dask is not installed"),
            Message("运行 pip install 'build-site[dask]'", "run pip install 'build-site[dask]'"),
        ) from missing
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told in our own words
    try:
        client = Client(scheduler, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise FarError(
            Message(f"连不上 Dask 调度程序 {address}", f"the Dask scheduler at {address} does not answer"),
            Message("看地址和网络，调度程序（dask scheduler）有没有运行", "look at address and network, and whether `dask scheduler` runs"),
        ) from error  # fmt: skip
    with client:
        if not client.scheduler_info()["workers"]:
            raise FarError(
                Message(f"Dask 调度程序 {address} 没有工作进程", f"the Dask scheduler at {address} has no workers"),
                Message("先运行 dask worker", "start `dask worker` first"),
            )
        yield client.get_executor(pure=False)


def _scheduler(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme != "dask" or not parts.hostname or not port or parts.path not in ("", "/"):
        raise FarError(Message(f"“{address}”不是执行程序的地址", f"“{address}” is no address of an executor"), _FORM)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"tcp://{host}:{port}"
