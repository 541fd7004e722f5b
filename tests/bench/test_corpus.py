"""The notices of the benchmark are the same everywhere, and about as real ones are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from scripts.bench.corpus import AS_OF, FIRST_DAY, Reference, Text, corpus, markdown
from scripts.bench.generator import Generator, lay_out
from scripts.bench.generators import GENERATORS


def digest(root: Path) -> str:
    """One number for all files of a folder, their names and bytes."""
    whole = hashlib.sha256()
    for file in sorted(file for file in root.rglob("*") if file.is_file()):
        whole.update(f"{file.relative_to(root)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def test_the_same_seed_gives_the_same_words_on_every_machine() -> None:
    """The digest was taken once; another machine, Python or day gives the same."""
    notices = corpus(50)
    text = "".join(markdown(notice, notices, lambda one, other: other.place) for notice in notices)
    assert (
        hashlib.sha256(text.encode()).hexdigest() == "9f38ac4daa8ef34a5b5a517dd3d73aaec4a18d2a6492746ca54b814274a7b001"
    )


def test_another_seed_gives_other_words() -> None:
    assert [notice.title for notice in corpus(20, 1)] != [notice.title for notice in corpus(20, 2)]


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda generator: generator.name)
def test_a_site_is_the_same_byte_for_byte(generator: Generator, tmp_path: Path) -> None:
    """Writing a site twice, the second time over something else, gives the same files."""
    lay_out(generator, corpus(20), tmp_path / "one")
    lay_out(generator, corpus(5), tmp_path / "two")
    lay_out(generator, corpus(20), tmp_path / "two")
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert len([*(tmp_path / "one").rglob("n0000*.md")]) == 20


def test_every_generator_gets_the_same_bodies(tmp_path: Path) -> None:
    """What differs is front matter and the targets of links."""
    notices = corpus(3)
    for generator in GENERATORS:
        lay_out(generator, notices, tmp_path / generator.name)
        for notice in notices:
            text = (tmp_path / generator.name / generator.file(notice)).read_text("utf-8")
            assert all(block.markdown in text for block in notice.blocks if isinstance(block, Text))
            for block in notice.blocks:
                if isinstance(block, Reference):
                    target = notices[block.target]
                    assert f"[{target.title}]({generator.link(notice, target)})" in text


def test_notices_are_about_as_long_as_real_ones() -> None:
    """1.5 to 4 KB each; headings and lists in all, tables in some, links to others in all."""
    notices = corpus(300)
    bodies = [markdown(notice, notices, lambda one, other: f"{other.place}.md") for notice in notices]
    sizes = [len(body.encode()) for body in bodies]
    assert min(sizes) >= 1_500 and max(sizes) <= 4_500 and 2_000 < sum(sizes) / 300 < 3_500
    assert all("\n## " in body for body in bodies)
    assert 60 < sum("| --- |" in body for body in bodies) < 200
    assert all(any(isinstance(block, Reference) for block in notice.blocks) for notice in notices)


def test_no_notice_links_to_itself() -> None:
    for notice in corpus(40):
        assert all(block.target != notice.number for block in notice.blocks if isinstance(block, Reference))


def test_days_grow_and_lie_before_the_day_of_the_build() -> None:
    days = [notice.day for notice in corpus(100)]
    assert days == sorted(days) and days[0] >= FIRST_DAY and days[-1] < AS_OF


def test_numbers_of_documents_are_used_once() -> None:
    notices = corpus(500)
    assert len({notice.doc_no for notice in notices}) == 500
