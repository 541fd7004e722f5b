"""Working days: when a period that is counted in them ends.

Owns the counting. Which days are worked is the State Council's yearly arrangement of holidays, with the Saturdays and Sundays
worked instead; the package `chinesecalendar` holds it year by year. Must not know pages, and never guesses: a year without an
arrangement is "cannot judge".

Sources: 政府信息公开条例 (国令第711号) art. 30 (7 working days), 32 (15), 33 (20, extended by at most 20);
民法典 art. 201: the day on which a period begins is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

CORRECTION = 7
"""Working days in which the bureau says what an unclear request lacks (art. 30)."""

OPINION = 15
"""Working days in which a third party answers (art. 32); they do not count towards the reply (art. 33)."""

REPLY = 20
"""Working days for the reply, and for its longest extension (art. 33)."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DeadlineRow:
    """When the periods end for a request that was received on `received`; `None` where that cannot be judged yet."""

    received: date
    correction: date | None
    reply: date | None
    extended: date | None

    @property
    def complete(self) -> bool:
        """Whether every end is known."""
        return None not in (self.correction, self.reply, self.extended)


@lru_cache(maxsize=16384)  # rules ask for the same days again and again
def works(day: date) -> bool | None:
    """Return whether a day is worked, or None when the arrangement of its year is not known."""
    # Imported here because few sites and pages need it.
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def due(received: date, days: int) -> date | None:
    """Return the last day of a period of `days` (one or more) working days, or None when that cannot be judged.

    Counting begins on the day after receipt, which need not be worked itself; the end always is.
    """
    if days < 1:
        raise ValueError(f"not a period: {days} working days")
    day = received
    while days:
        day += _DAY
        counts = works(day)
        if counts is None:
            return None
        days -= counts
    return day


def deadline_table(year: int) -> tuple[DeadlineRow, ...]:
    """Return 24 rows: requests received on the 1st and the 16th of each month, or on the next working day.

    Ends that lie in a year without arrangement are None and the row is not `complete`; for such a year itself there are no rows.
    The last rows of a year wait for the arrangement of the next, which is published in autumn and in some years also moves a
    working day of late December.
    """
    found = (_next(date(year, month, day)) for month in range(1, 13) for day in (1, 16))
    return tuple(
        DeadlineRow(day, due(day, CORRECTION), due(day, REPLY), due(day, 2 * REPLY)) for day in found if day is not None
    )


def _next(day: date) -> date | None:
    """Return the day itself if it is worked, or the next one that is."""
    while (worked := works(day)) is False:
        day += _DAY
    return day if worked else None


def within(start: date, end: date, days: int) -> bool | None:
    """Return whether `end` is no later than the last of `days` working days after `start`, None when that cannot be judged.

    The answer may be certain although a year without arrangement is touched: when even all of its days, or none of them, would
    not change it.
    """
    if (end - start).days <= days:
        return True
    known = unknown = 0
    day = start + _DAY
    while day < end and known < days:  # the period is over once `days` days before `end` were worked
        worked = works(day)
        known += worked is True
        unknown += worked is None
        day += _DAY
    if known >= days:
        return False
    return True if known + unknown < days else None
