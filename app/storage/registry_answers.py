"""What other registries answered about an employer that registers, when each was last asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Date, DateTime, ForeignKey, Table, Text, delete, insert, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from recruitment.registries import Registry, Verdict

registry_answers = Table(
    "registry_answers",
    Base.metadata,
    Column(
        "registration",
        PG_UUID,
        ForeignKey("employer_registrations.id"),
        primary_key=True,
        info=PSEUDONYMOUS,
    ),
    Column("registry", Text, primary_key=True, info=OPERATIONAL),
    Column("verdict", Text, nullable=False, info=OPERATIONAL),
    Column("as_of", Date, info=OPERATIONAL),
    Column("asked_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
)


@dataclass(frozen=True)
class RegistryAnswer:
    """What a registry's answer proved when it was asked; `as_of` None where there was none."""

    registry: Registry
    verdict: Verdict
    as_of: date | None
    asked_at: datetime


def put_answers(
    session: Session, registration: UUID, answers: Sequence[RegistryAnswer], *, event: AuditEvent
) -> None:
    """Keep what the registries said, in the place of what they said before."""
    mine = registry_answers.c.registration == registration
    session.execute(delete(registry_answers).where(mine))
    session.execute(
        insert(registry_answers),
        [
            {
                "registration": registration,
                "registry": one.registry.value,
                "verdict": one.verdict.value,
                "as_of": one.as_of,
                "asked_at": one.asked_at,
            }
            for one in answers
        ],
    )
    audit.append(session, event)


def forget_answers(session: Session, registration: UUID) -> None:
    """What registries said was about what was told before."""
    mine = registry_answers.c.registration == registration
    session.execute(delete(registry_answers).where(mine))


def list_verdicts(
    session: Session, registrations: Collection[UUID]
) -> dict[UUID, dict[Registry, Verdict]]:
    """What each registry's last answer proved of each of these, in one question."""
    table = registry_answers.c
    query = select(registry_answers).where(table.registration.in_(registrations))
    found: dict[UUID, dict[Registry, Verdict]] = {}
    for row in session.execute(query.order_by(table.registration, table.registry)):
        verdicts = found.setdefault(row.registration, {})
        verdicts[Registry(row.registry)] = Verdict(row.verdict)
    return found


def list_answers(session: Session, registration: UUID) -> Mapping[Registry, RegistryAnswer]:
    """What each registry said when it was last asked about this one."""
    query = select(registry_answers).where(registry_answers.c.registration == registration)
    rows = session.execute(query.order_by(registry_answers.c.registry))
    return {
        Registry(row.registry): RegistryAnswer(
            Registry(row.registry), Verdict(row.verdict), row.as_of, row.asked_at
        )
        for row in rows
    }
