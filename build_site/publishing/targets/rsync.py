"""A server that is reached by the programs `ssh` and `rsync`.

Owns their command lines, and what their exit codes mean. The server needs a POSIX shell, GNU coreutils and findutils, and rsync.
Host keys are always checked, nothing is ever asked; keys come from the ssh agent or from files that ssh knows.
"""

from __future__ import annotations

import base64
import contextlib
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO
from urllib.parse import SplitResult

from build_site.model.finding import Message
from build_site.publishing.refusal import LostError, TargetError
from build_site.publishing.target import Settings
from build_site.publishing.targets.opening import served_place
from build_site.publishing.targets.releases import ReleaseTarget

M = Message
CONFIG = "BUILD_SITE_SSH_CONFIG"
"""The environment variable that names another configuration file for ssh."""
_OPTIONS = (
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ConnectTimeout=20",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=4",
)
_PARTIAL = ".rsync-partial"
_LOST = frozenset({10, 12, 30, 35, 255})
_NEVER = (
    "Host key verification failed",
    "Permission denied",
    "REMOTE HOST IDENTIFICATION",
    "Could not resolve hostname",
)
_ABSENT = 44


class _Shell:
    """A shell on the server that is asked one thing after the other: a call by ssh for each would take a tenth of a second."""

    def __init__(self, words: list[str]) -> None:
        self._told = tempfile.TemporaryFile()  # noqa: SIM115 - a pipe would stay open as long as the shared connection
        self._process = _started(words, self._told)

    def ask(self, script: str) -> tuple[int, bytes]:
        """Run a script; return exit code and output. Raises LostError and TargetError when the connection is gone."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(
                f"( ( {script}\n); printf '\\n%d' $? ) < /dev/null | base64 -w 0; echo\n".encode()
            )
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except OSError:
            answer = b""
        if not answer.endswith(b"\n"):
            raise _failure(["ssh"], self._process.wait(), self.said())
        output, _, code = base64.b64decode(answer).rpartition(b"\n")
        return int(code), output

    def said(self) -> str:
        """Return what ssh and the scripts complained about."""
        self._told.seek(0)
        return self._told.read().decode("utf-8", "replace").strip()

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._told):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()


class RsyncTree:
    """A folder of a server as a `Tree`; see there for the methods."""

    batch = 1_000_000  # rsync sends many files in one go

    def __init__(self, host: str, port: int | None, root: str) -> None:
        self.host = host
        self.root = root
        self._asked: _Shell | None = None
        self._shared = Path(tempfile.mkdtemp(prefix="build-site-ssh-"))
        config = os.environ.get(CONFIG)
        options = (*_OPTIONS, "ControlMaster=auto", "ControlPersist=30", f"ControlPath={self._shared}/%C")
        self._ssh = [
            "ssh",
            *(("-F", config) if config else ()),
            *(("-p", str(port)) if port else ()),
            *(word for option in options for word in ("-o", option)),
        ]

    def lock(self, name: str) -> None:
        """Do nothing: a lock on a server would outlive a connection that is cut."""

    def read(self, name: str) -> bytes | None:
        """Return a file's content."""
        path = self._path(name)
        code, out = self._shell(f"[ -f {path} ] || exit {_ABSENT}; cat -- {path}", (0, _ABSENT))
        return out if code == 0 else None

    def write(self, name: str, data: bytes) -> None:
        """Write aside; only when every byte has arrived, rename."""
        path, aside = self._path(name), self._path(f"{name}.sending~")
        folder = self._path(name.rpartition("/")[0])
        text = base64.encodebytes(data).decode()
        self._shell(
            f"mkdir -p -- {folder} && base64 -d > {aside} <<'END' && [ $(wc -c < {aside}) -eq {len(data)} ] && mv -T -- {aside} {path}\n{text}END"
        )

    def send(self, root: Path, addresses: Sequence[str], folder: str) -> None:
        """Let rsync send the files: each aside, then renamed; a large one goes on where it was cut."""
        self._rsync(root, addresses, folder)

    def delete(self, name: str) -> None:
        """Remove a file."""
        self._shell(f"rm -f -- {self._path(name)}")

    def kind(self, name: str) -> str:
        """Return what stands there."""
        path = self._path(name)
        script = f"if [ -L {path} ]; then echo link; elif [ -d {path} ]; then echo folder; elif [ -e {path} ]; then echo file; fi"
        return self._shell(script)[1].decode().strip()

    def led_to(self, link: str) -> str:
        """Return the text of a link."""
        return self._shell(f"readlink -n -- {self._path(link)}")[1].decode()

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        path = self._path(folder)
        _, out = self._shell(f"[ ! -d {path} ] || find {path}/ -mindepth 1 -maxdepth 1 -printf '%f\\0'")
        return tuple(sorted(out.decode().split("\0")[:-1]))

    def walk(self, folder: str) -> Mapping[str, int]:
        """Return files and sizes."""
        path = self._path(folder)
        script = f"[ ! -d {path} ] || find {path}/ -name {_PARTIAL} -prune -o -type f -printf '%P\\0%s\\0'"
        words = self._shell(script)[1].decode().split("\0")[:-1]
        return {name: int(size) for name, size in zip(words[::2], words[1::2], strict=True)}

    def clone(self, root: Path, old: str, new: str, addresses: Iterable[str]) -> None:
        """Let rsync link what is the same, byte for byte, in the old folder; what is not, it sends."""
        self._rsync(root, [address for address in addresses if (root / address).is_file()], new, old)

    def rename(self, old: str, new: str) -> None:
        """Rename a folder."""
        one, other = self._path(old), self._path(new)
        self._shell(f"[ ! -e {one} -a -e {other} ] || mv -T -- {one} {other}")

    def point(self, link: str, to: str) -> None:
        """Make a link aside, then rename it over the old one."""
        aside = self._path(f"{link}.sending~")
        self._shell(f"ln -sfn -- {shlex.quote(to)} {aside} && mv -T -- {aside} {self._path(link)}")

    def exchange(self, one: str, other: str) -> None:
        """Raise TargetError: no common program exchanges two folders in one step."""
        raise TargetError(
            M("目标位置上是一个文件夹，服务器不能一步换成链接", "a folder stands at the target, and the server cannot exchange it for a link in one step"),
            M("先把它移走（网站会短暂打不开），再发布", "move it away (the site is gone for a moment), then publish"),
        )  # fmt: skip

    def remove(self, folder: str) -> None:
        """Remove a folder."""
        self._shell(f"rm -rf -- {self._path(folder)}")

    def secure(self, folder: str) -> None:
        """Ask the server to write its disk out."""
        self._shell(f"sync -f -- {self._path(folder)} 2> /dev/null || sync")

    def close(self) -> None:
        """End the shell and the shared connection."""
        self._end_shell()
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run([*self._ssh, "-O", "exit", "--", self.host], stdin=subprocess.DEVNULL, capture_output=True, timeout=10, check=False)  # fmt: skip
        shutil.rmtree(self._shared, ignore_errors=True)

    def _path(self, name: str) -> str:
        return shlex.quote(f"{self.root.rstrip('/')}/{name}")

    def _shell(self, script: str, allowed: tuple[int, ...] = (0,)) -> tuple[int, bytes]:
        if self._asked is None:
            self._asked = _Shell([*self._ssh, "--", self.host, "exec sh"])
        try:
            code, out = self._asked.ask(script)
        except (LostError, TargetError):
            self._end_shell()
            raise
        if code not in allowed:
            raise _failure(["sh"], code, self._asked.said())
        return code, out

    def _end_shell(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            asked.end()

    def _rsync(self, root: Path, addresses: Sequence[str], folder: str, like: str = "") -> None:
        if not addresses:
            return
        base = self.root.rstrip("/")
        self._shell(f"mkdir -p -- {self._path(folder)}")
        words = [
            "rsync", "--rsh", shlex.join(self._ssh), "--protect-args", "--recursive", "--perms", "--chmod=D755,F644", "--checksum",
            f"--partial-dir={_PARTIAL}", "--files-from=-", "--from0", *((f"--link-dest={base}/{like}",) if like else ()),
            "--", f"{root}/", f"{self.host}:{base}/{folder}/",
        ]  # fmt: skip
        with tempfile.TemporaryFile() as told:
            process = _started(words, told)
            process.communicate("".join(f"{address}\0" for address in addresses).encode())
            told.seek(0)
            if process.returncode:
                raise _failure(words, process.returncode, told.read().decode("utf-8", "replace").strip())


def _started(words: list[str], told: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told)
    except FileNotFoundError:
        raise TargetError(
            M(f"这台机器上没有 {words[0]}", f"there is no {words[0]} on this machine"),
            M(f"安装 {words[0]}", f"install {words[0]}"),
        ) from None


def _failure(words: list[str], code: int, said: str) -> Exception:
    """Return the error that an exit code and what was said with it mean."""
    if code in _LOST and words[0] != "sh" and not any(word in said for word in _NEVER):
        return LostError(said.splitlines()[-1] if said else f"{words[0]}: {code}")
    return TargetError(
        M(f"服务器没有做成：{said or code}", f"the server could not do it: {said or code}"),
        M("解决后再运行一次，会接着做完", "solve it and run again; it goes on from here"),
    )


def rsync_target(parts: SplitResult, settings: Settings) -> ReleaseTarget:
    """Return the target at `ssh://user@host:port/path`."""
    if not settings.links:
        raise TargetError(
            M("ssh 类目标要用链接切换", "a target with ssh:// needs links"),
            M("不能用链接的，用 sftp://", "where there are none, use sftp://"),
        )
    folder, name = served_place(parts)
    host = parts.hostname or ""
    return ReleaseTarget(
        RsyncTree(f"{parts.username}@{host}" if parts.username else host, parts.port, folder), name, settings
    )
