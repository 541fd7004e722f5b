"""What takes long to make of something that seldom changes: kept in the store, the last of each kind.

Owns the keys. Must not know what is made.
"""

from __future__ import annotations

from collections.abc import Callable

from build_site.output.digest import digest, engine
from build_site.output.store import Store
from build_site.rendering.open_data import Once


def remembered(store: Store) -> Once:
    """Return a function that makes a thing anew only if `store` does not have what came of the same source."""

    def once(name: str, source: bytes, make: Callable[[], bytes]) -> bytes:
        kind, key = f"made-{name}", digest(engine(), source)
        for _, value in store.load(kind, [key]):
            return value
        made = make()
        store.save(kind, [(key, made)])
        store.forget(kind, {key})
        return made

    return once
