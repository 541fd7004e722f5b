from __future__ import annotations

import inspect

import pytest

from build_site.model import words
from build_site.model.words import EmptyPolicy, Validity, Word

VOCABULARIES = [
    cls for _, cls in inspect.getmembers(words, inspect.isclass) if issubclass(cls, Word) and cls is not Word
]


@pytest.mark.parametrize("cls", VOCABULARIES)
def test_no_spelling_means_two_things(cls: type[Word]) -> None:
    """Every spelling of a vocabulary leads to one member."""
    all_spellings = [spelling for member in cls for spelling in member.value]
    assert len(all_spellings) == len(set(all_spellings))
    assert len(cls.spellings()) == len(all_spellings)


@pytest.mark.parametrize("cls", VOCABULARIES)
def test_first_form_is_english_and_second_chinese(cls: type[Word]) -> None:
    """The English form fits into addresses and class names, the Chinese one is for people."""
    for member in cls:
        assert member.en.isascii()
        assert member.en == member.en.lower()
        assert not member.zh.isascii()


def test_spellings_lead_to_members() -> None:
    """Both forms and further spellings are accepted, nothing else."""
    assert Validity.spellings()["现行有效"] is Validity.IN_FORCE
    assert Validity.spellings()["in-force"] is Validity.IN_FORCE
    assert EmptyPolicy.spellings()["说明"] is EmptyPolicy.EXPLAIN
    assert "In-Force" not in Validity.spellings()
