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
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.contract_looks import contract_looks, read_look
from app.storage.database import Base, Session
from permits.applications import Status
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.contract_looks import Look
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
    # Whether a person must look at what only words tell; what is worse or blocked waits for none.
    Column("asks_look", Boolean, nullable=False, server_default="false", info=OPERATIONAL),
    # Whose act drew it; of versions before there were looks nobody noted it.
    Column("drawn_by", PG_UUID, info=PSEUDONYMOUS),
    UniqueConstraint("application", "version", "digest"),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("version >= 1", name="version"),
    CheckConstraint(
        "digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')", name="digest_of_content"
    ),
    CheckConstraint("NOT blocked OR findings <> '[]'", name="blocked_by_findings"),
    CheckConstraint("NOT (blocked AND asks_look)", name="look_at_what_counts"),
    Index("ix_contracts_vacancy", "vacancy"),
    Index("ix_contracts_asks_look", "drawn_at", postgresql_where=text("asks_look")),
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


_LOOKED = tuple(column.name for column in contract_looks.c)


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
            "asks_look": contract.asks_look,
            "drawn_by": contract.drawn_by,
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
    """Every version of an application, the oldest first, with who agreed and who looked."""
    rows = session.execute(_listing_versions(), {"of_application": application}).all()
    firsts = {row.version: row for row in reversed(rows)}
    told = [row for row in rows if row.party is not None]
    looked = [row for row in rows if row.look_digest is not None]
    return tuple(read_contract(firsts[version], told, looked) for version in sorted(firsts))


@cache
def _listing_versions() -> Select[Any]:
    agreed, own = contract_agreements.c, contracts.c
    here = and_(agreed.application == own.application, agreed.version == own.version)
    told = ("party", "way", "read_aloud", "witness", "accepted_at", "heard_in", "deductions")
    looks = (column.label(f"look_{column.name}") for column in contract_looks.c)
    # A text that came back is the same text: its look is by digest, and not by version.
    looked = and_(
        contract_looks.c.application == own.application, contract_looks.c.digest == own.digest
    )
    versions = (
        select(contracts, *(agreed[name] for name in told), *looks)
        .outerjoin(contract_agreements, here)
        .outerjoin(contract_looks, looked)
    )
    of_one = versions.where(own.application == bindparam("of_application"))
    return of_one.order_by(own.version, agreed.party)


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


def read_contract(
    row: Row[Any], agreed: Collection[Row[Any]], looked: Collection[Row[Any]] = ()
) -> Contract:
    """A version from its row, with those of who agreed and of who looked, any version's."""
    own = [one for one in agreed if one.version == row.version]
    looks = dict.fromkeys(_look(one) for one in looked if one.version == row.version)
    return Contract(
        row.application,
        PersonId(row.worker),
        row.version,
        row.vacancy,
        row.digest,
        row.content,
        row.drawn_at,
        tuple(dict.fromkeys(read_agreement(one._asdict()) for one in own)),
        tuple(read_finding(one) for one in row.findings),
        row.blocked,
        tuple(looks),
        row.asks_look,
        PersonId(row.drawn_by) if row.drawn_by else None,
    )


def _look(row: Row[Any]) -> Look:
    return read_look({name: row._mapping[f"look_{name}"] for name in _LOOKED})


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
