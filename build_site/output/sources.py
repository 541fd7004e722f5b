"""A site as it is on the disk: its documents, parsed, and its files, measured, with all cores at work.

Owns the order in which a site is read. Must not judge or render it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from build_site.loading.assemble import assemble
from build_site.loading.attachments import measure as measure_file
from build_site.loading.catalogue import load_catalogue
from build_site.loading.document import parse
from build_site.loading.files import list_content, read_text
from build_site.loading.history import read_history
from build_site.loading.lock import read_lock
from build_site.loading.wording import load_wording
from build_site.model.columns import Catalogue
from build_site.model.content import ParsedDoc, SourceAsset
from build_site.model.finding import Fault
from build_site.model.site import Site
from build_site.model.wording import Wording
from build_site.output.outcome import Progress, silent
from build_site.output.workers import in_chunks

_MANY_FILES = 40  # a PDF takes as long as a few notices


def read_site(root: Path, as_of: date) -> tuple[Site | None, tuple[Fault, ...]]:
    """Return the site at `root` as it is on the day `as_of`, without judging or rendering it, and what is wrong with its catalogue.

    Raises OSError when the disk fails. The site is None when `catalog.yaml` cannot be used at all.
    """
    catalogue, faults = load_catalogue(root)
    if catalogue is None:
        return None, faults
    listing = list_content(root)
    docs, _ = read_documents(root, listing.texts, silent)
    wording, _ = load_wording(root)
    return assembled(root, catalogue, docs, listing.assets, as_of, wording, silent), faults


def assembled(
    root: Path,
    catalogue: Catalogue,
    docs: list[ParsedDoc],
    assets: tuple[str, ...],
    as_of: date,
    wording: Wording,
    progress: Progress,
) -> Site:
    """Return the site at `root` made of what was read; it reads the attachments, `urls.lock` and the history in Git."""
    site = assemble(catalogue, docs, measure_files(root, assets, progress), as_of, read_lock(root), wording)
    return replace(site, history=read_history(root))


def read_documents(root: Path, paths: tuple[str, ...], progress: Progress) -> tuple[list[ParsedDoc], list[Fault]]:
    """Return the documents at `paths` below `root`, parsed, and what is wrong with them or keeps them from being read."""

    def read(part: range) -> list[tuple[ParsedDoc | None, tuple[Fault, ...]]]:
        found: list[tuple[ParsedDoc | None, tuple[Fault, ...]]] = []
        for number in part:
            source, unreadable = read_text(root, paths[number])
            doc = parse(source) if source is not None else None
            found.append((doc, doc.faults if doc else unreadable))
        return found

    docs: list[ParsedDoc] = []
    faults: list[Fault] = []
    done = 0
    for chunk in in_chunks(read, len(paths)):
        for doc, found in chunk:
            faults += found
            if doc is not None:
                docs.append(doc)
        done += len(chunk)
        progress("read", done, len(paths))
    return docs, faults


def measure_files(root: Path, paths: tuple[str, ...], progress: Progress) -> list[SourceAsset]:
    """Return the measured facts of the files at `paths` below `root`."""
    assets: list[SourceAsset] = []
    for chunk in in_chunks(
        lambda part: [measure_file(root, paths[number]) for number in part], len(paths), _MANY_FILES
    ):
        assets += chunk
        progress("measure", len(assets), len(paths))
    return assets
