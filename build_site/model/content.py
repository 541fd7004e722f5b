"""What is read from `content/`: parsed documents and the files beside them.

Owns the result of parsing one source file, before anything is known of the other files. Must not know addresses
in the output, nor rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from build_site.model.finding import Fault
from build_site.model.notice import Notice
from build_site.model.text import Location, SourceFile
from build_site.model.traces import Trace

_UNREAD = SourceFile("", "")


class Link(NamedTuple):
    """A reference in a body: the URL as written, the element that carries it, where it stands, its visible text.

    A tuple, as `Location` is.
    """

    url: str
    tag: str
    where: Location
    text: str = ""


class Heading(NamedTuple):
    """A heading of a body: rank 2 to 6 (1 is the page's own title), its id and its text. A tuple, as `Location` is."""

    rank: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body as HTML, cut at its URLs: `parts[i] + url i + parts[i + 1]`; one URL for each of `links`.

    `free_chars` counts the Chinese characters outside links, as far as 200.
    """

    parts: tuple[str, ...] = ("",)
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    free_chars: int = 0


@dataclass(frozen=True, slots=True)
class ParsedDoc:
    """One Markdown file: its front matter (None when unreadable), its body and the faults met on the way.

    `body_at` is where the body begins, for findings about the body as a whole. `traces` are personal numbers and the like
    in front matter and body. `prose` is the file with everything blanked out that nobody reads as text (code, addresses,
    markup, comments), so that places stay those of the file. `sha256` is that of the file, in hexadecimal.
    """

    path: str
    notice: Notice | None
    body: Body
    body_at: Location
    faults: tuple[Fault, ...] = ()
    traces: tuple[Trace, ...] = ()
    prose: SourceFile = _UNREAD
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that every browser shows: its format (PNG, JPEG, GIF, WebP), width and height in pixels."""

    kind: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SourceAsset:
    """A file in `content/` that is not Markdown: path from `content/`, size in bytes, why it counts as empty.

    `blank` is "" for a file with content, else one of zero-bytes, no-content, unreadable. `picture` says what picture
    it is, whatever its name; None for all other files. `format` is what the first bytes of an office file or archive say
    (pdf, zip, ole, rtf, html, rar, 7z, png, jpeg), "" where they say nothing or nobody looked. `traces` are what it
    carries along.
    """

    path: str
    size: int
    blank: str = ""
    picture: Picture | None = None
    traces: tuple[Trace, ...] = ()
    format: str = ""
