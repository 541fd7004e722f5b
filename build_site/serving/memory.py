"""What was read of a site's files, kept as long as they do not change.

Owns parsed documents and measured files by the digest of their source. Must not judge or render them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from build_site.model.content import ParsedDoc, SourceAsset
from build_site.model.finding import Fault
from build_site.output.outcome import Progress
from build_site.output.sources import measure_files, read_documents
from build_site.output.store import Store

_Read = tuple[ParsedDoc | None, tuple[Fault, ...]]


class Memory:
    """The files of one site as they were read last; `store` has what earlier builds read."""

    def __init__(self, root: Path, store: Store) -> None:
        """Know nothing yet of the site at `root`."""
        self.root = root
        self.store = store
        self._documents: dict[str, tuple[str, _Read]] = {}
        self._good: dict[str, ParsedDoc] = {}
        self._assets: dict[str, tuple[str, SourceAsset]] = {}

    def documents(
        self, paths: tuple[str, ...], digests: Mapping[str, str], progress: Progress
    ) -> tuple[list[ParsedDoc], list[Fault]]:
        """Return the documents at `paths`, parsed, and their faults; only those with another digest are read.

        Raises OSError when a file cannot be read, for instance because it has vanished since the folder was listed.
        """
        changed = tuple(path for path in paths if _differs(self._documents, path, digests))
        docs, faults = read_documents(self.root, changed, progress, self.store)
        found = {doc.path: doc for doc in docs}
        wrong: defaultdict[str, list[Fault]] = defaultdict(list)
        for fault in faults:
            wrong[fault.where.path].append(fault)
        for path in changed:
            self._documents[path] = digests.get(path, ""), (found.get(path), tuple(wrong[path]))
        self._documents = {path: self._documents[path] for path in paths}
        read = [entry for _, entry in self._documents.values()]
        self._good = {path: doc for path, doc in self._good.items() if path in self._documents}
        self._good |= {doc.path: doc for doc, _ in read if doc and doc.notice}
        return [doc for doc, _ in read if doc], [fault for _, told in read for fault in told]

    def last_good(self, paths: tuple[str, ...]) -> list[ParsedDoc]:
        """Return the documents at `paths` as they were when their front matter could be read the last time."""
        return [self._good[path] for path in paths if path in self._good]

    def assets(self, paths: tuple[str, ...], digests: Mapping[str, str], progress: Progress) -> list[SourceAsset]:
        """Return the measured facts of the files at `paths`; only those with another digest are looked into."""
        changed = tuple(path for path in paths if _differs(self._assets, path, digests))
        for asset in measure_files(self.root, changed, progress, self.store):
            self._assets[asset.path] = digests.get(asset.path, ""), asset
        self._assets = {path: self._assets[path] for path in paths}
        return [asset for _, asset in self._assets.values()]


def _differs(known: Mapping[str, tuple[str, object]], path: str, digests: Mapping[str, str]) -> bool:
    return path not in known or path not in digests or known[path][0] != digests[path]
