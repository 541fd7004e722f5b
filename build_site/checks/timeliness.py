"""Whether documents were published in time after they were formed.

Owns which documents are measured and by how many working days: the regulation's, or the catalogue's own. Must not know rules or the
wording of findings; a year without an arrangement of holidays is answered by "unknown".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from build_site.loading.working_days import within
from build_site.model.columns import CatalogItem
from build_site.model.notice import Notice
from build_site.model.site import ColumnPath, Document, Site, Standing
from build_site.model.time_limit import time_limit
from build_site.model.words import Mode, Publicity

FIRST_DAY = date(2008, 5, 1)
"""On this day the regulation came into force; what was formed before is not measured by it."""


class Verdict(Enum):
    """What the comparison says of a document."""

    LATE = "late"
    LATER_THAN_CATALOGUE = "later-than-catalogue"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Measured:
    """A document that is not certainly in time: its two days, the limit it was measured by, and what came of it."""

    document: Document
    written: date
    published: date
    limit: int
    verdict: Verdict


def measured(site: Site) -> Iterator[Measured]:
    """Yield the documents that are late, or of which that cannot be judged."""
    rows = _own_limits(site.catalogue.items)
    general = site.catalogue.checks.thresholds.publish_days
    for document in site.documents:
        notice = document.notice
        written, published = notice.written, notice.published_on
        if document.intro or document.standing is not Standing.PUBLISHED or written is None or published is None:
            continue
        if not FIRST_DAY <= written < published or not _is_measured(notice, site.catalogue.site.host):
            continue
        own = rows.get(document.column) or rows.get(document.column[:1])
        limit = max(general, own or 0)  # a longer time in the catalogue is one that another law grants
        answers = [(limit, within(written, published, limit), Verdict.LATE)]
        if own and own < limit:
            answers.append((own, within(written, published, own), Verdict.LATER_THAN_CATALOGUE))
        for days, in_time, verdict in answers:
            if in_time is not True:
                yield Measured(document, written, published, days, Verdict.UNKNOWN if in_time is None else verdict)
                break


def _is_measured(notice: Notice, host: str) -> bool:
    """Whether the agency made the document itself, and owed it to the public from the day on which it was formed."""
    if notice.publicity is not Publicity.PROACTIVE or notice.late_reason or notice.approved:
        return False
    return all(not name or host in name for name in (notice.issuer, notice.source))


def _own_limits(items: tuple[CatalogItem, ...]) -> Mapping[ColumnPath, int]:
    """Return the working days that the catalogue grants in each column.

    Which item a document belongs to is not known; so the longest of the column counts, and none where an item names no days.
    """
    found: dict[ColumnPath, list[int | None]] = defaultdict(list)
    for item in items:
        if item.column and item.mode is Mode.PROACTIVE:
            found[tuple(item.column.split("/"))].append(time_limit(item.deadline).working_days)
    return {path: max(days) for path, given in found.items() if (days := [day for day in given if day]) and all(given)}
