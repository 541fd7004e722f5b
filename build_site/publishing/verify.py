"""A copy of a site against a manifest: what is missing, altered, added, injected, of a wrong type, or old.

Owns what each difference is called. Must not know where the copy lies, nor how findings are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from build_site.output.manifest import (
    MANIFEST_NAME,
    SUMS_NAME,
    FileEntry,
    Manifest,
    entry_of,
    is_signature,
    manifest_of,
    sums_text,
)
from build_site.publishing.copies import Answer, Copy, State
from build_site.publishing.injected import Injected, foreign, is_restored
from build_site.publishing.media import fits
from build_site.rendering.text_fingerprint import page_fingerprint


class Kind(Enum):
    """What is wrong with a file of a copy."""

    BAD_SIGNATURE = "bad-signature"
    UNSIGNED = "unsigned"
    MISSING = "missing"
    WRONG_TYPE = "wrong-type"
    ALTERED_TEXT = "altered-text"
    ALTERED_PAGE = "altered-page"
    ALTERED = "altered"
    INJECTED = "injected"
    ADDED = "added"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Difference:
    """What is wrong at an address. `note` is a name, an address or a status; `injected` is what somebody put into a page."""

    kind: Kind
    address: str
    note: str = ""
    injected: tuple[Injected, ...] = ()


@dataclass(frozen=True)
class Reference:
    """What a copy is compared with: the manifest, as bytes and as read, and the signatures beside it by their names. `older` are all
    files of the copy by its own manifest, when that is a true one of an earlier day.
    """

    data: bytes
    manifest: Manifest
    signatures: Mapping[str, bytes]
    has_sums: bool = True
    older: Mapping[str, FileEntry] | None = None

    @staticmethod
    def of(
        data: bytes, manifest: Manifest, signatures: Mapping[str, bytes], older: Reference | None = None
    ) -> Reference:
        """Return the reference; manifests of the first form have no `SHA256SUMS` beside them."""
        has_sums = any(entry.source for entry in manifest.files.values())
        return Reference(data, manifest, signatures, has_sums, older.files() if older else None)

    def files(self) -> dict[str, FileEntry]:
        """Return every file that the copy must have, with those that stand beside the manifest, the manifest first."""
        beside = {MANIFEST_NAME: entry_of(self.data)}
        if self.has_sums:
            beside[SUMS_NAME] = entry_of(sums_text({**self.manifest.files, **beside}).encode())
        beside |= {name: entry_of(data) for name, data in self.signatures.items()}
        return beside | dict(sorted(self.manifest.files.items()))


def compared(
    copy: Copy,
    reference: Reference,
    tell: Callable[[int, int], None] = lambda done, of: None,
    skip: Callable[[str], bool] = lambda address: False,
) -> Iterator[Difference]:
    """Yield every difference between `copy` and `reference`, those of one file when it was read; then what is there too much.

    Addresses for which `skip` is true are not read. `tell` is told how many files are done, and of how many.
    """
    files = reference.files()
    by_digest = {entry.sha256: address for address, entry in reversed(files.items())}
    for number, (address, entry) in enumerate(files.items(), 1):
        if not skip(address):
            found = _difference(address, entry, copy.read(address), reference, by_digest)
            if found is not None:
                yield found
        tell(number, len(files))
    names = copy.names()
    for address in sorted(names - files.keys()) if names is not None else ():
        if not (is_signature(address) and not reference.signatures):
            yield _added(address, copy.read(address), reference, by_digest)


def _added(address: str, answer: Answer, reference: Reference, by_digest: Mapping[str, str]) -> Difference:
    found = entry_of(answer.data) if answer.state is State.READ else None
    if found is not None and reference.older is not None and reference.older.get(address) == found:
        return Difference(Kind.STALE, address)
    return Difference(Kind.ADDED, address, by_digest.get(found.sha256, "") if found else "")


def _difference(
    address: str, entry: FileEntry, answer: Answer, reference: Reference, by_digest: Mapping[str, str]
) -> Difference | None:
    if answer.state is State.MISSING:
        return Difference(Kind.MISSING, address, answer.note)
    if answer.state is State.NO_FILE:
        return Difference(Kind.WRONG_TYPE, address)
    if answer.state is State.DAMAGED:
        return Difference(Kind.ALTERED, address)
    found = entry_of(answer.data)
    if found == entry and (not entry.sm3 or not found.sm3 or found.sm3 == entry.sm3):
        return None if fits(address, answer.media) else Difference(Kind.WRONG_TYPE, address, answer.media)
    if reference.older is not None and reference.older.get(address) == found:
        return Difference(Kind.STALE, address)
    other = by_digest.get(found.sha256, "")
    if not fits(address, answer.media):
        return Difference(Kind.WRONG_TYPE, address, answer.media)
    if entry.text and not other:
        return _page(address, entry, answer.data, reference.manifest)
    return Difference(Kind.ALTERED, address, other)


def _page(address: str, entry: FileEntry, data: bytes, manifest: Manifest) -> Difference:
    """The difference of a page: with all that was put in taken out, it is the same again, byte for byte; or its text is; or not."""
    html = data.decode("utf-8", "replace")
    injected = tuple(foreign(html, address, manifest.files))
    if injected and is_restored(data, injected, entry):
        return Difference(Kind.INJECTED, address, "", injected)
    same_text = page_fingerprint(html) == entry.text
    return Difference(Kind.ALTERED_PAGE if same_text else Kind.ALTERED_TEXT, address, "", injected)


def own_manifest(copy: Copy) -> tuple[bytes, Manifest | None]:
    """Return the manifest that a copy has of itself, as bytes and as read; b"" and None where it has none."""
    answer = copy.read(MANIFEST_NAME)
    return answer.data, manifest_of(answer.data) if answer.state is State.READ else None


def is_older(manifest: Manifest, day: date, days: int) -> bool:
    """Return whether a manifest is of a day more than `days` before `day`."""
    return (day - manifest.as_of).days > days
