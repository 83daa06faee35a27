"""Contracts: every version stands for ever under its digest, and who agreed to which of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, distinct_on
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.applications import ApplicationId, Status
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.contracts import Agreement, Contract, Party, Reported, Way
from recruitment.ethics.written import read_finding, write_finding

STANDING = (Status.UNDER_REVIEW, Status.ASKED, Status.APPROVED)
"""Of an application whose contract the employer may offer anew."""

contracts = Table(
    "contracts",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("version", Integer, primary_key=True, info=OPERATIONAL),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False, info=OPERATIONAL),
    Column("digest", Text, nullable=False, info=OPERATIONAL),
    # The terms as canonical JSON: it names the firm, and the worker by a pseudonym alone.
    Column("content", Text, nullable=False, info=PERSONAL),
    Column("drawn_at", INSTANT, nullable=False, info=OPERATIONAL),
    # What R09 to R15 found when it was drawn; of versions before there were checks, nothing.
    Column("findings", JSONB, nullable=False, server_default="[]", info=OPERATIONAL),
    Column("blocked", Boolean, nullable=False, server_default="false", info=OPERATIONAL),
    UniqueConstraint("application", "version", "digest"),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("version >= 1", name="version"),
    CheckConstraint(
        "digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')", name="digest_of_content"
    ),
    CheckConstraint("NOT blocked OR findings <> '[]'", name="blocked_by_findings"),
    Index("ix_contracts_vacancy", "vacancy"),
)

contract_agreements = Table(
    "contract_agreements",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("version", Integer, primary_key=True, info=OPERATIONAL),
    Column("party", Text, primary_key=True, info=OPERATIONAL),
    # The text that was shown: no other of this version can be agreed to.
    Column("digest", Text, nullable=False, info=OPERATIONAL),
    Column("way", Text, nullable=False, info=PERSONAL),
    Column("read_aloud", Boolean, nullable=False, info=PERSONAL),
    Column("witness", PG_UUID, info=PSEUDONYMOUS),
    Column("accepted_at", INSTANT, nullable=False, info=PERSONAL),
    # In which language it was read aloud (ISO 639-3); of old marks nobody noted it.
    Column("heard_in", Text, info=PERSONAL),
    # Their own answer to what is deducted for housing and food; null where nobody asked.
    Column("deductions", Boolean, info=PERSONAL),
    ForeignKeyConstraint(
        ["application", "version", "digest"],
        ["contracts.application", "contracts.version", "contracts.digest"],
    ),
    CheckConstraint(
        "(party = 'worker' AND way IN ('own', 'witnessed'))"
        " OR (party = 'employer' AND way IN ('answer', 'named', 'open', 'account'))",
        name="way_of_party",
    ),
    CheckConstraint("(witness IS NOT NULL) = (way = 'witnessed')", name="witness_of_a_mark"),
    CheckConstraint("way <> 'witnessed' OR read_aloud", name="mark_after_reading"),
    CheckConstraint("heard_in IS NULL OR read_aloud", name="heard_in_aloud"),
    CheckConstraint("deductions IS NULL OR party = 'worker'", name="deductions_of_worker"),
)

contract_reports = Table(
    "contract_reports",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("digest", Text, nullable=False, info=OPERATIONAL),
    Column("fields", ARRAY(Text), nullable=False, info=PERSONAL),
    Column("reported_at", INSTANT, nullable=False, info=PERSONAL),
    ForeignKeyConstraint(
        ["application", "version", "digest"],
        ["contracts.application", "contracts.version", "contracts.digest"],
    ),
    CheckConstraint("cardinality(fields) > 0", name="fields"),
    Index("ix_contract_reports_application", "application"),
)


@dataclass(frozen=True)
class Report:
    """What a worker found to be other on arrival than in the version that counted."""

    id: UUID
    version: int
    fields: frozenset[Reported]
    reported_at: datetime


def add_version(session: Session, contract: Contract, *, event: AuditEvent) -> None:
    """Draw a version; the row of the application is held, so that numbers follow each other."""
    audit.add_row(
        session,
        contracts,
        {
            "application": contract.application,
            "version": contract.version,
            "worker": contract.worker,
            "vacancy": contract.vacancy,
            "digest": contract.digest,
            "content": contract.content,
            "drawn_at": contract.drawn_at,
            "findings": [write_finding(one) for one in contract.findings],
            "blocked": contract.blocked,
        },
        event=event,
    )


def add_agreement(
    session: Session, contract: Contract, agreement: Agreement, *, event: AuditEvent
) -> bool:
    """Keep that a party agreed to a version; False, and nothing logged, where it had already."""
    return audit.add_once(
        session,
        contract_agreements,
        {
            "application": contract.application,
            "version": contract.version,
            "digest": contract.digest,
            **vars(agreement),
            **{"party": agreement.party.value, "way": agreement.way.value},
        },
        *("application", "version", "party"),
        event=event,
    )


def add_report(session: Session, contract: Contract, report: Report, *, event: AuditEvent) -> None:
    """Keep what a worker found to be other than in this version."""
    session.execute(
        insert(contract_reports),
        {
            "id": report.id,
            "application": contract.application,
            "version": contract.version,
            "digest": contract.digest,
            "fields": sorted(one.value for one in report.fields),
            "reported_at": report.reported_at,
        },
    )
    audit.append(session, event)


def list_versions(session: Session, application: UUID) -> tuple[Contract, ...]:
    """Every version that was drawn for an application, the oldest first, with who agreed."""
    rows = session.execute(_listing_versions(), {"of_application": application}).all()
    firsts = {row.version: row for row in reversed(rows)}
    told = [row for row in rows if row.party is not None]
    return tuple(_contract(firsts[version], told) for version in sorted(firsts))


@cache
def _listing_versions() -> Select[Any]:
    agreed, own = contract_agreements.c, contracts.c
    here = and_(agreed.application == own.application, agreed.version == own.version)
    told = ("party", "way", "read_aloud", "witness", "accepted_at", "heard_in", "deductions")
    versions = select(contracts, *(agreed[name] for name in told)).outerjoin(
        contract_agreements, here
    )
    of_one = versions.where(own.application == bindparam("of_application"))
    return of_one.order_by(own.version, agreed.party)


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
    own = [
        (_contract(row, [a for a in agreed if a.application == row.application]), row.worker_name)
        for row in found
    ]
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
    return [_contract(row, ()) for row in session.execute(query.limit(limit))]


def list_newest_work(session: Session, application: UUID) -> tuple[Contract, ...]:
    """The versions for the work for which the newest one was drawn, the oldest first."""
    every = list_versions(session, application)
    return tuple(one for one in every if one.vacancy == every[-1].vacancy)


def list_reports(session: Session, application: UUID) -> list[Report]:
    """What a worker reported, the oldest first."""
    rows = session.execute(
        select(contract_reports)
        .where(contract_reports.c.application == application)
        .order_by(contract_reports.c.reported_at, contract_reports.c.id)
    )
    return [
        Report(row.id, row.version, frozenset(map(Reported, row.fields)), row.reported_at)
        for row in rows
    ]


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


def _contract(row: Row[Any], agreed: Collection[Row[Any]]) -> Contract:
    return Contract(
        row.application,
        PersonId(row.worker),
        row.version,
        row.vacancy,
        row.digest,
        row.content,
        row.drawn_at,
        tuple(read_agreement(one._asdict()) for one in agreed if one.version == row.version),
        tuple(read_finding(one) for one in row.findings),
        row.blocked,
    )


def read_agreement(values: Mapping[str, Any]) -> Agreement:
    """An agreement from the columns of its table by name."""
    return Agreement(
        Party(values["party"]),
        Way(values["way"]),
        values["accepted_at"],
        values["read_aloud"],
        PersonId(values["witness"]) if values["witness"] else None,
        values["heard_in"],
        values["deductions"],
    )
