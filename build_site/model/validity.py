"""What holds of a document on a day: its validity, the state of its consultation.

Owns the computing of states from dates. Must not know how a state is shown.
"""

from __future__ import annotations

from datetime import date
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

    Dates weigh more than the word that was written once: a document past its last day has expired whatever it says.
    """
    if notice.repealed and notice.repealed <= as_of:
        return Validity.REPEALED
    if notice.validity in (Validity.REPEALED, Validity.EXPIRED):
        return notice.validity
    if notice.validity is Validity.AMENDED or (notice.amended and notice.amended <= as_of):
        return Validity.AMENDED
    if notice.expires and notice.expires < as_of:
        return Validity.EXPIRED
    if notice.effective and notice.effective > as_of:
        return Validity.NOT_YET
    if notice.validity is None or notice.validity is Validity.NOT_YET:
        return Validity.IN_FORCE if notice.effective or notice.expires else None
    return notice.validity


def consultation_on(consultation: Consultation, as_of: date) -> ConsultationState:
    """Return the state of a consultation on the day `as_of`; its last day belongs to it to the end."""
    if consultation.answered and consultation.answered <= as_of and consultation.ends < as_of:
        return ConsultationState.DONE
    if as_of < consultation.starts:
        return ConsultationState.SOON
    return ConsultationState.OPEN if as_of <= consultation.ends else ConsultationState.STUDY
