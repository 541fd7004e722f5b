"""`wording.yaml`: the list that comes with the program and that of the site.

Owns the reading of both, and what makes an entry of the site useless. Must not look for words in documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import build_site
from build_site.loading.binding import Binder
from build_site.loading.files import read_text
from build_site.loading.yaml_nodes import YamlText, compose
from build_site.model.finding import Fault
from build_site.model.wording import Wording, with_own

WORDING_NAME = "wording.yaml"
_PROGRAM = Path(build_site.__file__).parent / "wording"


@cache
def starter_wording() -> Wording:
    """Return the word list that comes with the program. Raises ValueError when it is broken: that is a bug of ours."""
    source, faults = read_text(_PROGRAM, WORDING_NAME)
    if source is None:
        raise ValueError(faults)
    wording, faults = bind_wording(YamlText(WORDING_NAME, source.text))
    if faults:
        raise ValueError(faults)
    return wording


def load_wording(root: Path) -> tuple[Wording, tuple[Fault, ...]]:
    """Return the program's word list with that of the site at `root` over it, and every fault of the latter.

    A site without `wording.yaml`, or with one that cannot be read, has the program's list.
    """
    base = starter_wording()
    if not (root / WORDING_NAME).is_file():
        return base, ()
    source, faults = read_text(root, WORDING_NAME)
    if source is None:
        return base, faults
    own, faults = bind_wording(YamlText(WORDING_NAME, source.text))
    return with_own(base, own), (*faults, *_useless(base, own))


def bind_wording(text: YamlText) -> tuple[Wording, tuple[Fault, ...]]:
    """Return the word list written in `text`, as far as it can be read, with every fault found."""
    node, faults = compose(text)
    if node is None:
        return Wording(), tuple(faults)
    binder = Binder(text)
    wording = binder.record(node, Wording)
    return wording or Wording(), tuple(binder.faults)


def _useless(base: Wording, own: Wording) -> Iterator[Fault]:
    known = {word for term in base.terms for word in term.wrong} | {known.title for known in base.documents}
    known |= {name for law in base.laws for name in law.cited}
    for number, word in enumerate(own.off):
        if word not in known:
            yield Fault("useless-word", own.at(f"off.{number}"), (("why", "unknown"), ("word", word)))
    seen: set[str] = set()
    for term in own.terms:
        for number, word in enumerate(term.wrong):
            where = term.at(f"wrong.{number}")
            around = [right for right in term.right if word in right and right not in term.inside]
            if around:
                yield Fault("useless-word", where, (("why", "contained"), ("word", word), ("right", around[0])))
            elif len(word) < 2:
                yield Fault("useless-word", where, (("why", "short"), ("word", word)))
            elif word in seen:
                yield Fault("useless-word", where, (("why", "twice"), ("word", word)))
            seen.add(word)
