"""What a text or a file carries along that ought not to be published: personal numbers, lists of people, leftovers.

Owns the record of one such place. It says what kind of thing stands where, and **never holds the thing itself**: not a
digit, not a name, so that it can be printed, sent and stored. Must not know how it was found, nor whether it is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from zlib import crc32

from build_site.model.finding import Message
from build_site.model.text import Location


class TraceKind(StrEnum):
    """What was found."""

    IDENTITY = "identity"
    """A number of a resident identity card, of 18 or 15 digits."""
    MOBILE = "mobile"
    CARD = "card"
    """A number of a bank or social-security card in a table of people."""
    OPEN_COLUMN = "open-column"
    """A column of a table of people with numbers or addresses that are not masked."""
    HEALTH = "health"
    """Illness or disability beside a full name."""
    MINOR = "minor"
    """A child named together with school, class or home."""
    MILITARY = "military"
    """A number of a soldier's or veteran's card, or of a military unit."""
    PEOPLE = "people"
    """A table of people; `count` says how many."""
    SECRECY = "secrecy"
    TRACKED = "tracked"
    COMMENT = "comment"
    HIDDEN = "hidden"
    AUTHOR = "author"
    POSITION = "position"
    """A picture that says where it was taken."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One place: `where`, and for a file that no editor program shows by lines `spot`, the place in words.

    `group` joins what an editor sees as one thing (the column of a table, the page of a PDF), `in_list` says that it
    stands in a list of people, `what` names it in fixed words. `mark` is the `mark_of` the value.
    """

    kind: TraceKind
    where: Location
    spot: Message | None = None
    group: str = ""
    in_list: bool = False
    what: Message | None = None
    count: int = 1
    mark: int = -1


def mark_of(value: str) -> int:
    """Return a number from 0 to 65535 by which a value is recognised among a few that are allowed.

    It is short on purpose: some hundred thousand telephone numbers share each mark, so that none can be found from it.
    """
    return crc32(value.encode()) & 0xFFFF
