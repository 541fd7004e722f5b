"""A server that is reached by SFTP.

Owns the calls of asyncssh, which run in a thread of their own. Host keys are always checked against `known_hosts`; keys come
from the ssh agent or from files that ssh knows, a password from the environment.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult

from build_site.model.finding import Message
from build_site.publishing.refusal import LostError, TargetError
from build_site.publishing.target import Settings, Target
from build_site.publishing.targets.in_order import InOrderTarget
from build_site.publishing.targets.opening import missing_library, served_place
from build_site.publishing.targets.releases import ReleaseTarget
from build_site.publishing.targets.rsync import CONFIG

try:
    import asyncssh
except ImportError as missing:
    raise missing_library("asyncssh", "sftp") from missing

M = Message
T = TypeVar("T")
PASSWORD = "BUILD_SITE_SFTP_PASSWORD"
_TEMPORARY = ".sending~"
_SECONDS = 300.0
_CONNECTING = 30.0
_AT_ONCE = 32
_AGAIN = M("解决后再运行一次，会接着做完", "solve it and run again; it goes on from here")


@dataclass(frozen=True)
class _Link:
    connection: asyncssh.SSHClientConnection
    client: asyncssh.SFTPClient


class SftpTree:
    """A folder of a server as a `Tree`; see there for the methods."""

    batch = 1

    def __init__(self, host: str, port: int | None, user: str | None, root: str) -> None:
        self.root = root.rstrip("/")
        self._where = (host, port, user)
        self._made: set[str] = set()
        self._opening = asyncio.Lock()
        self._link: _Link | None = None
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(
            lambda *_: None
        )  # after a cut, asyncssh's own tasks fail too, with nobody waiting
        self._thread = threading.Thread(target=self._loop.run_forever, name="sftp", daemon=True)
        self._thread.start()

    def lock(self, name: str) -> None:
        """Do nothing: a lock on a server would outlive a connection that is cut."""

    def read(self, name: str) -> bytes | None:
        """Return a file's content."""

        async def work(sftp: asyncssh.SFTPClient) -> bytes | None:
            try:
                async with sftp.open(self._path(name), "rb") as file:
                    return bytes(await file.read())  # type: ignore[arg-type] # opened as bytes
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return None

        return self._do(work)

    def write(self, name: str, data: bytes) -> None:
        """Write aside, then rename."""

        async def work(sftp: asyncssh.SFTPClient) -> None:
            aside = await self._ready(sftp, name)
            async with sftp.open(aside, "wb") as file:
                await file.write(data)
            await _replace(sftp, aside, self._path(name))

        self._do(work)

    def send(self, root: Path, addresses: Sequence[str], folder: str) -> None:
        """Write each file aside, then rename it."""

        async def work(sftp: asyncssh.SFTPClient) -> None:
            for address in addresses:
                name = f"{folder}/{address}" if folder else address
                aside = await self._ready(sftp, name)
                await sftp.put(str(root / address), aside)
                if (await sftp.stat(aside)).size != (root / address).stat().st_size:
                    raise LostError(address)
                await _replace(sftp, aside, self._path(name))

        self._do(work)

    def delete(self, name: str) -> None:
        """Remove a file."""

        async def work(sftp: asyncssh.SFTPClient) -> None:
            try:
                await sftp.remove(self._path(name))
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return

        self._do(work)

    def kind(self, name: str) -> str:
        """Return what stands there, links not followed."""
        kinds = {asyncssh.FILEXFER_TYPE_SYMLINK: "link", asyncssh.FILEXFER_TYPE_DIRECTORY: "folder"}

        async def work(sftp: asyncssh.SFTPClient) -> str:
            try:
                return kinds.get((await sftp.lstat(self._path(name))).type, "file")
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return ""

        return self._do(work)

    def led_to(self, link: str) -> str:
        """Return the text of a link."""

        async def work(sftp: asyncssh.SFTPClient) -> str:
            return os.fsdecode(await sftp.readlink(self._path(link)))

        return self._do(work)

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder."""

        async def work(sftp: asyncssh.SFTPClient) -> tuple[str, ...]:
            try:
                found = [os.fsdecode(name) for name in await sftp.listdir(self._path(folder))]
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return ()
            return tuple(sorted(name for name in found if name not in (".", "..")))

        return self._do(work)

    def walk(self, folder: str) -> Mapping[str, int]:
        """Return files and sizes; what a cut left half-written is removed."""

        async def work(sftp: asyncssh.SFTPClient) -> dict[str, int]:
            found: dict[str, int] = {}
            waiting = [""]
            while waiting:
                prefix = waiting.pop()
                try:
                    entries = await sftp.readdir(f"{self._path(folder)}/{prefix}".rstrip("/"))
                except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                    continue
                for entry in entries:
                    name = os.fsdecode(entry.filename)
                    if name in (".", ".."):
                        continue
                    if entry.attrs.type == asyncssh.FILEXFER_TYPE_DIRECTORY:
                        waiting.append(f"{prefix}{name}/")
                    elif name.endswith(_TEMPORARY):
                        await sftp.remove(f"{self._path(folder)}/{prefix}{name}")
                    else:
                        found[f"{prefix}{name}"] = entry.attrs.size or 0
            return found

        return self._do(work)

    def clone(self, root: Path, old: str, new: str, addresses: Iterable[str]) -> None:
        """Ask the server to link the files; those it cannot link are left out."""
        del root
        wanted = list(addresses)

        async def work(sftp: asyncssh.SFTPClient) -> None:
            gate = asyncio.Semaphore(_AT_ONCE)

            async def link(address: str) -> None:
                async with gate:
                    try:
                        await sftp.link(self._path(f"{old}/{address}"), self._path(f"{new}/{address}"))
                    except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection):
                        raise
                    except asyncssh.SFTPError:
                        return  # there already, or not to be linked: whoever looks what is there will see

            for folder in sorted({f"{new}/{address}".rpartition("/")[0] for address in wanted}):
                await self._folder(sftp, folder)
            await asyncio.gather(*(link(address) for address in wanted))

        self._do(work)

    def rename(self, old: str, new: str) -> None:
        """Rename a folder."""
        if not self.kind(old) and self.kind(new):
            return

        async def work(sftp: asyncssh.SFTPClient) -> None:
            await sftp.rename(self._path(old), self._path(new))
            self._made.clear()

        self._do(work)

    def point(self, link: str, to: str) -> None:
        """Make a link aside, then rename it over the old one."""

        async def work(sftp: asyncssh.SFTPClient) -> None:
            aside = await self._ready(sftp, link)
            try:
                if await sftp.lexists(aside):
                    await sftp.remove(aside)
                await sftp.symlink(to, aside)
                await sftp.posix_rename(aside, self._path(link))
            except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPPermissionDenied) as error:
                raise TargetError(
                    M(f"这个服务器不能用链接一步切换：{error.reason}", f"this server cannot exchange a link in one step: {error.reason}"),
                    M("给这个目标写上“链接: 否”，或加 --no-links，逐个文件发布", "write `links: no` for this target, or add --no-links: file by file"),
                ) from error  # fmt: skip

        self._do(work)

    def exchange(self, one: str, other: str) -> None:
        """Raise TargetError: SFTP cannot do that."""
        raise TargetError(
            M("目标位置上是一个文件夹，SFTP 不能一步换成链接", "a folder stands at the target, and SFTP cannot exchange it for a link in one step"),
            M("先把它移走（网站会短暂打不开），或加 --no-links 逐个文件发布", "move it away (the site is gone for a moment), or add --no-links"),
        )  # fmt: skip

    def remove(self, folder: str) -> None:
        """Remove a folder, or a link."""
        standing = self.kind(folder)

        async def work(sftp: asyncssh.SFTPClient) -> None:
            if standing == "folder":
                await sftp.rmtree(self._path(folder))
            elif standing:
                await sftp.remove(self._path(folder))
            self._made.clear()

        self._do(work)

    def secure(self, folder: str) -> None:
        """Do nothing: SFTP has no word for it."""

    def close(self) -> None:
        """End the connection and the thread."""
        self._drop(self._link)

        async def end() -> None:
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.wait_for(asyncio.gather(*others, return_exceptions=True), 5)
            await asyncio.get_running_loop().shutdown_asyncgens()

        with contextlib.suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}" if name else self.root

    async def _ready(self, sftp: asyncssh.SFTPClient, name: str) -> str:
        """Make the folder of a file; return the name under which the file is written first."""
        folder, _, last = name.rpartition("/")
        await self._folder(sftp, folder)
        return self._path(f"{folder}/.{last}{_TEMPORARY}" if folder else f".{last}{_TEMPORARY}")

    async def _folder(self, sftp: asyncssh.SFTPClient, folder: str) -> None:
        if folder not in self._made:
            await sftp.makedirs(self._path(folder), exist_ok=True)
            self._made.add(folder)

    def _do(self, work: Callable[[asyncssh.SFTPClient], Coroutine[Any, Any, T]]) -> T:
        """Do something on the server; connect first, if that is not done."""
        link: _Link | None = None
        try:
            link = asyncio.run_coroutine_threadsafe(self._connected(), self._loop).result()
            return asyncio.run_coroutine_threadsafe(
                _until_lost(link.connection, work(link.client)), self._loop
            ).result()
        except (asyncssh.HostKeyNotVerifiable, asyncssh.PermissionDenied) as error:
            raise TargetError(
                M(f"服务器没有让进：{error.reason}", f"the server was not entered: {error.reason}"),
                M(
                    "检查 known_hosts 里的主机密钥和自己的密钥",
                    "look at the host key in known_hosts and at your own key",
                ),
            ) from error
        except (LostError, asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection) as error:
            self._drop(link)
            raise LostError(str(error)) from error
        except asyncssh.SFTPError as error:
            raise TargetError(
                M(f"服务器没有做成：{error.reason}", f"the server could not do it: {error.reason}"), _AGAIN
            ) from error
        except (asyncssh.Error, OSError, TimeoutError) as error:
            self._drop(link)
            raise LostError(str(error) or type(error).__name__) from error

    async def _connected(self) -> _Link:
        async with self._opening:
            if self._link is None:
                host, port, user = self._where
                options: dict[str, Any] = {"connect_timeout": 20, "login_timeout": 30, "keepalive_interval": 15}
                if port:
                    options["port"] = port
                if user:
                    options["username"] = user
                if os.environ.get(CONFIG):
                    options["config"] = [os.environ[CONFIG]]
                if os.environ.get(PASSWORD):
                    options["password"] = os.environ[PASSWORD]
                connection = await asyncssh.connect(host, **options)
                client = await asyncio.wait_for(connection.start_sftp_client(), _CONNECTING)
                self._link = _Link(connection, client)
            return self._link

    def _drop(self, link: _Link | None) -> None:
        """Forget a connection, unless another thread has a new one already."""
        if link is not None and link is self._link:
            self._link = None
            self._made.clear()
            self._loop.call_soon_threadsafe(link.connection.abort)


async def _until_lost(connection: asyncssh.SSHClientConnection, work: Coroutine[Any, Any, T]) -> T:
    """Wait for `work` on a connection, but no longer than the connection lasts. Raises LostError."""
    task, closed = asyncio.ensure_future(work), asyncio.ensure_future(connection.wait_closed())
    try:
        await asyncio.wait((task, closed), timeout=_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            await asyncio.wait((task,), timeout=1)  # it may know better why
        if not task.done():
            raise LostError("connection lost")
        return task.result()
    finally:
        task.cancel()
        closed.cancel()


async def _replace(sftp: asyncssh.SFTPClient, aside: str, path: str) -> None:
    """Put a file in its place: in one step where the server can, else the old one is gone for a moment."""
    try:
        await sftp.posix_rename(aside, path)
    except asyncssh.SFTPOpUnsupported:
        if await sftp.lexists(path):
            await sftp.remove(path)
        await sftp.rename(aside, path)


def sftp_target(parts: SplitResult, settings: Settings) -> Target:
    """Return the target at `sftp://user@host:port/path`: whole releases, or without links file by file."""
    folder, name = served_place(parts)
    host = parts.hostname or ""
    if not settings.links:
        return InOrderTarget(SftpTree(host, parts.port, parts.username, parts.path), settings)
    return ReleaseTarget(SftpTree(host, parts.port, parts.username, folder), name, settings)
