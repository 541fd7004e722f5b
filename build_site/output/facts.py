"""The facts of rendered pages as bytes and back.

Owns a form that is quick to read, and what thousands of pages have in common, kept once. Must not know where the bytes
are kept.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from build_site.model.page import PageLink, RenderedPage
from build_site.output.packing import packed, unpacked


def facts_bytes(page: RenderedPage) -> bytes:
    """Return the facts of `page` as bytes: its links, half of all there is to say, as a row of words."""
    return packed((replace(page, links=()), tuple(chain.from_iterable(page.links))))


class FactsReader:
    """Reads the facts of the pages of one site. Pages have most links and all footers in common: one record for all of
    them is a third of the memory.
    """

    def __init__(self) -> None:
        self._links: dict[tuple[str, str], PageLink] = {}
        self._words: dict[str, str] = {}

    def read(self, data: bytes) -> RenderedPage:
        """Return what `facts_bytes` made into `data`. Raises whatever it likes for other bytes."""
        page: RenderedPage
        words: tuple[str, ...]
        page, words = unpacked(data)
        word = iter(words)
        links = self._links
        shape = page.shape
        return replace(
            page,
            links=tuple(
                [links.get(link) or links.setdefault(link, PageLink(*link)) for link in zip(word, word, strict=True)]
            ),
            shape=replace(shape, footer=self._same(shape.footer), policy=self._same(shape.policy)),
        )

    def read_or_none(self, data: bytes) -> RenderedPage | None:
        """Return the same, None for bytes that are no facts of a page: those count as not there."""
        try:
            return self.read(data)
        except Exception:  # what is no pickle of ours can raise whatever it likes
            return None

    def _same(self, word: str) -> str:
        return self._words.setdefault(word, word)
