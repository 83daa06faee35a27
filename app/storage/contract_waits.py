"""Contracts that wait for the worker alone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, and_, select

from app.storage.applications import applications, read_row
from app.storage.contracts import contract_agreements, contracts
from app.storage.database import Session
from permits.applications import Application, Status
from recruitment.contracts import Party


def list_waiting(
    session: Session,
    programmes: Collection[str],
    offered: tuple[datetime, datetime],
    limit: int,
) -> list[tuple[Application, str]]:
    """Whose newest contract its employer agreed to in `offered`, and the worker not; its digest.

    Those under review alone; of the vacancy that they name, the longest waiting first.
    """
    employer, worker = contract_agreements.alias(), contract_agreements.alias()
    newer = contracts.alias()
    here = contracts.c.application == applications.c.id
    rows = session.execute(
        select(applications, contracts.c.digest.label("contract"))
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
        )
        .order_by(employer.c.accepted_at, applications.c.id)
        .limit(limit)
    )
    return [(read_row(row), row.contract) for row in rows]


def _of_version(agreements: FromClause, party: Party) -> ColumnElement[bool]:
    return and_(
        agreements.c.application == contracts.c.application,
        agreements.c.version == contracts.c.version,
        agreements.c.party == party.value,
    )
