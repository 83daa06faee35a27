"""Contracts of which their workers said that they are others on arrival, with whose work it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select

from app.storage.applications import applications
from app.storage.contracts import contract_reports, contracts
from app.storage.database import Session
from app.storage.vacancies import employers, vacancies
from recruitment.contracts import Reported


@dataclass(frozen=True)
class ReportedContract:
    """One report; the number of its case stands in for its worker."""

    application: UUID
    receipt: str
    employer: UUID
    employer_name: str
    fields: tuple[Reported, ...]
    reported_at: datetime


def list_reported(session: Session, since: datetime, limit: int) -> Sequence[ReportedContract]:
    """What workers reported since, the newest on top; nothing of a file that was erased."""
    own = contract_reports.c
    here = and_(contracts.c.application == own.application, contracts.c.version == own.version)
    query = (
        select(
            *(own.application, applications.c.receipt, employers.c.id.label("employer")),
            *(employers.c.name.label("employer_name"), own.fields, own.reported_at),
        )
        .join(contracts, here)
        .join(applications, applications.c.id == own.application)
        .join(vacancies, vacancies.c.id == contracts.c.vacancy)
        .join(employers, employers.c.id == vacancies.c.employer)
        .where(own.reported_at >= since, applications.c.erased_at.is_(None))
        .order_by(own.reported_at.desc(), own.id)
        .limit(limit)
    )
    return [
        ReportedContract(
            row.application,
            row.receipt or "",
            row.employer,
            row.employer_name,
            tuple(one for one in Reported if one.value in row.fields),
            row.reported_at,
        )
        for row in session.execute(query)
    ]
