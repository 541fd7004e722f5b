"""Records as bytes and back, for what is kept between builds.

Owns which classes may come back: the records of the model and plain values, so that bytes of unknown origin can never
run anything. Must not know where the bytes are kept.
"""

from __future__ import annotations

import importlib
import io
import pickle
from functools import lru_cache
from typing import Any

_MODEL = "build_site.model."
_PLAIN = frozenset(
    {("datetime", "date"), ("datetime", "datetime"), ("datetime", "timezone"), ("datetime", "timedelta")}
)


def packed(value: object) -> bytes:
    """Return `value`, made of records of the model and plain values, as bytes."""
    return pickle.dumps(value, 5)


def unpacked(data: bytes) -> Any:
    """Return the value that `packed` made into `data`. Raises `pickle.UnpicklingError` for anything else that is named there."""
    return _Unpacker(io.BytesIO(data)).load()


def unpacked_or_none(data: bytes) -> Any:
    """Return the value that `packed` made into `data`, None for bytes that it did not make: those count as not there."""
    try:
        return unpacked(data)
    except Exception:  # a pickle that is none can raise whatever it likes
        return None


class _Unpacker(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _allowed(module, name)


@lru_cache(maxsize=256)
def _allowed(module: str, name: str) -> Any:
    if (module, name) in _PLAIN or (module.startswith(_MODEL) and "." not in name):
        try:
            found = getattr(importlib.import_module(module), name, None)
        except ImportError:
            found = None
        if isinstance(found, type) and found.__module__ == module:
            return found
    raise pickle.UnpicklingError(f"{module}.{name} may not come back")
