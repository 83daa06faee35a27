"""Who told what the job cost them, payments or that there were none: of everybody, for counts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.storage.applications import applications
from app.storage.cost_entries import cost_entries, read_entry
from app.storage.database import Session
from app.storage.nothing_paid import nothing_paid
from app.storage.sealed import Vault
from recruitment.costs import CostEntry, Phase

COUNTED = 20_000
"""So many payments are counted at most, and so many people who paid none: the oldest ones first."""


@dataclass(frozen=True)
class Teller:
    """One application with its payments; `since` is when its worker told the first thing of it.

    `said` is when they said that they paid nothing, by the phase of which they said it.
    `nationality` as they told it, "" unknown.
    """

    application: UUID
    since: datetime
    programme: str
    vacancy: UUID | None
    nationality: str
    entries: Sequence[CostEntry] = ()
    said: Mapping[Phase, datetime] = field(default_factory=dict)

    @property
    def said_nothing(self) -> bool:
        """They paid nothing, and said so."""
        return bool(self.said)


_OF = (
    *(applications.c.id.label("application"), applications.c.programme, applications.c.vacancy),
    applications.c.answers["nationality"].astext.label("nationality"),
)


def list_tellers(
    session: Session, vault: Vault, since: datetime, limit: int = COUNTED
) -> list[Teller]:
    """Everybody who told anything since, in the order in which they began.

    Where a list is cut at its limit the other one ends at the same instant: a figure of all the
    payments and some of those without any would be too high, and the other way round too low.
    """
    paid, free = _list_payments(session, since, limit), _list_free(session, since, limit)
    ends = [rows[-1].at for rows in (paid, free) if len(rows) == limit]
    until = min(ends, default=None)
    said = {one.application: one for one in free if until is None or one.at <= until}
    rows, entries = dict(said), defaultdict(list)
    for row in paid:
        if until is None or row.at <= until:
            entries[row.application].append(read_entry(vault, row))
            rows.setdefault(row.application, row)
    found = [
        Teller(
            row.application,
            min([row.at, *(one.noted_at for one in entries[row.application])]),
            row.programme,
            row.vacancy,
            row.nationality or "",
            entries[row.application],
            _said(said.get(row.application)),
        )
        for row in rows.values()
    ]
    return sorted(found, key=lambda one: (one.since, one.application))


def _list_payments(session: Session, since: datetime, limit: int) -> list[Row[Any]]:
    own = cost_entries.c
    query = (
        select(*(one for one in own if one.name != "application"), own.noted_at.label("at"), *_OF)
        .join(applications, applications.c.id == own.application)
        .where(own.noted_at >= since)
        .order_by(own.noted_at, own.id)
        .limit(limit)
    )
    return list(session.execute(query))


def _list_free(session: Session, since: datetime, limit: int) -> list[Row[Any]]:
    """Who said that they paid nothing: nothing stands there beside a payment of their side."""
    first = func.min(nothing_paid.c.said_at).label("at")
    order = nothing_paid.c.phase
    phases = func.array_agg(aggregate_order_by(order, order)).label("phases")
    times = func.array_agg(aggregate_order_by(nothing_paid.c.said_at, order)).label("times")
    query = (
        select(first, phases, times, *_OF)
        .join(applications, applications.c.id == nothing_paid.c.application)
        .where(nothing_paid.c.said_at >= since)
        .group_by(applications.c.id)
        .order_by(first, applications.c.id)
        .limit(limit)
    )
    return list(session.execute(query))


def _said(row: Row[Any] | None) -> Mapping[Phase, datetime]:
    """When nothing was said to be paid, by phase."""
    return {} if row is None else dict(zip(map(Phase, row.phases), row.times, strict=True))
