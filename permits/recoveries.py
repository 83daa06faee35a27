"""Recovery at an office: who lost phone and resume code comes with the document in hand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.errors import Conflict, Fault, Forbidden, refuse_if
from permits.identity_documents import IdentityKind
from permits.people import Actor, PersonId

RecoveryId = NewType("RecoveryId", UUID)

OPEN_FOR = timedelta(hours=2)
"""How long the person stays at the office: after that it is begun anew."""

OBJECTION = timedelta(hours=24)
"""How long the phone of before may say that it was not its holder."""


class RecoveryStatus(StrEnum):
    """Begun, waiting once the new phone is proved, then decided; an objection undoes it."""

    BEGUN = "begun"
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    OBJECTED = "objected"
    DROPPED = "dropped"


class Compared(StrEnum):
    """What the facilitator compared with the document in hand."""

    PHOTO = "photo"
    NAMES = "names"
    NUMBER = "number"


class RecoveryRefusal(StrEnum):
    """Why a supervisor refuses."""

    NOT_THE_PERSON = "not-the-person"
    DOCUMENT_DOUBTFUL = "document-doubtful"
    COULD_NOT_COMPARE = "could-not-compare"


@dataclass(frozen=True)
class Recovery:
    """One request: whose, by whom, what was compared, which phone follows which (E.164)."""

    id: RecoveryId
    worker: PersonId
    application: UUID
    document_kind: IdentityKind
    asked_by: PersonId
    asked_at: datetime
    status: RecoveryStatus
    old_phone: str
    new_phone: str | None = None
    compared: frozenset[Compared] = frozenset()
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    code_shown_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether nobody decided in time."""
        undecided = self.status in {RecoveryStatus.BEGUN, RecoveryStatus.WAITING}
        return undecided and now >= self.asked_at + OPEN_FOR


def check_asked(recovery: Recovery, compared: Collection[Compared], now: datetime) -> None:
    """What a facilitator must have done; Invalid or Conflict where it is not so."""
    check_open(recovery, RecoveryStatus.BEGUN, now)
    missing = set(Compared) - set(compared)
    refuse_if([Fault("compare-everything", "compared")] if missing else [])


def check_open(recovery: Recovery, status: RecoveryStatus, now: datetime) -> None:
    """Conflict where it is in another status, or nobody decided in time."""
    if recovery.is_over(now):
        raise Conflict("recovery-is-over")
    if recovery.status is not status:
        raise Conflict("recovery-moved-on", status=recovery.status.value)


def check_decide(actor: Actor, recovery: Recovery, now: datetime) -> None:
    """Another person than who asked decides, and never about themselves."""
    if actor.person in {recovery.asked_by, recovery.worker}:
        raise Forbidden("own-recovery")
    check_open(recovery, RecoveryStatus.WAITING, now)


def check_show_code(actor: Actor, recovery: Recovery, now: datetime) -> None:
    """Who asked may show the new code once, while the person is there."""
    if actor.person != recovery.asked_by:
        raise Forbidden("not-permitted")
    if recovery.status is not RecoveryStatus.APPROVED or recovery.code_shown_at is not None:
        raise Conflict("recovery-moved-on", status=recovery.status.value)
    if recovery.decided_at is None or now >= recovery.decided_at + OPEN_FOR:
        raise Conflict("recovery-is-over")


def may_object(recovery: Recovery, now: datetime) -> bool:
    """Whether the phone of before may still undo it."""
    decided = recovery.status is RecoveryStatus.APPROVED and recovery.decided_at is not None
    return decided and now < (recovery.decided_at or now) + OBJECTION
