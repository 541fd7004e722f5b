"""A page as a validator sees it, as far as our own templates can go wrong: nesting, outline, ids, landmarks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Outline(HTMLParser):
    """Reads a page: elements left open, ranks of headings, ids, what refers to ids, names of landmarks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ranks: list[int] = []
        self.ids: list[str] = []
        self.needed: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.regions: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name) for name in values]
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.ranks.append(int(tag[1]))
        if "id" in values:
            self.ids.append(values["id"])
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.needed += values.get(name, "").split()
        if tag in ("nav", "aside") or values.get("role") in ("region", "search"):
            kind = values.get("role") or tag
            self.regions.append((kind, values.get("aria-label") or values.get("aria-labelledby", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name) for name, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()} closes {self.open[-1:]}")
        else:
            self.open.pop()


def outline(html: str) -> Outline:
    """Return the outline of a page; an ill-formed one fails the test."""
    found = Outline(html)
    assert not found.wrong
    assert not found.open
    assert found.ranks[:1] == [1]
    assert found.ranks.count(1) == 1
    steps = [(one, two) for one, two in zip(found.ranks, found.ranks[1:], strict=False) if two > one + 1]
    assert not steps
    assert len(found.ids) == len(set(found.ids)), found.ids
    assert set(found.needed) <= set(found.ids)
    assert all(name for kind, name in found.regions if kind != "search")
    assert len([one for one in found.regions if one[0] != "region"]) == len(
        {one for one in found.regions if one[0] != "region"}
    )
    assert not [name for _, name in found.attributes if name == "style" or name.startswith("on")]
    return found
