"""Points of time for machines, in the time of Shanghai.

Owns the forms of RFC 3339 and ISO 8601. What people read is in `words`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

_SHANGHAI = timezone(timedelta(hours=8))  # no summer time since 1991; the tz database need not be installed


def rfc3339(value: date | datetime) -> str:
    """Return a point of time with its offset, midnight where only the day is known."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    moment = moment.astimezone(_SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=_SHANGHAI)
    return moment.isoformat(timespec="seconds")


def iso8601(value: date | datetime | None) -> str:
    """Return a day as a day and a moment as a moment; nothing for nothing."""
    return rfc3339(value) if isinstance(value, datetime) else value.isoformat() if value else ""
