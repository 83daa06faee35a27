"""What R16 to R18, R30 to R32 and R39 found of one worker, when and by which values.

A judgement is never changed: another one follows where facts, values or findings are others. What
was found is sealed, for some of it rests on what only its worker may read.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    exists,
    insert,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.contracts import STANDING, contract_agreements
from app.storage.cost_entries import cost_entries
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from app.storage.vacancies import vacancies
from permits.applications import ApplicationId
from permits.people import PersonId
from recruitment.contracts import Party
from recruitment.ethics.rules import RuleFinding
from recruitment.ethics.written import read_finding, write_finding

FOUND = "case_judgements.findings"


class About(StrEnum):
    """What was judged: the yes to a contract, the whole diary, what was asked back, an entry."""

    AGREEMENT = "agreement"
    DIARY = "diary"
    CLAIMS = "claims"
    MOVEMENT = "movement"


case_judgements = Table(
    "case_judgements",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("number", BigInteger, Identity(always=True), nullable=False, info=OPERATIONAL),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("about", Text, nullable=False, info=PERSONAL),
    # The application itself, or the movement.
    Column("subject", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("judged_on", Date, nullable=False, info=PERSONAL),
    Column("judged_at", INSTANT, nullable=False, info=OPERATIONAL),
    Column("facts_sha256", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("parameters_sha256", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("findings", LargeBinary, nullable=False, info=SENSITIVE),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    UniqueConstraint("number"),
    CheckConstraint("about IN ('agreement', 'diary', 'claims', 'movement')", name="about"),
    CheckConstraint("(about = 'movement') = (subject <> application)", name="subject"),
    Index("ix_case_judgements_subject", "subject", "about", "number"),
    Index("ix_case_judgements_application", "application"),
)


@dataclass(frozen=True)
class CaseJudgement:
    """What was found; `facts` and `parameters` are SHA-256 of what was looked at."""

    id: UUID
    application: UUID
    worker: PersonId
    about: About
    subject: UUID
    judged_on: date
    judged_at: datetime
    facts: bytes
    parameters: bytes
    findings: tuple[RuleFinding, ...]


def is_same(one: CaseJudgement, other: CaseJudgement | None) -> bool:
    """Whether a judgement adds nothing to the one before."""
    return other is not None and (one.facts, one.parameters, one.findings) == (
        other.facts,
        other.parameters,
        other.findings,
    )


def add_judgement(session: Session, vault: Vault, judged: CaseJudgement) -> None:
    """Write a judgement down."""
    written = json.dumps([write_finding(one) for one in judged.findings])
    session.execute(
        insert(case_judgements),
        {
            "id": judged.id,
            "application": judged.application,
            "worker": judged.worker,
            "about": judged.about.value,
            "subject": judged.subject,
            "judged_on": judged.judged_on,
            "judged_at": judged.judged_at,
            "facts_sha256": judged.facts,
            "parameters_sha256": judged.parameters,
            "findings": vault.seal(FOUND, judged.id, written),
        },
    )


def find_newest(
    session: Session, vault: Vault, about: About, subject: UUID
) -> CaseJudgement | None:
    """The judgement that counts; None where nothing was judged yet."""
    own = case_judgements.c
    query = select(case_judgements).where(own.subject == subject, own.about == about.value)
    row = session.execute(query.order_by(own.number.desc()).limit(1)).one_or_none()
    return None if row is None else _judgement(vault, row)


def has_judgement(session: Session, application: UUID) -> bool:
    """Whether anything of an application was ever judged."""
    query = select(exists().where(case_judgements.c.application == application))
    return bool(session.scalar(query))


def list_to_judge(
    session: Session, today: date, limit: int, after: UUID | None = None
) -> Sequence[ApplicationId]:
    """The next applications that stand and whose work is not over, where there is what to judge.

    That is a judgement; a payment or a yes of before there were any has one after this.
    """
    own = applications.c
    agreed = contract_agreements.c
    judged = (
        exists().where(case_judgements.c.application == own.id),
        exists().where(cost_entries.c.application == own.id),
        exists().where(agreed.application == own.id, agreed.party == Party.WORKER.value),
    )
    query = (
        select(own.id)
        .join(vacancies, vacancies.c.id == own.vacancy)
        .where(
            own.status.in_([status.value for status in STANDING]),
            own.erased_at.is_(None),
            vacancies.c.ends_on >= today,
            or_(*judged),
        )
    )
    if after is not None:
        query = query.where(own.id > after)
    rows = session.execute(query.order_by(own.id).limit(limit)).scalars()
    return [ApplicationId(one) for one in rows]


def _judgement(vault: Vault, row: Row[Any]) -> CaseJudgement:
    told = json.loads(vault.open(FOUND, row.id, row.findings))
    return CaseJudgement(
        row.id,
        row.application,
        PersonId(row.worker),
        About(row.about),
        row.subject,
        row.judged_on,
        row.judged_at,
        row.facts_sha256,
        row.parameters_sha256,
        tuple(cast("RuleFinding", read_finding(one)) for one in told),
    )
