"""What is measured on a rendered page beside its links and its substance: frame, outline, safety.

Owns the facts that the rules on footers, accessibility and safety read. Must not know templates or rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff \u3000"
"""Characters that take no ink: a link of nothing else has no name."""


class FlawKind(Enum):
    """What can be wrong with an element wherever it stands on a page."""

    PICTURE = "picture"
    """A picture without `alt`."""
    CONTROL = "control"
    """A form control or a button without a name."""
    LINK = "link"
    """A link without a name."""
    TABLE = "table"
    """A table of data without head cells."""
    SCOPE = "scope"
    """A table none of whose head cells says what it is the head of."""
    INLINE = "inline"
    """A script, a style or a handler that stands in the page itself."""
    MOVING = "moving"
    """Something that moves, plays, covers the page or leads away by itself, or turns the order of the keyboard round."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One element with something wrong: the kind of fault, and the element as one would look for it in a template."""

    kind: FlawKind
    what: str


@dataclass(frozen=True, slots=True)
class PageShape:
    """The shape of one page.

    `size` is that of its HTML in bytes, `lang` its language, `policy` its content policy; `titles` counts the `h1` in
    `<main>`, `skipped` is the first heading there whose rank leaves one out. `footer` is the text of the footers
    outside `<main>`, one piece after another. `flaws` has each fault once.
    """

    size: int = 0
    lang: str = ""
    policy: str = ""
    titles: int = 1
    skipped: str = ""
    footer: str = ""
    flaws: tuple[Flaw, ...] = ()
