"""What an official recommends to their own agency, bound to round and digest as decisions are."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    Table,
    Text,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import applications
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.applications import Application, ApplicationId
from permits.approvals import Ground, Opinion
from permits.audit import AuditEvent
from permits.people import Agency, PersonId
from permits.recommendations import Recommendation

recommendations = Table(
    "recommendations",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("round", Integer, primary_key=True, info=OPERATIONAL),
    Column("agency", Text, primary_key=True, info=PERSONAL),
    Column("digest", Text, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("official", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("opinion", Text, nullable=False, info=PERSONAL),
    Column("grounds", ARRAY(Text), nullable=False, info=PERSONAL),
    Column("note", Text, nullable=False, info=PERSONAL),
    Column("findings", Text, nullable=False, info=PSEUDONYMOUS),
    Column("recommended_at", DateTime(timezone=True), nullable=False, info=PERSONAL),
    ForeignKeyConstraint(
        ["application", "round", "digest", "worker"],
        [
            "application_rounds.application",
            "application_rounds.round",
            "application_rounds.digest",
            "application_rounds.worker",
        ],
        name="fk_recommendations_round",
    ),
    ForeignKeyConstraint(["official", "agency"], ["postings.person", "postings.agency"]),
    # A trigger (decided_by_another) refuses the decision of who recommended, and another
    # (not_by_preparers) the words of who made the case.
    CheckConstraint("opinion IN ('approve', 'refuse')", name="opinion"),
    CheckConstraint("official <> worker", name="not_own_case"),
    CheckConstraint("(opinion = 'refuse') = (cardinality(grounds) > 0)", name="refusal_grounds"),
)


def add_recommendation(
    session: Session,
    before: Application,
    after: Application,
    given: Recommendation,
    *,
    event: AuditEvent,
) -> Application:
    """Record one and write the application's new state: one act, one event.

    The database refuses a second one of the agency in the same round.
    """
    session.execute(
        insert(recommendations),
        {
            "application": given.application,
            "round": given.round,
            "agency": given.agency.value,
            "digest": given.digest,
            "worker": before.worker,
            "official": given.official,
            "opinion": given.opinion.value,
            "grounds": [ground.value for ground in given.grounds],
            "note": given.note,
            "findings": given.findings,
            "recommended_at": given.recommended_at,
        },
    )
    return applications.save(session, before, after, given.recommended_at, event=event)


def list_recommendations(session: Session, application: ApplicationId) -> list[Recommendation]:
    """Those of every round, the oldest first."""
    rows = session.execute(
        select(recommendations)
        .where(recommendations.c.application == application)
        .order_by(recommendations.c.round, recommendations.c.recommended_at)
    )
    return [read_recommendation(row._mapping) for row in rows]


def read_recommendation(values: Mapping[Any, Any]) -> Recommendation:
    """A recommendation, of the columns of its row."""
    return Recommendation(
        ApplicationId(values["application"]),
        values["round"],
        values["digest"],
        Agency(values["agency"]),
        PersonId(values["official"]),
        Opinion(values["opinion"]),
        values["findings"],
        values["recommended_at"],
        tuple(Ground(ground) for ground in values["grounds"]),
        values["note"],
    )
