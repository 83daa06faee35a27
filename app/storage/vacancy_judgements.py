"""What was found in a vacancy, when and by which values; who set what aside; recorded steps.

A judgement is never changed: another one follows where facts, values or findings are others.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Row,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.vacancies import ListedVacancy, read_listed, read_query, vacancies
from permits.audit import AuditEvent
from permits.findings import Finding, Severity
from permits.people import PersonId
from recruitment.ethics.overrides import Override
from recruitment.ethics.rules import RuleId
from recruitment.ethics.written import read_finding, write_finding
from recruitment.labour_market import Step, StepKind, plain_bound, read_bound

NEVER = "('R01', 'R04', 'R14', 'R15', 'R16', 'R30', 'R33', 'R35')"
"""What nobody sets aside; the database refuses it, too."""

vacancy_judgements = Table(
    "vacancy_judgements",
    Base.metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True, info=OPERATIONAL),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False, info=OPERATIONAL),
    Column("cause", Text, nullable=False, info=OPERATIONAL),
    Column("judged_on", Date, nullable=False, info=OPERATIONAL),
    Column("judged_at", INSTANT, nullable=False, info=OPERATIONAL),
    Column("facts_sha256", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("parameters_sha256", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("findings", JSONB, nullable=False, info=OPERATIONAL),
    Index("ix_vacancy_judgements_vacancy", "vacancy", "id"),
)

vacancy_overrides = Table(
    "vacancy_overrides",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False, info=OPERATIONAL),
    Column("rule", Text, nullable=False, info=OPERATIONAL),
    Column("code", Text, nullable=False, info=OPERATIONAL),
    Column("severity", Text, nullable=False, info=OPERATIONAL),
    # What the employer had told when it was looked at: other terms are another question.
    Column("told_sha256", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("asked_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("granted_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("reason", Text, nullable=False, info=OPERATIONAL),
    Column("given_on", Date, nullable=False, info=OPERATIONAL),
    Column("ends_on", Date, nullable=False, info=OPERATIONAL),
    Column("granted_at", INSTANT, nullable=False, info=OPERATIONAL),
    CheckConstraint(f"rule NOT IN {NEVER}", name="never"),
    CheckConstraint("asked_by <> granted_by", name="two_people"),
    CheckConstraint("given_on <= ends_on", name="days"),
    CheckConstraint("length(reason) >= 20", name="reason"),
    CheckConstraint("severity IN ('block', 'warn')", name="severity"),
    Index("ix_vacancy_overrides_vacancy", "vacancy"),
    Index("ix_vacancy_overrides_ends_on", "ends_on"),
)

vacancy_steps = Table(
    "vacancy_steps",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False, info=OPERATIONAL),
    Column("kind", Text, nullable=False, info=OPERATIONAL),
    Column("first_day", Date, nullable=False, info=OPERATIONAL),
    Column("last_day", Date, nullable=False, info=OPERATIONAL),
    Column("evidence", Text, nullable=False, info=OPERATIONAL),
    Column("came_forward", Integer, info=OPERATIONAL),
    Column("per_day", Numeric(12, 2), info=OPERATIONAL),
    # The work that it was noted for; NULL of what was noted before it was kept.
    Column("bound", JSONB(none_as_null=True), info=OPERATIONAL),
    Column("recorded_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("recorded_at", INSTANT, nullable=False, info=OPERATIONAL),
    CheckConstraint("kind IN ('nationals-first', 'attested-minimum')", name="kind"),
    CheckConstraint("first_day <= last_day", name="days"),
    CheckConstraint("(kind = 'nationals-first') = (came_forward IS NOT NULL)", name="came_forward"),
    CheckConstraint("(kind = 'attested-minimum') = (per_day IS NOT NULL)", name="per_day"),
    Index("ix_vacancy_steps_vacancy", "vacancy"),
)


@dataclass(frozen=True)
class Judgement:
    """What was found; `facts` and `parameters` are SHA-256 of what was looked at."""

    vacancy: UUID
    cause: str
    judged_on: date
    judged_at: datetime
    facts: bytes
    parameters: bytes
    findings: tuple[Finding, ...]


def is_same(one: Judgement, other: Judgement | None) -> bool:
    """Whether a judgement adds nothing to the one before."""
    return other is not None and (one.facts, one.parameters, one.findings) == (
        other.facts,
        other.parameters,
        other.findings,
    )


def lock_for_judging(session: Session, some: Collection[UUID]) -> list[ListedVacancy]:
    """These vacancies, held, in the order of their ids."""
    ids = sorted(some)
    held = select(vacancies.c.id).where(vacancies.c.id.in_(ids)).order_by(vacancies.c.id)
    session.execute(held.with_for_update())
    query = read_query().where(vacancies.c.id.in_(ids)).order_by(vacancies.c.id)
    return [read_listed(row) for row in session.execute(query)]


def add_judgements(
    session: Session, judgements: Sequence[Judgement], *, events: Sequence[AuditEvent]
) -> None:
    """Write judgements down; none is no error."""
    if not judgements:
        return
    rows = [
        {
            "vacancy": one.vacancy,
            "cause": one.cause,
            "judged_on": one.judged_on,
            "judged_at": one.judged_at,
            "facts_sha256": one.facts,
            "parameters_sha256": one.parameters,
            "findings": [write_finding(found) for found in one.findings],
        }
        for one in judgements
    ]
    session.execute(insert(vacancy_judgements), rows)
    audit.append_all(session, events)


def hold_vacancies(
    session: Session, some: Collection[UUID], now: datetime | None, *, events: Sequence[AuditEvent]
) -> None:
    """Hold these from an instant on, or let them be offered again (None)."""
    if some:
        changed = update(vacancies).where(vacancies.c.id.in_(some)).values(held_at=now)
        session.execute(changed)
        audit.append_all(session, events)


def list_last(session: Session, some: Collection[UUID]) -> dict[UUID, Judgement]:
    """The last judgement of each of these vacancies; none of one never judged."""
    query = (
        select(vacancy_judgements)
        .where(vacancy_judgements.c.vacancy.in_(some))
        .order_by(vacancy_judgements.c.vacancy, vacancy_judgements.c.id.desc())
        .ext(distinct_on(vacancy_judgements.c.vacancy))
    )
    return {row.vacancy: _judgement(row) for row in session.execute(query)}


def list_judgements(session: Session, vacancy: UUID, limit: int = 20) -> list[Judgement]:
    """The judgements of a vacancy, the newest first."""
    query = select(vacancy_judgements).where(vacancy_judgements.c.vacancy == vacancy)
    query = query.order_by(vacancy_judgements.c.id.desc()).limit(limit)
    return [_judgement(row) for row in session.execute(query)]


def add_override(
    session: Session,
    identity: UUID,
    vacancy: UUID,
    override: Override,
    told: bytes,
    asked_by: PersonId,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Write down that a finding is set aside; the database refuses what nobody may."""
    adding = insert(vacancy_overrides).values(
        id=identity,
        vacancy=vacancy,
        rule=override.rule.value,
        code=override.code,
        severity=override.severity.value,
        told_sha256=told,
        asked_by=asked_by,
        granted_by=override.by,
        reason=override.reason,
        given_on=override.given_on,
        ends_on=override.ends_on,
        granted_at=now,
    )
    session.execute(adding)
    audit.append(session, event)


def list_overrides(
    session: Session, some: Collection[UUID]
) -> dict[UUID, list[tuple[bytes, Override]]]:
    """The overrides of these vacancies, those that ended too, each with what was told then."""
    query = select(vacancy_overrides).where(vacancy_overrides.c.vacancy.in_(some))
    found: dict[UUID, list[tuple[bytes, Override]]] = {}
    oldest = (vacancy_overrides.c.granted_at, vacancy_overrides.c.id)
    for row in session.execute(query.order_by(*oldest)):
        found.setdefault(row.vacancy, []).append((bytes(row.told_sha256), _override(row)))
    return found


def add_step(
    session: Session,
    identity: UUID,
    vacancy: UUID,
    step: Step,
    by: PersonId,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Write a step down with its evidence."""
    values = {name: getattr(step, name) for name in Step.__dataclass_fields__}
    adding = insert(vacancy_steps).values(
        id=identity,
        vacancy=vacancy,
        recorded_by=by,
        recorded_at=now,
        **values | {"kind": step.kind.value, "bound": plain_bound(step.bound)},
    )
    session.execute(adding)
    audit.append(session, event)


def list_steps(session: Session, some: Collection[UUID]) -> dict[UUID, list[Step]]:
    """The steps of these vacancies, the oldest first."""
    query = select(vacancy_steps).where(vacancy_steps.c.vacancy.in_(some))
    found: dict[UUID, list[Step]] = {}
    oldest = (vacancy_steps.c.recorded_at, vacancy_steps.c.id)
    for row in session.execute(query.order_by(*oldest)):
        values = {name: getattr(row, name) for name in Step.__dataclass_fields__}
        step = Step(**values | {"kind": StepKind(row.kind), "bound": read_bound(row.bound)})
        found.setdefault(row.vacancy, []).append(step)
    return found


def list_recorders(session: Session, vacancy: UUID) -> set[PersonId]:
    """Who wrote down any step of a vacancy; they are concerned by what follows from it."""
    query = select(vacancy_steps.c.recorded_by).where(vacancy_steps.c.vacancy == vacancy)
    return {PersonId(row.recorded_by) for row in session.execute(query)}


def _judgement(row: Row[Any]) -> Judgement:
    return Judgement(
        row.vacancy,
        row.cause,
        row.judged_on,
        row.judged_at,
        bytes(row.facts_sha256),
        bytes(row.parameters_sha256),
        tuple(read_finding(one) for one in row.findings),
    )


def _override(row: Row[Any]) -> Override:
    return Override(
        RuleId(row.rule),
        row.code,
        Severity(row.severity),
        PersonId(row.granted_by),
        row.reason,
        row.given_on,
        row.ends_on,
    )
