"""The contracts of one vacancy: who agreed, what nobody can agree to, and whose they are."""

from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.storage.applications import applications
from app.storage.contracts import STANDING, contract_agreements, contracts, read_contract
from app.storage.database import Session
from permits.applications import ApplicationId
from recruitment.contracts import Contract, Party


def list_agreed(session: Session, vacancy: UUID, limit: int = 500) -> list[tuple[Contract, str]]:
    """Who agreed to a contract for a vacancy, by name: the newest version that they agreed to."""
    query = (
        select(contracts, applications.c.worker_name)
        .join(applications, applications.c.id == contracts.c.application)
        .join(
            contract_agreements,
            and_(
                contract_agreements.c.application == contracts.c.application,
                contract_agreements.c.version == contracts.c.version,
                contract_agreements.c.party == Party.WORKER.value,
            ),
        )
        .where(contracts.c.vacancy == vacancy, applications.c.erased_at.is_(None))
        .ext(distinct_on(contracts.c.application))
        .order_by(contracts.c.application, contracts.c.version.desc())
        .limit(limit)
    )
    found = session.execute(query).all()
    of = contract_agreements.c.application.in_([row.application for row in found])
    agreed = session.execute(select(contract_agreements).where(of)).all()
    yes = {
        row.application: [a for a in agreed if a.application == row.application] for row in found
    }
    own = [(read_contract(row, yes[row.application]), row.worker_name) for row in found]
    return sorted(own, key=lambda one: (one[1], one[0].application))


def list_blocked(session: Session, vacancy: UUID, limit: int = 500) -> list[Contract]:
    """The newest version of each application of a vacancy, where a rule stands against it."""
    newest = (
        select(contracts)
        .ext(distinct_on(contracts.c.application))
        .where(contracts.c.vacancy == vacancy)
        .order_by(contracts.c.application, contracts.c.version.desc())
        .subquery()
    )
    query = select(newest).where(newest.c.blocked).order_by(newest.c.drawn_at, newest.c.application)
    return [read_contract(row, ()) for row in session.execute(query.limit(limit))]


def list_of_vacancy(session: Session, vacancy: UUID) -> list[ApplicationId]:
    """The applications that stand and have a contract for a vacancy, in a lasting order."""
    stands = applications.c.status.in_([status.value for status in STANDING])
    query = (
        select(contracts.c.application)
        .join(applications, applications.c.id == contracts.c.application)
        .where(contracts.c.vacancy == vacancy, applications.c.vacancy == vacancy, stands)
        .distinct()
        .order_by(contracts.c.application)
    )
    return [ApplicationId(found) for found in session.execute(query).scalars()]
