"""The papers of the way abroad beside an application: one of a kind, by who says so."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    Row,
    Table,
    Text,
    delete,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.ethics.words import Payer
from recruitment.travel_papers import Cover, PaperSource, Told, TravelPaper, TravelPaperKind

KINDS = ", ".join(f"'{one.value}'" for one in TravelPaperKind)

travel_papers = Table(
    "travel_papers",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("kind", Text, primary_key=True, info=PERSONAL),
    Column("source", Text, primary_key=True, info=PERSONAL),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("got_on", Date, nullable=False, info=PERSONAL),
    Column("payer", Text, nullable=False, info=PERSONAL),
    # What others paid; what the worker's side paid stands sealed in the diary.
    Column("amount", Numeric(10, 2), info=PERSONAL),
    Column("currency", Text, nullable=False, info=PERSONAL),
    Column("cost", PG_UUID, ForeignKey("cost_entries.id", ondelete="SET NULL"), info=PSEUDONYMOUS),
    Column("insurer", Text, info=PERSONAL),
    Column("policy", Text, info=PERSONAL),
    Column("covers_from", Date, info=PERSONAL),
    Column("covers_until", Date, info=PERSONAL),
    Column("noted_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("noted_at", INSTANT, nullable=False, info=PERSONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint(f"kind IN ({KINDS})", name="kind"),
    CheckConstraint("(source = 'worker') = (noted_by = worker)", name="source"),
    CheckConstraint("source = 'worker' OR kind = 'insurance'", name="officials_insure"),
    CheckConstraint(
        "payer IN ('worker', 'family', 'employer', 'recruiter', 'state', 'ngo')", name="payer"
    ),
    CheckConstraint(
        "cost IS NULL OR (payer IN ('worker', 'family') AND amount IS NULL)", name="cost_of_worker"
    ),
    CheckConstraint(
        "(kind = 'insurance') = (insurer IS NOT NULL) AND (insurer IS NULL) = (policy IS NULL)"
        " AND (insurer IS NULL) = (covers_from IS NULL)"
        " AND (insurer IS NULL) = (covers_until IS NULL) AND covers_from <= covers_until",
        name="cover",
    ),
    CheckConstraint("version >= 1", name="version"),
    Index("ix_travel_papers_worker", "worker"),
    Index("ix_travel_papers_cost", "cost"),
)


def save_paper(session: Session, paper: TravelPaper, *, event: AuditEvent) -> None:
    """Write a paper, new or changed; the caller holds the application."""
    told, cover = paper.told, paper.told.cover
    values = {
        "got_on": told.got_on,
        "payer": told.payer.value,
        "amount": told.amount,
        "currency": told.currency,
        "cost": paper.cost,
        "insurer": cover.insurer if cover else None,
        "policy": cover.number if cover else None,
        "covers_from": cover.first_day if cover else None,
        "covers_until": cover.last_day if cover else None,
        "noted_by": paper.noted_by,
        "noted_at": paper.noted_at,
        "version": paper.version,
    }
    adding = insert(travel_papers).values(
        application=paper.application,
        kind=told.kind.value,
        source=paper.source.value,
        worker=paper.worker,
        **values,
    )
    session.execute(
        adding.on_conflict_do_update(index_elements=["application", "kind", "source"], set_=values)
    )
    audit.append(session, event)


def remove_paper(session: Session, paper: TravelPaper, *, event: AuditEvent) -> None:
    """Forget a paper that was noted by mistake; the caller holds the application."""
    own = travel_papers.c
    session.execute(
        delete(travel_papers).where(
            own.application == paper.application,
            own.kind == paper.told.kind.value,
            own.source == paper.source.value,
        )
    )
    audit.append(session, event)


def list_papers(session: Session, application: UUID) -> list[TravelPaper]:
    """Every paper of an application in the order of their kinds, at most two of each."""
    rows = session.execute(select(travel_papers).where(travel_papers.c.application == application))
    order = list(TravelPaperKind)
    found = [_paper(row) for row in rows]
    return sorted(found, key=lambda one: (order.index(one.told.kind), one.source))


def _paper(row: Row[Any]) -> TravelPaper:
    told = Told(
        TravelPaperKind(row.kind),
        row.got_on,
        Payer(row.payer),
        row.amount,
        row.currency,
        _cover(row.insurer, row.policy, row.covers_from, row.covers_until),
    )
    return TravelPaper(
        row.application,
        PersonId(row.worker),
        told,
        PaperSource(row.source),
        PersonId(row.noted_by),
        row.noted_at,
        row.cost,
        row.version,
    )


def _cover(
    insurer: str | None, number: str | None, first: date | None, last: date | None
) -> Cover | None:
    if insurer is None or number is None or first is None or last is None:
        return None
    return Cover(insurer, number, first, last)
