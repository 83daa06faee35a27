"""The rights that approvals granted. Constraints alone refuse one without both approvals."""

from typing import Any
from uuid import UUID

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
    Table,
    Text,
    insert,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import list_reached
from app.storage.database import Base, Session
from permits.applications import ApplicationId
from permits.approvals import Decision
from permits.audit import AuditEvent
from permits.authorisations import Authorisation, AuthorisationId
from permits.errors import Hidden, NotFound
from permits.people import Agency, PersonId
from permits.reach import EVERYTHING, Reach


def _approval_of(column_prefix: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        [
            "application",
            "round",
            "digest",
            f"{column_prefix}_agency",
            f"{column_prefix}_official",
            f"{column_prefix}_opinion",
        ],
        [
            "decisions.application",
            "decisions.round",
            "decisions.digest",
            "decisions.agency",
            "decisions.official",
            "decisions.opinion",
        ],
        name=f"fk_authorisations_{column_prefix}_approval",
    )


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
    Column("labour_agency", Text, nullable=False, server_default="setrass"),
    Column("labour_official", PG_UUID, nullable=False),
    Column("labour_opinion", Text, nullable=False, server_default="approve"),
    Column("migration_agency", Text, nullable=False, server_default="inm"),
    Column("migration_official", PG_UUID, nullable=False),
    Column("migration_opinion", Text, nullable=False, server_default="approve"),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("granted_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("application_status = 'approved'", name="application_approved"),
    CheckConstraint("labour_agency = 'setrass'", name="labour_agency"),
    CheckConstraint("labour_opinion = 'approve'", name="labour_opinion"),
    CheckConstraint("migration_agency = 'inm'", name="migration_agency"),
    CheckConstraint("migration_opinion = 'approve'", name="migration_opinion"),
    CheckConstraint("labour_official <> migration_official", name="two_officials"),
    CheckConstraint("valid_from <= valid_until", name="validity"),
    ForeignKeyConstraint(
        ["application", "application_status", "round", "digest"],
        ["applications.id", "applications.status", "applications.round", "applications.digest"],
        name="fk_authorisations_approved_application",
    ),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    _approval_of("labour"),
    _approval_of("migration"),
    Index("ix_authorisations_worker", "worker"),
    Index("ix_authorisations_valid_until", "valid_until"),
)


def add_authorisation(
    session: Session,
    authorisation: Authorisation,
    approvals: dict[Agency, Decision],
    *,
    event: AuditEvent,
) -> None:
    """Grant the right; the database checks both approvals once more."""
    session.execute(
        insert(authorisations).values(
            id=authorisation.id,
            application=authorisation.application,
            worker=authorisation.worker,
            programme=authorisation.programme,
            round=authorisation.round,
            digest=authorisation.digest,
            labour_official=approvals[Agency.SETRASS].official,
            migration_official=approvals[Agency.INM].official,
            valid_from=authorisation.valid_from,
            valid_until=authorisation.valid_until,
            granted_at=authorisation.granted_at,
        )
    )
    audit.append(session, event)


def get_authorisation(session: Session, authorisation: UUID, *, reach: Reach) -> Authorisation:
    """Read one right; NotFound where there is none within reach."""
    here = authorisations.c.id == authorisation
    row = session.execute(select(authorisations).where(here, is_reached(reach))).one_or_none()
    if row is not None:
        return _authorisation(row)
    known = session.execute(select(authorisations.c.id).where(here)).first() is not None
    raise (Hidden if known else NotFound)("no-such-authorisation")


def is_reached(reach: Reach) -> ColumnElement[bool]:
    """Whether the application that a right came from lies within reach."""
    if reach == EVERYTHING:
        return true()
    return authorisations.c.application.in_(list_reached(reach))


def find_of_application(session: Session, application: ApplicationId) -> Authorisation | None:
    """The right that an application led to, if it did."""
    row = session.execute(
        select(authorisations).where(authorisations.c.application == application)
    ).one_or_none()
    return _authorisation(row) if row else None


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
    )
