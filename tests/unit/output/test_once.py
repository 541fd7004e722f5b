from __future__ import annotations

from pathlib import Path

from build_site.output.once import remembered
from build_site.output.store import NO_STORE, Store


def test_the_same_source_is_made_once(tmp_path: Path) -> None:
    """Also by the next build; another source, or another kind of thing, is made anew."""
    made = []

    def make() -> bytes:
        made.append(1)
        return b"%d" % len(made)

    once = remembered(Store(tmp_path))
    assert [once("xlsx", b"a", make), once("xlsx", b"a", make), remembered(Store(tmp_path))("xlsx", b"a", make)] == [
        b"1"
    ] * 3
    assert once("other", b"a", make) == b"2"
    assert once("xlsx", b"b", make) == b"3"
    assert once("xlsx", b"a", make) == b"4", "only the last one of a kind is kept"


def test_without_a_store_it_is_made_every_time() -> None:
    once = remembered(NO_STORE)
    assert [once("xlsx", b"a", lambda: b"1"), once("xlsx", b"a", lambda: b"2")] == [b"1", b"2"]
