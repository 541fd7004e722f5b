"""`theme.yaml` to `ThemeFile`.

Owns the reading of that one file. Must not know which themes there are.
"""

from __future__ import annotations

from pathlib import Path

from build_site.loading.binding import Binder
from build_site.loading.files import decode
from build_site.loading.yaml_nodes import YamlText, compose
from build_site.model.finding import Fault
from build_site.model.text import Location
from build_site.model.theme import ThemeFile

THEME_FILE = "theme.yaml"


def load_theme_file(folder: Path) -> tuple[ThemeFile | None, tuple[Fault, ...]]:
    """Read `theme.yaml` of the theme in `folder`, whose name is the theme's.

    Returns what the theme says about itself, or None where that cannot be read, with every fault found; their places
    begin with `themes/NAME/`.
    """
    shown = f"themes/{folder.name}/{THEME_FILE}"
    if not (folder / THEME_FILE).is_file():
        return None, (Fault("theme-file-missing", Location(shown)),)
    source, faults = decode(shown, (folder / THEME_FILE).read_bytes())
    if source is None:
        return None, faults
    text = YamlText(shown, source.text)
    node, found = compose(text)
    if node is None:
        return None, tuple(found) or (Fault("theme-file-missing", Location(shown)),)
    binder = Binder(text)
    return binder.record(node, ThemeFile), tuple(binder.faults)
