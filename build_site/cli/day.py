"""The day of a build.

Owns the only place where a clock is asked.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone

_SHANGHAI = timezone(timedelta(hours=8))  # no summer time since 1992, so no time-zone data is needed


def today(environment: Mapping[str, str] | None = None) -> date:
    """Return today in Asia/Shanghai, or the day of `SOURCE_DATE_EPOCH` (seconds since 1970) where it is set.

    Raises ValueError when that variable is no number.
    """
    environment = os.environ if environment is None else environment
    epoch = environment.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.astimezone(_SHANGHAI).date()


def now() -> str:
    """Return the present moment as YYYY-MM-DDTHH:MM:SSZ (UTC): when something was published, never part of a page."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
