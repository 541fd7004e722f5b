"""`urls.lock`: every address ever published, one a line.

Owns the file's form: sorted lines, so that two branches merge by union. Must not decide what an address may do.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

LOCK_NAME = "urls.lock"


def read_lock(root: Path) -> dict[str, int] | None:
    """Return the addresses of `root/urls.lock` with their lines, or None where there is no such file."""
    file = root / LOCK_NAME
    if not file.is_file():
        return None
    return addresses_in(file.read_text("utf-8-sig", "replace").splitlines())


def addresses_in(lines: Iterable[str]) -> dict[str, int]:
    """Return the addresses in lines of a lock file with their numbers; comments and the marks of a merge are none."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        address = line.strip()
        if address and not address.startswith(("#", "<", "=", ">", "|")):
            found.setdefault(address, number)
    return found


def lock_text(addresses: Iterable[str]) -> str:
    """Return the text of a lock file with `addresses`."""
    return "".join(f"{address}\n" for address in sorted(set(addresses)))
