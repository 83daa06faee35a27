"""The messages of a case, as who answers for it reads them: which ones, and how far they are."""

from datetime import datetime
from enum import StrEnum

from permits.notices import AFTER, NoticeKind

READ_BESIDE = frozenset(AFTER.values()) | {
    NoticeKind.ANSWER_DUE,
    NoticeKind.APPEAL_FILED,
    NoticeKind.APPEAL_UPHELD,
    NoticeKind.APPOINTMENT_CANCELLED,
    NoticeKind.APPOINTMENT_TAKEN,
    NoticeKind.APPOINTMENT_TOMORROW,
    NoticeKind.ARRIVAL_ASKED,
    NoticeKind.CONTRACT_OFFERED,
    NoticeKind.CONTRACT_WAITS,
    NoticeKind.CREDENTIAL_REPLACED,
    NoticeKind.CREDENTIAL_REVOKED,
    NoticeKind.EMPLOYER_BARRED_PERMIT,
    NoticeKind.EMPLOYER_CHANGED,
    NoticeKind.EMPLOYER_CHANGE_LAPSED,
    NoticeKind.EMPLOYER_CHANGE_REFUSED,
    NoticeKind.FIRST_AGENCY_APPROVED,
    NoticeKind.IDENTITY_CHANGED,
    NoticeKind.IDENTITY_CHANGE_REFUSED,
    NoticeKind.ORIENTATION_CANCELLED,
    NoticeKind.ORIENTATION_INVITED,
    NoticeKind.ORIENTATION_SEAT,
    NoticeKind.PERMIT_READY,
    NoticeKind.REVOCATION_DROPPED,
    NoticeKind.REVOCATION_PROPOSED,
    NoticeKind.RIGHT_ENDED,
    NoticeKind.RIGHT_LAPSED,
    NoticeKind.RIGHT_REINSTATED,
    NoticeKind.RIGHT_REVOKED,
    NoticeKind.RIGHT_SUSPENDED,
    NoticeKind.RIGHT_UNUSED,
    NoticeKind.STAY_ENDING,
}
"""What follows from the case itself, and tells its officials nothing that they may not know.

Left out is whatever lets somebody in (codes, links of a crew, of a draft, of an employer), what is
said of complaints and at work (check-ins, payslips, costs, other farms, claims), and the way home.
A kind that is new stands here once somebody has asked whether it may.
"""


class MessageState(StrEnum):
    """How far a message is; each line of a case is in one."""

    WAITING = "waiting"
    """For its hour, or for its first try."""
    TRIED = "tried"
    """It did not go out, and is tried again."""
    SENT = "sent"
    """Its channel took it; one that reports nothing says no more than that."""
    DELIVERED = "delivered"
    """It came to the phone, as its channel says."""
    UNDELIVERED = "undelivered"
    """It did not come to the phone, as its channel says."""
    GIVEN_UP = "given-up"
    """It did not go out, and nobody tries any more: a person has to tell."""


def state_of(
    *,
    attempts: int,
    done_at: datetime | None,
    failed_at: datetime | None,
    delivered_at: datetime | None,
    undelivered_at: datetime | None = None,
) -> MessageState:
    """How far a message is; what was done in the end was never given up."""
    if delivered_at is not None:
        return MessageState.DELIVERED
    if undelivered_at is not None:
        return MessageState.UNDELIVERED
    if done_at is not None:
        return MessageState.SENT
    if failed_at is not None:
        return MessageState.GIVEN_UP
    return MessageState.TRIED if attempts else MessageState.WAITING
