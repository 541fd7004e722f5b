"""What the public could read at an address, and when: the versions in Git beside the receipts of what was published.

Owns joining the two. Must not know in which words that is told, nor guess: without a receipt nothing is said to have been public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from build_site.loading import versions as in_git
from build_site.loading.binding import entries
from build_site.loading.document import parse
from build_site.loading.files import decode
from build_site.loading.lock import LOCK_NAME
from build_site.loading.placing import CONTENT, document_address
from build_site.model.notice import Notice
from build_site.model.record import Record
from build_site.model.site import Site
from build_site.publishing.receipt import FOLDER, Receipt, history


@dataclass(frozen=True)
class Change:
    """What differs from the version before: a key of the front matter with both values, "" for none; the `body` with the numbers
    of lines that came and went; the `path`.
    """

    key: str
    old: str = ""
    new: str = ""
    added: int = 0
    taken: int = 0


@dataclass(frozen=True)
class Version:
    """A version of the source, as a commit recorded it; `number` counts from 1. `gone` marks the removal of the file.

    `commit` is "" for what is not committed yet.
    """

    number: int
    commit: str
    moment: str
    author: str
    path: str
    title: str
    blob: str
    changes: tuple[Change, ...] = ()
    gone: bool = False


@dataclass(frozen=True)
class Reading:
    """A time in which the public could read the same thing at `target`: from one receipt to another, `until` is "" to this day.

    `there` is false where the address gave nothing; `version` is the number of the source's version, 0 where it is not known.
    `sha256` is that of the last page of this time: pages change with their navigation too.
    """

    target: str
    since: str
    until: str
    there: bool
    version: int
    sha256: str


@dataclass(frozen=True)
class PageHistory:
    """All that is known of an address. `source` is its present or last source, "" for a page that is made of many; `others` are
    addresses that lead here, `moved_to` is where this one leads, `withdrawn` why it was taken down. `recorded` are the commits with their
    days in which `urls.lock` began or ceased to name it.
    """

    address: str
    title: str
    source: str
    others: tuple[str, ...]
    moved_to: str
    withdrawn: str
    recorded: tuple[tuple[str, str], ...]
    versions: tuple[Version, ...]
    readings: tuple[Reading, ...]
    receipts: int


def page_history(root: Path, site: Site, asked: str) -> PageHistory | None:
    """Return what is known of `asked`, an address or the path of a source, of the site at `root`; None for what never was.

    Raises GitError where Git cannot answer, OSError when the disk fails.
    """
    address, source = _found(root, site, asked)
    if not address:
        return None
    versions = _versions(root, source) if source else ()
    receipts = {folder.name: history(folder) for folder in sorted((root / FOLDER).glob("*/"))}
    readings = [
        reading for target, told in receipts.items() for reading in _readings(root, target, told, address, versions)
    ]
    recorded = in_git.mentions(root, address, LOCK_NAME)
    if not versions and not recorded and not any(reading.there for reading in readings):
        return None
    return PageHistory(
        address=address,
        title=next((version.title for version in reversed(versions) if version.title), ""),
        source=source,
        others=tuple(old for old, new in site.redirects.items() if new == address),
        moved_to=site.redirects.get(address, ""),
        withdrawn=_withdrawn(site, address),
        recorded=recorded,
        versions=versions,
        readings=tuple(readings),
        receipts=sum(map(len, receipts.values())),
    )


def _withdrawn(site: Site, address: str) -> str:
    records = (item.reason for item in site.catalogue.withdrawals if item.address == address)
    documents = (item.notice.withdrawal_reason for item in site.documents if item.address == address)
    return next(filter(None, (*records, *documents)), "")


def _found(root: Path, site: Site, asked: str) -> tuple[str, str]:
    """Return the address and the source that are meant, "" for what there is not."""
    by_source = {document.path: document.address for document in site.documents}
    by_address = {document.address: document.path for document in site.documents}
    if asked in by_source:
        return by_source[asked], asked
    if asked.startswith(f"{CONTENT}/"):
        files = {source: address for address, source in site.files.items()}
        if asked in files:
            return files[asked], asked
        return _removed(root, lambda path, _: path == asked)
    if asked in by_address:
        return asked, by_address[asked]
    if asked in site.files:
        return asked, site.files[asked]
    address, source = _removed(root, lambda _, address: address == asked)
    return address or asked, source


def _removed(root: Path, wanted: Callable[[str, str], bool]) -> tuple[str, str]:
    """Return address and path of the removed notice that `wanted` accepts by path and address, "" for none."""
    gone = {path: commit for path, commit in in_git.removed(root, CONTENT).items() if path.endswith(".md")}
    blobs = in_git.blobs_at(root, ((commit, path) for path, commit in gone.items()))
    for path, commit in gone.items():
        blob = blobs.get((commit, path))
        read = _read(path, in_git.content(root, blob)) if blob else None
        address = document_address(path, read.notice) if read and read.notice else None
        if isinstance(address, str) and wanted(path, address):
            return address, path
    return "", ""


@dataclass(frozen=True)
class _Read:
    notice: Notice | None
    body: tuple[str, ...]


def _read(path: str, data: bytes) -> _Read | None:
    source, _ = decode(path, data)
    if source is None:
        return None
    doc = parse(source)
    return _Read(doc.notice, tuple(source.text.splitlines()[doc.body_at.line - 1 :]))


def _versions(root: Path, path: str) -> tuple[Version, ...]:
    recorded = list(in_git.versions(root, path))
    file = root / path
    now = file.read_bytes() if file.is_file() else None
    if now is not None and (not recorded or recorded[-1].data != now):
        recorded.append(in_git.FileVersion("", "", "", path, now))
    found: list[Version] = []
    before: _Read | None = None
    for number, one in enumerate(recorded, 1):
        read = _read(one.path, one.data) if one.data is not None and one.path.endswith(".md") else None
        changes: tuple[Change, ...] = ()
        if found and one.path != found[-1].path:
            changes = (Change("path", found[-1].path, one.path),)
        if before is not None and read is not None:
            changes += _changes(before, read)
        title = read.notice.title if read and read.notice else ""
        found.append(
            Version(number, one.commit, one.moment, one.author, one.path, title, one.blob, changes, one.data is None)
        )
        before = read or before
    return tuple(found)


def _changes(old: _Read, new: _Read) -> tuple[Change, ...]:
    """Return what differs between two versions of a notice, in the order of its keys, the body last."""
    found = []
    if old.notice and new.notice:
        for entry in entries(Notice):
            one, other = getattr(old.notice, entry.name), getattr(new.notice, entry.name)
            if one != other:
                found.append(Change(entry.name, _shown(one), _shown(other)))
    added = taken = 0
    for kind, first, last, start, end in SequenceMatcher(None, old.body, new.body, autojunk=False).get_opcodes():
        if kind != "equal":
            added, taken = added + end - start, taken + last - first
    return (*found, *((Change("body", added=added, taken=taken),) if added or taken else ()))


def _shown(value: object) -> str:
    """Return a value as an editor wrote it; of what has parts only their number."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, tuple):
        return "、".join(value) if all(isinstance(part, str) for part in value) else f"{len(value)}"
    if isinstance(value, Record):
        return "…"
    return str(getattr(value, "zh", value))


def _readings(
    root: Path, target: str, receipts: Sequence[Receipt], address: str, versions: Sequence[Version]
) -> Iterable[Reading]:
    """Return the times of a target in which the address gave the same version, oldest first, from when it first gave anything."""
    at = _at_commits(root, {receipt.commit for receipt in receipts}, versions)
    found: list[Reading] = []
    for receipt in receipts:
        entry = receipt.files.get(address)
        version = at.get(receipt.commit, 0) if entry else 0
        sha = entry.sha256 if entry else ""
        if not found and not entry:
            continue
        last = found[-1] if found else None
        same = last and last.there == bool(entry) and (last.version == version if versions else last.sha256 == sha)
        if last and same:
            found[-1] = replace(last, sha256=sha)
            continue
        if last:
            found[-1] = replace(last, until=receipt.when)
        found.append(Reading(target, receipt.when, "", bool(entry), version, sha))
    return found


def _at_commits(root: Path, commits: Iterable[str], versions: Sequence[Version]) -> Mapping[str, int]:
    """Return for each commit the number of the version that it holds."""
    paths = dict.fromkeys(version.path for version in versions)
    asked = [(commit, path) for commit in sorted(filter(None, commits)) for path in paths]
    numbers = {(version.path, version.blob): version.number for version in versions if version.blob}
    found: dict[str, int] = {}
    for (commit, path), blob in in_git.blobs_at(root, asked).items():
        number = numbers.get((path, blob), 0)
        found[commit] = max(found.get(commit, 0), number)
    return found
