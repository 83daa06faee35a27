"""Papers that officials saw at an office; a note that was a mistake is taken back and stays."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    cast,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.documents import PAPERS
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.later_papers import LaterPaper, ShownPaper
from permits.people import Agency, PersonId

shown_papers = Table(
    "shown_papers",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column(
        "application",
        PG_UUID,
        ForeignKey("applications.id"),
        nullable=False,
        info=PSEUDONYMOUS,
    ),
    Column("round", Integer, nullable=False, info=OPERATIONAL),
    Column("paper", Text, nullable=False, info=PERSONAL),
    Column("agency", Text, nullable=False, info=OPERATIONAL),
    Column("official", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("shown_at", INSTANT, nullable=False, info=PERSONAL),
    Column("taken_back_by", PG_UUID, info=PSEUDONYMOUS),
    Column("taken_back_at", INSTANT, info=OPERATIONAL),
    ForeignKeyConstraint(["official", "agency"], ["postings.person", "postings.agency"]),
    CheckConstraint(f"paper IN ({PAPERS})", name="paper"),
    CheckConstraint(
        "(taken_back_by IS NULL) = (taken_back_at IS NULL)", name="taken_back_together"
    ),
    # Seen once in a round, whoever presses twice or at the same time.
    Index(
        "uq_shown_papers_standing",
        "application",
        "round",
        "paper",
        unique=True,
        postgresql_where=text("taken_back_at IS NULL"),
    ),
)


def add_shown(session: Session, shown: ShownPaper, *, event: AuditEvent) -> bool:
    """Note that a paper was seen; False, and nothing logged, where that stands in this round."""
    adding = pg_insert(shown_papers).values(
        id=shown.id,
        application=shown.application,
        round=shown.round,
        paper=shown.paper.value,
        agency=shown.agency.value,
        official=shown.official,
        shown_at=shown.shown_at,
    )
    adding = adding.on_conflict_do_nothing(
        index_elements=["application", "round", "paper"],
        index_where=text("taken_back_at IS NULL"),
    )
    added = session.execute(adding.returning(shown_papers.c.id)).first()
    if added is not None:
        audit.append(session, event)
    return added is not None


def take_back(
    session: Session, shown: ShownPaper, by: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """A note counts no more; the caller holds the application."""
    taking = (
        update(shown_papers)
        .where(shown_papers.c.id == shown.id, shown_papers.c.taken_back_at.is_(None))
        .values(taken_back_by=by, taken_back_at=now)
    )
    session.execute(taking)
    audit.append(session, event)


def list_shown(session: Session, application: ApplicationId) -> list[ShownPaper]:
    """What was seen of a case and stands, of every round."""
    rows = session.execute(select(told_of(application).label("told")))
    return read_told(application, rows.scalar_one())


def told_of(application: Any) -> ColumnElement[Any]:  # noqa: ANN401  (an id, or a column of ids)
    """The same as one value of a row about a case, for `read_told`; NULL where there is nothing."""
    own = shown_papers.c
    names = (own.id, own.round, own.paper, own.agency, own.official, own.shown_at)
    one = func.json_build_array(*names)
    here = (own.application == application, own.taken_back_at.is_(None))
    return cast(select(func.json_agg(one)).where(*here).scalar_subquery(), Text)


def read_told(application: ApplicationId, told: str | None) -> list[ShownPaper]:
    """What `told_of` told."""
    return [
        ShownPaper(
            UUID(identity),
            application,
            round_,
            LaterPaper(paper),
            Agency(agency),
            PersonId(UUID(official)),
            datetime.fromisoformat(shown_at),
        )
        for identity, round_, paper, agency, official, shown_at in json.loads(told or "[]")
    ]
