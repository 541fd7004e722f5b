"""Edits that findings carry, made in the files of a site when they mend what they claim and bring nothing new.

Owns the trial in a copy, and the writing: each file is exchanged whole. Must not know any rule.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from build_site.checks.rules import RULES_BY_NAME
from build_site.model.edits import edited
from build_site.model.finding import Diagnostic
from build_site.output.build import check
from build_site.output.signals import uninterrupted

_PARTS = ("catalog.yaml", "wording.yaml", "urls.lock", "keys", "content", "themes")
Key = tuple[str, str, int]


@dataclass(frozen=True)
class Proposal:
    """What can be mended: for each file its text before and after, the findings that go, and those that stay."""

    texts: Mapping[str, tuple[str, str]]
    mended: tuple[Diagnostic, ...] = ()
    left: tuple[Diagnostic, ...] = ()


def propose(root: Path, as_of: date) -> Proposal:
    """Return the edits that mend findings of the site at `root` and bring no other finding on the day `as_of`.

    They are tried in a copy: a file in which a new finding appears, or the old one stays, keeps its text, and its
    findings are among those left. Nothing is written at `root`. Raises OSError for what the disk cannot do.
    """
    found = check(root, as_of).diagnostics
    before = _counted(found)
    fixable = tuple(item for item in found if item.fix and item.where.line)
    chosen = fixable
    while chosen:
        texts = _texts(root, chosen)
        after = _tried(root, as_of, texts)
        claimed = Counter(map(_key, chosen))
        new = {key for key, count in after.items() if count > before[key]}
        stays = {key for key, count in claimed.items() if after[key] > before[key] - count}
        if not new and not stays:
            left = tuple(item for item in fixable if item not in chosen)
            return Proposal(texts, chosen, left)
        spoilt = {path for _, path, _ in new | stays}
        kept = tuple(item for item in chosen if item.where.path not in spoilt)
        chosen = kept if len(kept) < len(chosen) else ()
    return Proposal({}, (), fixable)


def apply(root: Path, proposal: Proposal) -> tuple[str, ...]:
    """Write the texts of `proposal` into the files of the site at `root`; return their paths.

    A file that has changed since is left alone. Each is written beside its place and exchanged in one step, with
    its permissions. Raises OSError for what the disk cannot do; the files written until then are whole.
    """
    written = []
    for path, (old, new) in proposal.texts.items():
        file = Path(os.path.realpath(root / path))
        if file.read_bytes() != old.encode():
            continue
        aside = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            aside.write_bytes(new.encode())
            shutil.copymode(file, aside)
            with uninterrupted():
                aside.replace(file)
        finally:
            aside.unlink(missing_ok=True)
        written.append(path)
    return tuple(written)


def _counted(found: Iterable[Diagnostic]) -> Counter[Key]:
    """Count findings; what rules say of the column as a whole is no reason against an edit that lets them see more."""
    return Counter(_key(item) for item in found if not RULES_BY_NAME[item.code].audit)


def _key(item: Diagnostic) -> Key:
    """A finding without its column and words: both may follow an edit beside it."""
    return item.code, item.where.path, item.where.line


def _texts(root: Path, chosen: Iterable[Diagnostic]) -> dict[str, tuple[str, str]]:
    fixes = defaultdict(list)
    for item in chosen:
        if item.fix:
            fixes[item.where.path].append(item.fix)
    texts = {}
    for path, wanted in sorted(fixes.items()):
        old = (root / path).read_bytes().decode()
        texts[path] = (old, edited(old, wanted))
    return texts


def _tried(root: Path, as_of: date, texts: Mapping[str, tuple[str, str]]) -> Counter[Key]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in _PARTS:
            source = root / part
            if source.is_dir():
                shutil.copytree(source, copy / part, symlinks=True)
            elif source.is_file():
                shutil.copy2(source, copy / part)
        for path, (_, new) in texts.items():
            Path(os.path.realpath(copy / path)).write_bytes(new.encode())
        return _counted(check(copy, as_of).diagnostics)
