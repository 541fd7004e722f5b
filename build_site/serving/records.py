"""What the builder tells the server.

Owns the records that travel between the two processes. Must not import anything heavy: the server answers while
the builder works, and knows neither Markdown nor templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Note(NamedTuple):
    """A finding in the language of the preview; `fault` marks one that follows from its file alone.

    A tuple, because a large site has thousands of them.
    """

    path: str
    line: int
    error: bool
    code: str
    title: str
    message: str
    help: str
    confidential: bool = False
    fault: bool = False


class Waiting(NamedTuple):
    """Why a page that the preview shows is not public yet: a draft, or the day (`YYYY-MM-DD`) from which it is."""

    draft: bool
    day: str = ""


class Stored(NamedTuple):
    """Where the bytes of a page lie in the store, and their digest."""

    offset: int
    length: int
    digest: str


@dataclass(frozen=True)
class Order:
    """What the server asks for: a build of what is on the disk for the day `as_of` (`YYYY-MM-DD`).

    `number` counts the saves that were seen when it was given. A `look` is answered only when something has changed.
    """

    number: int
    as_of: str
    look: bool = False


@dataclass(frozen=True)
class Glance:
    """What the server asks the quick helper for: the pages of these sources alone, as they are on the disk now."""

    number: int
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Built:
    """A whole build. With it come two file descriptors: the store, and the channel to a quick helper that knows this state.

    `pages` holds every page and made file by address, `files` the attachments by address with their sources, `sources`
    the source of each page, `waiting` what is shown although it is not public.
    """

    number: int
    pages: Mapping[str, Stored]
    sources: Mapping[str, str]
    files: Mapping[str, str]
    waiting: Mapping[str, Waiting]
    notes: tuple[Note, ...]
    base_path: str
    seconds: float


@dataclass(frozen=True)
class Stuck:
    """A build that made no pages: `catalog.yaml` cannot be used, `content/` is gone, the disk fails. `why` is a sentence."""

    number: int
    why: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Same:
    """Nothing has changed since the last build, so none was made."""

    number: int


@dataclass(frozen=True)
class Broken:
    """A bug of ours, with its traceback; the builder goes on."""

    number: int
    details: str


@dataclass(frozen=True)
class Step:
    """How far a build has come."""

    name: str
    done: int
    of: int


@dataclass(frozen=True)
class Glimpsed:
    """The pages that the quick helper made of single sources, by address, and what it found in these sources.

    `missed` are the sources of which it could make no page by itself.
    """

    number: int
    pages: Mapping[str, bytes] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    missed: tuple[str, ...] = ()


Answer = Built | Stuck | Same | Broken | Step | Glimpsed
