"""`manifest.json` and `SHA256SUMS`: what a build put into the output folder, and from what.

Owns the form of both lists, by which a folder is known to be ours. Must not write.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

MANIFEST_NAME = "manifest.json"
SUMS_NAME = "SHA256SUMS"
_GENERATOR = "build-site"
SCHEMA_VERSION = 2
_json = json.JSONEncoder(ensure_ascii=False).encode
_SIGNATURE = re.compile(r"manifest\.json\.[a-z][a-z0-9-]{0,39}\.sig")


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the output: size in bytes, SHA-256 and SM3 in hexadecimal, the source it was made from and the source's
    SHA-256, and for a page the fingerprint of its text.

    Two entries are equal when the contents are. What is not known is "": older manifests have size and SHA-256 only.
    """

    size: int
    sha256: str
    sm3: str = field(default="", compare=False)
    source: str = field(default="", compare=False)
    source_sha256: str = field(default="", compare=False)
    text: str = field(default="", compare=False)


_KEPT = ("size", "sha256", "sm3", "source", "source_sha256", "text")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that was read: the day for which the folder was built, and its files."""

    as_of: date
    files: Mapping[str, FileEntry]


@lru_cache(maxsize=1)
def has_sm3() -> bool:
    """Return whether this Python can compute SM3; some builds of OpenSSL leave it out."""
    try:
        hashlib.new("sm3")
    except ValueError:
        return False
    return True


def entry_of(data: bytes) -> FileEntry:
    """Return the manifest entry of a file's content; without SM3 where this Python cannot compute it."""
    sm3 = hashlib.new("sm3", data).hexdigest() if has_sm3() else ""
    return FileEntry(len(data), hashlib.sha256(data).hexdigest(), sm3)


def manifest_text(files: Mapping[str, FileEntry], as_of: str, inputs: Mapping[str, Any] | None = None) -> str:
    """Return the manifest of `files` (address -> entry) built for the day `as_of` from `inputs`; sorted, reproducible.

    Every file has a line of its own, so that two manifests can be compared line by line.
    """
    head = {"generator": _GENERATOR, "schema_version": SCHEMA_VERSION, "as_of": as_of, "inputs": inputs or {}}
    lines = [f" {_json(name)}: {_json(value)},\n" for name, value in head.items()]
    rows = [f"  {_json(address)}: {_json(_told(files[address]))}" for address in sorted(files)]
    listed = "{\n" + ",\n".join(rows) + "\n }" if rows else "{}"
    return "{\n" + "".join(lines) + f' "files": {listed}\n' + "}\n"


def _told(entry: FileEntry) -> dict[str, int | str]:
    return {name: value for name in _KEPT if (value := getattr(entry, name)) != ""}


def sums_text(files: Mapping[str, FileEntry]) -> str:
    """Return `SHA256SUMS` of `files` as `sha256sum -c` reads it from inside the folder; a name with a backslash or a
    line feed is escaped in its way.
    """
    return "".join(_sums_line(address, files[address].sha256) for address in sorted(files))


def _sums_line(address: str, sha256: str) -> str:
    name = address.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if name == address else chr(92)}{sha256}  {name}\n"


def lies_beside(address: str) -> bool:
    """Return whether a file of the output folder is ours without standing in the manifest: it is made after it, and of it."""
    return address in (MANIFEST_NAME, SUMS_NAME) or is_signature(address)


def is_signature(address: str) -> bool:
    """Return whether a file at `address` is a signature of the manifest."""
    return _SIGNATURE.fullmatch(address) is not None


def signature_name(key: str) -> str:
    """Return the address of the signature that the key called `key` makes."""
    return f"{MANIFEST_NAME}.{key}.sig"


_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def read_manifest(folder: Path) -> frozenset[str] | None:
    """Return the addresses that the manifest in `folder` lists, or None where there is no manifest of ours."""
    try:
        body = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
        if body["generator"] != _GENERATOR:
            return None
        return frozenset(body["files"])
    except _UNREADABLE:
        return None


def load_manifest(folder: Path) -> Manifest | None:
    """Return the whole manifest in `folder`, or None where there is none of ours that can be understood."""
    try:
        return manifest_of((folder / MANIFEST_NAME).read_bytes())
    except OSError:
        return None


def manifest_of(data: bytes) -> Manifest | None:
    """Return the manifest that the bytes of its file say, or None when it is none of ours that can be understood."""
    try:
        body = json.loads(data.decode("utf-8"))
        if body["generator"] != _GENERATOR:
            return None
        files = {address: _entry(entry) for address, entry in body["files"].items()}
        return Manifest(date.fromisoformat(body["as_of"]), files)
    except _UNREADABLE:
        return None


def _entry(told: Mapping[str, Any]) -> FileEntry:
    return FileEntry(int(told["size"]), told["sha256"], *(str(told.get(name, "")) for name in _KEPT[2:]))


def with_source(entry: FileEntry, source: str, sha256: str) -> FileEntry:
    """Return `entry` with what the file was made from; of a path that is no text, what can be told of it."""
    path = source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return FileEntry(entry.size, entry.sha256, entry.sm3, path, sha256, entry.text)


def built_on(folder: Path) -> date | None:
    """Return the day for which the site in `folder` was built, or None where there is no manifest of ours."""
    manifest = load_manifest(folder)
    return manifest.as_of if manifest else None


def signatures_in(folder: Path) -> Iterable[Path]:
    """Return the signatures of the manifest that lie in `folder`, sorted by name; none where there is no folder."""
    if not folder.is_dir():
        return ()
    return sorted(file for file in folder.iterdir() if is_signature(file.name) and file.is_file())
