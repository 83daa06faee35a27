"""The terms that count of a worker's contract, whatever the vacancy says today."""

import json
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import and_, case, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.storage.contracts import contract_agreements, contracts
from app.storage.database import Session
from recruitment.contracts import Party, Told

Counting = Mapping[tuple[UUID, UUID], Told]
"""Terms by the application and the vacancy."""


def list_counting(session: Session, some: Collection[UUID]) -> Counting:
    """The terms of these applications' contracts, for each vacancy that one was drawn for.

    The newest version that the worker accepted; where they accepted none, the first, which is what
    was offered when it was handed in or asked: one drawn later is only proposed.
    """
    version, agreed = contracts.c.version, contract_agreements.c
    query = (
        select(contracts.c.application, contracts.c.vacancy, contracts.c.content)
        .outerjoin(
            contract_agreements,
            and_(
                agreed.application == contracts.c.application,
                agreed.version == version,
                agreed.party == Party.WORKER.value,
            ),
        )
        .where(contracts.c.application.in_(some))
        .ext(distinct_on(contracts.c.application, contracts.c.vacancy))
        .order_by(
            *(contracts.c.application, contracts.c.vacancy),
            agreed.party.is_(None),
            case((agreed.party.is_(None), version), else_=-version),
        )
    )
    rows = session.execute(query)
    return {(row.application, row.vacancy): json.loads(row.content) for row in rows}


def find_own_deductions(session: Session, application: UUID, vacancy: UUID) -> bool | None:
    """What the worker said of deductions in the newest version that they accepted of a vacancy.

    None where they accepted none, where nothing is deducted, and where nobody asked.
    """
    agreed = contract_agreements.c
    version = (contracts.c.application == agreed.application, contracts.c.version == agreed.version)
    query = (
        select(agreed.deductions)
        .join(contracts, and_(*version))
        .where(
            agreed.application == application,
            agreed.party == Party.WORKER.value,
            contracts.c.vacancy == vacancy,
        )
        .order_by(agreed.version.desc())
        .limit(1)
    )
    return session.execute(query).scalar_one_or_none()
