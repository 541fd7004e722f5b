"""What a build works with, besides the site.

Owns only that record. None of it changes what comes out.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, field

from build_site.output.outcome import Progress, silent
from build_site.output.phases import Phases
from build_site.output.store import NO_STORE, Store


@dataclass(frozen=True)
class Means:
    """Who is told how far a build is, what earlier builds left, who takes the time; and who does the work of parsing and
    rendering, if not helpers on this machine.
    """

    progress: Progress = silent
    store: Store = NO_STORE
    phases: Phases = field(default_factory=Phases)
    executor: Executor | None = None
