"""Edits that mend YAML without changing what it says: full-width colons behind keys, dates in another form.

Owns when such an edit is certain. Must not word findings.
"""

from __future__ import annotations

import re

from build_site.loading.binding import spellings
from build_site.model.columns import Catalogue
from build_site.model.finding import Fault, Fix
from build_site.model.notice import Notice
from build_site.model.text import Location
from build_site.model.wording import Wording

_ONLY_A_MOMENT = re.compile(r"[0-9０-９年月日/.\-\s:：时分]+")


def half_width_colons(fault: Fault) -> Fix | None:
    """Return the edit that gives every key of a file its half-width colon; None unless all of them are known keys.

    All are changed at once, because one that stays keeps the file unreadable.
    """
    known = spellings(Notice) | spellings(Catalogue) | spellings(Wording)
    edits = []
    for told in fault.get("colons").split():
        line, column, word = told.split(":", 2)
        if word not in known:
            return None
        edits.append(Fix(Location(fault.where.path, int(line), int(column)), ": "))
    return Fix(edits[0].where, edits[0].text, tuple(edits[1:])) if edits else None


def written_date(fault: Fault) -> Fix | None:
    """Return the edit that writes a date as YYYY-MM-DD; None where anything but a date and time would be lost."""
    value, suggestion, where = fault.get("value"), fault.get("suggestion"), fault.where
    if fault.get("expected") != "a date" or not suggestion or not _ONLY_A_MOMENT.fullmatch(value):
        return None
    if where.length == len(value):
        return Fix(where, suggestion)
    if where.length == len(value) + 2:  # in quotes, which stay
        return Fix(Location(where.path, where.line, where.column + 1, len(value)), suggestion)
    return None
