from __future__ import annotations

from datetime import date

import pytest

from build_site.loading.working_days import CORRECTION, OPINION, REPLY, DeadlineRow, deadline_table, due, within, works


def d(month: int, day: int) -> date:
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("first", "last", "worked"),
    [
        # The arrangement of 2026: New Year, Spring Festival, Qingming, Labour Day, Dragon Boat, Mid-Autumn, National Day
        (d(1, 1), d(1, 3), False),
        (d(1, 4), d(1, 4), True),
        (d(2, 14), d(2, 14), True),
        (d(2, 15), d(2, 23), False),
        (d(2, 28), d(2, 28), True),
        (d(4, 4), d(4, 6), False),
        (d(5, 1), d(5, 5), False),
        (d(5, 9), d(5, 9), True),
        (d(6, 19), d(6, 21), False),
        (d(9, 20), d(9, 20), True),
        (d(9, 25), d(9, 27), False),
        (d(10, 1), d(10, 7), False),
        (d(10, 10), d(10, 10), True),
        # No feast: a plain week
        (d(11, 16), d(11, 20), True),
        (d(11, 21), d(11, 22), False),
    ],
)
def test_the_arrangement_of_2026(first: date, last: date, worked: bool) -> None:
    """Holidays are not worked, the weekend days exchanged for them are."""
    days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    assert {works(day) for day in days} == {worked}


@pytest.mark.parametrize(
    ("received", "days", "end"),
    [
        # A plain week: Monday; counting begins on Tuesday
        (d(11, 2), 1, d(11, 3)),
        (d(11, 2), CORRECTION, d(11, 11)),
        (d(11, 2), OPINION, d(11, 23)),
        (d(11, 2), REPLY, d(11, 30)),
        # Received on a Sunday that is not worked: Monday is the first day
        (d(11, 1), 1, d(11, 2)),
        # Saturday 9 May is worked: 7, 8, 9, 11, 12, 13, 14
        (d(5, 6), CORRECTION, d(5, 14)),
        # 3–6, 9–13, Saturday 14 February; Spring Festival; 24–27, Saturday 28; 2–6 March
        (d(2, 2), REPLY, d(3, 6)),
        (d(2, 2), OPINION, d(2, 28)),
        # 17, 18, Sunday 20, 21–24 September; Mid-Autumn; 28–30; National Day; 8, 9, Saturday 10, 12–16, 19, 20 October
        (d(9, 16), CORRECTION, d(9, 24)),
        (d(9, 16), REPLY, d(10, 20)),
        # Over the end of a covered year
        (date(2025, 12, 31), 1, d(1, 4)),
    ],
)
def test_due(received: date, days: int, end: date) -> None:
    """Dates counted by hand."""
    assert due(received, days) == end


# The last year whose arrangement is known: it grows with the package.
LAST = max(year for year in range(2026, 2100) if works(date(year, 6, 1)) is not None)


@pytest.mark.parametrize(
    ("received", "days"),
    [
        (date(LAST, 12, 31), 1),
        (date(LAST, 12, 16), REPLY),
        (date(2100, 1, 4), CORRECTION),
        (date(2003, 6, 2), CORRECTION),
    ],
)
def test_what_reaches_into_a_year_without_arrangement_cannot_be_judged(received: date, days: int) -> None:
    """It is never counted as if there were no holidays."""
    assert due(received, days) is None


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_has_days(days: int) -> None:
    with pytest.raises(ValueError, match="not a period"):
        due(d(11, 2), days)


def test_the_table_of_2026() -> None:
    """Two rows a month, begun on working days."""
    rows = deadline_table(2026)
    assert len(rows) == 24
    assert rows[0] == DeadlineRow(d(1, 4), d(1, 13), d(1, 30), d(3, 5))
    assert rows[2] == DeadlineRow(d(2, 2), d(2, 11), d(3, 6), d(4, 3))
    assert rows[3].received == d(2, 24)
    assert rows[17] == DeadlineRow(d(9, 16), d(9, 24), d(10, 20), d(11, 17))
    assert rows[18].received == d(10, 8)
    assert all(row.complete for row in rows[:20])
    assert [row.received.month for row in rows] == [month for month in range(1, 13) for _ in (1, 16)]


def test_the_last_rows_wait_for_the_next_arrangement() -> None:
    """What ends in the last known year is told; what does not is None, and the row says that it is incomplete."""
    rows = deadline_table(LAST)
    assert len(rows) == 24
    assert [row.complete for row in rows[-3:]] == [False] * 3
    assert [rows[-2].reply is None, rows[-2].extended is None] == [False, True]
    assert [rows[-1].reply is None, rows[-1].extended is None] == [True, True]


def test_a_past_year_is_complete_and_an_unknown_one_empty() -> None:
    """All rows of 2025 end in covered years; before 2004 and far ahead nothing is known."""
    assert [row.complete for row in deadline_table(2025)] == [True] * 24
    assert deadline_table(2003) == ()
    assert deadline_table(2100) == ()


def test_a_row_tells_whether_it_is_complete() -> None:
    """One missing end is enough."""
    assert DeadlineRow(d(1, 4), d(1, 13), d(1, 30), d(3, 5)).complete
    assert not DeadlineRow(d(12, 1), d(12, 10), d(12, 29), None).complete


@pytest.mark.parametrize(
    ("start", "last"),
    [
        # over Spring Festival and National Day of several years, with the weekend days worked instead
        ("2020-01-22", "2020-02-27"),
        ("2021-02-05", "2021-03-10"),
        ("2022-01-28", "2022-03-02"),
        ("2023-01-19", "2023-02-21"),
        ("2024-02-07", "2024-03-12"),
        ("2025-01-26", "2025-02-28"),
        ("2026-02-12", "2026-03-18"),
        ("2020-09-25", "2020-10-29"),
        ("2023-09-26", "2023-10-30"),
        ("2024-09-29", "2024-10-31"),
        ("2025-09-28", "2025-10-31"),
    ],
)
def test_twenty_working_days_and_not_one_more(start: str, last: str) -> None:
    """The last day is in time, the next is not, whether it is worked or not."""
    begin, end = date.fromisoformat(start), date.fromisoformat(last)
    assert due(begin, 20) == end
    day = date.fromordinal
    answers = [within(begin, day(end.toordinal() + more), 20) for more in (-1, 0, 1, 2)]
    assert answers == [True, True, False, False]


@pytest.mark.parametrize(
    ("start", "end", "answer"),
    [
        # 18 working days of December are known, so the rest decides
        (d(12, 4), date(2027, 1, 1), True),
        (d(12, 7), date(2027, 1, 2), True),
        (d(12, 4), date(2027, 1, 4), None),
        # more than enough days were worked before the new year
        (d(11, 2), date(2027, 1, 4), False),
        # nothing is known of the year, but the span is short, or long
        (date(2027, 3, 1), date(2027, 3, 21), True),
        (date(2027, 3, 1), date(2027, 3, 22), None),
        (date(2027, 3, 1), date(2028, 3, 1), None),
        (date(2003, 12, 1), date(2004, 3, 1), False),
        (d(3, 2), d(3, 1), True),
    ],
)
def test_a_year_without_arrangement_is_not_guessed(start: date, end: date, answer: bool | None) -> None:
    """In time or late is said only where no arrangement could change it."""
    assert within(start, end, 20) is answer
