"""What a rendered page says of itself: page tags, title, headings of rank 1, and what of this a reader can see.

Owns the reading of `<head>` and the search for single values in `<main>`; `measure` reads the rest. Must not judge.
"""

from __future__ import annotations

import re
from html import escape, unescape

from markupsafe import Markup

from build_site.loading.markup import attributes, visible_text
from build_site.model.page import PageHead

_TAGS = frozenset(
    [
        "SiteName",
        "SiteDomain",
        "SiteIDCode",
        "ColumnName",
        "ColumnDescription",
        "ColumnKeywords",
        "ColumnType",
        "ArticleTitle",
        "PubDate",
        "ContentSource",
        "Keywords",
        "Author",
        "Description",
        "Image",
        "Url",
    ]
)
_LABELS = frozenset({"索引号", "发布机构", "成文日期"})
_IN_SIGHT = ("PubDate", "ContentSource")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_META = re.compile(r"<meta\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_PLAIN = re.compile(r' name="([^"&]*)" content="([^"]*)"')
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_H1 = re.compile(r"<h1\b[^>]*>(.*?)</h1", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"<(?:dt|th)\b[^>]*>\s*([^<]{2,8}?)\s*[：:]?\s*</(?:dt|th)", re.IGNORECASE)
_MIDNIGHT = " 00:00"


def measure_head(html: str) -> PageHead:
    """Return what the page `html` says of itself.

    A time of midnight means that only the day is known, so the day alone counts as that `PubDate` shown.
    """
    head, _, rest = html.partition("</head>")
    if "<!--" in head:
        head = _COMMENT.sub("", head)
    tags = tuple(tag for match in _META.finditer(head) if (tag := _tag(match[1])) is not None)
    title = _TITLE.search(head)
    main = _main(rest)
    first = dict(reversed(tags))
    return PageHead(
        tags=tags,
        title=unescape(title[1]).strip() if title else "",
        h1=tuple(visible_text(match[1]).strip() for match in _H1.finditer(main)),
        labels=frozenset(match[1] for match in _LABEL.finditer(main) if match[1] in _LABELS),
        shown=frozenset(name for name in _IN_SIGHT if first.get(name) and _stands_in(main, name, first[name])),
    )


def _tag(written: str) -> tuple[str, str] | None:
    plain = _PLAIN.fullmatch(written)  # as templates write it: a fifth of the time
    if plain is not None:
        return (plain[1], unescape(plain[2])) if plain[1] in _TAGS else None
    found = attributes(written)
    return (found["name"], found.get("content", "")) if found.get("name") in _TAGS else None


def _main(body: str) -> str:
    start = body.find("<main")
    return body[start : body.rfind("</main")] if start >= 0 else ""


def _stands_in(main: str, name: str, value: str) -> bool:
    if name == "PubDate":
        value = value.removesuffix(_MIDNIGHT)
    return any(_in_text(main, written) for written in {escape(value, quote=False), str(Markup.escape(value))})


def _in_text(main: str, written: str) -> bool:
    at = main.find(written)
    while at >= 0:
        if main.rfind("<", 0, at) < main.rfind(">", 0, at):  # not in an attribute
            return True
        at = main.find(written, at + 1)
    return False
