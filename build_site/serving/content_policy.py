"""A page's content security policy, widened for the preview.

Owns the smallest change that lets the preview's own script and style sheet work. Must not touch anything else of a page.
"""

from __future__ import annotations

import re
from html import escape, unescape

_META = re.compile(
    r"""<meta\s[^>]*http-equiv=["']?content-security-policy["']?[^>]*>""",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"""(\scontent=)("([^"]*)"|'([^']*)')""", re.IGNORECASE)
_NEEDED = ("script-src", "style-src", "connect-src", "worker-src")
_FALLBACK = {"worker-src": ("child-src", "script-src")}


def widened(html: str) -> str:
    """Return `html` with `'self'` among the sources of scripts, styles and connections, where its policy forbids it."""
    return _META.sub(lambda meta: _CONTENT.sub(_policy, meta[0]), html)


def _policy(match: re.Match[str]) -> str:
    policy = unescape(match[3] if match[3] is not None else match[4])
    rules = {words[0].lower(): words[1:] for part in policy.split(";") if (words := part.split())}
    added = {}
    for name in _NEEDED:
        sources = next((rules[key] for key in (name, *_FALLBACK.get(name, ()), "default-src") if key in rules), None)
        if sources is not None and "'self'" not in sources and "*" not in sources:
            added[name] = [*(word for word in sources if word != "'none'"), "'self'"]
    if not added:
        return match[0]
    text = "; ".join(" ".join((name, *words)) for name, words in (rules | added).items())
    return f'{match[1]}"{escape(text)}"'
