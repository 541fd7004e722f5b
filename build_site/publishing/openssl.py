"""Signatures by the command `openssl`, which every Debian has: Ed25519, and SM2 over SM3.

Owns how it is called. A private key reaches it through a pipe that only the two processes hold: it is in no file, no argument and no
environment of another process, and gone when they end, however they end. Must not know where keys come from.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from build_site.model.finding import Message
from build_site.model.words import Algorithm

SM2_ID = "1234567812345678"
"""The identity that GB/T 35276 sets for signers who agreed on none; without it OpenSSL finds every SM2 signature wrong."""
_WAIT = 120
_RAW = {
    Algorithm.ED25519: ("-rawin",),
    Algorithm.SM2: ("-rawin", "-digest", "sm3", "-pkeyopt", f"distid:{SM2_ID}"),
}
_NEW = {
    Algorithm.ED25519: ("genpkey", "-algorithm", "ed25519"),
    Algorithm.SM2: ("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"),
}


class OpensslError(Exception):
    """`openssl` is not there or refused its work; `message` says what, `help` what to do."""

    def __init__(self, message: Message, help_: Message) -> None:
        super().__init__(message.en)
        self.message = message
        self.help = help_


def verify_words(algorithm: Algorithm, key: str, manifest: str, signature: str) -> tuple[str, ...]:
    """Return the command line by which anybody checks a signature of a manifest, all three given as files."""
    raw = _RAW[algorithm]
    return ("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, *raw, "-in", manifest, "-sigfile", signature)


def is_signed(public: str, algorithm: Algorithm, data: bytes, signature: bytes) -> bool:
    """Return whether `signature` over `data` was made with the private half of the key `public`, PEM text.

    Raises OpensslError when there is no `openssl`.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = {"key.pem": public.encode(), "data": data, "signature": signature}
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        words = verify_words(algorithm, *(str(Path(folder, name)) for name in files))
        return _run(words[1:]).returncode == 0


def sign(private: bytes, algorithm: Algorithm, data: bytes) -> bytes:
    """Return the signature over `data` with a private key as PEM. Raises OpensslError."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return _with_key(("pkeyutl", "-sign", *_RAW[algorithm], "-in", file.name, "-inkey"), private)


def new_key(algorithm: Algorithm) -> bytes:
    """Return a new private key as PEM. Raises OpensslError."""
    made = _run(_NEW[algorithm])
    if made.returncode:
        raise _refused(made.stderr)
    return made.stdout


def public_half(private: bytes) -> str:
    """Return the public half of a private key, both as PEM. Raises OpensslError."""
    return _with_key(("pkey", "-pubout", "-in"), private).decode("ascii")


def _with_key(words: Sequence[str], private: bytes) -> bytes:
    reading, writing = os.pipe()
    try:
        os.set_blocking(writing, False)  # a key fits into a pipe; what does not is none
        try:
            fits = os.write(writing, private) == len(private)
        except BlockingIOError:
            fits = False
        finally:
            os.close(writing)
        if not fits:
            raise _refused(b"too long")
        done = _run((*words, f"/dev/fd/{reading}"), (reading,))
    finally:
        os.close(reading)
    if done.returncode:
        raise _refused(done.stderr)
    return done.stdout


def _run(words: Sequence[str], passed: Sequence[int] = ()) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("openssl")
    if program is None:
        raise OpensslError(
            Message("没有找到 openssl 命令", "the command openssl was not found"),
            Message("安装 OpenSSL 3.0 或更新的版本，如 apt install openssl", "install OpenSSL 3.0 or later, like apt install openssl"),
        )  # fmt: skip
    try:
        return subprocess.run(
            [program, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            pass_fds=passed,
            start_new_session=True,  # without a terminal it cannot stop to ask for a password
            timeout=_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused(b"no answer") from None


def _refused(told: bytes) -> OpensslError:
    """The error of `openssl`: its own last line, which names no secret."""
    lines = [line for line in told.decode("utf-8", "replace").splitlines() if line.strip()]
    last = lines[-1].rpartition(":error:")[2] if lines else ""
    return OpensslError(
        Message(f"openssl 没有用上这个密钥：{last}", f"openssl could not use this key: {last}"),
        Message(
            "看看它是不是 PEM 格式、没有口令的私钥，算法与 catalog.yaml 里写的是不是一样；openssl version 要 3.0 以上",
            "see whether it is a private key as PEM without a password, of the algorithm in catalog.yaml; openssl must be 3.0 or later",
        ),
    )
