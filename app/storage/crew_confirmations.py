"""Which findings of a case of a crew list an official has seen and confirmed, round by round."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKeyConstraint, Integer, Table, Text, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.statements import put
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.crews import Confirmation
from permits.people import PersonId

crew_confirmations = Table(
    "crew_confirmations",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("round", Integer, primary_key=True, info=OPERATIONAL),
    Column("official", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("digest", Text, nullable=False, info=PSEUDONYMOUS),
    Column("findings", Text, nullable=False, info=PSEUDONYMOUS),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("confirmed_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    # Nobody confirms what was not handed in.
    ForeignKeyConstraint(
        ["application", "round"],
        ["application_rounds.application", "application_rounds.round"],
    ),
)


def confirm_findings(session: Session, confirmed: Confirmation, *, event: AuditEvent) -> None:
    """An official has seen the findings; what they confirmed of the same round before is over."""
    values = {
        "digest": confirmed.digest,
        "findings": confirmed.findings,
        "version": confirmed.version,
        "confirmed_at": confirmed.confirmed_at,
    }
    key = {
        "application": confirmed.application,
        "round": confirmed.round,
        "official": confirmed.official,
    }
    put(session, crew_confirmations, key, values)
    audit.append(session, event)


def list_confirmations(
    session: Session, official: PersonId, applications_: Collection[UUID]
) -> list[Confirmation]:
    """What an official confirmed of these applications, every round."""
    rows = session.execute(
        select(crew_confirmations).where(
            crew_confirmations.c.official == official,
            crew_confirmations.c.application.in_(applications_),
        )
    )
    return [
        Confirmation(
            ApplicationId(row.application),
            row.round,
            row.digest,
            row.findings,
            PersonId(row.official),
            row.version,
            row.confirmed_at,
        )
        for row in rows
    ]
