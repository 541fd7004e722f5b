"""The list of sites that are built in one run: reading it, and where each site and its output lie.

Owns that one file and what would make sites get in each other's way. Must not look into any site.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_site.loading.binding import Binder
from build_site.loading.files import read_text
from build_site.loading.yaml_nodes import YamlText, compose
from build_site.model.finding import Fault
from build_site.model.sites import ListedSite, SiteDefaults, SiteList
from build_site.model.text import Location

_SOURCES = ("content", "themes")


@dataclass(frozen=True)
class PlannedSite:
    """A site of the list with its places. `shown` is its folder as the list has it, `where` the place of that in the list;
    `themes` and `cache` are None where the site has only its own.
    """

    name: str
    shown: str
    root: Path
    out: Path
    themes: Path | None
    cache: Path | None
    where: Location


def load_site_list(file: Path) -> tuple[tuple[PlannedSite, ...], tuple[Fault, ...]]:
    """Read the list in `file`; return the sites in its order, and every fault that keeps all of them from being built.

    Raises OSError when the file cannot be read.
    """
    if not file.is_file():
        return (), (Fault("site-list-missing", Location(str(file))),)
    source, faults = read_text(file.parent, file.name)
    if source is None:
        return (), faults
    listed, faults = bind_site_list(YamlText(file.name, source.text))
    if listed is None or faults:
        return (), faults
    sites = tuple(_planned(file.parent, site, listed.defaults or SiteDefaults()) for site in listed.sites)
    return sites, (*_missing(file.parent, listed), *_clashes(sites))


def bind_site_list(text: YamlText) -> tuple[SiteList | None, tuple[Fault, ...]]:
    """Return the list written in `text`, or None, with every fault found; nothing is looked for on the disk."""
    node, faults = compose(text)
    if node is None:
        return None, tuple(faults) or (Fault("site-list-missing", Location(text.path)),)
    binder = Binder(text)
    return binder.record(node, SiteList), tuple(binder.faults)


def _planned(base: Path, site: ListedSite, defaults: SiteDefaults) -> PlannedSite:
    root = _at(base, site.root)
    name = root.name
    usual = _at(base, defaults.out) / name if defaults.out else root / "public"
    themes = site.themes or defaults.themes
    return PlannedSite(
        name=site.name or name,
        shown=site.root,
        root=root,
        out=_at(base, site.out) if site.out else usual,
        themes=_at(base, themes) if themes else None,
        cache=_at(base, defaults.cache) / _cache_name(name, site.root) if defaults.cache else None,
        where=site.at("root"),
    )


def _at(base: Path, path: str) -> Path:
    """Return a path of the list from the folder of the list, without links and dots: two ways to a folder are one."""
    return Path(os.path.realpath(base / path))


def _cache_name(name: str, shown: str) -> str:
    """Return the folder of a site in a shared cache: to be recognised by people, and different for each site."""
    return f"{name}-{hashlib.sha256(os.path.normpath(shown).encode()).hexdigest()[:8]}"


def _missing(base: Path, listed: SiteList) -> Iterator[Fault]:
    holders: list[ListedSite | SiteDefaults] = [*listed.sites, *([listed.defaults] if listed.defaults else [])]
    for holder in holders:
        if holder.themes and not _at(base, holder.themes).is_dir():
            yield Fault("shared-themes-missing", holder.at("themes"), (("path", holder.themes),))


def _clashes(sites: Sequence[PlannedSite]) -> Iterator[Fault]:
    """Yield where a site would be built twice, or an output would fall on another one or on sources."""
    roots: dict[Path, PlannedSite] = {}
    outs: dict[Path, PlannedSite] = {}
    for site in sites:
        first = roots.setdefault(site.root, site)
        if first is not site:
            yield Fault("site-listed-twice", site.where, _data(site, first))
        elif (other := outs.setdefault(site.out, site)) is not site:
            yield Fault("outputs-overlap", site.where, _data(site, other))
    for site in sites:
        above = next((outs[folder] for folder in site.out.parents if folder in outs), None)
        if above is not None:
            yield Fault("outputs-overlap", site.where, _data(site, above))
    kept = {site.root / name: site for site in roots.values() for name in _SOURCES}
    shared = {place: site for site in sites for place in (site.themes, site.cache) if place}
    for out, site in outs.items():
        owner = _over(out, {**kept, **shared}, {**roots, **shared})
        if owner is not None:
            yield Fault("output-over-sources", site.where, (*_data(site, owner), ("out", str(out))))


def _over(out: Path, above: Mapping[Path, PlannedSite], below: Mapping[Path, PlannedSite]) -> PlannedSite | None:
    """Return whose folder an output lies in (`above`) or would swallow (`below`)."""
    inside = next((above[folder] for folder in (out, *out.parents) if folder in above), None)
    return inside or next((site for folder, site in below.items() if folder.is_relative_to(out)), None)


def _data(site: PlannedSite, other: PlannedSite) -> tuple[tuple[str, str], ...]:
    return (("name", site.name), ("other", other.name), ("line", str(other.where.line)))
