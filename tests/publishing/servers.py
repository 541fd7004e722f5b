"""Real servers on loopback, and a proxy that cuts connections."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait until something listens at a port."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        assert process is None or process.poll() is None, "the server has ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the server does not listen")


@contextlib.contextmanager
def running(words: list[str], port: int, **how: object) -> Iterator[None]:
    """Run a server until the end of the block."""
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how
    )  # type: ignore[call-overload]
    try:
        wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(10)


@dataclass(frozen=True)
class Ssh:
    """An SSH server: its port, the user, the client's configuration that knows its host key."""

    port: int
    user: str
    config: Path


@contextlib.contextmanager
def ssh_server(folder: Path) -> Iterator[Ssh]:
    """Run OpenSSH's server with a key of its own; skip the test where there is none."""
    if SSHD is None or shutil.which("ssh-keygen") is None:
        pytest.skip("no sshd")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it separates its privileges
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    port = free_port()
    (folder / "authorized").write_text((folder / "user.pub").read_text())
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
        "PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nMaxStartups 100\n"
        "Subsystem sftp internal-sftp\n"
    )
    config = client_config(folder, folder / "host.pub")
    with running([SSHD, "-D", "-f", str(folder / "sshd_config")], port):
        yield Ssh(port, getpass.getuser(), config)


def client_config(folder: Path, host_key: Path, name: str = "ssh_config") -> Path:
    """Write a client's configuration that takes any port of this machine for the host with `host_key`."""
    known = folder / f"{name}.known"
    known.write_text(f"loopback {' '.join(host_key.read_text().split()[:2])}\n")
    file = folder / name
    file.write_text(
        f"Host *\n  HostKeyAlias loopback\n  UserKnownHostsFile {known}\n  GlobalKnownHostsFile /dev/null\n"
        f"  IdentityFile {folder}/user\n  IdentitiesOnly yes\n"
    )
    return file


class CuttingProxy:
    """Passes bytes on to a port and cuts each of the first connections after so many bytes; later ones pass whole."""

    def __init__(self, to: int, cuts: list[int]) -> None:
        self.to = to
        self.cuts = cuts
        self.done = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.to))
            for each in (client, server):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            left = [self.cuts.pop(0) if self.cuts else 1 << 60]
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=(one, other, left), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, left: list[int]) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(4096):
                other.sendall(data[: max(0, left[0])])
                left[0] -= len(data)
                if left[0] <= 0:
                    self.done += 1
                    break
        for each in (one, other):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
