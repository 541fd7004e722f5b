"""What version control knows of the sources.

Owns the record only. Must not know Git.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class History:
    """On which day the record of a site's `content/` begins, and on which day each file there was first recorded.

    `first` has paths as they are today, also for files that were renamed. `dropped` are the addresses that were taken out of
    `urls.lock`, with the commit and its day, "" for what is not committed yet.
    """

    began: date
    first: Mapping[str, date]
    dropped: Mapping[str, str] = field(default_factory=dict)
