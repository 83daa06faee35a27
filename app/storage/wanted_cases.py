"""Cases that check-ins ask for: each stays until a person takes note, and a complaint takes it up.

What is told stands sealed. One of a whole farm (R37) names nobody.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.ethics.rules import RuleFinding
from recruitment.ethics.written import read_finding, write_finding
from recruitment.wanted_cases import Grade, Ground, Wanted

WANTED = "wanted_cases.reasons"


wanted_cases = Table(
    "wanted_cases",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    # None of the three where a whole farm is meant, and no person.
    Column("check_in", PG_UUID, ForeignKey("check_ins.id"), info=PSEUDONYMOUS),
    Column("application", PG_UUID, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, info=PSEUDONYMOUS),
    Column("employer", PG_UUID, ForeignKey("employers.id"), info=PSEUDONYMOUS),
    # Where several on one farm told of one sign; never of one worker.
    Column("farm", PG_UUID, ForeignKey("farms.id"), info=PSEUDONYMOUS),
    Column("programme", Text, nullable=False, info=OPERATIONAL),
    Column("grade", Text, nullable=False, info=PERSONAL),
    Column("ground", Text, nullable=False, info=PERSONAL),
    Column("reasons", LargeBinary, nullable=False, info=SENSITIVE),
    Column("wanted_at", INSTANT, nullable=False, info=PERSONAL),
    Column("acknowledged_at", INSTANT, info=PERSONAL),
    Column("acknowledged_by", PG_UUID, info=PSEUDONYMOUS),
    # The complaint that took it up.
    Column("complaint", PG_UUID, unique=True, info=PSEUDONYMOUS),
    Column("taken_up_at", INSTANT, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("grade IN ('s1', 's2', 's3')", name="grade"),
    CheckConstraint("ground IN ('ex-officio', 'consent')", name="ground"),
    CheckConstraint(
        "(check_in IS NULL) = (application IS NULL) AND (check_in IS NULL) = (worker IS NULL)"
        " AND (check_in IS NOT NULL OR employer IS NOT NULL)",
        name="of_somebody_or_a_farm",
    ),
    CheckConstraint("farm IS NULL OR check_in IS NULL", name="a_farm_is_nobody"),
    CheckConstraint("check_in IS NOT NULL OR ground = 'ex-officio'", name="a_farm_asks_nothing"),
    CheckConstraint(
        "(acknowledged_at IS NULL) = (acknowledged_by IS NULL) AND acknowledged_by <> worker",
        name="acknowledged_together",
    ),
    CheckConstraint("(complaint IS NULL) = (taken_up_at IS NULL)", name="taken_up_together"),
    Index("ix_wanted_cases_application", "application"),
    Index("ix_wanted_cases_check_in", "check_in"),
    Index("ix_wanted_cases_employer", "employer", "wanted_at"),
    Index(
        "ix_wanted_cases_waiting",
        "grade",
        "wanted_at",
        postgresql_where=text("acknowledged_at IS NULL"),
    ),
    Index("ix_wanted_cases_untaken", "wanted_at", postgresql_where=text("complaint IS NULL")),
)


@dataclass(frozen=True)
class WantedCase:
    """A case that is to be opened, about a worker's check-in or a whole farm.

    `wanted.told` are the answers that officials may read, by question and code; `findings` what
    the rules found in them.
    """

    id: UUID
    programme: str
    wanted: Wanted
    findings: tuple[RuleFinding, ...]
    wanted_at: datetime
    employer: UUID | None
    check_in: UUID | None = None
    application: UUID | None = None
    worker: PersonId | None = None
    acknowledged_at: datetime | None = None
    complaint: UUID | None = None
    farm: UUID | None = None


def add_wanted(session: Session, vault: Vault, case: WantedCase, *, event: AuditEvent) -> None:
    """Remember that a case is wanted; the database refuses a second one of a check-in."""
    told = {
        "answers": [list(one) for one in case.wanted.told],
        "findings": [write_finding(one) for one in case.findings],
    }
    session.execute(
        insert(wanted_cases),
        {
            "id": case.id,
            "check_in": case.check_in,
            "application": case.application,
            "worker": case.worker,
            "employer": case.employer,
            "farm": case.farm,
            "programme": case.programme,
            "grade": case.wanted.grade.value,
            "ground": case.wanted.ground.value,
            "reasons": vault.seal(WANTED, case.id, json.dumps(told)),
            "wanted_at": case.wanted_at,
        },
    )
    audit.append(session, event)


def acknowledge(
    session: Session, case: WantedCase, official: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """Write down who took note of it; the caller holds the row."""
    session.execute(
        update(wanted_cases)
        .where(wanted_cases.c.id == case.id, wanted_cases.c.acknowledged_at.is_(None))
        .values(acknowledged_at=now, acknowledged_by=official)
    )
    audit.append(session, event)


def take_up(
    session: Session, case: WantedCase, complaint: UUID, now: datetime, *, event: AuditEvent
) -> None:
    """Write down which complaint took it up; the caller holds the row."""
    session.execute(
        update(wanted_cases)
        .where(wanted_cases.c.id == case.id, wanted_cases.c.complaint.is_(None))
        .values(complaint=complaint, taken_up_at=now)
    )
    audit.append(session, event)


def find_wanted(
    session: Session, vault: Vault, identity: UUID, *, hold: bool = False
) -> WantedCase | None:
    """One by id; with `hold` its row until the end."""
    query = select(wanted_cases).where(wanted_cases.c.id == identity)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else _wanted(vault, row)


def list_waiting(session: Session, vault: Vault, limit: int) -> Sequence[WantedCase]:
    """What nobody took note of, danger first and then the oldest."""
    rows = session.execute(
        select(wanted_cases)
        .where(wanted_cases.c.acknowledged_at.is_(None))
        .order_by(wanted_cases.c.grade, wanted_cases.c.wanted_at, wanted_cases.c.id)
        .limit(limit)
    )
    return [_wanted(vault, row) for row in rows]


def lock_untaken(session: Session, vault: Vault, limit: int) -> Sequence[WantedCase]:
    """What no complaint took up yet and nobody else holds, the oldest first; held here."""
    rows = session.execute(
        select(wanted_cases)
        .where(wanted_cases.c.complaint.is_(None))
        .order_by(wanted_cases.c.wanted_at, wanted_cases.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_wanted(vault, row) for row in rows]


def count_patterns(session: Session, some: Collection[UUID], since: datetime) -> dict[UUID, int]:
    """How many signs R37 found in what several workers of each of these employers told."""
    table = wanted_cases.c
    query = (
        select(table.employer, func.count().label("signs"))
        .where(table.employer.in_(some), table.check_in.is_(None), table.wanted_at > since)
        .group_by(table.employer)
    )
    return {row.employer: row.signs for row in session.execute(query)}


def list_of_farm(
    session: Session, vault: Vault, employer: UUID, since: datetime
) -> Sequence[WantedCase]:
    """Those of a whole farm since, so that one sign is not told anew with each answer."""
    rows = session.execute(
        select(wanted_cases)
        .where(
            wanted_cases.c.employer == employer,
            wanted_cases.c.check_in.is_(None),
            wanted_cases.c.wanted_at >= since,
        )
        .order_by(wanted_cases.c.wanted_at, wanted_cases.c.id)
    )
    return [_wanted(vault, row) for row in rows]


def _wanted(vault: Vault, row: Row[Any]) -> WantedCase:
    told = json.loads(vault.open(WANTED, row.id, row.reasons))
    answers = tuple((name, code) for name, code in told["answers"])
    return WantedCase(
        row.id,
        row.programme,
        Wanted(Grade(row.grade), Ground(row.ground), answers),
        tuple(cast("RuleFinding", read_finding(one)) for one in told["findings"]),
        row.wanted_at,
        row.employer,
        row.check_in,
        row.application,
        PersonId(row.worker) if row.worker else None,
        row.acknowledged_at,
        row.complaint,
        row.farm,
    )
