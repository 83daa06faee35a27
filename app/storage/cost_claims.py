"""What workers asked back, for the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from app.storage.applications import applications
from app.storage.cost_entries import cost_entries, read_entry
from app.storage.database import Session
from app.storage.sealed import Vault
from app.storage.vacancies import vacancies
from recruitment.costs import CostEntry


@dataclass(frozen=True)
class Claim:
    """A payment that was asked back, and whose it is: name and receipt of the application."""

    entry: CostEntry
    programme: str
    vacancy: UUID | None
    worker_name: str
    receipt: str | None


def list_claims(session: Session, vault: Vault, limit: int) -> list[Claim]:
    """What was asked back and is not settled: what waits for its worker's word behind the others,
    the oldest first of each.

    Whoever asks lets SETRASS read it wherever the file is: what was paid before a draft is handed
    in counts too.
    """
    rows = session.execute(
        _claims()
        .where(cost_entries.c.status.in_(["asked", "disputed", "paid"]))
        .order_by(cost_entries.c.status == "paid", cost_entries.c.asked_at, cost_entries.c.id)
        .limit(limit)
    )
    return [_claim(vault, row) for row in rows]


def list_of_employer(
    session: Session, vault: Vault, employer: UUID, before: datetime, limit: int
) -> list[Claim]:
    """What was asked back before an instant for work of one employer, settled or not; for sums."""
    rows = session.execute(
        _claims()
        .join(vacancies, vacancies.c.id == applications.c.vacancy)
        .where(vacancies.c.employer == employer, cost_entries.c.asked_at < before)
        .order_by(cost_entries.c.asked_at, cost_entries.c.id)
        .limit(limit)
    )
    return [_claim(vault, row) for row in rows]


def find_claim(session: Session, vault: Vault, entry: UUID) -> Claim | None:
    """One that was asked back; None for what its worker keeps private."""
    row = session.execute(
        _claims().where(
            cost_entries.c.id == entry,
            cost_entries.c.asked_at.is_not(None),
        )
    ).one_or_none()
    return None if row is None else _claim(vault, row)


@dataclass(frozen=True)
class PaidFor:
    """For which work somebody paid, and who: name and receipt of the application, "" before."""

    vacancy: UUID | None
    worker_name: str
    receipt: str


def find_paid_for(session: Session, application: UUID) -> PaidFor:
    """The work of an application, whatever its status; the caller may look at it."""
    columns = (applications.c.vacancy, applications.c.worker_name, applications.c.receipt)
    row = session.execute(select(*columns).where(applications.c.id == application)).one()
    return PaidFor(row.vacancy, row.worker_name or "", row.receipt or "")


def _claims() -> Any:  # noqa: ANN401  (a query with columns of both tables)
    return select(
        cost_entries,
        applications.c.programme,
        applications.c.vacancy,
        applications.c.worker_name,
        applications.c.receipt,
    ).join(applications, applications.c.id == cost_entries.c.application)


def _claim(vault: Vault, row: Row[Any]) -> Claim:
    return Claim(read_entry(vault, row), row.programme, row.vacancy, row.worker_name, row.receipt)
