"""What a link can lead to, as tables.

Owns the look-ups by source path, address, folder and letter case. Must not read URLs.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from build_site.model.site import Standing


@dataclass(frozen=True)
class LinkTables:
    """Everything that a link can lead to.

    `documents`: source path -> (address, standing); `columns`: path of a column's folder or introduction -> address,
    "" for a column without a page; `assets`: source path -> address; `pages`: all addresses that exist; `redirects`:
    old -> new address; `withdrawn`: addresses recorded as taken down.
    """

    domain: str
    base_path: str
    documents: Mapping[str, tuple[str, Standing]]
    columns: Mapping[str, str]
    assets: Mapping[str, str]
    pages: frozenset[str]
    redirects: Mapping[str, str]
    withdrawn: frozenset[str] = frozenset()

    @cached_property
    def hidden(self) -> dict[str, str]:
        """The addresses that the public cannot read, with the reason."""
        found = {
            address: standing.value
            for address, standing in self.documents.values()
            if standing is not Standing.PUBLISHED
        }
        shown = {address for address, standing in self.documents.values() if standing is Standing.PUBLISHED}
        found |= dict.fromkeys(self.withdrawn, Standing.WITHDRAWN.value)
        return {address: reason for address, reason in found.items() if address not in shown}

    @cached_property
    def sources(self) -> dict[str, str]:
        """The source path of every asset by its address."""
        return {address: path for path, address in self.assets.items()}

    @cached_property
    def _by_folder(self) -> dict[str, frozenset[str]]:
        folders: dict[str, set[str]] = {}
        for path in (*self.documents, *self.assets, *self.pages):
            folders.setdefault(posixpath.dirname(path), set()).add(path)
        return {folder: frozenset(paths) for folder, paths in folders.items()}

    def beside(self, path: str) -> frozenset[str]:
        """Return every known path in the folder of `path`, for suggestions."""
        return self._by_folder.get(posixpath.dirname(path), frozenset())

    @cached_property
    def folded(self) -> dict[str, str]:
        """Every source path by its case-folded form."""
        return {path.casefold(): path for path in (*self.documents, *self.columns, *self.assets, *self.pages)}
