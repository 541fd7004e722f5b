from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from build_site.cli.day import today


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2020, 11, 30, 15, 59, 59, tzinfo=UTC), date(2020, 11, 30)),
        (datetime(2020, 11, 30, 16, 0, 0, tzinfo=UTC), date(2020, 12, 1)),
        (datetime(1990, 7, 1, 15, 30, tzinfo=UTC), date(1990, 7, 1)),
        (datetime(1970, 1, 1, tzinfo=UTC), date(1970, 1, 1)),
    ],
)
def test_source_date_epoch_is_a_day_in_shanghai(moment: datetime, day: date) -> None:
    """The variable's moment is the day it was in Shanghai; midnight there is 16:00 UTC."""
    assert today({"SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}) == day


def test_without_the_variable_it_is_today_in_shanghai() -> None:
    """The clock is that of Shanghai, whatever the machine's zone."""
    before = (datetime.now(UTC) + timedelta(hours=8)).date()
    found = today({})
    after = (datetime.now(UTC) + timedelta(hours=8)).date()
    assert before <= found <= after
    assert before <= today({"SOURCE_DATE_EPOCH": ""}) <= after


@pytest.mark.parametrize("value", ["昨天", "1.5", "2020-11-17"])
def test_a_variable_that_is_no_number_is_refused(value: str) -> None:
    """A mistake in the variable must not silently become today."""
    with pytest.raises(ValueError, match="invalid literal"):
        today({"SOURCE_DATE_EPOCH": value})


def test_the_machine_zone_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same moment is the same day under any TZ."""
    import time

    moment = str(int(datetime(2020, 11, 30, 16, 0, tzinfo=UTC).timestamp()))
    for zone in ("America/New_York", "Pacific/Kiritimati", "UTC"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert today({"SOURCE_DATE_EPOCH": moment}) == date(2020, 12, 1)
    monkeypatch.undo()
    time.tzset()
