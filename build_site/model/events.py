"""What happened to the documents, in order of time: the source of the update log and of the feeds.

Owns which events there are, on which day each counts, and the name by which it is known for ever. Must not know how an
event is worded or where it is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from build_site.model.site import ColumnPath, Document, Site, Standing
from build_site.model.words import ColumnKind, Publicity, RevisionKind, Validity, Word

_DAY = timedelta(days=1)


class EventKind(Word):
    """What happened; of two events of one moment the later kind is the newer one."""

    PUBLISHED = ("published", "发布")
    OPENED = ("opened", "征集开始")
    CORRECTED = ("corrected", "更正")
    ADDED = ("added", "补充")
    CLOSED = ("closed", "征集结束")
    ANSWERED = ("answered", "征集反馈")
    AMENDED = ("amended", "修订")
    REPEALED = ("repealed", "废止")
    EXPIRED = ("expired", "失效")
    WITHDRAWN = ("withdrawn", "撤下")


_REVISIONS = {RevisionKind.CORRECTED: EventKind.CORRECTED, RevisionKind.ADDED: EventKind.ADDED}
_RANK = {kind: number for number, kind in enumerate(EventKind)}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a document, or to an address without one.

    `moment` is the day, with the time where it is known. `subject` is the address that the event is about; `address`
    is that of the page to show, "" where there is none any more. `document` is None for what the catalogue alone
    records. `note` says what an editor wrote about it: the correction, the addition, the basis of the repeal, the reason
    of the withdrawal, the title of the document that replaces it. `number` counts the revisions of one subject and day.
    """

    day: date
    moment: date | datetime
    kind: EventKind
    document: Document | None
    note: str
    title: str
    subject: str
    address: str
    number: int = 1

    @property
    def lasting_kind(self) -> EventKind:
        """The kind by which the event is named and ordered: a revision stays the same when an editor calls it otherwise."""
        return EventKind.CORRECTED if self.kind is EventKind.ADDED else self.kind

    @property
    def identity(self) -> str:
        """The name of the event within the site, the same in every build: the subject, then kind and day."""
        if self.kind is EventKind.PUBLISHED:
            return self.subject
        count = f"-{self.number}" if self.number > 1 else ""
        return f"{self.subject}/{self.lasting_kind.en}/{self.day.isoformat()}{count}"


def events(site: Site) -> tuple[Event, ...]:
    """Return what happened up to the day of the build and may be told to the public, newest first.

    A document that is a draft, not open or not published yet has no events; of a withdrawn one only the withdrawal is
    told. What ended before it was put on the site had no end that anybody could see there. A day that nobody wrote
    down is not guessed: there is no event without one.
    """
    found: list[Event] = []
    for document in site.documents:
        if document.standing is Standing.PUBLISHED:
            found += _of_published(site, document)
        elif document.standing is Standing.WITHDRAWN and not document.intro:
            gone = document.notice.withdrawn_on
            if gone:
                found.append(_event(document, gone, EventKind.WITHDRAWN, document.notice.withdrawal_reason))
    found += _of_catalogue(site)
    return tuple(sorted((event for event in found if event.day <= site.as_of), key=_newest_first))


def by_column(site: Site, happened: Iterable[Event]) -> dict[ColumnPath, tuple[Event, ...]]:
    """Return the events of each column in the order given: of its own documents, those it collects, its sub-columns."""
    collecting: dict[object, list[ColumnPath]] = defaultdict(list)
    conversions = [path for path, node in site.columns.items() if node.column.page_kind is ColumnKind.CONVERSIONS]
    for path, node in site.columns.items():
        if node.column.collects:
            collecting[node.column.collects].append(path)
    found: dict[ColumnPath, list[Event]] = {path: [] for path in site.columns}
    for event in happened:
        if event.document is None:
            continue
        document = event.document
        filed = [document.column, *(() if document.intro else collecting.get(document.notice.open_stage, ()))]
        if document.notice.publicity is Publicity.CONVERTED and not document.intro:
            filed += conversions
        for path in dict.fromkeys(own[:depth] for own in filed for depth in range(1, len(own) + 1)):
            found[path].append(event)
    return {path: tuple(listed) for path, listed in found.items()}


def _newest_first(event: Event) -> tuple[int, int, int, str, int]:
    minutes = event.moment.hour * 60 + event.moment.minute if isinstance(event.moment, datetime) else 0
    return (-event.day.toordinal(), -minutes, -_RANK[event.lasting_kind], event.subject, -event.number)


def _event(document: Document, day: date, kind: EventKind, note: str = "", number: int = 1) -> Event:
    published = document.notice.published
    # on the day of publication nothing can happen to a document before its own time
    moment = published if isinstance(published, datetime) and published.date() == day else day
    return Event(day, moment, kind, document, note, document.notice.title, document.address, document.address, number)


def _of_published(site: Site, document: Document) -> Iterator[Event]:
    notice = document.notice
    first = notice.published_on
    if first and (not document.intro or site.columns[document.column].column.page_kind.is_a_text):
        yield _event(document, first, EventKind.PUBLISHED)
    later = (*_of_consultation(document), *_ends(site, document))
    later = tuple(event for event in later if first is None or event.day >= first)
    yield from later
    told = {(event.day, event.note) for event in later if event.kind is EventKind.ANSWERED and event.note}
    counts: dict[date, int] = defaultdict(int)
    for revision in notice.revisions:
        counts[revision.on] += 1
        if (revision.on, revision.note) not in told:
            yield _event(document, revision.on, _REVISIONS[revision.kind], revision.note, counts[revision.on])


def _of_consultation(document: Document) -> Iterator[Event]:
    """Yield the turns of a consultation; one that begins with its publication has no other beginning.

    What was added on the day of the answer is the answer, and has no event besides.
    """
    told, first = document.notice.consultation, document.notice.published_on
    if told is None:
        return
    if first is None or told.starts > first:
        yield _event(document, told.starts, EventKind.OPENED)
    if told.ends < date.max:
        closed = told.ends + _DAY  # the last day, 截止日期, belongs to it to the end
        yield _event(document, closed, EventKind.CLOSED)
        if told.answered:
            answered = max(told.answered, closed)
            additions = (item for item in document.notice.revisions if item.kind is RevisionKind.ADDED)
            note = next((item.note for item in additions if item.on == answered), "")
            yield _event(document, answered, EventKind.ANSWERED, note)


def _ends(site: Site, document: Document) -> Iterator[Event]:
    """Yield how the document's validity ended; what was repealed or amended by then does not expire any more."""
    notice = document.notice
    newer = next((found.notice for found in site.named(document, "replaced_by")), None)
    amended = notice.amended
    if amended is None and notice.validity is Validity.AMENDED and newer:
        # not dated, but it cannot have been before its successor was out and in force
        amended = max((day for day in (newer.published_on, newer.effective) if day), default=None)
    if amended:
        yield _event(document, amended, EventKind.AMENDED, newer.title if newer else "")
    if notice.repealed:
        yield _event(document, notice.repealed, EventKind.REPEALED, notice.repealed_by)
    if notice.expires and notice.expires < date.max and notice.validity not in (Validity.REPEALED, Validity.AMENDED):
        expired = notice.expires + _DAY
        if all(day is None or day > expired for day in (amended, notice.repealed)):
            yield _event(document, expired, EventKind.EXPIRED)


def _of_catalogue(site: Site) -> Iterator[Event]:
    for item in site.catalogue.withdrawals:
        address = item.address if item.address in site.pages else ""
        yield Event(
            item.withdrawn, item.withdrawn, EventKind.WITHDRAWN, None, item.reason, item.title, item.address, address
        )
