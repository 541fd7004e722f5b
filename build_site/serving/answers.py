"""What becomes of an answer: the fields of the state that change with it.

Owns how whole builds and single pages lie over one another. Pure functions; must not know who asked, or when.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from build_site.serving.board import Findings, Pages, Shown
from build_site.serving.records import Built, Glimpsed

Fields = Mapping[str, Any]


def after_whole(shown: Shown, built: Built, findings: Findings, store: Pages) -> Fields:
    """Return what a whole build changes: all but the single pages of saves that came after it was asked for."""
    return {
        "builds": shown.builds + 1,
        "pages": built.pages,
        "store": store,
        "fresh": newer(shown, built.number),
        "sources": built.sources,
        "files": built.files,
        "waiting": built.waiting,
        "findings": findings,
        "base_path": built.base_path,
        "trouble": "",
        "apology": "",
        "working": False,
        "step": None,
    }


def newer(shown: Shown, number: int) -> dict[str, tuple[int, bytes]]:
    """Return the single pages of saves after `number`."""
    return {address: page for address, page in shown.fresh.items() if page[0] > number}


def after_glimpse(shown: Shown, seen: Glimpsed) -> Fields:
    """Return what the pages of single sources change: these pages, and what follows from these sources alone; nothing when
    they are as they were.
    """
    pages = {address: data for address, data in seen.pages.items() if shown.has(address)}
    changed = any(data != shown.page(address) for address, data in pages.items())
    old = [note for path in seen.sources for note in shown.findings.by_path.get(path, ()) if note.fault]
    findings = shown.findings
    if sorted(old) != sorted(seen.notes):
        kept = (note for note in findings.notes if not (note.fault and note.path in seen.sources))
        findings = Findings((*kept, *seen.notes))
    if not changed and findings is shown.findings:
        return {}
    fresh = {**shown.fresh, **{address: (seen.number, data) for address, data in pages.items()}}
    return {"fresh": fresh, "findings": findings, "working": True, "step": None, "hint": tuple(pages)}
