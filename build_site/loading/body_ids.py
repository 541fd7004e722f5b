"""The ids of a body: valid in HTML, each once, and none that a theme uses for a part of its page.

Owns the reserved names. Must not know templates; that the list holds every id of theirs is for a test to see.
"""

from __future__ import annotations

import re

from markdown.extensions import toc

# What the templates of a theme may use as id. A heading of the same name gets a number.
RESERVED = frozenset(
    re.findall(
        r"\S+",
        "main top columns recent stages toc-title search q nav menu header footer tools crumbs content contents toc files "
        "facts notice history related revisions interpretations interprets years months facets filter pager list rows "
        "online channels steps agency contact contacts chart figure map home site feeds updates "
        "find first result respond figures zhiwen liulanqi gongyao v-page v-paper",
    )
)
_RESERVED_FORM = re.compile(r"m\d+|stage-\d+|site-q|(?:process|requests|suits|documents|years|columns)-[td]")
_TAG = re.compile(r'<(?P<name>[a-z][a-z0-9]*)(?P<attrs> (?:[^>"]|"[^"]*")*)>')
_ID = re.compile(r' (?P<key>id|name)="(?P<value>[^"]*)"')
_FRAGMENT = re.compile(r' href="#([^"]*)"')


def is_reserved(name: str) -> bool:
    """Return whether a theme may use `name` as the id of a part of its page."""
    return name in RESERVED or _RESERVED_FORM.fullmatch(name) is not None


def slug(text: str, separator: str) -> str:
    """Return the id of a heading: its text without punctuation; a number is added to a reserved one."""
    found = toc.slugify_unicode(text, separator)
    return f"{found}_1" if is_reserved(found) else found


def valid(html: str) -> str:
    """Return clean HTML with the ids that an editor wrote made valid: no white space, none twice, none reserved;
    `<a name>` becomes an id. Links within the body follow, to the first place of a name.
    """
    if ' id="' not in html and ' name="' not in html:
        return html
    moved: dict[str, str] = {}
    seen: set[str] = set()

    def one(match: re.Match[str]) -> str:
        written = dict(_ID.findall(match["attrs"]))
        if not written:
            return match[0]
        old = written.get("id") or (written.get("name", "") if match["name"] == "a" else "")
        new = re.sub(r"\s+", "-", old.strip())
        new = f"{new}_1" if is_reserved(new) else new
        if new:
            new = toc.unique(new, seen)
            moved.setdefault(old, new)
        return f"<{match['name']}" + (f' id="{new}"' if new else "") + _ID.sub("", match["attrs"]) + ">"

    html = _TAG.sub(one, html)
    if all(old == new for old, new in moved.items()):
        return html
    return _FRAGMENT.sub(lambda match: f' href="#{moved.get(match[1], match[1])}"', html)
