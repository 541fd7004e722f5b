"""Public keys: PEM text to the bytes of the key, with what is wrong with it.

Owns the two forms of keys that the site can use. Must not know private keys, but for refusing them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from build_site.model.columns import Catalogue
from build_site.model.finding import Fault, Message
from build_site.model.signing import KEY_FOLDER, SigningKey
from build_site.model.words import Algorithm

_FILE = re.compile(rf"{KEY_FOLDER}/[A-Za-z0-9][\w.-]*\.pem", re.ASCII)
_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END PUBLIC KEY-----")
_HEADS = {
    Algorithm.ED25519: (bytes.fromhex("302a300506032b6570032100"), 44),
    Algorithm.SM2: (bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004"), 91),
}
"""How the key begins as DER (SubjectPublicKeyInfo), and how long it is then."""
_MOST = 10_000
_LINE = 64


class BadKeyError(Exception):
    """A text is no public key of the kind that was asked for; `message` says what it is, for the form of a value."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message


def key_bytes(pem: str, algorithm: Algorithm) -> bytes:
    """Return the key in a PEM text as DER. Raises BadKeyError."""
    if "PRIVATE KEY" in pem:
        raise BadKeyError(
            Message(
                "公钥；这里写的是私钥，它已经泄露，要停用，另外生成一对",
                "a public key; this is a private one: it has leaked, stop using it and make another",
            )
        )
    found = _PEM.search(pem)
    try:
        der = base64.b64decode("".join(found[1].split()), validate=True) if found else b""
    except binascii.Error:
        der = b""
    head, length = _HEADS[algorithm]
    if len(der) != length or not der.startswith(head):
        raise BadKeyError(
            Message(
                f"{algorithm.zh} 公钥，PEM 文本，以 -----BEGIN PUBLIC KEY----- 开头",
                f"an {algorithm.value[2]} public key as PEM, beginning with -----BEGIN PUBLIC KEY-----",
            )
        )
    return der


def key_print(der: bytes) -> str:
    """Return the SHA-256 of a key as DER, in hexadecimal: by it people compare keys."""
    return hashlib.sha256(der).hexdigest()


def pem_of(der: bytes) -> str:
    """Return a public key as PEM text, always in the same lines."""
    text = base64.b64encode(der).decode("ascii")
    lines = (text[start : start + _LINE] for start in range(0, len(text), _LINE))
    return "\n".join(("-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----")) + "\n"


def with_keys(root: Path, catalogue: Catalogue) -> tuple[Catalogue, tuple[Fault, ...]]:
    """Return `catalogue` with every public key as PEM text, read from below `root` where a file is named; keys that are none, or
    whose name is used twice, are left out, with their faults.
    """
    keys: list[SigningKey] = []
    faults: list[Fault] = []
    for key in catalogue.signing:
        if any(key.id == other.id for other in keys):
            faults.append(_fault(key, "id", Message("没有用过的代号", "an id that is not used yet")))
            continue
        try:
            keys.append(replace(key, public=pem_of(key_bytes(_pem(root, key), key.algorithm))))
        except BadKeyError as error:
            faults.append(_fault(key, "public", error.message))
    return replace(catalogue, signing=tuple(keys)), (*faults, *_dates(keys))


def _pem(root: Path, key: SigningKey) -> str:
    if "-----BEGIN" in key.public:
        return key.public
    if not _FILE.fullmatch(key.public):
        raise BadKeyError(
            Message(
                "PEM 文本，或者 keys/ 里的文件，如 keys/jm-2026.pem",
                "PEM text, or a file in keys/ like keys/jm-2026.pem",
            )
        )
    try:
        return (root / key.public).read_bytes()[:_MOST].decode("ascii", "replace")
    except OSError:
        raise BadKeyError(Message("能读的文件；没有这个文件，或者读不了", "a file that can be read")) from None


def _dates(keys: list[SigningKey]) -> Iterator[Fault]:
    for key in keys:
        if key.valid_until is not None and key.valid_until < key.valid_from:
            yield _fault(key, "valid_until", Message("不早于启用日期的一天", "a day not before `valid_from`"))


_LABELS = {"id": "代号", "public": "公钥", "valid_until": "停用日期"}


def _fault(key: SigningKey, field: str, expected: Message) -> Fault:
    value = "" if field == "public" and "-----" in key.public else str(getattr(key, field))
    data = (
        ("key", _LABELS[field]),
        ("value", value[:60]),
        ("expected", f"form: {expected.zh}|{expected.en}"),
        ("suggestion", ""),
        ("example", "keys/jm-2026.pem" if field == "public" else ""),
    )
    return Fault("invalid-value", key.at(field), data)
