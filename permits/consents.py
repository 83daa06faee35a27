"""Consent to the use of one's data: to which text, until when, and whether it was taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from permits.applications import ApplicationId
from permits.deadlines import end_of
from permits.people import PersonId
from permits.retention_terms import CONSENT_HOLDS


class ConsentPurpose(StrEnum):
    """What somebody agreed to; one text a purpose."""

    APPLICATION = "application"
    """That the agencies use the data of this application to decide and to issue the permit."""


class ConsentWay(StrEnum):
    """How somebody showed that they agree."""

    OWN = "own"
    """In their own session, by handing in."""
    CODE = "code"
    """By telling the code that went to their own phone, to who fills the form in for them."""
    WITNESSED = "witnessed"
    """By their mark, before somebody who answers for it by name."""


@dataclass(frozen=True)
class Consent:
    """Given by handing the application in. `text_version` names the words that were accepted.

    `witness` saw the mark of who agreed by one; nobody else is named.
    """

    id: UUID
    worker: PersonId
    application: ApplicationId
    purpose: ConsentPurpose
    text_version: str
    given_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None = None
    way: ConsentWay = ConsentWay.OWN
    witness: PersonId | None = None

    def stands_at(self, now: datetime) -> bool:
        """Whether it counts: neither over nor taken back."""
        return self.withdrawn_at is None and now < self.expires_at


def expiry(given_at: datetime, work_ends_on: date | None) -> datetime:
    """When a consent ends: five years after the work that was asked for, as the text promises."""
    return CONSENT_HOLDS.after(end_of(work_ends_on) if work_ends_on else given_at)
