"""Who was looked at for which vacancy, and what came of it; and what a vacancy asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    exists,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from app.storage.statements import put
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.candidacies import Candidacy, CandidacyStatus, Outcome, WhyNot
from recruitment.matching import Asked, Requirements
from recruitment.roster import Education, Licence

_OFFERS = 5_783_372
"""Our key among the advisory locks of the database; 5 783 371 belongs to nominations."""

candidacies = Table(
    "candidacies",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("status", Text, nullable=False, info=PERSONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("why", Text, info=PERSONAL),
    Column("lacking", ARRAY(Text), nullable=False, info=PERSONAL),
    Column("interview_at", INSTANT, info=PERSONAL),
    Column("interview_place", Text, info=PERSONAL),
    Column("outcome", Text, info=PERSONAL),
    Column("offer_until", Date, info=PERSONAL),
    Column("made_at", INSTANT, nullable=False, info=PERSONAL),
    Column("changed_at", INSTANT, nullable=False, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    UniqueConstraint("vacancy", "application"),
    CheckConstraint(
        "status IN ('preselected', 'invited', 'interviewed', 'no-show', 'offered', 'accepted',"
        " 'declined', 'expired', 'not-chosen', 'withdrawn')",
        name="status",
    ),
    CheckConstraint("(status = 'not-chosen') = (why IS NOT NULL)", name="told_why"),
    CheckConstraint(
        "(interview_at IS NULL) = (interview_place IS NULL)", name="interview_together"
    ),
    CheckConstraint("status <> 'invited' OR interview_at IS NOT NULL", name="invited_to"),
    CheckConstraint(
        "status NOT IN ('offered', 'accepted') OR offer_until IS NOT NULL", name="offered_until"
    ),
    Index("ix_candidacies_application", "application"),
    Index(
        "ix_candidacies_offer_until",
        "offer_until",
        postgresql_where=text("status = 'offered'"),
    ),
)

vacancy_requirements = Table(
    "vacancy_requirements",
    Base.metadata,
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), primary_key=True, info=PUBLIC),
    Column("years", Integer, nullable=False, info=PUBLIC),
    Column("proven", Boolean, nullable=False, info=PUBLIC),
    Column("languages", ARRAY(Text), nullable=False, info=PUBLIC),
    Column("education", Text, info=PUBLIC),
    Column("licences", ARRAY(Text), nullable=False, info=PUBLIC),
    CheckConstraint("years BETWEEN 0 AND 60", name="years"),
)


@dataclass(frozen=True)
class Listed:
    """A candidacy with the name of its person, for whoever may be shown it."""

    candidacy: Candidacy
    worker_name: str = field(repr=False)


def lock_offers(session: Session, vacancy: UUID) -> None:
    """Let nobody else make offers for this vacancy until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(_OFFERS, func.hashtext(str(vacancy)))))


def save_candidacy(session: Session, candidacy: Candidacy, *, event: AuditEvent) -> None:
    """Write a candidacy that changed; the caller holds its row."""
    save_many(session, [candidacy], events=[event])


def save_many(session: Session, some: Sequence[Candidacy], *, events: Sequence[AuditEvent]) -> None:
    """Write candidacies, new or changed, each with its event, in two round trips.

    Row by row of one statement: a roster of thousands has more values than a statement may have.
    """
    if not some:
        return
    adding = insert(candidacies)
    kept = {"id", "vacancy", "application", "worker", "made_at"}
    values = {one.name: one for one in adding.excluded if one.name not in kept}
    once = adding.on_conflict_do_update(
        constraint="uq_candidacies_vacancy_application", set_=values
    )
    session.execute(once, [_values(one) for one in some])
    audit.append_all(session, events)


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember that an official looked at who fits a vacancy."""
    audit.append(session, event)


def note_readings(session: Session, *, events: Sequence[AuditEvent]) -> None:
    """Remember whose names an employer saw."""
    audit.append_all(session, events)


def find_candidacy(session: Session, candidacy: UUID, *, hold: bool = False) -> Candidacy | None:
    """One by id; with `hold` its row until the end."""
    query = select(candidacies).where(candidacies.c.id == candidacy)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else _candidacy(row)


def list_of_application(
    session: Session, application: UUID, *, hold: bool = False
) -> list[Candidacy]:
    """Every candidacy of a person, the newest first."""
    query = (
        select(candidacies)
        .where(candidacies.c.application == application)
        .order_by(candidacies.c.made_at.desc(), candidacies.c.id)
    )
    rows = session.execute(query.with_for_update() if hold else query)
    return [_candidacy(row) for row in rows]


def list_of_vacancy(session: Session, vacancy: UUID) -> list[Listed]:
    """Everybody who was looked at for a vacancy, in the order in which they were.

    All of them, a roster of thousands too: whoever is missing here would be looked at anew, and
    what came of it written over.
    """
    return [Listed(_candidacy(row), row.worker_name) for row in session.execute(_listed(vacancy))]


def list_chosen(session: Session, vacancy: UUID) -> list[Listed]:
    """Those of them who were chosen, whatever came of it, in the same order."""
    chosen = _listed(vacancy).where(candidacies.c.status != CandidacyStatus.NOT_CHOSEN.value)
    return [Listed(_candidacy(row), row.worker_name) for row in session.execute(chosen)]


def count_promised(session: Session, vacancy: UUID) -> int:
    """How many places of a vacancy are offered or were accepted."""
    promised = ("offered", "accepted")
    query = select(func.count()).where(
        candidacies.c.vacancy == vacancy, candidacies.c.status.in_(promised)
    )
    return session.execute(query).scalar_one()


def has_offers(session: Session, vacancy: UUID) -> bool:
    """Whether anybody is offered this work and has not answered yet."""
    waiting = exists().where(candidacies.c.vacancy == vacancy, candidacies.c.status == "offered")
    return session.execute(select(waiting)).scalar_one()


def count_of_vacancies(session: Session, some: Sequence[UUID]) -> dict[UUID, int]:
    """How many people of each of these vacancies something may still come of, or came."""
    query = (
        select(candidacies.c.vacancy, func.count())
        .where(candidacies.c.vacancy.in_(some), candidacies.c.status != "not-chosen")
        .group_by(candidacies.c.vacancy)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def lock_expired(session: Session, day: date, limit: int) -> list[Candidacy]:
    """Offers whose last day to answer was before a day and that no process holds."""
    rows = session.execute(
        _offered()
        .where(candidacies.c.offer_until < day)
        .order_by(candidacies.c.offer_until, candidacies.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_candidacy(row) for row in rows]


def find_requirements(session: Session, vacancy: UUID) -> Requirements:
    """What a vacancy asks for; nothing where its employer asked for nothing."""
    row = session.execute(
        select(vacancy_requirements).where(vacancy_requirements.c.vacancy == vacancy)
    ).one_or_none()
    if row is None:
        return Requirements()
    return Requirements(
        row.years,
        row.proven,
        frozenset(row.languages),
        Education(row.education) if row.education else None,
        frozenset(Licence(one) for one in row.licences),
    )


def save_requirements(
    session: Session, vacancy: UUID, requirements: Requirements, *, event: AuditEvent
) -> None:
    """Write down what a vacancy asks for."""
    values = {
        "years": requirements.years,
        "proven": requirements.proven,
        "languages": sorted(requirements.languages),
        "education": requirements.education.value if requirements.education else None,
        "licences": sorted(one.value for one in requirements.licences),
    }
    put(session, vacancy_requirements, {"vacancy": vacancy}, values)
    audit.append(session, event)


def _values(candidacy: Candidacy) -> dict[str, Any]:
    return {
        "id": candidacy.id,
        "vacancy": candidacy.vacancy,
        "application": candidacy.application,
        "worker": candidacy.worker,
        "status": candidacy.status.value,
        "version": candidacy.version,
        "why": candidacy.why.value if candidacy.why else None,
        "lacking": [one.value for one in candidacy.lacking],
        "interview_at": candidacy.interview_at,
        "interview_place": candidacy.interview_place,
        "outcome": candidacy.outcome.value if candidacy.outcome else None,
        "offer_until": candidacy.offer_until,
        "made_at": candidacy.made_at,
        "changed_at": candidacy.changed_at,
    }


def _listed(vacancy: UUID) -> Select[Any]:
    return (
        select(candidacies, applications.c.worker_name)
        .join(applications, applications.c.id == candidacies.c.application)
        .where(candidacies.c.vacancy == vacancy)
        .order_by(candidacies.c.made_at, candidacies.c.id)
    )


def _offered() -> Select[Any]:
    return select(candidacies).where(candidacies.c.status == "offered")


def _candidacy(row: Row[Any]) -> Candidacy:
    return Candidacy(
        row.id,
        row.vacancy,
        row.application,
        PersonId(row.worker),
        CandidacyStatus(row.status),
        row.made_at,
        row.changed_at,
        row.version,
        WhyNot(row.why) if row.why else None,
        tuple(Asked(one) for one in row.lacking),
        row.interview_at,
        row.interview_place,
        Outcome(row.outcome) if row.outcome else None,
        row.offer_until,
    )
