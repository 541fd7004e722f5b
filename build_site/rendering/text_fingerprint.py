"""The fingerprint of a page's text: what a reader with the page on paper can compare, whatever surrounds the text.

Owns which text counts, how it is normalised, and how the fingerprint is put on a page. `static/verify.js` of the default theme
does the same in a browser. Must not know who compares.

The text is that of the title (h1) and of the elements with `data-body`; on a page without such elements that of the whole
`<main>`. Markup and comments are left out, and so is what scripts, styles and the like hold. The text is brought to Unicode's form NFC,
every white space is removed, and what is left is hashed as UTF-8 with SHA-256.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from html import unescape

from build_site.loading.markup import VOID, attributes, tokens

PLACE = "<!--text-fingerprint-->"
"""What a template writes where the fingerprint shall stand."""
_BLANK = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_MAIN = re.compile(r"<main\b", re.IGNORECASE)
_MARK = "data-text-fingerprint"
_PRINTED = re.compile(rf'{_MARK}="([0-9a-f]{{64}})"')
_GROUP = 4


def normalised(text: str) -> str:
    """Return `text` in Unicode's form NFC, without any white space."""
    return _BLANK.sub("", unicodedata.normalize("NFC", text))


def fingerprint_of_text(text: str) -> str:
    """Return the SHA-256 of a text, normalised, in hexadecimal."""
    return hashlib.sha256(normalised(text).encode("utf-8", "surrogatepass")).hexdigest()


def text_of_page(html: str) -> str:
    """Return the text of a page that counts, not normalised; "" for a page without `<main>`."""
    begin = _MAIN.search(html)
    if begin is None:
        return ""
    whole, counted, has_body = _pieces(html, begin.start())
    return unescape("".join(counted if has_body else whole))


def _pieces(html: str, at: int) -> tuple[list[str], list[str], bool]:
    """Return the texts inside the `<main>` that begins at `at`: all, those of the outermost titles and bodies, and whether there
    is a body.
    """
    whole: list[str] = []
    counted: list[str] = []
    has_body, inside, depth, outer = False, "", 0, 0
    for kind, name, start, end, attrs, raw in tokens(html, at, blanks=False, leaves=True):
        if kind == "text":
            whole.append(html[start:end])
            if inside:
                counted.append(html[start:end])
            continue
        if name == "main":
            outer += {"open": 1, "close": -1}.get(kind, 0)
            if outer == 0:
                break
        is_body = "data-body" in attrs and kind != "close" and name != "main" and "data-body" in attributes(attrs)
        has_body = has_body or is_body
        if kind == "leaf":
            whole.append(raw)
            if inside or is_body or name == "h1":
                counted.append(raw)
        elif name == inside:
            depth += {"open": 1, "close": -1}.get(kind, 0)
            inside = inside if depth else ""
        elif not inside and kind == "open" and (is_body or name == "h1") and name not in VOID:
            inside, depth = name, 1
    return whole, counted, has_body


def page_fingerprint(html: str) -> str:
    """Return the fingerprint of a page's text, in hexadecimal; "" for a page without `<main>`."""
    text = text_of_page(html)
    return fingerprint_of_text(text) if text else ""


def grouped(fingerprint: str) -> str:
    """Return a fingerprint in groups of four, which people can compare."""
    return " ".join(fingerprint[start : start + _GROUP] for start in range(0, len(fingerprint), _GROUP))


def with_fingerprint(html: str) -> str:
    """Return a page with the fingerprint of its text at the place that its template gives it, if there is one."""
    if PLACE not in html:
        return html
    found = page_fingerprint(html)
    return html.replace(PLACE, f'<code {_MARK}="{found}">{grouped(found)}</code>')


def printed_fingerprint(html: str) -> str:
    """Return the fingerprint that a page shows, in hexadecimal, behind everything that an editor wrote; "" where it shows none."""
    at = html.rfind(_MARK)
    found = _PRINTED.match(html, at) if at >= 0 else None
    return found[1] if found else ""
