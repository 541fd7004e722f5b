"""What holds of a document on a day: its validity, the state of its consultation.

Owns the computing of states from dates. Must not know how a state is shown.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from build_site.model.details import Consultation
from build_site.model.notice import Notice
from build_site.model.words import Validity


class ConsultationState(Enum):
    """Where a consultation stands on a day: English key and Chinese word."""

    SOON = ("soon", "未开始")
    OPEN = ("open", "进行中")
    STUDY = ("study", "研究中")
    DONE = ("done", "已反馈")

    @property
    def key(self) -> str:
        """The English key, used in style classes."""
        return self.value[0]

    @property
    def zh(self) -> str:
        """The word that people read."""
        return self.value[1]


def validity_on(notice: Notice, as_of: date) -> Validity | None:
    """Return the validity of a document on the day `as_of`, None where nothing is stated or follows from its dates.

    Dates weigh more than the word that was written once: a document past its last day has expired whatever it says,
    and one whose repeal is yet to come is not repealed. 征求意见 only says what kind of text it is; of one with the
    dates of a consultation its state says more, and it has no validity besides.
    """
    word = notice.validity
    ends = {Validity.REPEALED: notice.repealed, Validity.AMENDED: notice.amended, Validity.EXPIRED: notice.expires}
    for end, day in ends.items():
        reached = day is not None and (day < as_of or (day == as_of and end is not Validity.EXPIRED))
        if reached or (word is end and day is None):
            return end
    if notice.effective and notice.effective > as_of:
        return Validity.NOT_YET
    if word is None or word is Validity.NOT_YET or word in ends:
        return Validity.IN_FORCE if word in ends or notice.effective or notice.expires else None
    return None if word is Validity.CONSULTATION and notice.consultation else word


def ended_on(notice: Notice, validity: Validity | None) -> date | None:
    """Return the first day on which a document that is `validity` no longer held as it was, None where it is unknown."""
    if validity is Validity.EXPIRED:
        return notice.expires + timedelta(days=1) if notice.expires else None
    return {Validity.REPEALED: notice.repealed, Validity.AMENDED: notice.amended}.get(validity) if validity else None


def consultation_on(consultation: Consultation, as_of: date) -> ConsultationState:
    """Return the state of a consultation on the day `as_of`; its last day belongs to it to the end."""
    if consultation.answered and consultation.answered <= as_of and consultation.ends < as_of:
        return ConsultationState.DONE
    if as_of < consultation.starts:
        return ConsultationState.SOON
    return ConsultationState.OPEN if as_of <= consultation.ends else ConsultationState.STUDY
