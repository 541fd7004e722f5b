"""`baseline.json`: the findings that a site inherited, one a line.

Owns the file's form: every finding is a whole line that ends in a comma, `null` ends the list, so that Git merges two
branches that both took entries away. Must not decide what is hidden.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from build_site.model.baseline import Baseline, Growth, Inherited
from build_site.model.finding import Fault
from build_site.model.text import Location

BASELINE_NAME = "baseline.json"
_VERSION = 1
_FINGERPRINT = re.compile(r'"fingerprint": "([^"]*)"')


def read_baseline(root: Path) -> tuple[Baseline | None, tuple[Fault, ...]]:
    """Return the baseline of the site at `root`, None without one, and a fault for one that cannot be understood.

    Raises OSError when the disk fails.
    """
    file = root / BASELINE_NAME
    if not file.is_file():
        return None, ()
    text = file.read_text("utf-8-sig", "replace")
    try:
        return _understood(text), ()
    except json.JSONDecodeError as error:
        return Baseline(), (Fault("baseline-unreadable", Location(BASELINE_NAME, error.lineno, error.colno)),)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Baseline(), (Fault("baseline-unreadable", Location(BASELINE_NAME)),)


def _understood(text: str) -> Baseline:
    body = json.loads(text)
    if body["schema_version"] != _VERSION:
        raise ValueError(body["schema_version"])
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if found := _FINGERPRINT.search(line):
            lines.setdefault(found[1], number)
    entries: dict[str, Inherited] = {}
    for row in filter(None, body["findings"]):
        entry = Inherited(
            str(row["path"]),
            str(row["code"]),
            str(row["fingerprint"]),
            max(1, int(row["count"])),
            str(row["message"]),
            lines.get(row["fingerprint"], 0),
        )
        known = entries.get(entry.fingerprint)  # two branches may have kept different counts: the smaller one holds
        entries[entry.fingerprint] = entry if known is None or entry.count < known.count else known
    grown = tuple(
        Growth(date.fromisoformat(row["on"]), int(row["added"]), str(row["reason"]))
        for row in filter(None, body["grown"])
    )
    return Baseline(tuple(entries.values()), grown)


def baseline_text(baseline: Baseline) -> str:
    """Return the text of the file for `baseline`; the same for the same content."""
    rows = [
        {
            "path": entry.path,
            "code": entry.code,
            "fingerprint": entry.fingerprint,
            "count": entry.count,
            "message": entry.message,
        }
        for entry in sorted(baseline.entries, key=lambda entry: (entry.path, entry.code, entry.fingerprint))
    ]
    grown = [{"on": item.on.isoformat(), "added": item.added, "reason": item.reason} for item in baseline.grown]
    return f'{{\n"schema_version": {_VERSION},\n"grown": [\n{_lines(grown)}],\n"findings": [\n{_lines(rows)}]\n}}\n'


def _lines(rows: list[dict[str, Any]]) -> str:
    return "".join(f"{json.dumps(row, ensure_ascii=False)},\n" for row in rows) + "null"
