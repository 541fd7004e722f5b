from __future__ import annotations

from datetime import date

import pytest

from build_site.model.content import Body, ParsedDoc
from build_site.model.notice import Notice
from build_site.model.site import Document, Standing
from build_site.model.text import Location
from build_site.model.words import Validity
from build_site.rendering.shared_view import validity_of

TODAY = date(2020, 12, 1)
YESTERDAY, TOMORROW = date(2020, 11, 30), date(2020, 12, 2)


@pytest.mark.parametrize(
    ("notice", "key"),
    [
        (Notice("一"), ""),
        (Notice("一", validity=Validity.IN_FORCE), "in-force"),
        (Notice("一", repealed=TODAY), "repealed"),
        (Notice("一", repealed=TOMORROW), ""),
        (Notice("一", repealed=TOMORROW, validity=Validity.IN_FORCE), "in-force"),
        (Notice("一", expires=TODAY), ""),
        (Notice("一", expires=YESTERDAY), "expired"),
        (Notice("一", expires=YESTERDAY, validity=Validity.IN_FORCE), "expired"),
        (Notice("一", expires=YESTERDAY, repealed=YESTERDAY), "repealed"),
        (Notice("一", effective=TOMORROW, validity=Validity.IN_FORCE), "not-yet"),
        (Notice("一", effective=TODAY, validity=Validity.IN_FORCE), "in-force"),
        (Notice("一", effective=TOMORROW, validity=Validity.REPEALED), "repealed"),
        (Notice("一", validity=Validity.PARTLY), "partly-in-force"),
        (Notice("一", validity=Validity.AMENDED, expires=YESTERDAY), "amended"),
    ],
)
def test_validity_follows_the_day(notice: Notice, key: str) -> None:
    """Repeal and expiry by date outweigh the word written; the last day of validity still counts."""
    doc = ParsedDoc("content/zd/a.md", notice, Body(), Location("content/zd/a.md"))
    word, found = validity_of(Document(doc, notice, "wj/1.html", ("zd",), Standing.PUBLISHED), TODAY)
    assert found == key
    assert bool(word) is bool(key)
