"""`manifest.json`: what a build put into the output folder.

Owns the list's form, by which a folder is known to be ours. Must not write.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

MANIFEST_NAME = "manifest.json"
_GENERATOR = "build-site"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the output: size in bytes and SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that was read: the day for which the folder was built, and its files."""

    as_of: date
    files: Mapping[str, FileEntry]


def entry_of(data: bytes) -> FileEntry:
    """Return the manifest entry of a file's content."""
    return FileEntry(len(data), hashlib.sha256(data).hexdigest())


def manifest_text(files: Mapping[str, FileEntry], as_of: str) -> str:
    """Return the manifest of `files` (address -> entry) built for the day `as_of`; sorted, reproducible."""
    body = {
        "generator": _GENERATOR,
        "schema_version": SCHEMA_VERSION,
        "as_of": as_of,
        "files": {address: {"size": files[address].size, "sha256": files[address].sha256} for address in sorted(files)},
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


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
        body = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
        if body["generator"] != _GENERATOR:
            return None
        files = {address: FileEntry(int(entry["size"]), entry["sha256"]) for address, entry in body["files"].items()}
        return Manifest(date.fromisoformat(body["as_of"]), files)
    except _UNREADABLE:
        return None


def built_on(folder: Path) -> date | None:
    """Return the day for which the site in `folder` was built, or None where there is no manifest of ours."""
    if read_manifest(folder) is None:
        return None
    try:
        return date.fromisoformat(json.loads((folder / MANIFEST_NAME).read_text("utf-8"))["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
