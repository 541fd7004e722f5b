"""`build-site upcoming`: what will change by itself, and when.

Owns the list's forms, for people and for programs that set a timer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from build_site.cli.telling import CLEAN, USAGE, disk_message, say
from build_site.cli.theme_work import report
from build_site.model.finding import Lang, Message
from build_site.model.upcoming import Coming, upcoming
from build_site.output.sources import read_site


def show(root: Path, as_of: date, days: int, form: str, lang: Lang) -> int:
    """Print what will change in the `days` after the day `as_of`; return the exit code."""
    try:
        site, faults = read_site(root, as_of)
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    if site is None:
        return report(root, faults, lang, USAGE)
    changes = upcoming(site, as_of + min(timedelta(days=days), date.max - as_of))
    sys.stdout.write(_as_json(changes) if form == "json" else _as_text(changes, lang))
    sys.stdout.flush()
    if not changes and form == "text":
        say(Message(f"{as_of} 以后 {days} 天里没有到日子自己发生的变化", f"nothing changes by itself in the {days} days after {as_of}"), lang)  # fmt: skip
    return CLEAN


def _as_text(changes: Iterable[Coming], lang: Lang) -> str:
    lines = []
    for change in changes:
        what = Message(change.kind.zh, change.kind.en).text(lang)
        lines.append(f"{change.day}  {what}  {change.title or '—'}  {change.source}\n")
    return "".join(lines)


def _as_json(changes: Iterable[Coming]) -> str:
    rows = [
        {
            "day": change.day.isoformat(),
            "kind": change.kind.en,
            "title": change.title,
            "source": change.source,
            "address": change.address,
        }
        for change in changes
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
