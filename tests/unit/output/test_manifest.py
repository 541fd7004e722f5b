from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from build_site.output.manifest import MANIFEST_NAME, entry_of, manifest_text, read_manifest

FILES = {"b.html": entry_of("二".encode()), "a.html": entry_of(b"")}


def test_entry_is_size_and_digest() -> None:
    """A file is known by its size in bytes and its SHA-256."""
    entry = entry_of("二".encode())
    assert (entry.size, entry.sha256) == (3, hashlib.sha256("二".encode()).hexdigest())


def test_text_is_sorted_and_names_the_day() -> None:
    """The same files give the same text, whatever their order."""
    text = manifest_text(FILES, "2020-12-01")
    assert text == manifest_text(dict(reversed(FILES.items())), "2020-12-01")
    body = json.loads(text)
    assert (body["generator"], body["schema_version"], body["as_of"]) == ("build-site", 1, "2020-12-01")
    assert list(body["files"]) == ["a.html", "b.html"]
    assert body["files"]["b.html"] == {"size": 3, "sha256": FILES["b.html"].sha256}
    assert text.endswith("\n")


def test_manifest_reads_back(tmp_path: Path) -> None:
    """What was written is recognised as ours."""
    (tmp_path / MANIFEST_NAME).write_text(manifest_text(FILES, "2020-12-01"))
    assert read_manifest(tmp_path) == frozenset({"a.html", "b.html"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"generator": "other", "files": {}}',
        '{"generator": "build-site"}',
        '{"generator": "build-site", "files": 3}',
        "\u0000",
    ],
)
def test_other_manifests_are_not_ours(tmp_path: Path, text: str) -> None:
    """A folder with anything else in its manifest is not ours to replace."""
    (tmp_path / MANIFEST_NAME).write_text(text)
    assert read_manifest(tmp_path) is None


def test_binary_manifest_and_none(tmp_path: Path) -> None:
    """Undecodable bytes or no file at all are not ours either."""
    assert read_manifest(tmp_path) is None
    (tmp_path / MANIFEST_NAME).write_bytes(b"\xff\xfe\xff")
    assert read_manifest(tmp_path) is None
