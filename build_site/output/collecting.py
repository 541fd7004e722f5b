"""Python's search for circles of garbage, made rare.

Owns how often it happens. A build makes millions of records that live until it ends; looking through all of them again
and again takes a sixth of its time and finds nothing. What dies young, as the contexts of templates do, is still found.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

_YOUNG = 5000  # records made since the last look, among which there may be garbage
_NEVER = 1_000_000


@contextlib.contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look only through what was made lately, until the block has ended."""
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, _NEVER, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def never_collecting() -> None:
    """In a helper that ends after a thousand documents at most: its garbage goes with it."""
    gc.disable()
