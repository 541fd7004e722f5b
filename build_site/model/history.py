"""What version control knows of the sources.

Owns the record only. Must not know Git.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class History:
    """On which day the record of a site's `content/` begins, and on which day each file there was first recorded.

    `first` has paths as they are today, also for files that were renamed.
    """

    began: date
    first: Mapping[str, date]
