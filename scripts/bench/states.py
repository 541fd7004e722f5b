"""The states in which a site is built: what is done to it before the clock starts.

Owns the edits. Must not know how a run is measured.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from scripts.bench.corpus import Notice
from scripts.bench.generator import Generator

_COLUMN = "政策和文件"
_NOTE = "本页内容以纸质文件为准"

State = Callable[[Generator, Path, tuple[Notice, ...], int], None]


def make_cold(generator: Generator, root: Path, notices: tuple[Notice, ...], turn: int) -> None:
    """Take the output and whatever an earlier build left away."""
    del notices, turn
    for name in (generator.output, *generator.leftovers):
        set_aside(root / name, aside_of(root))


def aside_of(root: Path) -> Path:
    """Return the folder beside the site `root` for what was taken away from it."""
    return root.with_name(f"{root.name}-aside")


def set_aside(place: Path, aside: Path) -> None:
    """Move `place` into the folder `aside`, if there is such a place.

    It is not removed: for minutes after ten thousand files are gone, ext4 takes several times as long for each new one.
    """
    if place.exists():
        aside.mkdir(parents=True, exist_ok=True)
        place.rename(aside / f"{len([*aside.iterdir()])}-{place.name}")


def leave(generator: Generator, root: Path, notices: tuple[Notice, ...], turn: int) -> None:
    """Change nothing."""
    del generator, root, notices, turn


def edit_body(generator: Generator, root: Path, notices: tuple[Notice, ...], turn: int) -> None:
    """Write a paragraph to the end of a notice."""
    file = root / generator.file(_middle(notices))
    text = re.sub(r"\n本段是第\d+次修改时补充的说明。\n$", "", file.read_text("utf-8"))
    file.write_bytes(f"{text}\n本段是第{turn}次修改时补充的说明。\n".encode())


def edit_title(generator: Generator, root: Path, notices: tuple[Notice, ...], turn: int) -> None:
    """Change the title of a notice, which lists and feeds show."""
    notice = _middle(notices)
    _replace(root / generator.file(notice), notice.title, turn)


def edit_template(generator: Generator, root: Path, notices: tuple[Notice, ...], turn: int) -> None:
    """Change a sentence that the template writes on every notice."""
    del notices
    _replace(root / generator.template, _NOTE, turn)


def edit_navigation(generator: Generator, root: Path, notices: tuple[Notice, ...], turn: int) -> None:
    """Rename a column, which the navigation of every page shows."""
    del notices
    _replace(root / generator.navigation, _COLUMN, turn)


STATES: dict[str, tuple[str, State]] = {
    "cold": ("cold", make_cold),
    "unchanged": ("nothing changed", leave),
    "body": ("one notice edited", edit_body),
    "title": ("one title edited", edit_title),
    "template": ("one template edited", edit_template),
    "navigation": ("navigation edited", edit_navigation),
}
"""Name of a state, what it is called in the report, what is done before the clock starts."""


def _middle(notices: tuple[Notice, ...]) -> Notice:
    return notices[len(notices) // 2]


def _replace(file: Path, words: str, turn: int) -> None:
    """Write a number behind the first place of `words`, in the place of that of the last turn."""
    text, count = re.subn(
        rf"{re.escape(words)}(（第\d+版）)?", f"{words}（第{turn}版）", file.read_text("utf-8"), count=1
    )
    if not count:
        raise ValueError(f"{file} does not hold {words}")
    file.write_bytes(text.encode())
