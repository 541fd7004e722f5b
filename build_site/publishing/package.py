"""Packages: a site, or what has changed of it, in one file that can be handed over.

Owns what stands in a package and under which name: `package.json`, the site below `site/`, the exports below `documents/`,
and `attachments.sha256`. Must not know archives, targets, nor sources.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from build_site.model.finding import Message
from build_site.publishing.export import Article
from build_site.publishing.importing import read_exports
from build_site.publishing.plan import make_plan
from build_site.publishing.receipt import Receipt, short
from build_site.publishing.refusal import RefusedError
from build_site.publishing.release import Release, check_signed, file_entry, open_release, read_release

M = Message
HEAD = "package.json"
SITE, DOCUMENTS = "site/", "documents/"
ATTACHMENTS = "attachments.sha256"
_FORM = "build-site-package"
_VERSION = 1
_AGAIN = M("重新取一份包；不要手工改包里的文件", "fetch the package again; do not edit what is in it")


@dataclass(frozen=True)
class Head:
    """What a package says of itself: the state it leads to and, for a delta, the state it starts from (`base`, else "")."""

    as_of: str
    commit: str
    digest: str
    base: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    exports: Mapping[str, str]

    @property
    def kind(self) -> str:
        """The kind of package: full or delta."""
        return "delta" if self.base else "full"


@dataclass(frozen=True)
class Content:
    """A package before it is packed: its name without ending, and every member by name, as bytes or as a file."""

    name: str
    members: Mapping[str, bytes | Path]


def content_of(release: Release, base: Receipt | None, exported: Mapping[str, bytes]) -> Content:
    """Return the package of `release`: everything, or with a `base` what has changed since. `exported` are its exports."""
    plan = make_plan(release, base)
    changed = (*plan.added, *plan.changed)
    head = Head(
        release.as_of.isoformat(), release.commit, release.digest, base.digest if base else "",
        plan.added, plan.changed, plan.removed, {name: _sha(data) for name, data in sorted(exported.items())},
    )  # fmt: skip
    sums = sorted(
        {(item["id"], item["sha256"]) for data in _json_forms(exported) for item in json.loads(data)["attachment"]}
    )
    members: dict[str, bytes | Path] = {
        HEAD: _head_text(head),
        ATTACHMENTS: "".join(f"{sha}  {SITE}{address}\n" for address, sha in sums).encode(),
        **{f"{DOCUMENTS}{name}": data for name, data in exported.items()},
        **{f"{SITE}{address}": release.folder / address for address in changed},
    }
    suffix = f"delta-from-{short(base.digest)[:8]}" if base else "full"
    return Content(f"site-{head.as_of}-{short(release.digest)[:8]}-{suffix}", dict(sorted(members.items())))


def release_in(folder: Path, current: Receipt | None, signed: bool = False) -> tuple[Release, tuple[Article, ...]]:
    """Return the release that an unpacked package leads to, after checking every file, and the documents in it.

    Raises RefusedError where the package is not as it was made, or a delta does not fit the state `current`.
    """
    head = read_head(folder)
    site = folder / SITE
    if head.kind == "full":
        release = read_release(site, head.commit, signed)
    else:
        if current is None or current.digest != head.base:
            there = short(current.digest)[:8] if current else "—"
            raise RefusedError(
                M(f"增量包接在 {short(head.base)[:8]} 后面，目标上现在是 {there}", f"the delta follows {short(head.base)[:8]}, but the target shows {there}"),
                M("用完整包，或者先发布中间的各个增量包", "publish the full package, or the deltas in between first"),
            )  # fmt: skip
        release = open_release(site, head.commit)
        check_signed(release, signed)
        _check_delta(release, current, head)
    if release.digest != head.digest or release.as_of.isoformat() != head.as_of:
        raise RefusedError(
            M("包里的清单和包的说明不一致", "the manifest in the package is not the one it names"), _AGAIN
        )
    documents = folder / DOCUMENTS
    exported = {
        file.relative_to(documents).as_posix(): file.read_bytes() for file in documents.rglob("*") if file.is_file()
    }
    if {name: _sha(data) for name, data in exported.items()} != dict(head.exports):
        raise RefusedError(
            M("包里的导出文件不是打包时的", "the exports in the package are not those it was made with"), _AGAIN
        )
    return release, read_exports(exported, release.files)


def read_head(folder: Path) -> Head:
    """Return what an unpacked package says of itself. Raises RefusedError where it is no package of ours."""
    try:
        body = json.loads((folder / HEAD).read_text("utf-8"))
        if body["form"] != _FORM or body["version"] != _VERSION:
            raise ValueError(body["form"])
        return Head(
            as_of=str(body["as_of"]),
            commit=str(body["commit"]),
            digest=str(body["digest"]),
            base=str(body["base"]),
            added=tuple(map(str, body["added"])),
            changed=tuple(map(str, body["changed"])),
            removed=tuple(map(str, body["removed"])),
            exports={str(name): str(sha) for name, sha in body["exports"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError(M("这不是本程序打的包", "this is no package of this program"), _AGAIN) from error


def _check_delta(release: Release, current: Receipt, head: Head) -> None:
    plan = make_plan(release, current)
    sent = (*head.added, *head.changed)
    if (plan.added, plan.changed, plan.removed) != (head.added, head.changed, head.removed):
        raise RefusedError(
            M("增量包里列出的改动和清单不一致", "the delta does not list what its manifest changes"), _AGAIN
        )
    wrong = [address for address in sent if not _fits(release, address)]
    if wrong:
        shown = "、".join(wrong[:5])
        raise RefusedError(
            M(f"包里有 {len(wrong)} 个文件不对：{shown}", f"{len(wrong)} files in the package are wrong: {shown}"),
            _AGAIN,
        )


def _fits(release: Release, address: str) -> bool:
    file = release.folder / address
    return file.is_file() and file_entry(file) == release.files[address]


def _head_text(head: Head) -> bytes:
    body = {
        "form": _FORM,
        "version": _VERSION,
        "kind": head.kind,
        "as_of": head.as_of,
        "commit": head.commit,
        "digest": head.digest,
        "base": head.base,
        "added": head.added,
        "changed": head.changed,
        "removed": head.removed,
        "exports": head.exports,
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _json_forms(exported: Mapping[str, bytes]) -> Iterable[bytes]:
    return (data for name, data in exported.items() if name.endswith(".json"))


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
