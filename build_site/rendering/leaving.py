"""Links that lead to another site say so before the reader follows them.

Owns which hosts need no such words and how a link is marked. Works on finished pages, so that no theme can forget it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import urlsplit

WORDS = "（外部网站）"
_OFFICIAL = (".gov.cn", ".政务", ".xn--zfr164b")
_REMOTE = re.compile(
    r"""<a\b[^>]*?\bhref=(?P<quote>["'])(?P<url>(?:https?:)?//[^"']*)(?P=quote)[^>]*>""", re.IGNORECASE
)
_END = re.compile(r"</a\s*>", re.IGNORECASE)


@dataclass(frozen=True)
class Marker:
    """Marks the links of a page that leave `domain`; `trusted` are further hosts that need no mark."""

    domain: str
    trusted: tuple[str, ...] = ()

    def leaves(self, url: str) -> bool:
        """Return whether a URL leads to a site that is neither the own one, nor an official one, nor trusted."""
        try:
            host = (urlsplit(url).hostname or "").rstrip(".")
        except ValueError:
            return False
        if not host or host in self._known or ("." + host).endswith(_OFFICIAL):
            return False
        return not any(host.endswith("." + known) for known in self._known)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(name.casefold().partition(":")[0] for name in (self.domain, *self.trusted))

    def marked(self, html: str) -> str:
        """Return a page with `rel="external"` on every link that leaves, and words for it at the end of its text."""
        pieces: list[str] = []
        at = 0
        for match in _REMOTE.finditer(html):
            end = _END.search(html, match.end())
            if end is None or not self.leaves(unescape(match["url"])):
                continue
            tag, label = match[0], html[match.end() : end.start()]
            if "rel=" not in tag:
                tag = f'{tag[:-1]} rel="external">'
            words = "" if WORDS in label else WORDS
            pieces += (html[at : match.start()], tag, label, words)
            at = end.start()
        return "".join((*pieces, html[at:])) if pieces else html
