"""Footnotes: what assistive technology is told."""

from __future__ import annotations

from build_site.loading.document import parse
from build_site.loading.markup import attributes, tokens
from build_site.model.text import SourceFile


def anchors(body: str) -> list[dict[str, str]]:
    found = parse(SourceFile("content/zd/a.md", f"---\ntitle: 通知\n---\n{body}")).body
    html = "".join(
        part + (found.links[number].url if number < len(found.links) else "") for number, part in enumerate(found.parts)
    )
    return [attributes(token.attrs) for token in tokens(html) if token.kind == "open" and token.name in ("a", "div")]


def test_marks_notes_and_ways_back_have_roles() -> None:
    """With and without the sanitiser, which puts attributes into another order."""
    for more in ("", "\n\n<u>二</u>"):
        mark, notes, back = anchors(f"一[^1]{more}\n\n[^1]: 注")
        assert (mark["role"], mark["aria-label"], mark["href"]) == ("doc-noteref", "注释 1", "#fn:1")
        assert (notes["class"], notes["role"]) == ("footnote", "doc-endnotes")
        assert (back["role"], back["href"]) == ("doc-backlink", "#fnref:1")
        assert back["aria-label"] == back["title"] == "回到正文中的注释 1"


def test_two_ways_back_are_told_apart() -> None:
    """A note with two marks has two links back, each with a name of its own."""
    backs = [anchor for anchor in anchors("一[^1]二[^1]\n\n[^1]: 注") if anchor.get("role") == "doc-backlink"]
    assert [(back["href"], back["aria-label"]) for back in backs] == [
        ("#fnref:1", "回到正文中的注释 1"),
        ("#fnref2:1", "回到正文中的注释 1，第 2 处"),
    ]


def test_a_note_without_a_mark_has_no_way_back() -> None:
    """Such a link would lead nowhere; the note itself is reported."""
    doc = parse(SourceFile("content/zd/a.md", "---\ntitle: 通知\n---\n一\n\n[^1]: 注"))
    assert doc.body.links == ()
    assert [fault.kind for fault in doc.faults] == ["note-without-mark"]
