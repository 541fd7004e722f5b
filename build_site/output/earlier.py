"""The site as it was built last, beside the one that is built now: what changed without a word.

Owns the comparison of published texts and attachments with the last output folder. Must not write, nor judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from build_site.loading.markup import VOID, attributes, tokens, visible_text
from build_site.model.finding import Fault
from build_site.model.site import Document, Site, Standing
from build_site.output.manifest import FileEntry, Manifest, entry_of, load_manifest


class Earlier:
    """Compares what is written with the last build in `folder`.

    Only documents count that the last build showed to the public, and that no revision since then speaks of. A page
    is opened only where its checksum differs, so that a build without changes costs nothing; attachments are compared
    by their size.
    """

    def __init__(self, folder: Path, site: Site) -> None:
        """Read the manifest in `folder`; without one of ours, or with one of a later day, nothing is compared."""
        manifest = load_manifest(folder)
        self.folder = folder
        self.faults: list[Fault] = []
        self.since = ""
        self.files: dict[str, FileEntry] = {}
        self.documents: dict[str, Document] = {}
        if manifest is None or manifest.as_of > site.as_of:
            return
        self.since = manifest.as_of.isoformat()
        self.files = dict(manifest.files)
        self.documents = {
            document.address: document
            for document in site.documents
            if document.address in self.files and _silent(document, manifest)
        }
        for document in self.documents.values():
            self._compare_files(document, site)

    def changed(self, address: str, entry: FileEntry, read: Callable[[], bytes]) -> Fault | None:
        """Return the fault when the page at `address`, now with `entry` and what `read` returns, has another text than
        before, and nothing says why.
        """
        document = self.documents.get(address)
        if document is None or entry == self.files[address]:
            return None
        try:
            before = (self.folder / address).read_bytes()
        except OSError:
            return None
        if entry_of(before) != self.files[address]:
            return None  # somebody else wrote this one
        old, new = published_text(before.decode("utf-8", "replace")), published_text(read().decode())
        return self._fault(document, "") if old and new and old != new else None

    def _compare_files(self, document: Document, site: Site) -> None:
        for file in document.files:
            before = self.files.get(file.address)
            if before is not None and before.size != site.assets[file.source].size:
                self.faults.append(self._fault(document, file.title))

    def _fault(self, document: Document, file: str) -> Fault:
        data = (("since", self.since), ("file", file))
        return Fault("changed-without-revision", document.notice.at("title"), data)


def _silent(document: Document, last: Manifest) -> bool:
    """Whether a document was public on the day of the last build, and says nothing of a change since then."""
    notice = document.notice
    if document.standing is not Standing.PUBLISHED or (notice.published_on and notice.published_on >= last.as_of):
        return False
    return not any(revision.on >= last.as_of for revision in notice.revisions)


def published_text(html: str) -> str:
    """Return the words of the element with `data-body` on a page, without blanks; "" where there is none."""
    name, depth, start = "", 0, -1
    for token in tokens(html, blanks=False):
        if token.kind == "open" and start < 0 and "data-body" in token.attrs and "data-body" in attributes(token.attrs):
            name, depth, start = token.name, 1, token.end
        elif start >= 0 and token.name == name and name not in VOID:
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            if not depth:
                return "".join(visible_text(html[start : token.start]).split())
    return ""


def is_settled(faults: Iterable[Fault]) -> bool:
    """Return whether none of `faults` came of this comparison: the next build compares with the output of this one."""
    return all(fault.kind != "changed-without-revision" for fault in faults)
