"""`catalog.yaml` to `Catalogue`.

Owns the reading of that one file. Must not judge columns or look into `content/`.
"""

from __future__ import annotations

from pathlib import Path

from build_site.loading.binding import Binder
from build_site.loading.files import read_text
from build_site.loading.public_keys import with_keys
from build_site.loading.yaml_nodes import YamlText, compose
from build_site.model.columns import Catalogue
from build_site.model.finding import Fault
from build_site.model.text import Location

CATALOGUE_NAME = "catalog.yaml"


def load_catalogue(root: Path) -> tuple[Catalogue | None, tuple[Fault, ...]]:
    """Read `root/catalog.yaml`.

    Returns the catalogue with the public keys that it names, or None where no site can be built from it, with every fault found.
    """
    if not (root / CATALOGUE_NAME).is_file():
        return None, (Fault("catalogue-missing", Location(CATALOGUE_NAME)),)
    source, faults = read_text(root, CATALOGUE_NAME)
    if source is None:
        return None, faults
    catalogue, faults = bind_catalogue(YamlText(CATALOGUE_NAME, source.text))
    if catalogue is None:
        return None, faults
    catalogue, key_faults = with_keys(root, catalogue)
    return catalogue, (*faults, *key_faults)


def bind_catalogue(text: YamlText) -> tuple[Catalogue | None, tuple[Fault, ...]]:
    """Return the catalogue written in `text`, or None, with every fault found."""
    node, faults = compose(text)
    if node is None:
        return None, tuple(faults) or (Fault("catalogue-missing", Location(text.path, 1, 1)),)
    binder = Binder(text)
    catalogue = binder.record(node, Catalogue)
    return catalogue, tuple(binder.faults)
