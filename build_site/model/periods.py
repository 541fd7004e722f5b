"""Periods of months on the calendar.

Owns how a month is added to a day. Must not know what a period is for, nor working days.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or the last day of a month that is too short for it.

    Beyond the end of the calendar the answer is its last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
