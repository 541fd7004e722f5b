"""Traces as the rules see them: of what is published or will be by itself, with those that are allowed set aside.

Owns which files count and whose telephone numbers may be shown. Must not know any rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_site.loading.traces import numbers
from build_site.model.finding import Message
from build_site.model.notice import Notice
from build_site.model.site import Document, Reach, Site, Standing
from build_site.model.traces import Trace, TraceKind, mark_of

_COUNTED = frozenset({Standing.PUBLISHED, Standing.FUTURE})


def documents(site: Site) -> Iterator[Document]:
    """Yield the documents that are public, and those that will be without anybody looking at them again."""
    return (document for document in site.documents if document.standing in _COUNTED)


def files_of(site: Site, document: Document) -> tuple[str, ...]:
    """Return the sources of the files that a document publishes, in the order of its text."""
    found = dict.fromkeys(file.source for file in document.files)
    reached = (*document.targets, *(reference.target for reference in document.references))
    for target in reached:
        if target.reach is Reach.FILE and target.address in site.files:
            found[site.files[target.address]] = None
    return tuple(found)


def traces(site: Site, *kinds: TraceKind) -> Iterator[tuple[Trace, ...]]:
    """Yield the traces of these kinds in notices and in their files: together what an editor sees as one thing."""
    owners: dict[str, list[Notice]] = {}
    official = _marks(_phones(site))
    carrying = any(asset.traces for asset in site.assets.values())
    for document in documents(site):
        if document.doc.traces:
            own = official | _marks(_own_phones(document.notice))
            yield from _groups(document.doc.traces, kinds, own)
        for source in files_of(site, document) if carrying else ():
            owners.setdefault(source, []).append(document.notice)
    for source, notices in owners.items():
        own = official.union(*(_marks(_own_phones(notice)) for notice in notices))
        yield from _groups(site.assets[source].traces, kinds, own)


def _groups(
    found: Iterable[Trace], kinds: tuple[TraceKind, ...], allowed: frozenset[int]
) -> Iterator[tuple[Trace, ...]]:
    wanted = [
        trace
        for trace in found
        if trace.kind in kinds and not (trace.kind is TraceKind.MOBILE and trace.mark in allowed)
    ]
    together: dict[object, list[Trace]] = {}
    for number, trace in enumerate(wanted):
        together.setdefault((trace.kind, trace.group) if trace.group else number, []).append(trace)
    for group in together.values():
        yield tuple(group)


def _phones(site: Site) -> Iterator[str]:
    catalogue = site.catalogue
    yield from (catalogue.agency.phone, catalogue.agency.fax)
    if catalogue.institution:
        yield from (office.phone for office in catalogue.institution.offices)
        yield from (unit.phone for unit in catalogue.institution.units)
    yield from (place.phone for place in catalogue.places)
    yield from (account.handle for account in catalogue.accounts)


def _own_phones(notice: Notice) -> Iterator[str]:
    yield notice.contact
    if notice.service:
        yield from (notice.service.phone, notice.service.supervision)


def _marks(texts: Iterable[str]) -> frozenset[int]:
    # the word before it, because digits in groups are a telephone number only where they are called so
    return frozenset(mark_of(hit.digits) for text in texts for hit in numbers.find(f"电话{text}"))


def place(group: tuple[Trace, ...]) -> Message:
    """Return where the traces of a group stand, in words: nothing for one whose line and column are told."""
    first, count = group[0], len(group)
    spot = first.spot or Message("", "")
    if count == 1:
        return spot
    zh = f"{spot.zh}起共 {count} 处" if spot.zh else f"这一列共 {count} 处"
    return Message(zh, f"{spot.en}, {count} places" if spot.en else f"{count} places in this column")
