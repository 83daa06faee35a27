"""Contracts that wait for the worker alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, and_, select, tuple_

from app.storage.applications import applications, read_row
from app.storage.contracts import contract_agreements, contracts
from app.storage.database import Session
from permits.applications import Application, Status
from recruitment.contracts import Party


@dataclass(frozen=True)
class Waiting:
    """An application whose contract waits for its worker: the digest, and since when."""

    application: Application
    digest: str
    since: datetime

    @property
    def place(self) -> tuple[datetime, UUID]:
        """Where it stands in the list."""
        return self.since, self.application.id


def list_waiting(
    session: Session,
    programmes: Collection[str],
    offered: tuple[datetime, datetime],
    limit: int,
    after: tuple[datetime, UUID] | None = None,
) -> list[Waiting]:
    """Whose newest contract its employer agreed to in `offered`, and the worker not.

    Those under review alone; of the vacancy that they name, the longest waiting first, from the
    one behind `after` on.
    """
    employer, worker = contract_agreements.alias(), contract_agreements.alias()
    place = tuple_(employer.c.accepted_at, applications.c.id)
    rest = [place > after] if after else []
    newer = contracts.alias()
    here = contracts.c.application == applications.c.id
    rows = session.execute(
        select(applications, contracts.c.digest.label("contract"), employer.c.accepted_at)
        .join(contracts, here & (contracts.c.vacancy == applications.c.vacancy))
        .join(employer, _of_version(employer, Party.EMPLOYER))
        .where(
            applications.c.status == Status.UNDER_REVIEW.value,
            applications.c.programme.in_(programmes),
            employer.c.accepted_at >= offered[0],
            employer.c.accepted_at < offered[1],
            ~select(worker).where(_of_version(worker, Party.WORKER)).exists(),
            ~select(newer)
            .where(newer.c.application == applications.c.id, newer.c.version > contracts.c.version)
            .exists(),
            *rest,
        )
        .order_by(employer.c.accepted_at, applications.c.id)
        .limit(limit)
    )
    return [Waiting(read_row(row), row.contract, row.accepted_at) for row in rows]


def _of_version(agreements: FromClause, party: Party) -> ColumnElement[bool]:
    return and_(
        agreements.c.application == contracts.c.application,
        agreements.c.version == contracts.c.version,
        agreements.c.party == party.value,
    )
