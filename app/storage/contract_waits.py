"""Contracts that wait for the worker alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, and_, or_, select, tuple_

from app.storage.applications import applications, read_row
from app.storage.contracts import contract_agreements, contracts
from app.storage.database import Session
from app.storage.unread_contracts import is_unread, is_wished
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
    """Whose newest contract its employer agreed to in `offered`, and the worker not; read by now.

    Those under review, of the vacancy that they name, and those with a permit, of the one that
    they ask to change to; the longest waiting first, from the one behind `after` on.
    """
    employer, worker = contract_agreements.alias(), contract_agreements.alias()
    place = tuple_(employer.c.accepted_at, applications.c.id)
    rest = [place > after] if after else []
    newer = contracts.alias()
    here = contracts.c.application == applications.c.id
    rows = session.execute(
        select(applications, contracts.c.digest.label("contract"), employer.c.accepted_at)
        .select_from(applications)
        .join(contracts, here & or_(_is_reviewed(), is_wished()))
        .join(employer, _of_version(employer, Party.EMPLOYER))
        .where(
            applications.c.programme.in_(programmes),
            employer.c.accepted_at >= offered[0],
            employer.c.accepted_at < offered[1],
            ~select(worker).where(_of_version(worker, Party.WORKER)).exists(),
            ~is_unread(),
            ~select(newer)
            .where(newer.c.application == applications.c.id, newer.c.version > contracts.c.version)
            .exists(),
            *rest,
        )
        .order_by(employer.c.accepted_at, applications.c.id)
        .limit(limit)
    )
    return [Waiting(read_row(row), row.contract, row.accepted_at) for row in rows]


def _is_reviewed() -> ColumnElement[bool]:
    named = contracts.c.vacancy == applications.c.vacancy
    return and_(applications.c.status == Status.UNDER_REVIEW.value, named)


def _of_version(agreements: FromClause, party: Party) -> ColumnElement[bool]:
    return and_(
        agreements.c.application == contracts.c.application,
        agreements.c.version == contracts.c.version,
        agreements.c.party == party.value,
    )
