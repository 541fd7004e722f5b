"""What publishing would change, whether it may, and in which order.

Owns the comparison of a release with what stands on a target. Pure: asks neither disk nor network.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from build_site.loading.placing import DOCUMENTS, HOME, LOOSE_FILES
from build_site.model.finding import Message
from build_site.publishing.receipt import Receipt
from build_site.publishing.refusal import RefusedError
from build_site.publishing.release import Release, is_companion

M = Message
_ASSETS = "assets"


@dataclass(frozen=True)
class Plan:
    """What becomes of the files of a target: those added, changed, removed, sorted; how many stay as they are. `bytes` are those to be sent."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    bytes: int

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.added or self.changed or self.removed)


def make_plan(release: Release, last: Receipt | None) -> Plan:
    """Return what publishing `release` over `last` changes."""
    old = last.files if last else {}
    added = sorted(address for address in release.files if address not in old)
    changed = sorted(address for address, entry in release.files.items() if address in old and old[address] != entry)
    removed = sorted(address for address in old if address not in release.files)
    sent = sum(release.files[address].size for address in (*added, *changed))
    return Plan(tuple(added), tuple(changed), tuple(removed), len(release.files) - len(added) - len(changed), sent)


def check_newer(release: Release, last: Receipt | None, behind: bool, reason: str) -> None:
    """Raise RefusedError when `release` is older than what was published last, unless there is a `reason`.

    `behind`: Git knows that its commit is an ancestor of the published one.
    """
    if last is None or reason or last.digest == release.digest:
        return
    if release.as_of < last.as_of:
        what = M(
            f"已发布的网站是按 {last.as_of} 生成的，这一份是 {release.as_of} 的",
            f"what is published was built for {last.as_of}, this for {release.as_of}",
        )
    elif behind:
        what = M(
            f"已发布的网站来自更新的版本 {last.commit[:10]}，这一份是 {release.commit[:10]}",
            f"what is published comes from the newer commit {last.commit[:10]}, this from {release.commit[:10]}",
        )
    else:
        return
    raise RefusedError(
        M(f"不能用旧的覆盖新的：{what.zh}", f"an older state is not put over a newer one: {what.en}"),
        M("先更新并重新生成；确实要退回时加 --force-rollback 理由", "update and build again; to go back on purpose add --force-rollback REASON"),
    )  # fmt: skip


def phase(address: str) -> int:
    """Return when a file is sent: 0 what pages show, 1 documents, 2 what lists them, 3 the manifest and its companions."""
    if is_companion(address):
        return 3
    top = address.split("/")[0]
    if address.endswith(".html"):
        return 1 if top == DOCUMENTS else 2
    return 0 if top in (DOCUMENTS, LOOSE_FILES, _ASSETS) else 2


def in_order(addresses: Iterable[str]) -> list[list[str]]:
    """Return addresses in groups, one after the other to be sent; within a group order does not matter, but the home page
    stands last.
    """
    ranked = sorted(addresses, key=lambda address: (phase(address), address == HOME, address))
    return [list(group) for _, group in groupby(ranked, phase)]
