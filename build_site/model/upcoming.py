"""What will change by itself: on which days the site has to be built although nobody has edited anything.

Owns which changes there are and on which day each comes. Must not know how they are shown. Findings that come with time alone
(columns that fall behind, records to be compared again) are no changes of the site and are not among them, but for the two that
somebody dated: the end of an exemption, and of the time for which people are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from build_site.model.events import EventKind, events
from build_site.model.site import Document, Site, Standing
from build_site.model.words import Word

_DAY = timedelta(days=1)


class ComingKind(Word):
    """What will happen, beside the events of documents."""

    EFFECTIVE = ("effective", "施行")
    GREY = ("grey", "置灰开始")
    COLOURED = ("coloured", "置灰结束")
    PEOPLE_OVERDUE = ("people-overdue", "人员名单公开期满")
    EXEMPTION_OVER = ("exemption-over", "豁免到期")


@dataclass(frozen=True, slots=True)
class Coming:
    """A change of a day to come: what happens to what. `source` is the file that says so, `address` the page, if there is one."""

    day: date
    kind: EventKind | ComingKind
    title: str
    source: str
    address: str = ""


def upcoming(site: Site, until: date) -> tuple[Coming, ...]:
    """Return what will change after the day of the build, up to `until`, by day; each at the beginning of its day."""
    found = {
        change: None for change in (*_of_documents(site), *_of_catalogue(site)) if site.as_of < change.day <= until
    }
    return tuple(sorted(found, key=lambda change: (change.day, change.source, change.kind.en)))


def _of_documents(site: Site) -> Iterator[Coming]:
    """Yield what will happen to documents that are public, or will be without anybody looking at them again."""
    documents = tuple(
        replace(document, standing=Standing.PUBLISHED) if document.standing is Standing.FUTURE else document
        for document in site.documents
    )
    for event in events(replace(site, documents=documents, as_of=date.max)):
        if event.document is not None:
            yield Coming(event.day, event.kind, event.title, event.document.path, event.address)
    for document in documents:
        if document.standing is Standing.PUBLISHED and not document.intro:
            yield from _of_document(document)


def _of_document(document: Document) -> Iterator[Coming]:
    notice = document.notice
    if notice.effective:
        yield Coming(notice.effective, ComingKind.EFFECTIVE, notice.title, document.path, document.address)
    if notice.people and notice.people.until and notice.people.until < date.max:
        over = notice.people.until + _DAY
        yield Coming(over, ComingKind.PEOPLE_OVERDUE, notice.title, document.path, document.address)


def _of_catalogue(site: Site) -> Iterator[Coming]:
    for mourning in site.catalogue.site.mourning:
        place = mourning.at("starts").path
        yield Coming(mourning.starts, ComingKind.GREY, mourning.occasion, place)
        if mourning.ends < date.max:
            yield Coming(mourning.ends + _DAY, ComingKind.COLOURED, mourning.occasion, place)
    for exemption in site.catalogue.checks.exemptions:
        if exemption.expires < date.max:
            yield Coming(exemption.expires + _DAY, ComingKind.EXEMPTION_OVER, exemption.rule, exemption.path)
