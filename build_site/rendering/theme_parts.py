"""The parts of a theme by name: which layers have them.

Owns the names by which people call templates, static files and parts of style sheets. Must not read any of them.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from build_site.loading.names import is_ignored

# What a name like `parts/notice.html` may stand for; a part of a style sheet is always called with its folder.
_FOLDERS = ("templates/", "static/", "")
_KINDS = ("templates", "static", "css")


def layers_with(layers: tuple[Path, ...], part: str) -> dict[str, tuple[Path, ...]]:
    """Return where the part called `part` lies, as path inside a layer -> the layers that have it, from the top.

    `site.css` is a static file, `parts/notice.html` a template, `css/tokens.css` a part of the style sheet; the path in
    full, with or without `themes/NAME/`, is understood too.
    """
    wanted = re.sub(r"^(?:\./)?(?:themes/[^/]+/)?", "", part.replace("\\", "/"))
    known = set(part_paths(layers))
    paths = dict.fromkeys(path for folder in _FOLDERS if (path := folder + wanted) in known)
    return {path: tuple(layer for layer in layers if (layer / path).is_file()) for path in paths}


def part_paths(layers: tuple[Path, ...]) -> tuple[str, ...]:
    """Return the paths of all parts of all layers, sorted."""
    found = set()
    for layer in layers:
        for kind in _KINDS:
            for file in (layer / kind).rglob("*") if (layer / kind).is_dir() else ():
                if file.is_file() and not is_ignored(file.name):
                    found.add(file.relative_to(layer).as_posix())
    return tuple(sorted(found))


def near_parts(layers: tuple[Path, ...], part: str) -> tuple[str, ...]:
    """Return the names of parts that someone who wrote `part` may have meant, the likeliest first, three at most."""
    names = {re.sub(r"^(?:templates|static)/", "", path): path for path in part_paths(layers)}
    wanted = part.replace("\\", "/").rpartition("/")[2].partition(".")[0].casefold()
    same = [name for name in names if wanted and Path(name).stem.casefold() == wanted]
    return tuple(dict.fromkeys([*same, *get_close_matches(part, names, n=3, cutoff=0.5)]))[:3]
