"""The layers of a theme: which folders it consists of, from the top.

Owns finding themes by name: first in the site's own `themes/`, then in the folder that it shares with other sites, if there is one,
then among those that come with the program. Must not
look into templates, static files or style sheets.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

import build_site
from build_site.loading.theme_file import THEME_FILE, load_theme_file
from build_site.model.finding import Fault
from build_site.model.text import Location
from build_site.model.theme import DEFAULT, NAME_PATTERN, OWN

_PACKAGE = Path(build_site.__file__).parent


def program_themes() -> Path:
    """Return the folder of the themes that come with the program: in the package when installed, beside it in a checkout."""
    for place in (_PACKAGE / "themes", _PACKAGE.parent / "themes"):
        if (place / DEFAULT).is_dir():
            return place
    raise FileNotFoundError("the default theme is not installed")


def default_layer() -> Path:
    """Return the folder of the default theme that comes with the program."""
    return program_themes() / DEFAULT


def own_layer(site_root: Path) -> Path | None:
    """Return the layer that a site lays above every theme, `themes/site`, if it has one."""
    own = site_root / "themes" / OWN
    return own if own.is_dir() else None


def find_theme(site_root: Path, name: str, shared: Path | None = None) -> Path | None:
    """Return the folder of the theme called `name`, the site's own before a shared one, that before the program's, or None."""
    if name == OWN or not re.fullmatch(NAME_PATTERN, name):
        return None
    places = (folder / name for folder in _folders(site_root, shared))
    return next((place for place in places if place.is_dir()), None)


def _folders(site_root: Path, shared: Path | None) -> tuple[Path, ...]:
    return (site_root / "themes", *((shared,) if shared else ()), program_themes())


def theme_names(site_root: Path, shared: Path | None = None) -> tuple[str, ...]:
    """Return the names of the themes that a site can use, sorted."""
    found = set()
    for folder in _folders(site_root, shared):
        for place in folder.iterdir() if folder.is_dir() else ():
            if place.name != OWN and re.fullmatch(NAME_PATTERN, place.name) and (place / THEME_FILE).is_file():
                found.add(place.name)
    return tuple(sorted(found))


def theme_layers(
    site_root: Path, name: str, where: Location, shared: Path | None = None
) -> tuple[tuple[Path, ...], tuple[Fault, ...]]:
    """Return the folders of the theme `name` from the top, the site's own layer first, and what is wrong with them.

    `where` is the place at which the name is written, `shared` a folder of themes that other sites use too. However broken a theme is, its layers end with the default
    theme, so that pages can be made and their own faults found.
    """
    layers: list[Path] = []
    faults: list[Fault] = []
    above: list[str] = []
    wanted = name
    while wanted:
        if wanted in above:
            faults.append(Fault("theme-loop", where, (("names", " → ".join([*above, wanted])),)))
            break
        folder = find_theme(site_root, wanted, shared)
        if folder is None:
            faults.append(_unknown(site_root, wanted, where, shared))
            break
        told, found = load_theme_file(folder)
        faults += found
        layers.append(folder)
        above.append(wanted)
        wanted = (told.base if told else "") or ("" if wanted == DEFAULT else DEFAULT)
        where = told.at("base") if told else where
    if DEFAULT not in above:
        layers.append(find_theme(site_root, DEFAULT, shared) or default_layer())
    own = own_layer(site_root)
    return ((own,) if own else ()) + tuple(layers), tuple(faults)


def _unknown(site_root: Path, name: str, where: Location, shared: Path | None) -> Fault:
    known = theme_names(site_root, shared)
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    data = (("name", name), ("known", "、".join(known)), ("suggestion", near[0] if near else ""))
    return Fault("unknown-theme", where, data)
