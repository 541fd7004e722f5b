"""Private keys: where they come from and what is refused.

Owns the three ways: a file, an environment variable, a command that signs and keeps the key to itself (a token). A key is never shown, and
held no longer than it takes to sign. Must not know what is signed.
"""

from __future__ import annotations

import base64
import binascii
import os
import shlex
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

from build_site.loading.public_keys import BadKeyError, key_bytes, pem_of
from build_site.model.finding import Message
from build_site.model.words import Algorithm
from build_site.publishing import openssl

Signer = Callable[[bytes], bytes]
"""Makes the signature over what it is given."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MOST = 20_000
_WAIT = 300  # somebody may have to press a button


class KeyRefusedError(Exception):
    """A private key cannot be used; `message` says why, `help` what to do."""

    def __init__(self, message: Message, help_: Message) -> None:
        super().__init__(message.en)
        self.message = message
        self.help = help_


def from_file(file: Path, root: Path, algorithm: Algorithm) -> Signer:
    """Return what signs with the key in `file`. Raises KeyRefusedError for one in the repository of the site at `root` or readable by
    others, and OSError when it cannot be read.
    """
    refuse_inside(file, root)
    with file.open("rb") as opened:
        if os.name == "posix" and os.fstat(opened.fileno()).st_mode & _OTHERS:
            raise KeyRefusedError(
                Message(f"私钥 {file} 别人也能读", f"others can read the private key {file}"),
                Message(f"运行 chmod 600 {file}", f"run chmod 600 {file}"),
            )
        private = opened.read(_MOST)
    return _with(private, algorithm)


def from_environment(name: str, algorithm: Algorithm) -> Signer:
    """Return what signs with the key in the environment variable `name`, which no process started from here on sees."""
    private = os.environ.pop(name, "")
    if not private.strip():
        raise KeyRefusedError(
            Message(f"环境变量 {name} 是空的", f"the environment variable {name} is empty"),
            Message("在里面放 PEM 格式的私钥", "put the private key as PEM into it"),
        )
    return _with(private.replace("\\n", "\n").encode(), algorithm)


def from_command(command: str) -> Signer:
    """Return what signs by a command: it gets the data on standard input and writes the signature, as it is or in Base64."""

    def signed(data: bytes) -> bytes:
        try:
            done = subprocess.run(shlex.split(command), input=data, stdout=subprocess.PIPE, timeout=_WAIT, check=False)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise _no_command(str(error)) from None
        if done.returncode or not done.stdout:
            raise _no_command(f"{done.returncode}")
        return _unwrapped(done.stdout)

    return signed


def refuse_inside(file: Path, root: Path) -> None:
    """Raise KeyRefusedError when `file` lies in the site at `root` or in the repository around it."""
    place = file.resolve()
    site = root.resolve()
    around = next((folder for folder in (site, *site.parents) if (folder / ".git").exists()), site)
    if place.is_relative_to(around):
        raise KeyRefusedError(
            Message(f"私钥 {file} 在仓库里，会被一起提交、公开", f"the private key {file} lies in the repository and would be published with it"),
            Message("把它移到仓库以外，如 ~/.config/build-site/", "move it out of the repository, like to ~/.config/build-site/"),
        )  # fmt: skip


def write_new(file: Path, private: bytes) -> None:
    """Write a private key to a file that only its owner can read; raises FileExistsError rather than replace one."""
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as opened:
        opened.write(private)


def public_pem(private: bytes, algorithm: Algorithm) -> str:
    """Return the public half of a private key as PEM, as this program writes it. Raises OpensslError, KeyRefusedError."""
    try:
        return pem_of(key_bytes(openssl.public_half(private), algorithm))
    except BadKeyError as error:
        raise KeyRefusedError(
            Message(f"私钥不是 {algorithm.zh} 的", f"the private key is none of {algorithm.value[2]}"),
            Message(f"应当是：{error.message.zh}", f"expected: {error.message.en}"),
        ) from None


def _with(private: bytes, algorithm: Algorithm) -> Signer:
    if b"PRIVATE KEY-----" not in private:
        raise KeyRefusedError(
            Message("这不是 PEM 格式的私钥", "this is no private key as PEM"),
            Message("私钥以 -----BEGIN PRIVATE KEY----- 开头；试用的可以用 build-site keygen 生成", "it begins with -----BEGIN PRIVATE KEY-----; make one for trials with build-site keygen"),
        )  # fmt: skip
    if b"ENCRYPTED" in private:
        raise KeyRefusedError(
            Message("私钥有口令，程序不能停下来问", "the private key has a password, and the program cannot stop to ask"),
            Message("用 --key-command 写一个会问口令的签名命令", "use --key-command with a command that asks for it"),
        )  # fmt: skip
    public_pem(private, algorithm)  # told apart here, where it can be said in words
    return lambda data: openssl.sign(private, algorithm, data)


def _unwrapped(answer: bytes) -> bytes:
    """A signature as bytes: 64 of them, or a DER sequence; anything else is taken for Base64 if it is."""
    if len(answer) == 64 or answer[:1] == b"\x30":
        try:
            if len(answer) == 64 or answer[1] == len(answer) - 2:
                return answer
        except IndexError:
            pass
    try:
        return base64.b64decode(b"".join(answer.split()), validate=True)
    except binascii.Error:
        return answer


def _no_command(why: str) -> KeyRefusedError:
    return KeyRefusedError(
        Message(f"签名的命令没有给出签名（{why}）", f"the command that signs gave no signature ({why})"),
        Message(
            "命令从标准输入读清单，把签名写到标准输出，成功时以 0 结束",
            "it reads the manifest from standard input, writes the signature to standard output and ends with 0",
        ),
    )
