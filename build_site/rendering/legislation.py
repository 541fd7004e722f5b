"""What schema.org's type Legislation says of a document.

Owns which documents lay something down, and their legal force in the words of schema.org. Must not know pages.
"""

from __future__ import annotations

from datetime import date

from build_site.model.notice import Notice
from build_site.model.validity import validity_on
from build_site.model.words import Validity
from build_site.rendering.json_ld import Node
from build_site.rendering.timestamps import iso8601

_NORMATIVE = frozenset({"规范性文件", "行政规范性文件", "办法", "规定", "意见", "通知"})
_FORCE = {
    Validity.IN_FORCE: "InForce",
    Validity.TRIAL: "InForce",
    Validity.PARTLY: "PartiallyInForce",
    Validity.AMENDED: "NotInForce",
    Validity.REPEALED: "NotInForce",
    Validity.EXPIRED: "NotInForce",
    Validity.NOT_YET: "NotInForce",
}


def is_normative(notice: Notice) -> bool:
    """Return whether a document lays something down: it has a document number, or is of such a kind and says its validity."""
    if notice.validity is Validity.CONSULTATION:
        return False
    return bool(notice.doc_no) or (notice.category in _NORMATIVE and notice.validity is not None)


def legislation(notice: Notice, as_of: date) -> Node:
    """Return what is known of a document as legislation on the day `as_of`."""
    validity = validity_on(notice, as_of)
    force = _FORCE.get(validity) if validity else None
    return {
        "legislationIdentifier": notice.doc_no,
        "legislationType": notice.category,
        "legislationDate": iso8601(notice.written),
        "legislationDateOfApplicability": iso8601(notice.effective),
        "legislationLegalForce": f"https://schema.org/{force}" if force else "",
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": notice.issuer} if notice.issuer else "",
        "legislationResponsible": {"@type": "Organization", "name": notice.owner} if notice.owner else "",
        "temporalCoverage": _in_force(notice, validity),
    }


def _in_force(notice: Notice, validity: Validity | None) -> str:
    """Return the time in force as an ISO 8601 interval; nothing where its beginning or the day of its end is unknown."""
    ends: dict[Validity | None, date | None] = {
        Validity.AMENDED: notice.amended,
        Validity.REPEALED: notice.repealed,
        Validity.EXPIRED: notice.expires,
    }
    ended = validity in ends
    end = ends.get(validity, notice.repealed or notice.expires)
    if not notice.effective or (ended and end is None):
        return ""
    return f"{iso8601(notice.effective)}/{iso8601(end) or '..'}"
