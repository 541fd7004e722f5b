"""Which pages of a built site stand for all the others.

Reads the output folder only; knows no column, no template and no theme. Standard library only, so that it can be used without the test tools.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

_SHAPES = ((r"\d{4,}", "N"), (r"\d+", "n"))
"""Numbers in an address make no type; a year or an index number and a page of a list are told apart."""
_ATTRIBUTES = ("aria-", "data-", "role", "open", "colspan", "rowspan", "tabindex", "lang")

_SMALL = ("span.", "time.", "sup.", "b.", "em.", "strong.", "code.", "br.")
"""Parts of a line, like the tag of a document that is out of force, look the same on every kind of page: one is enough."""


class _Reader(HTMLParser):
    """Collects what a page is made of: its kind, its elements with their classes, the attributes that change behaviour."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = ""
        self.parts: set[str] = set()
        self.leads_on = False
        self.letters = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "body":
            self.kind = values.get("class") or ""
        if tag == "meta" and (values.get("http-equiv") or "").lower() == "refresh":
            self.leads_on = True
        for name in (values.get("class") or "").split() or [""]:
            self.parts.add(f"{tag}.{name}")
        self.parts.update(f"[{name}]" for name in values if name.startswith(_ATTRIBUTES))

    def handle_data(self, data: str) -> None:
        self.letters += len(data.strip())


def _read(file: Path) -> _Reader:
    reader = _Reader()
    reader.feed(file.read_text("utf-8"))
    reader.close()
    return reader


def _shape(address: str) -> str:
    """Return the form of an address: `wj/2020/00022.html` and `wj/2019/00001.html` have the same one."""
    folders = address.removesuffix("/index.html").split("/")
    for pattern, letter in _SHAPES:
        folders = [re.sub(pattern, letter, folder) for folder in folders]
    plain = [folder if re.search(r"[Nn]|^(mian|wj|index\.html)$", folder) else "*" for folder in folders]
    return "/".join(plain)


def _name(kind: str, address: str) -> str:
    """Return a name that says the kind and the place: `document-wj-2020-00022`."""
    kinds = [word.removeprefix("page-") for word in kind.split() if word.startswith("page-")]
    place = address.removesuffix(".html").removesuffix("index").strip("/").replace("/", "-")
    return "-".join([*kinds, place] if place else kinds)


def page_types(public: Path) -> dict[str, Path]:
    """Return the fewest pages that show everything the site shows, by a name for each; the order is that of the names.

    A page type is whatever differs: every class of `body`, and within it every element, class, attribute that changes behaviour and
    form of address that occurs on any page of the site, and the longest text and title, occur on one of the pages returned; parts of a
    line only once in all. So a new type of page, or a new part of an old one, is covered as soon as the site has it. Redirects are left out.
    """
    files = sorted(public.rglob("*.html"))
    pages = {file.relative_to(public).as_posix(): _read(file) for file in files}
    pages = {address: page for address, page in pages.items() if not page.leads_on}
    marks = {
        address: {("" if part.startswith(_SMALL) else page.kind, part) for part in page.parts | {_shape(address)}}
        for address, page in pages.items()
    }
    for kind in sorted({page.kind for page in pages.values()}):
        own = [address for address, page in pages.items() if page.kind == kind]
        marks[max(own, key=lambda address: pages[address].letters)].add((kind, "longest text"))
        marks[max(own, key=lambda address: _title_length(public / address))].add((kind, "longest title"))
    return dict(sorted((_name(pages[address].kind, address), public / address) for address in _cover(marks)))


def _title_length(file: Path) -> int:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", file.read_text("utf-8"), re.DOTALL)
    return len(found[1]) if found else 0


def _cover(marks: Mapping[str, set[tuple[str, str]]]) -> list[str]:
    """Return few addresses whose marks together are all marks: always the one that adds most, the first of equals."""
    wanted = set().union(*marks.values())
    chosen = []
    while wanted:
        best = min(marks, key=lambda address: (-len(marks[address] & wanted), address))
        chosen.append(best)
        wanted -= marks[best]
    return chosen
