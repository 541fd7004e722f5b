"""Work that other machines can do: what travels there and what comes back.

Owns the two tasks and what they need with them: a machine that takes part has this program and nothing of the site. Must
not know who carries the tasks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import TypeVar

from build_site.loading.document import parse
from build_site.loading.files import decode_source
from build_site.model.content import ParsedDoc
from build_site.model.finding import Fault, Message
from build_site.output.digest import engine
from build_site.output.executors import FarError
from build_site.output.facts import facts_bytes
from build_site.output.packing import packed
from build_site.rendering.kit import Kit, renderer_of
from build_site.rendering.measure import measure
from build_site.rendering.views import View

T = TypeVar("T")
_AT_ONCE = 50
Parsed = tuple[ParsedDoc | None, tuple[Fault, ...]]


def spread(
    executor: Executor, task: Callable[[bytes, Sequence[T]], list[bytes | None]], items: Sequence[T]
) -> Iterator[bytes | None]:
    """Yield what `task` makes of each of `items`, in their order, done by `executor` a few dozen at a time.

    Raises FarError when a machine that takes part runs another program than this one.
    """
    parts = [items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE)]
    for found in executor.map(task, [engine()] * len(parts), parts):
        if len(found) == 1 and found[0] == _OTHER:
            raise FarError(
                Message("参加工作的机器上，程序的版本或 Python 的版本和这里不同", "a machine that takes part has another version of the program or of Python"),
                Message("在每台机器上装同样的版本，再运行一次", "install the same versions on every machine and run again"),
            )  # fmt: skip
        yield from found


_OTHER = b"another program"


def parsed(path: str, data: bytes) -> Parsed:
    """Return the document that the bytes of a source make, and what is wrong with it or keeps it from being read."""
    source, unreadable = decode_source(path, data)
    if source is None:
        return None, unreadable
    doc = replace(parse(source), sha256=hashlib.sha256(data).hexdigest())
    return doc, doc.faults


def parse_far(program: bytes, sources: Sequence[tuple[str, bytes]]) -> list[bytes | None]:
    """Parse `sources`, path and bytes of each; what comes back is packed. `program` is the digest of who asks."""
    return [packed(parsed(path, data)) for path, data in sources] if program == engine() else [_OTHER]


def render_far(program: bytes, pages: Sequence[tuple[Kit, str, str, View]]) -> list[bytes | None]:
    """Render and measure pages, each a kit with address, source and view; what comes back is HTML and facts, packed.

    A page whose template fails comes back as None: where the theme lies its fault can be told better.
    """
    if program != engine():
        return [_OTHER]
    found: list[bytes | None] = []
    for kit, address, source, view in pages:
        html, fault = renderer_of(kit).page(view, address)
        found.append(packed((html.encode(), facts_bytes(measure(html, address, source)))) if fault is None else None)
    return found
