"""Small built sites with a real manifest, and the look of what a target shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from build_site.output.manifest import entry_of, manifest_text
from build_site.publishing.receipt import Deed
from build_site.publishing.release import Release, read_release

DEED = Deed("测试", "2026-11-26T00:00:00Z")
_BASE = {
    "assets/site-1.css": b"body{}",
    "fj/a/b.pdf": b"%PDF-1.4 b",
    "wj/2020/00001.html": b"<p>one</p>",
    "wj/2020/00002.html": b"<p>two</p>",
    "wj/2020/00002/sqb.docx": b"PK form",
    "zd/index.html": b"<p>list</p>",
    "index.html": b"<p>home</p>",
    "gengxin.xml": b"<feed/>",
}
OLD = _BASE
NEW = {
    **{address: data for address, data in _BASE.items() if not address.startswith("wj/2020/00002")},
    "index.html": b"<p>home, new</p>",
    "zd/index.html": b"<p>list, new</p>",
    "wj/2020/00003.html": b"<p>three</p>",
    "wj/2020/00003/tu.png": b"\x89PNG" * 50,
    "assets/site-2.css": b"body{color:red}",
}
"""One document has gone with its attachment, one has come with a picture, lists are new."""


def write_output(folder: Path, files: Mapping[str, bytes], as_of: str = "2026-11-20", signed: bool = False) -> Path:
    """Write files with their manifest as a build leaves them."""
    for address, data in files.items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(data)
    entries = {address: entry_of(data) for address, data in files.items()}
    (folder / "manifest.json").write_text(manifest_text(entries, as_of), "utf-8")
    if signed:
        (folder / "manifest.json.sig").write_bytes(b"signature")
    return folder


def release(folder: Path, files: Mapping[str, bytes], as_of: str = "2026-11-20", commit: str = "") -> Release:
    """Write an output and read it as a release."""
    made = read_release(write_output(folder, files, as_of), commit)
    assert made.as_of == date.fromisoformat(as_of)
    return made


def shown(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its SHA-256: what readers see."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def wanted(made: Release) -> dict[str, str]:
    """Return what readers see of a release that is whole."""
    return {address: entry.sha256 for address, entry in made.files.items()}
