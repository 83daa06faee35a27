"""Decisions of the agencies, bound to the round and digest that they were made on."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Insert,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL
from app.storage.database import Base, Session
from app.storage.rounds import Opened
from app.storage.statements import given, later
from permits.applications import Application, ApplicationId
from permits.approvals import Decision, Ground, Opinion, Signature
from permits.audit import AuditEvent
from permits.people import Agency, PersonId

BOUND = ("application", "round", "digest", "agency", "official", "opinion")
"""What a decision is told by to whatever rests on it."""

decisions = Table(
    "decisions",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("agency", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("worker", PG_UUID, nullable=False),
    Column("agency_set", Integer, nullable=False, info=OPERATIONAL),
    Column("official", PG_UUID, nullable=False),
    Column("opinion", Text, nullable=False),
    Column("grounds", ARRAY(Text), nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    # None under what was decided before decisions were signed.
    Column("signing_key", LargeBinary),
    Column("signature", LargeBinary),
    ForeignKeyConstraint(
        ["application", "round", "digest", "worker"],
        [
            "application_rounds.application",
            "application_rounds.round",
            "application_rounds.digest",
            "application_rounds.worker",
        ],
        name="fk_decisions_round",
    ),
    # An agency decides only where it is asked.
    ForeignKeyConstraint(
        ["application", "round", "agency_set"],
        [f"application_rounds.{name}" for name in ("application", "round", "agency_set")],
        name="fk_decisions_set_of_round",
    ),
    ForeignKeyConstraint(
        ["agency_set", "agency"],
        ["set_agencies.agency_set", "set_agencies.agency"],
        name="fk_decisions_asked_agency",
    ),
    # An official decides only for an agency where they were posted.
    ForeignKeyConstraint(["official", "agency"], ["postings.person", "postings.agency"]),
    UniqueConstraint("application", "round", "official"),
    # What a right's approvals refer to (protection.md 1.3).
    UniqueConstraint(*BOUND, name="uq_decisions_six"),
    CheckConstraint("opinion IN ('approve', 'return', 'refuse')", name="opinion"),
    CheckConstraint("(signing_key IS NULL) = (signature IS NULL)", name="signed_together"),
    CheckConstraint("official <> worker", name="not_own_case"),
    # Returns of before their reasons were coded have none.
    CheckConstraint(
        "CASE opinion WHEN 'refuse' THEN cardinality(grounds) > 0"
        " WHEN 'approve' THEN cardinality(grounds) = 0 ELSE true END",
        name="refusal_grounds",
    ),
)


Beside = tuple[Insert, dict[str, Any]]
"""A statement that is made once, to go with another, and the values that it takes this time."""


def add_decision(
    session: Session,
    application: Application,
    decision: Decision,
    *,
    beside: Beside | None = None,
    event: AuditEvent,
) -> None:
    """Record a decision; the database refuses a second one of the agency or of the official.

    `beside` adds rows that refer to it, such as its places in the quotas.
    """
    adding, values = beside or (None, {})
    told = given(get_columns(decision, application))
    session.execute(_deciding(adding), told | values | audit.told_by(event))


@cache
def _deciding(beside: Insert | None) -> Select[Any]:
    """The statement that records a decision, with another that is made once as it is."""
    values = later(decisions, decisions.c.keys())
    deciding = insert(decisions).values(values).returning(decisions.c.application)
    return audit.telling(deciding, None, [beside] if beside is not None else [])


def get_columns(decision: Decision, about: Opened) -> dict[str, Any]:
    """The columns of a decision about a case."""
    return {
        "application": decision.application,
        "round": decision.round,
        "agency": decision.agency.value,
        "digest": decision.digest,
        "worker": about.worker,
        "agency_set": about.agency_set,
        "official": decision.official,
        "opinion": decision.opinion.value,
        "grounds": [ground.value for ground in decision.grounds],
        "note": decision.note,
        "decided_at": decision.decided_at,
        "signing_key": decision.signature.key if decision.signature else None,
        "signature": decision.signature.value if decision.signature else None,
    }


def list_decisions(session: Session, application: ApplicationId) -> list[Decision]:
    """The decisions of every round, oldest first; earlier rounds stay readable."""
    rows = session.execute(
        select(decisions)
        .where(decisions.c.application == application)
        .order_by(decisions.c.round, decisions.c.decided_at)
    )
    return [read_decision(row._mapping) for row in rows]


def list_of(session: Session, applications: Collection[UUID]) -> list[Decision]:
    """The decisions of every round of these applications."""
    rows = session.execute(select(decisions).where(decisions.c.application.in_(applications)))
    return [read_decision(row._mapping) for row in rows]


def list_current(session: Session, application: Application) -> list[Decision]:
    """The decisions that count: those of the present round."""
    asked = {"of_application": application.id, "of_round": application.round}
    rows = session.execute(_of_round(), asked)
    return [read_decision(row._mapping) for row in rows]


@cache
def _of_round() -> Select[Any]:
    own = decisions.c
    here = (own.application == bindparam("of_application"), own.round == bindparam("of_round"))
    return select(decisions).where(*here).order_by(own.decided_at)


def read_decision(values: Mapping[Any, Any]) -> Decision:
    """A decision, of the columns of its row."""
    return Decision(
        ApplicationId(values["application"]),
        values["round"],
        values["digest"],
        Agency(values["agency"]),
        PersonId(values["official"]),
        Opinion(values["opinion"]),
        values["decided_at"],
        tuple(Ground(ground) for ground in values["grounds"]),
        values["note"],
        Signature(values["signing_key"], values["signature"]) if values["signature"] else None,
    )
