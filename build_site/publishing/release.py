"""A built site as it is to be published: every file with size and digest.

Owns what belongs to a release, and that nothing is published that is not as the manifest says. Must not know targets.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from build_site.model.finding import Message
from build_site.output.manifest import MANIFEST_NAME, FileEntry, entry_of, load_manifest
from build_site.publishing.refusal import RefusedError

M = Message
_REBUILD = M("重新运行 build-site build，再发布", "run build-site build again, then publish")
_SUMS = "SHA256SUMS"
_SIGNATURES = (".sig", ".asc", ".minisig", ".p7s")
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Release:
    """A site in `folder`, built for the day `as_of` from the Git commit `commit` ("" where unknown).

    `files` are all files that are published, the manifest and its companions among them. `manifest` is the SHA-256 of
    `manifest.json`; `digest` that of manifest and companions together: it names this state of the site and no other.
    """

    folder: Path
    as_of: date
    files: Mapping[str, FileEntry]
    manifest: str
    digest: str
    commit: str = ""


def is_companion(address: str) -> bool:
    """Return whether a file stands beside the listed ones: the manifest itself, checksums, signatures of either."""
    return any(address == name or address.startswith(f"{name}.") for name in (MANIFEST_NAME, _SUMS))


def state_digest(companions: Mapping[str, FileEntry]) -> str:
    """Return the digest that names a state of the site, from its manifest and the manifest's companions."""
    lines = "".join(f"{companions[name].sha256}  {name}\n" for name in sorted(companions))
    return hashlib.sha256(lines.encode()).hexdigest()


def read_release(folder: Path, commit: str = "", require_signature: bool = False) -> Release:
    """Return the release in an output folder, after comparing every file with the manifest.

    Raises RefusedError where there is no built site, or it is not what the build has written; OSError for the disk.
    """
    release = open_release(folder, commit)
    check_signed(release, require_signature)
    wrong = [address for address in sorted(release.files) if not _fits(folder / address, release.files[address])]
    if wrong:
        raise RefusedError(
            M(f"有 {len(wrong)} 个文件和生成时不一样：{_shown(wrong)}", f"{len(wrong)} files are not as they were built: {', '.join(wrong[:5])}"),
            M("输出文件夹里的文件不能手工改。" + _REBUILD.zh, "files in the output must not be edited; " + _REBUILD.en),
        )  # fmt: skip
    return release


def check_signed(release: Release, required: bool) -> None:
    """Raise RefusedError where a signature is required and there is none."""
    if required and not any(is_companion(name) and name.endswith(_SIGNATURES) for name in release.files):
        raise RefusedError(
            M("网站没有签名，而这里要求签名", "the site is not signed, and a signature is required"),
            M("先签名，再发布", "sign it first, then publish"),
        )


def open_release(folder: Path, commit: str = "") -> Release:
    """Return the release in a folder as its manifest lists it; of the files only names are compared with the list."""
    manifest = load_manifest(folder)
    if manifest is None:
        raise RefusedError(
            M(f"{folder} 里没有生成好的网站", f"there is no built site in {folder}"),
            M("先运行 build-site build；没有通过检查的网站不会生成", "run build-site build first; what does not pass is not built"),
        )  # fmt: skip
    present = set(_walk(folder))
    companions = {name: entry_of((folder / name).read_bytes()) for name in present if is_companion(name)}
    files = {**manifest.files, **companions}
    strange = sorted(present - set(files))
    if strange:
        raise RefusedError(
            M(f"有 {len(strange)} 个文件不是生成的：{_shown(strange)}", f"{len(strange)} files were not built: {', '.join(strange[:5])}"),
            M("移走它们，或者" + _REBUILD.zh, "move them away, or " + _REBUILD.en),
        )  # fmt: skip
    return Release(folder, manifest.as_of, files, companions[MANIFEST_NAME].sha256, state_digest(companions), commit)


def file_entry(file: Path) -> FileEntry:
    """Return size and SHA-256 of a file, read piece by piece. Raises OSError."""
    sha, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            sha.update(block)
            size += len(block)
    return FileEntry(size, sha.hexdigest())


def _fits(file: Path, entry: FileEntry) -> bool:
    try:
        return not file.is_symlink() and file.stat().st_size == entry.size and file_entry(file) == entry
    except FileNotFoundError:
        return False


def _walk(folder: Path) -> list[str]:
    found = []
    top = os.fspath(folder)
    for place, folders, names in os.walk(top):
        base = os.path.relpath(place, top).replace(os.sep, "/")
        prefix = "" if base == "." else f"{base}/"
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        found += [f"{prefix}{name}" for name in (*names, *links)]
    return found


def _shown(addresses: list[str]) -> str:
    return "、".join(addresses[:5]) + ("……" if len(addresses) > 5 else "")
