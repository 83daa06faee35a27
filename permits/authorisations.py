"""The right that an approval grants: its validity, apart from the cards that carry it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.applications import ApplicationId
from permits.people import PersonId

AuthorisationId = NewType("AuthorisationId", UUID)


class AuthorisationStatus(StrEnum):
    """Where a right stands on a day; derived, never stored."""

    GRANTED = "granted"
    ACTIVE = "active"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Authorisation:
    """The right to work: first and last day (both included, legal time zone)."""

    id: AuthorisationId
    application: ApplicationId
    worker: PersonId
    programme: str
    round: int
    digest: str
    valid_from: date
    valid_until: date
    granted_at: datetime


def status_on(authorisation: Authorisation, day: date) -> AuthorisationStatus:
    """The status on a day of the legal time zone; the last day still counts as active."""
    if day < authorisation.valid_from:
        return AuthorisationStatus.GRANTED
    if day <= authorisation.valid_until:
        return AuthorisationStatus.ACTIVE
    return AuthorisationStatus.EXPIRED
