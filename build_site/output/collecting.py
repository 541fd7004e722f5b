"""Python's search for circles of garbage, put off.

Owns that one switch. A build makes millions of records that live until it ends and hold no circles; looking through
them again and again takes a sixth of its time and finds nothing.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def collecting_paused() -> Iterator[None]:
    """Put the search off until the block has ended."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
