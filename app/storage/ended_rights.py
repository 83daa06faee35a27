"""Rights that are over and were not asked about yet: expired, or ended by their workers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.return_surveys import return_surveys
from permits.applications import ApplicationId
from permits.deadlines import start_of
from permits.people import PersonId


@dataclass(frozen=True)
class EndedRight:
    """A right that is over and was not asked about yet."""

    id: UUID
    application: ApplicationId
    worker: PersonId


def list_unasked(session: Session, since: date, day: date, limit: int) -> list[EndedRight]:
    """Rights that ended from `since` on and before `day`, and that nobody else holds; held here.

    None that goes on by a renewal, whose file was erased, or that was taken back.
    """
    goes_on = applications.alias("goes_on")
    ended_on = authorisations.c.ended_at
    ended = and_(ended_on >= start_of(since), ended_on < start_of(day))
    expired = and_(authorisations.c.valid_until >= since, authorisations.c.valid_until < day)
    stands = authorisations.c.status.in_(["granted", "suspended"])
    rows = session.execute(
        select(authorisations.c.id, authorisations.c.application, authorisations.c.worker)
        .join(applications, applications.c.id == authorisations.c.application)
        .where(
            or_(ended, and_(stands, expired)),
            applications.c.erased_at.is_(None),
            ~exists().where(return_surveys.c.authorisation == authorisations.c.id),
            ~exists().where(
                goes_on.c.renews == authorisations.c.id,
                goes_on.c.status.in_(["under-review", "asked", "returned", "approved"]),
            ),
        )
        .order_by(authorisations.c.valid_until, authorisations.c.id)
        .limit(limit)
        .with_for_update(of=authorisations, skip_locked=True)
    )
    return [
        EndedRight(row.id, ApplicationId(row.application), PersonId(row.worker)) for row in rows
    ]
