"""The links that stand in a notice's front matter, each with its field and its place.

Owns the list of front-matter keys that hold paths. Must not resolve them.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_site.model.notice import Notice
from build_site.model.record import Record
from build_site.model.text import Location

_FIELDS = ("interprets", "related", "replaced_by")
_CHAIN = ("draft", "opinions", "meeting", "result")
_CHAIN_FIELD = "decisions"


def written_references(notice: Notice) -> Iterator[tuple[str, str, Location]]:
    """Yield field, URL as written, and place of every link in the front matter.

    A field inside a record is named by its path; one inside a list of records carries its number, as in
    `decisions.0.draft`.
    """
    yield from _of(notice, _FIELDS, "")
    if notice.consultation:
        yield from _of(notice.consultation, ("result",), "consultation.")
    if notice.meeting:
        yield from _of(notice.meeting, ("documents",), "meeting.")
    if notice.service:
        for number, material in enumerate(notice.service.materials):
            yield from _of(material, ("blank", "sample"), f"service.materials.{number}.")
        yield from _of(notice.service, ("online",), "service.")
    for number, step in enumerate(notice.bundle):
        yield from _of(step, ("guide",), f"bundle.{number}.")
    for number, decision in enumerate(notice.decisions):
        yield from _of(decision, _CHAIN, f"{_CHAIN_FIELD}.{number}.")


def _of(record: Record, names: tuple[str, ...], prefix: str) -> Iterator[tuple[str, str, Location]]:
    for name in names:
        value = getattr(record, name)
        for number, url in enumerate((value,) if isinstance(value, str) else value):
            if url:
                yield f"{prefix}{name}", url, record.at(f"{name}.{number}")


def leads_to_file(field: str) -> bool:
    """Return whether a field names a file, not a page."""
    return field.startswith("service.materials.")


def may_wait(field: str) -> bool:
    """Return whether a field may name a document that is not published yet: the later links of a decision's chain."""
    return field.startswith(f"{_CHAIN_FIELD}.")
