"""File names: which are left out, and which cannot be published safely.

Owns the judgement of one name by itself. Must not look at the disk.
"""

from __future__ import annotations

import re
import unicodedata

_IGNORED = re.compile(r"\..*|~\$.*|.*~|#.*#|thumbs\.db|desktop\.ini|.*\.(tmp|bak|swp)", re.IGNORECASE)
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TEXT_ENDINGS = frozenset({"md", "markdown", "mdown", "mkd"})
_ACTIVE = frozenset(
    {"html", "htm", "xhtml", "shtml", "mht", "mhtml", "svg", "xml", "xsl", "js", "mjs", "php", "jsp", "asp", "aspx"}
)
MAX_NAME_BYTES = 255


def is_ignored(name: str) -> bool:
    """Return whether a file or folder of this name is no content: hidden, lock and backup files of programs."""
    return _IGNORED.fullmatch(name) is not None


def name_trouble(name: str) -> str:
    """Return why a name cannot be published, as a kebab-case word, or an empty string.

    The reserved names are those of Windows, where an editor's checkout must work too.
    """
    if name.startswith(".") and name.strip(".") in ("", "md"):
        return "empty"
    if _FORBIDDEN.search(name):
        return "forbidden-character"
    if _INVISIBLE.search(name):
        return "invisible-character"
    if name != name.strip() or name.endswith("."):
        return "edge-space-or-dot"
    if _RESERVED.fullmatch(name):
        return "reserved"
    if name.rpartition(".")[2].lower() in _TEXT_ENDINGS and not name.endswith(".md"):
        return "text-ending"
    if name.rpartition(".")[2].lower() in _ACTIVE:
        return "active"
    if len(name.encode("utf-8", "surrogateescape")) > MAX_NAME_BYTES:
        return "too-long"
    if any("\ud800" <= char <= "\udfff" for char in name):
        return "undecodable"
    if unicodedata.normalize("NFC", name) != name:
        return "not-composed"
    return ""
