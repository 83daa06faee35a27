"""How many workers agreed to a contract while a recruiter was named, and tell another story."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, and_, cast, desc, distinct, func, or_, select

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
    query = _query().where(mandates.c.licence.in_([one.number for one in licences]))
    return {
        LicenceKey(Registry(row.registry), row.licence): Told(row.answers, row.different)
        for row in session.execute(query)
    }


def count_every(session: Session, limit: int) -> dict[LicenceKey, Told]:
    """The same of every recruiter of whom somebody told something else, who most of all first."""
    query = _query().order_by(None).order_by(desc("different"))
    rows = session.execute(query.order_by(mandates.c.registry, mandates.c.licence).limit(limit))
    return {
        LicenceKey(Registry(row.registry), row.licence): Told(row.answers, row.different)
        for row in rows
        if row.different
    }


def list_recruiters(session: Session, some: Collection[UUID]) -> dict[UUID, frozenset[LicenceKey]]:
    """Of each of these applications the recruiters under whose mandates its worker agreed.

    Whoever took nothing stands there as well: a rate needs those whom it cost nothing.
    """
    named, own = mandates.c, contracts.c
    query = _in_days(
        _agreed(select(own.application, named.registry, named.licence).distinct())
    ).where(own.application.in_(some))
    found: dict[UUID, set[LicenceKey]] = defaultdict(set)
    for row in session.execute(query):
        found[row.application].add(LicenceKey(Registry(row.registry), row.licence))
    return {application: frozenset(keys) for application, keys in found.items()}


def count_among(session: Session, some: Any) -> dict[LicenceKey, int]:  # noqa: ANN401  (a query)
    """How many of these applications, a query of ids, each recruiter brought."""
    named, own = mandates.c, contracts.c
    columns = (named.registry, named.licence, func.count(distinct(own.application)).label("some"))
    query = _in_days(_agreed(select(*columns))).where(own.application.in_(some))
    return {
        LicenceKey(Registry(row.registry), row.licence): row.some
        for row in session.execute(query.group_by(named.registry, named.licence))
    }


def _query() -> Select[Any]:
    """The workers of each licence, each once, by the days of its mandates."""
    named, own = mandates.c, contracts.c
    other = or_(contract_reports.c.id.is_not(None), cost_entries.c.id.is_not(None))
    columns = (
        named.registry,
        named.licence,
        func.count(distinct(own.worker)).label("answers"),
        func.count(distinct(own.worker)).filter(other).label("different"),
    )
    return (
        _in_days(_joined(select(*columns)))
        .group_by(named.registry, named.licence)
        .order_by(named.registry, named.licence)
    )


def _in_days(query: Select[Any]) -> Select[Any]:
    """What was agreed to on the days of a recruiter's own mandate, both included."""
    named = mandates.c
    agreed_on = cast(func.timezone(LEGAL_ZONE.key, contract_agreements.c.accepted_at), Date)
    return query.where(
        named.under.is_(None),
        agreed_on >= named.starts_on,
        agreed_on <= func.coalesce(named.ended_on, named.ends_on),
    )


def _joined(query: Select[Any]) -> Select[Any]:
    """Mandates with the contracts that workers agreed to, what they reported, and the fees."""
    named, own = mandates.c, contracts.c
    fee = and_(
        cost_entries.c.worker == own.worker,
        cost_entries.c.registry == named.registry,
        cost_entries.c.licence == named.licence,
    )
    return (
        _agreed(query)
        .outerjoin(contract_reports, contract_reports.c.application == own.application)
        .outerjoin(cost_entries, fee)
    )


def _agreed(query: Select[Any]) -> Select[Any]:
    """Mandates with the contracts that workers of their employers agreed to."""
    agreed, own = contract_agreements.c, contracts.c
    here = and_(agreed.application == own.application, agreed.version == own.version)
    return (
        query.select_from(mandates)
        .join(vacancies, vacancies.c.employer == mandates.c.employer)
        .join(contracts, own.vacancy == vacancies.c.id)
        .join(contract_agreements, and_(here, agreed.party == Party.WORKER.value))
    )
