"""Papers that officials saw at an office; a note that was a mistake is taken back and stays."""

from collections.abc import Mapping
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
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.sql.selectable import LateralFromClause

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

TOLD = ("id", "round", "paper", "agency", "official", "shown_at")


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
    here = (shown_papers.c.application == application, shown_papers.c.taken_back_at.is_(None))
    rows = session.execute(select(*(shown_papers.c[name] for name in TOLD)).where(*here))
    return [_read(application, row) for row in rows]


def get_shown(application: ColumnElement[UUID]) -> LateralFromClause:
    """The same beside each row about a case: one row of arrays, for `read_shown`."""
    own = shown_papers.c
    here = (own.application == application, own.taken_back_at.is_(None))
    arrays = (
        func.array_agg(aggregate_order_by(own[name], own.id)).label(f"shown_{name}")
        for name in TOLD
    )
    return select(*arrays).where(*here).lateral("seen")


def read_shown(application: ApplicationId, values: Mapping[Any, Any]) -> list[ShownPaper]:
    """What the columns of `get_shown` have."""
    columns = [values[f"shown_{name}"] or () for name in TOLD]
    return [_read(application, row) for row in zip(*columns, strict=True)]


def _read(application: ApplicationId, row: Any) -> ShownPaper:  # noqa: ANN401  (values of TOLD)
    identity, round_, paper, agency, official, shown_at = row
    return ShownPaper(
        identity,
        application,
        round_,
        LaterPaper(paper),
        Agency(agency),
        PersonId(official),
        shown_at,
    )
