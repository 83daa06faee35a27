"""Proposals to take a right back that wait for a second official."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.storage.applications import applications, list_reached
from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.revocations import revocations
from app.storage.searched import EVERY, Search, of_cases
from permits.authorisations import AuthorisationId
from permits.people import Agency, PersonId
from permits.reach import Reach
from permits.revocations import Outcome


@dataclass(frozen=True)
class Waiting:
    """A proposal as a list shows it: its case, by whom and when."""

    application: UUID
    receipt: str
    programme: str
    proposed_by: PersonId
    proposed_at: datetime


def list_waiting(
    session: Session, agency: Agency, *, reach: Reach, limit: int, search: Search = EVERY
) -> list[Waiting]:
    """What waits for an agency within reach, the oldest first."""
    own = revocations.c
    rows = session.execute(
        select(
            authorisations.c.application,
            applications.c.receipt,
            applications.c.programme,
            own.proposed_by,
            own.proposed_at,
        )
        .join(authorisations, authorisations.c.id == own.authorisation)
        .join(applications, applications.c.id == authorisations.c.application)
        .where(
            own.outcome == Outcome.PROPOSED.value,
            own.agency == agency.value,
            authorisations.c.application.in_(list_reached(reach)),
            *of_cases(applications.c, search),
        )
        .order_by(own.proposed_at, own.id)
        .limit(limit)
    )
    return [
        Waiting(r.application, r.receipt or "", r.programme, PersonId(r.proposed_by), r.proposed_at)
        for r in rows
    ]


def list_forgotten(session: Session, before: datetime, limit: int) -> list[AuthorisationId]:
    """The rights about which a proposal waits that was made before an instant, the oldest first."""
    rows = session.scalars(
        select(revocations.c.authorisation)
        .where(revocations.c.outcome == Outcome.PROPOSED.value, revocations.c.proposed_at < before)
        .order_by(revocations.c.proposed_at, revocations.c.id)
        .limit(limit)
    )
    return [AuthorisationId(one) for one in rows]
