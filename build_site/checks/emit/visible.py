"""Text that a viewer shows as it is.

Owns which characters would vanish, break a line or turn the reading direction, and what stands in their place. Must not
know any form of report: quoting for HTML, XML or a command is done there.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Return `text` with every hidden or disturbing character as a mark; tabs and line feeds stay.

    Controls become their pictures (`␀`), all others their number (`[U+202E]`). What comes out can be written as UTF-8
    and stands in XML.
    """
    return _HIDDEN.sub(_mark, text)


def one_line(text: str) -> str:
    """Return `text` made visible, on one line."""
    return " ".join(visible(text).split())


def _mark(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"[U+{code:04X}]"
