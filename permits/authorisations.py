"""The right that an approval grants: its life, apart from the cards that carry it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.applications import ApplicationId
from permits.errors import Conflict
from permits.people import PersonId

AuthorisationId = NewType("AuthorisationId", UUID)


class AuthorisationStatus(StrEnum):
    """Where a right stands on a day; the days alone make `active` and
    `expired`, the others are stored. `ended`: as `RightEnding` tells."""

    GRANTED = "granted"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ENDED = "ended"
    EXPIRED = "expired"


class RightEnding(StrEnum):
    """How a right ended before its last day without anybody's taking it back."""

    WORKER = "worker"
    """Its worker ended it, and nobody asked why."""
    UNUSED = "unused"
    """Nobody took it up within the programme's days (`permits.unused_rights`)."""


class AuthorisationAction(StrEnum):
    """What can happen to a right; its days alone begin it, expire it and end a suspension."""

    BEGIN = "begin"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    RESUME = "resume"
    REVOKE = "revoke"
    END = "end"
    LAPSE = "lapse"
    EXPIRE = "expire"


S, A = AuthorisationStatus, AuthorisationAction
MOVES: Mapping[tuple[AuthorisationStatus, AuthorisationAction], AuthorisationStatus] = {
    (S.GRANTED, A.BEGIN): S.ACTIVE,
    (S.GRANTED, A.SUSPEND): S.SUSPENDED,
    (S.GRANTED, A.REVOKE): S.REVOKED,
    (S.GRANTED, A.END): S.ENDED,
    (S.ACTIVE, A.END): S.ENDED,
    (S.ACTIVE, A.LAPSE): S.ENDED,
    (S.ACTIVE, A.SUSPEND): S.SUSPENDED,
    (S.ACTIVE, A.REVOKE): S.REVOKED,
    (S.ACTIVE, A.EXPIRE): S.EXPIRED,
    (S.SUSPENDED, A.REINSTATE): S.GRANTED,
    (S.SUSPENDED, A.RESUME): S.GRANTED,
    (S.SUSPENDED, A.REVOKE): S.REVOKED,
    (S.SUSPENDED, A.EXPIRE): S.EXPIRED,
}
"""A suspended right is granted again, and at once active where its first day has come."""

STANDING = frozenset({S.GRANTED, S.ACTIVE, S.SUSPENDED})
"""The right is still there: a lost card is replaced."""

OVER = frozenset({S.REVOKED, S.ENDED})
"""Somebody ended the right before its days did, and it does not come back."""


@dataclass(frozen=True)
class Authorisation:
    """The right to work: first and last day (both included, legal time zone).

    `stored` is what acts made of it, and `suspended_until` the last day of a suspension, None
    otherwise; `status_on` tells what its days add. `version` grows by one with every act.
    `ending` and `ended_at` tell how and when it ended, None for every other status.
    """

    id: AuthorisationId
    application: ApplicationId
    worker: PersonId
    programme: str
    round: int
    digest: str
    valid_from: date
    valid_until: date
    granted_at: datetime
    stored: AuthorisationStatus = AuthorisationStatus.GRANTED
    suspended_until: date | None = None
    version: int = 1
    ending: RightEnding | None = None
    ended_at: datetime | None = None

    def is_suspension_over(self, day: date) -> bool:
        """Whether its days have ended a suspension that is still stored."""
        return self.suspended_until is not None and day > self.suspended_until


def status_on(authorisation: Authorisation, day: date) -> AuthorisationStatus:
    """The status on a day of the legal time zone; the last day still counts as active.

    A right that was revoked or ended stays so after its last day. A suspension is over after its
    last day, whether or not somebody has written that down yet.
    """
    if authorisation.stored in OVER:
        return authorisation.stored
    if day > authorisation.valid_until:
        return AuthorisationStatus.EXPIRED
    suspended = authorisation.stored is AuthorisationStatus.SUSPENDED
    if suspended and not authorisation.is_suspension_over(day):
        return AuthorisationStatus.SUSPENDED
    begun = day >= authorisation.valid_from
    return AuthorisationStatus.ACTIVE if begun else AuthorisationStatus.GRANTED


def move_authorisation(
    status: AuthorisationStatus, action: AuthorisationAction
) -> AuthorisationStatus:
    """Return the status after `action`; Conflict("no-such-right-move") where there is none."""
    try:
        return MOVES[status, action]
    except KeyError:
        raise Conflict("no-such-right-move", status=status.value, action=action.value) from None
