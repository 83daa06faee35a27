"""The rights that approvals granted. Constraints alone refuse one that lacks an approval."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from psycopg.errors import CheckViolation
from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.exc import IntegrityError

from app.storage import audit
from app.storage.applications import list_reached
from app.storage.columns import OPERATIONAL, PERSONAL
from app.storage.database import Base, Session
from app.storage.reaching import Shape, shape_of, told_by
from app.storage.right_approvals import get_columns, resting
from app.storage.statements import given, later
from permits.applications import ApplicationId
from permits.approvals import Decision
from permits.audit import AuditEvent
from permits.authorisations import Authorisation, AuthorisationId, AuthorisationStatus, RightEnding
from permits.errors import Fault, Hidden, Invalid, NotFound, Stale
from permits.people import PersonId
from permits.reach import Reach, Whose

authorisations = Table(
    "authorisations",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("application", PG_UUID, nullable=False, unique=True),
    Column("worker", PG_UUID, nullable=False),
    Column("programme", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("application_status", Text, nullable=False, server_default="approved"),
    # The agencies that were asked, and how many: so many approvals it stands on.
    Column("agency_set", Integer, nullable=False, info=OPERATIONAL),
    Column("approvals", Integer, nullable=False, info=OPERATIONAL),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("granted_at", DateTime(timezone=True), nullable=False),
    # What acts made of it; its days make the rest (permits/authorisations.py).
    Column("status", Text, nullable=False, server_default="granted"),
    Column("version", Integer, nullable=False, server_default="1"),
    # A suspended right names the suspension that runs, a revoked one the revocation that two
    # people made: without these rows there is no such status.
    Column("suspension", PG_UUID),
    Column("suspended_until", Date),
    Column("suspension_ending", Text),
    Column("revocation", PG_UUID),
    Column("revocation_outcome", Text),
    # When it ended with nobody's taking it back, and whether by its worker or by time.
    Column("ended_at", DateTime(timezone=True), info=PERSONAL),
    Column("ending", Text, info=PERSONAL),
    CheckConstraint("status IN ('granted', 'suspended', 'revoked', 'ended')", name="status"),
    CheckConstraint(
        "(status = 'ended') = (ended_at IS NOT NULL) AND (ended_at IS NULL) = (ending IS NULL)",
        name="ended_together",
    ),
    CheckConstraint("ending IN ('worker', 'unused')", name="ending"),
    CheckConstraint(
        "(status = 'suspended') = (suspension IS NOT NULL)"
        " AND (suspension IS NULL) = (suspended_until IS NULL)"
        " AND (suspension IS NULL) = (suspension_ending IS NULL)"
        " AND (suspension_ending IS NULL OR suspension_ending = 'open')",
        name="suspended_together",
    ),
    CheckConstraint(
        "(status = 'revoked') = (revocation IS NOT NULL)"
        " AND (revocation IS NULL) = (revocation_outcome IS NULL)"
        " AND (revocation_outcome IS NULL OR revocation_outcome = 'confirmed')",
        name="revoked_together",
    ),
    ForeignKeyConstraint(
        ["suspension", "id", "suspended_until", "suspension_ending"],
        ["suspensions.id", "suspensions.authorisation", "suspensions.until", "suspensions.ending"],
        name="fk_authorisations_running_suspension",
        use_alter=True,
    ),
    ForeignKeyConstraint(
        ["revocation", "id", "revocation_outcome"],
        ["revocations.id", "revocations.authorisation", "revocations.outcome"],
        name="fk_authorisations_confirmed_revocation",
        use_alter=True,
    ),
    # What the carriers and the records about a right refer to.
    UniqueConstraint("id", "status"),
    UniqueConstraint("id", "worker"),
    UniqueConstraint("id", "application"),
    UniqueConstraint("id", "agency_set"),
    CheckConstraint("application_status = 'approved'", name="application_approved"),
    CheckConstraint("valid_from <= valid_until", name="validity"),
    ForeignKeyConstraint(
        ["application", "application_status", "round", "digest"],
        ["applications.id", "applications.status", "applications.round", "applications.digest"],
        name="fk_authorisations_approved_application",
    ),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    ForeignKeyConstraint(
        ["application", "round", "agency_set"],
        [f"application_rounds.{name}" for name in ("application", "round", "agency_set")],
        name="fk_authorisations_set_of_round",
    ),
    ForeignKeyConstraint(
        ["programme", "agency_set", "approvals"],
        ["agency_sets.programme", "agency_sets.id", "agency_sets.size"],
        name="fk_authorisations_agency_set",
    ),
    # The last of its approvals; each of them stands on the one before.
    ForeignKeyConstraint(
        ["id", "approvals"],
        ["right_approvals.authorisation", "right_approvals.place"],
        name="fk_authorisations_last_approval",
        deferrable=True,
        initially="DEFERRED",
        use_alter=True,
    ),
    UniqueConstraint("id", "application", "round", "digest", "agency_set"),
    Index("ix_authorisations_worker", "worker"),
    Index("ix_authorisations_valid_until", "valid_until", "id"),
)


_GRANTED = (
    *("id", "application", "worker", "programme", "round", "digest"),
    *("valid_from", "valid_until", "granted_at"),
)
"""The columns that a right is granted with, but those of who was asked."""


def add_authorisation(
    session: Session,
    authorisation: Authorisation,
    approvals: Sequence[Decision],
    agency_set: int,
    *,
    event: AuditEvent,
) -> None:
    """Grant the right; the database checks once more that every agency of the set approved.

    `approvals` are in the order of the set. A missing one is found at the commit. Invalid
    ("right-stands") where another case of the worker was granted in the same instant.
    """
    told = given(get_granted(authorisation, approvals, agency_set))
    told |= get_columns(authorisation, agency_set, approvals)
    try:
        session.execute(_granting(), told | audit.told_by(event))
    except IntegrityError as error:
        if not isinstance(error.orig, CheckViolation) or (
            error.orig.diag.constraint_name != "one_right_at_a_time"
        ):
            raise
        raise Invalid([Fault("right-stands", "opinion")]) from error


def get_granted(
    authorisation: Authorisation, approvals: Sequence[Decision], agency_set: int
) -> dict[str, Any]:
    """The columns that a right is granted with."""
    row = {name: getattr(authorisation, name) for name in _GRANTED}
    return {**row, "agency_set": agency_set, "approvals": len(approvals)}


@cache
def _granting() -> Select[Any]:
    values = later(authorisations, (*_GRANTED, "agency_set", "approvals"))
    granting = insert(authorisations).values(values).returning(authorisations.c.id)
    return audit.telling(granting, None, [resting()])


def get_authorisation(session: Session, authorisation: UUID, *, reach: Reach) -> Authorisation:
    """Read one right; NotFound where there is none within reach."""
    return _read(session, authorisation, reach)


def lock_authorisation(session: Session, authorisation: UUID, *, reach: Reach) -> Authorisation:
    """Read one right and hold its row until the transaction ends."""
    return _read(session, authorisation, reach, hold=True)


def save_right(
    session: Session, before: Authorisation, values: Mapping[str, object], *, event: AuditEvent
) -> Authorisation:
    """Write what an act made of a right over the version that was read; Stale where it changed.

    `values` may be empty: something about it changed that its row does not hold.
    """
    row = session.execute(
        update(authorisations)
        .where(authorisations.c.id == before.id, authorisations.c.version == before.version)
        .values(version=before.version + 1, **values)
        .returning(*authorisations.c)
    ).one_or_none()
    if row is None:
        raise Stale("changed-meanwhile")
    audit.append(session, event)
    return _authorisation(row)


NOT_SUSPENDED: Mapping[str, object] = {
    "suspension": None,
    "suspended_until": None,
    "suspension_ending": None,
}
"""The columns of a right that no suspension holds."""


def list_overdue(session: Session, day: date, limit: int) -> list[AuthorisationId]:
    """Rights whose suspension is over by this day and that nobody else holds; they are held."""
    rows = session.execute(
        select(authorisations.c.id)
        .where(authorisations.c.suspended_until < day)
        .order_by(authorisations.c.suspended_until, authorisations.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [AuthorisationId(row.id) for row in rows]


def is_reached(reach: Reach | Shape) -> ColumnElement[bool]:
    """Whether the application that a right came from lies within reach."""
    if reach.whose is Whose.EVERYTHING:
        return true()
    return authorisations.c.application.in_(list_reached(reach))


def find_of_application(session: Session, application: ApplicationId) -> Authorisation | None:
    """The right that an application led to, if it did."""
    row = session.execute(_of_application(), {"of_application": application}).one_or_none()
    return _authorisation(row) if row else None


@cache
def _of_application() -> Select[Any]:
    here = authorisations.c.application == bindparam("of_application")
    return select(authorisations).where(here)


def _read(
    session: Session, authorisation: UUID, reach: Reach, *, hold: bool = False
) -> Authorisation:
    reading = _reading(shape_of(reach), hold=hold)
    row = session.execute(reading, {"id_read": authorisation, **told_by(reach)}).one_or_none()
    if row is not None:
        return _authorisation(row)
    here = authorisations.c.id == authorisation
    known = session.execute(select(authorisations.c.id).where(here)).first() is not None
    raise (Hidden if known else NotFound)("no-such-authorisation")


@cache
def _reading(reach: Shape, *, hold: bool) -> Select[Any]:
    here = authorisations.c.id == bindparam("id_read")
    query = select(authorisations).where(here, is_reached(reach))
    return query.with_for_update() if hold else query


def _authorisation(row: Row[Any]) -> Authorisation:
    return Authorisation(
        AuthorisationId(row.id),
        ApplicationId(row.application),
        PersonId(row.worker),
        row.programme,
        row.round,
        row.digest,
        row.valid_from,
        row.valid_until,
        row.granted_at,
        AuthorisationStatus(row.status),
        row.suspended_until,
        row.version,
        RightEnding(row.ending) if row.ending else None,
        row.ended_at,
    )
