"""Which addresses the last receipts of publishing name.

Owns the reading of so much of a receipt; the whole of it is known to `publishing`. Must not judge, and never writes.
"""

from __future__ import annotations

import json
from pathlib import Path

RECEIPTS = "receipts"
"""The folder of a site with a folder of each target in it."""


def receipted(root: Path) -> dict[str, str]:
    """Return the addresses that each target of the site at `root` was left with, each with the receipt that names it, relative to
    the site. A file that is no receipt says nothing.
    """
    found: dict[str, str] = {}
    for folder in sorted((root / RECEIPTS).glob("*/")):
        for file in sorted(folder.glob("*.json"), reverse=True):  # their names begin with a running number
            files = _files(file)
            if files is not None:
                found |= {address: file.relative_to(root).as_posix() for address in files if address not in found}
                break
    return found


def _files(file: Path) -> tuple[str, ...] | None:
    try:
        return tuple(json.loads(file.read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
