from __future__ import annotations

from datetime import date

import pytest

from build_site.model.details import Consultation
from build_site.model.notice import Notice
from build_site.model.validity import ConsultationState, consultation_on, validity_on
from build_site.model.words import Validity

TODAY = date(2020, 12, 1)
YESTERDAY, TOMORROW = date(2020, 11, 30), date(2020, 12, 2)
RUNNING = Consultation(YESTERDAY, TOMORROW)


@pytest.mark.parametrize(
    ("notice", "validity"),
    [
        (Notice("一"), None),
        (Notice("一", validity=Validity.IN_FORCE), Validity.IN_FORCE),
        (Notice("一", repealed=TODAY), Validity.REPEALED),
        (Notice("一", repealed=TOMORROW), None),
        (Notice("一", repealed=TOMORROW, validity=Validity.IN_FORCE), Validity.IN_FORCE),
        (Notice("一", expires=TODAY), Validity.IN_FORCE),
        (Notice("一", expires=YESTERDAY), Validity.EXPIRED),
        (Notice("一", expires=YESTERDAY, validity=Validity.IN_FORCE), Validity.EXPIRED),
        (Notice("一", expires=YESTERDAY, validity=Validity.TRIAL), Validity.EXPIRED),
        (Notice("一", expires=TOMORROW, validity=Validity.TRIAL), Validity.TRIAL),
        (Notice("一", expires=YESTERDAY, repealed=YESTERDAY), Validity.REPEALED),
        (Notice("一", effective=TOMORROW), Validity.NOT_YET),
        (Notice("一", effective=TODAY), Validity.IN_FORCE),
        (Notice("一", effective=TODAY, validity=Validity.NOT_YET), Validity.IN_FORCE),
        (Notice("一", effective=TOMORROW, validity=Validity.IN_FORCE), Validity.NOT_YET),
        (Notice("一", effective=TODAY, validity=Validity.IN_FORCE), Validity.IN_FORCE),
        (Notice("一", effective=TOMORROW, validity=Validity.REPEALED), Validity.REPEALED),
        (Notice("一", validity=Validity.PARTLY), Validity.PARTLY),
        (Notice("一", validity=Validity.AMENDED, expires=YESTERDAY), Validity.AMENDED),
        (Notice("一", amended=TODAY, validity=Validity.IN_FORCE), Validity.AMENDED),
        (Notice("一", amended=TOMORROW, validity=Validity.IN_FORCE), Validity.IN_FORCE),
        (Notice("一", amended=YESTERDAY, repealed=TODAY), Validity.REPEALED),
        (Notice("一", validity=Validity.REPEALED, repealed=TOMORROW), Validity.IN_FORCE),
        (Notice("一", validity=Validity.EXPIRED, expires=TODAY), Validity.IN_FORCE),
        (Notice("一", validity=Validity.EXPIRED), Validity.EXPIRED),
        (Notice("一", validity=Validity.CONSULTATION), Validity.CONSULTATION),
        (Notice("一", validity=Validity.CONSULTATION, consultation=RUNNING), None),
        (Notice("一", validity=Validity.CONSULTATION, consultation=RUNNING, repealed=TODAY), Validity.REPEALED),
        (Notice("一", validity=Validity.TRIAL, consultation=RUNNING), Validity.TRIAL),
    ],
)
def test_validity_follows_the_day(notice: Notice, validity: Validity | None) -> None:
    """Repeal, amendment and expiry by date outweigh the word written; the last day of validity still counts. A
    consultation has a state by its dates, and no validity that could contradict it.
    """
    assert validity_on(notice, TODAY) is validity


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2020, 10, 31), ConsultationState.SOON),
        (date(2020, 11, 1), ConsultationState.OPEN),
        (date(2020, 11, 30), ConsultationState.OPEN),
        (date(2020, 12, 1), ConsultationState.STUDY),
        (date(2020, 12, 19), ConsultationState.STUDY),
        (date(2020, 12, 20), ConsultationState.DONE),
    ],
)
def test_a_consultation_changes_state_by_its_dates(day: date, state: ConsultationState) -> None:
    """Its first and last day belong to it; it is answered from the day of the answer on."""
    told = Consultation(date(2020, 11, 1), date(2020, 11, 30), answered=date(2020, 12, 20))
    assert consultation_on(told, day) is state


def test_an_answer_written_too_early_does_not_end_a_consultation() -> None:
    """People may still write until the last day is over, whatever the day of the answer."""
    told = Consultation(date(2020, 11, 1), date(2020, 11, 30), answered=date(2020, 11, 15))
    assert consultation_on(told, date(2020, 11, 30)) is ConsultationState.OPEN
    assert consultation_on(told, date(2020, 12, 1)) is ConsultationState.DONE
