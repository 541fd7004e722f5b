from __future__ import annotations

from datetime import date

import pytest

from build_site.model.periods import months_after


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2020, 5, 15), 6, date(2020, 11, 15)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2020, 12, 31), 2, date(2021, 2, 28)),
        (date(2020, 10, 31), 1, date(2020, 11, 30)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
        (date(2020, 1, 1), 0, date(2020, 1, 1)),
        (date(9999, 7, 1), 6, date.max),
        (date(9999, 6, 30), 6, date(9999, 12, 30)),
    ],
)
def test_the_same_day_of_a_later_month(day: date, months: int, end: date) -> None:
    """A month that is too short ends with its last day; the calendar ends with its last year."""
    assert months_after(day, months) == end
