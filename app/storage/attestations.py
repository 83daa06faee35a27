"""What missions and foreign authorities said of vacancies; a word is never changed."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.vacancies import ListedVacancy, read_listed, read_query, vacancies
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.attestations import Attestation

vacancy_attestations = Table(
    "vacancy_attestations",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False, info=OPERATIONAL),
    Column("country", Text, nullable=False, info=OPERATIONAL),
    Column("agrees", Boolean, nullable=False, info=OPERATIONAL),
    Column("grounds", Text, nullable=False, info=OPERATIONAL),
    # What was read: another offer, or something new against its employer, is another question.
    Column("told_sha256", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("official", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("attested_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("ends_on", Date, nullable=False, info=OPERATIONAL),
    Column("signature", LargeBinary, nullable=False, info=OPERATIONAL),
    CheckConstraint("length(grounds) >= 20", name="grounds"),
    CheckConstraint("octet_length(signature) = 64", name="signature"),
    CheckConstraint("octet_length(told_sha256) = 32", name="told"),
    Index("ix_vacancy_attestations_vacancy", "vacancy"),
)


def add_attestation(session: Session, attestation: Attestation, *, event: AuditEvent) -> bool:
    """Write a word down, of one id once; False where it stands already."""
    return audit.add_once(
        session,
        vacancy_attestations,
        {
            "id": attestation.id,
            "vacancy": attestation.vacancy,
            "country": attestation.country,
            "agrees": attestation.agrees,
            "grounds": attestation.grounds,
            "told_sha256": attestation.told,
            "official": attestation.official,
            "attested_at": attestation.attested_at,
            "ends_on": attestation.ends_on,
            "signature": attestation.signature,
        },
        "id",
        event=event,
    )


def list_attestations(session: Session, some: Collection[UUID]) -> dict[UUID, list[Attestation]]:
    """What was said of each of these vacancies, the oldest first."""
    table = vacancy_attestations.c
    query = select(vacancy_attestations).where(table.vacancy.in_(some))
    found: dict[UUID, list[Attestation]] = {}
    for row in session.execute(query.order_by(table.attested_at, table.id)):
        found.setdefault(row.vacancy, []).append(_attestation(row))
    return found


def list_waiting(
    session: Session, programmes: Collection[str], limit: int = 200
) -> list[ListedVacancy]:
    """Vacancies of these programmes that wait: asked about, or published and held; oldest first."""
    waiting = vacancies.c.asked_at.is_not(None) | vacancies.c.held_at.is_not(None)
    query = read_query().where(
        waiting,
        vacancies.c.status.in_(("draft", "open")),
        vacancies.c.programme.in_(programmes),
        vacancies.c.employer.is_not(None),
    )
    since = (vacancies.c.asked_at, vacancies.c.held_at, vacancies.c.id)
    return [read_listed(row) for row in session.execute(query.order_by(*since).limit(limit))]


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember that somebody of another country's authority opened a vacancy."""
    audit.append(session, event)


def _attestation(row: Row[Any]) -> Attestation:
    return Attestation(
        row.id,
        row.vacancy,
        row.country,
        row.agrees,
        row.grounds,
        bytes(row.told_sha256),
        PersonId(row.official),
        row.attested_at,
        row.ends_on,
        bytes(row.signature),
    )
