"""Rights that are over: those that nobody was asked about yet, and the one before another."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.credential_tables import credentials
from app.storage.database import Session
from app.storage.return_surveys import return_surveys
from permits.applications import ApplicationId
from permits.authorisations import AuthorisationId
from permits.deadlines import start_of
from permits.people import PersonId


@dataclass(frozen=True)
class EndedRight:
    """A right that is over and was not asked about yet."""

    id: UUID
    application: ApplicationId
    worker: PersonId


@dataclass(frozen=True)
class RightBefore:
    """The right of the season before; `first_day` is of its own days."""

    id: AuthorisationId
    worker: PersonId
    programme: str
    first_day: date
    last_day: date


_BEFORE = (
    authorisations.c.id,
    authorisations.c.worker,
    applications.c.programme,
    authorisations.c.valid_from,
    authorisations.c.valid_until,
)


def find_before(session: Session, number: str) -> RightBefore | None:
    """The last right before that of a permit: of the same document, under the same programme.

    One that nobody took up was no season.

    By the document and not by the account: a household may share one.
    """
    own = (
        select(applications.c.document_index, applications.c.programme, authorisations.c.valid_from)
        .join(authorisations, authorisations.c.application == applications.c.id)
        .join(credentials, credentials.c.authorisation == authorisations.c.id)
        .where(credentials.c.number == number)
        .subquery()
    )
    row = session.execute(
        select(*_BEFORE)
        .join(applications, applications.c.id == authorisations.c.application)
        .join(
            own,
            and_(
                own.c.document_index == applications.c.document_index,
                own.c.programme == applications.c.programme,
                authorisations.c.valid_until < own.c.valid_from,
                authorisations.c.ending.is_distinct_from("unused"),
            ),
        )
        .order_by(authorisations.c.valid_until.desc(), authorisations.c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else RightBefore(*row)


def list_unasked(session: Session, since: date, day: date, limit: int) -> list[EndedRight]:
    """Rights that ended from `since` on and before `day`, and that nobody else holds; held here.

    None that goes on by a renewal, whose file was erased, that was taken back or never taken up.
    """
    goes_on = applications.alias("goes_on")
    ended_on = authorisations.c.ended_at
    ended = and_(
        ended_on >= start_of(since), ended_on < start_of(day), authorisations.c.ending == "worker"
    )
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
