"""The time limit of a catalogue item, 公开时限, read as far as it says a day.

Owns the phrases that standard catalogues use. Must not know documents, working days or rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_WORKING = re.compile(r"([0-9]{1,3})个?工作日")
_HOW_LONG = re.compile(
    r"(?:公示|公告|征求意见)(?:期|期限|时间)?(?:一般)?(?:为|不少于|不得少于)?[0-9]{1,3}个?(?:工作日|日|天)"
)
"""For how long something stays open to objections: no limit for its publication."""
_YEARLY = re.compile(r"每年([0-9]{1,2})月([0-9]{1,2})日(?:以?前|之前)")
_NOT_FROM_FORMATION = re.compile(r"申请|批复|批准")


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """What a limit demands: publication within `working_days` of formation or change, or every year by a day.

    At most one of the two is given; neither for a phrase that names no day (及时) or counts from something else.
    """

    working_days: int | None = None
    yearly: tuple[int, int] | None = None


def time_limit(phrase: str) -> TimeLimit:
    """Return what `phrase` demands; phrases without a day, or that are not understood, demand nothing."""
    text = re.sub(r"\s", "", phrase)
    if found := _YEARLY.search(text):
        month, day = int(found[1]), int(found[2])
        return TimeLimit(yearly=(month, day)) if _is_day(month, day) else TimeLimit()
    if _NOT_FROM_FORMATION.search(text):
        return TimeLimit()
    found = _WORKING.search(_HOW_LONG.sub("", text))
    return TimeLimit(working_days=int(found[1])) if found and int(found[1]) else TimeLimit()


def _is_day(month: int, day: int) -> bool:
    try:
        date(2001, month, day)
    except ValueError:
        return False
    return True
