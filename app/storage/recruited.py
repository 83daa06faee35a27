"""How many workers agreed to a contract while a recruiter was named, and tell another story."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Date, and_, cast, distinct, func, or_, select

from app.storage.contracts import contract_agreements, contract_reports, contracts
from app.storage.cost_entries import cost_entries
from app.storage.database import Session
from app.storage.mandates import mandates
from app.storage.vacancies import vacancies
from permits.deadlines import LEGAL_ZONE
from recruitment.contracts import Party
from recruitment.recruiters import LicenceKey
from recruitment.registries import Registry


@dataclass(frozen=True)
class Told:
    """Workers of a recruiter's mandates who could tell, and those who told something else."""

    answers: int
    different: int


def count_told(session: Session, licences: Collection[LicenceKey]) -> dict[LicenceKey, Told]:
    """Of each recruiter the workers who agreed to a contract on the days of its mandates.

    Different is who reported another contract on arrival, or paid a fee that an official confirmed
    against this licence. Whoever told nothing counts as one who could have.
    """
    named, agreed, told = mandates.c, contract_agreements.c, contract_reports.c
    agreed_on = cast(func.timezone(LEGAL_ZONE.key, agreed.accepted_at), Date)
    here = and_(
        agreed.application == contracts.c.application, agreed.version == contracts.c.version
    )
    fee = and_(
        cost_entries.c.worker == contracts.c.worker,
        cost_entries.c.registry == named.registry,
        cost_entries.c.licence == named.licence,
    )
    other = or_(told.id.is_not(None), cost_entries.c.id.is_not(None))
    query = (
        select(
            named.registry,
            named.licence,
            func.count(distinct(contracts.c.worker)).label("answers"),
            func.count(distinct(contracts.c.worker)).filter(other).label("different"),
        )
        .select_from(mandates)
        .join(vacancies, vacancies.c.employer == named.employer)
        .join(contracts, contracts.c.vacancy == vacancies.c.id)
        .join(contract_agreements, and_(here, agreed.party == Party.WORKER.value))
        .outerjoin(contract_reports, told.application == contracts.c.application)
        .outerjoin(cost_entries, fee)
        .where(
            named.licence.in_([one.number for one in licences]),
            named.under.is_(None),
            agreed_on >= named.starts_on,
            agreed_on <= func.coalesce(named.ended_on, named.ends_on),
        )
        .group_by(named.registry, named.licence)
    )
    return {
        LicenceKey(Registry(row.registry), row.licence): Told(row.answers, row.different)
        for row in session.execute(query.order_by(named.registry, named.licence))
    }
