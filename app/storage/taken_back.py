"""Rights that were taken back: who had a part in it, what went along, and what was overturned."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.appeals import is_overturned
from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.revocations import revocations
from permits.applications import ApplicationId
from permits.authorisations import STANDING, AuthorisationId
from permits.people import PersonId
from permits.revocations import Outcome, RevocationId


def has_revocation(worker: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a right of a worker was taken back, and no recourse overturned it."""
    lost = revocations.alias("lost")
    return exists().where(
        lost.c.worker == worker,
        lost.c.outcome == Outcome.CONFIRMED.value,
        ~is_overturned(func.coalesce(lost.c.follows, lost.c.id)),
    )


def has_lost(session: Session, worker: PersonId) -> bool:
    """Whether a right of this worker was taken back, and no recourse overturned it."""
    return bool(session.scalar(select(has_revocation(literal(worker, PG_UUID())))))


def find_followed(session: Session, revocation: RevocationId) -> ApplicationId:
    """The application of the right by whose revocation others were taken back along with it."""
    return ApplicationId(
        session.execute(
            select(authorisations.c.application)
            .join(revocations, revocations.c.authorisation == authorisations.c.id)
            .where(revocations.c.id == revocation)
        ).scalar_one()
    )


def list_contested(session: Session, authorisation: UUID) -> list[ApplicationId]:
    """The application in which it is contested that a right was taken back along with another."""
    along = revocations.alias("along")
    rows = session.scalars(
        select(authorisations.c.application)
        .join(revocations, revocations.c.authorisation == authorisations.c.id)
        .join(along, along.c.follows == revocations.c.id)
        .where(along.c.authorisation == authorisation)
    )
    return [ApplicationId(one) for one in rows]


def list_lost_along(session: Session, application: ApplicationId) -> list[ApplicationId]:
    """The applications of the rights that were taken back along with that of this one."""
    first, along, later = revocations.alias(), revocations.alias(), authorisations.alias()
    rows = session.scalars(
        select(later.c.application)
        .join(along, along.c.authorisation == later.c.id)
        .join(first, first.c.id == along.c.follows)
        .join(authorisations, authorisations.c.id == first.c.authorisation)
        .where(authorisations.c.application == application)
    )
    return [ApplicationId(one) for one in rows]


def list_later(session: Session, worker: PersonId, after: date) -> list[AuthorisationId]:
    """The rights of a worker that stand and begin after a day, the earliest first."""
    own, standing = authorisations.c, [one.value for one in STANDING]
    rows = session.scalars(
        select(own.id)
        .where(own.worker == worker, own.valid_from > after, own.status.in_(standing))
        .order_by(own.valid_from, own.id)
    )
    return [AuthorisationId(one) for one in rows]


def list_along(session: Session, revocation: UUID) -> list[AuthorisationId]:
    """The rights that were taken back along with another, the earliest first."""
    rows = session.scalars(
        select(authorisations.c.id)
        .join(revocations, revocations.c.authorisation == authorisations.c.id)
        .where(revocations.c.follows == revocation)
        .order_by(authorisations.c.valid_from, authorisations.c.id)
    )
    return [AuthorisationId(one) for one in rows]


def find_takers(session: Session, authorisation: UUID) -> frozenset[PersonId]:
    """Who proposed to take a right back, and who decided on it, whatever came of it."""
    rows = session.execute(
        select(revocations.c.proposed_by, revocations.c.decided_by).where(
            revocations.c.authorisation == authorisation
        )
    )
    return frozenset(PersonId(person) for row in rows for person in row if person is not None)


def is_taker(authorisation: ColumnElement[Any], person: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a person is one of these."""
    return exists().where(
        revocations.c.authorisation == authorisation,
        or_(revocations.c.proposed_by == person, revocations.c.decided_by == person),
    )
