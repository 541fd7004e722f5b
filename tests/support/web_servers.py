"""A real nginx and a real Caddy on loopback, told what `build-site server-config` prints."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NGINX, CADDY = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"), shutil.which("caddy")


@dataclass(frozen=True)
class Answer:
    """What a server answered: status, headers with names in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes


def fetch(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask the server on `port` for `path`, exactly as it is written."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def nginx_config(folder: Path, snippet: str, port: int) -> Path:
    """Write a configuration around `snippet` as small as one can be, so that nothing stands in for what it lacks."""
    (folder / "snippet.conf").write_text(snippet, "utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its workers could not read a folder of the tests
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}"
        f"server {{\nlisten 127.0.0.1:{port};\ninclude {folder}/snippet.conf;\n}}\n}}\n",
        "utf-8",
    )
    return file


@contextmanager
def nginx_serving(folder: Path, snippet: str) -> Iterator[int]:
    """Serve with nginx what `snippet` says and yield the port."""
    assert NGINX
    port = free_port()
    config = nginx_config(folder, snippet, port)
    with _running([NGINX, "-p", str(folder), "-c", str(config)], folder, port):
        yield port


@contextmanager
def caddy_serving(folder: Path, snippet: str) -> Iterator[int]:
    """Serve with Caddy what `snippet` says and yield the port."""
    assert CADDY
    port = free_port()
    (folder / "snippet.caddy").write_text(snippet, "utf-8")
    config = folder / "Caddyfile"
    config.write_text(
        f"{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n\timport {folder}/snippet.caddy\n}}\n",
        "utf-8",
    )
    with _running([CADDY, "run", "--config", str(config), "--adapter", "caddyfile"], folder, port):
        yield port


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment)
    try:
        for _ in range(400):
            if server.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.025)
        assert server.poll() is None, (folder / "log").read_text("utf-8")
        yield
    finally:
        server.terminate()
        server.wait(10)
