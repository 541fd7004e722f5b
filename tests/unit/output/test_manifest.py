from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from build_site.output.manifest import (
    MANIFEST_NAME,
    SUMS_NAME,
    entry_of,
    load_manifest,
    manifest_text,
    read_manifest,
    sums_text,
    with_source,
)

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
    assert (body["generator"], body["schema_version"], body["as_of"]) == ("build-site", 2, "2020-12-01")
    assert list(body["files"]) == ["a.html", "b.html"]
    assert body["files"]["b.html"] == {"size": 3, "sha256": FILES["b.html"].sha256, "sm3": FILES["b.html"].sm3}
    assert text.endswith("\n")


def test_entry_has_sm3_and_says_what_it_was_made_from() -> None:
    """SM3 as GB/T 32905 gives it for its first example; source, digest of the source and fingerprint stand beside it."""
    entry = with_source(entry_of(b"abc"), "content/a.md", "0" * 64)
    assert entry.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    told = json.loads(manifest_text({"a.html": entry}, "2020-12-01", {"engine": "1"}))
    assert told["inputs"] == {"engine": "1"}
    assert told["files"]["a.html"]["source"] == "content/a.md"
    assert told["files"]["a.html"]["source_sha256"] == "0" * 64


def test_a_manifest_of_the_first_form_is_ours(tmp_path: Path) -> None:
    """Folders that an older version filled are known again, and their files can be compared."""
    entry = entry_of(b"1")
    old = {"generator": "build-site", "schema_version": 1, "as_of": "2020-12-01"}
    files = {"a.html": {"size": 1, "sha256": entry.sha256}}
    (tmp_path / MANIFEST_NAME).write_text(json.dumps({**old, "files": files}))
    assert read_manifest(tmp_path) == frozenset({"a.html"})
    found = load_manifest(tmp_path)
    assert found is not None and found.files == {"a.html": entry}


def test_sha256sum_checks_the_list(tmp_path: Path) -> None:
    """Plain `sha256sum -c` accepts the list from inside the folder, whatever the names, and finds a flipped byte."""
    files = {"a b.html": b"1", "文件/二.pdf": b"2", "back\\slash.txt": b"3", "line\nfeed.txt": b"4"}
    for address, data in files.items():
        (tmp_path / address).parent.mkdir(exist_ok=True)
        (tmp_path / address).write_bytes(data)
    (tmp_path / SUMS_NAME).write_text(sums_text({address: entry_of(data) for address, data in files.items()}))
    command = ["sha256sum", "-c", "--strict", SUMS_NAME]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "a b.html").write_bytes(b"0")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


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
