"""A build with what earlier builds left gives what a build from nothing gives, whatever was edited in between."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from build_site.output import stamp
from tests.support.edited_site import EDITS, Draft, copy_of, lay
from tests.support.programs import another_program
from tests.support.two_sites import Side, said

HISTORIES = {1: len(EDITS)}
"""Seed -> how many of the edits, in an order of its own."""


def _tamper(draft: Draft, sides: tuple[Side, Side], chance: Random) -> None:
    """Do by hand to both outputs what the draft says, and to the store."""
    pages, number = sides[0].pages(), chance.randrange(10_000)
    for side in sides if pages else ():
        page = side.root / pages[number % len(pages)].relative_to(sides[0].root)
        if draft.output == "edit":
            page.write_bytes(page.read_bytes().replace("公开".encode(), "密藏".encode()))
        elif draft.output == "lose":
            page.unlink()
    cache = sides[0].cache
    assert cache
    files = sorted(path for path in cache.rglob("*") if path.is_file())
    if draft.store == "gone":
        shutil.rmtree(cache)
    elif draft.store == "pages":
        for file in chance.sample(files, len(files) // 2):
            if file.parent != cache:
                file.unlink() if chance.random() < 0.5 else _flip(file, chance)
    elif draft.store == "database":
        _flip(max(files, key=lambda file: file.suffix == ".db"), chance)
    draft.output = draft.store = ""


def _flip(file: Path, chance: Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(20):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    aside = file.with_name(f"{file.name}.aside")  # a file of its own: what is published is not at stake here
    aside.write_bytes(data)
    aside.replace(file)


@pytest.mark.parametrize("seed", HISTORIES)
def test_a_build_from_what_was_left_is_a_build_from_nothing(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "_SETTLED", 0)  # our edits are further apart than any clock's ticks
    chance = Random(seed)
    sides = Side(tmp_path / "one/site", tmp_path / "one/cache", asks=True), Side(tmp_path / "two/site")
    draft, good = Draft(), Draft()
    laid: dict[str, bytes] = {}
    told: list[str] = []
    published = spared = 0
    for name in ("nothing changes", *chance.sample(sorted(EDITS), HISTORIES[seed])):
        if draft is not good and chance.random() < 0.8:
            told.append("back to what could be published")
            draft = good
        draft = copy_of(draft)
        told.append(name)
        EDITS[name](draft, chance)
        files = draft.all_files()
        for side in sides:
            lay(side.root, laid, files, draft.still)
        laid, draft.still = files, set()
        _tamper(draft, sides, chance)
        quarantine, checked = chance.random() < 0.3, chance.random() < 0.2
        with monkeypatch.context() as patch:
            another_program(patch, draft.program)
            before = sides[0].check(draft.day) if checked else None
            quick, clean = (side.build(draft.day, quarantine) for side in sides)
        assert said(quick) == said(clean), told
        assert sides[0].left() == sides[1].left(), told
        assert before is None or quarantine or before.diagnostics == quick.diagnostics, told
        draft.found = clean.found
        published += clean.published
        spared += clean.counts.get("pages", 0) - len(quick.rendered)
        if clean.published and not clean.held:
            good = draft
    assert published > HISTORIES[seed] * 0.6, "a history of what is never published shows little"
    assert spared > published * 10, "nothing was taken from the store"
