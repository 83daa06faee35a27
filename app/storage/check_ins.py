"""Check-ins during the job: asked once for each moment. Answers and what is found stand sealed."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS, SECRET, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.deadlines import legal_day
from permits.people import PersonId
from recruitment.check_ins import Added, CheckIn, CheckInAnswers, Moment, Way, signs_of
from recruitment.ethics.facts import Report
from recruitment.ethics.rules import RuleFinding
from recruitment.ethics.written import read_finding, write_finding

FarmReport = tuple[Report, UUID | None]

CHECKED, FOUND, ADDED = "check_ins.answers", "check_ins.findings", "check_ins.added"


_FARMS = 7_319_206
"""Our first key among the advisory locks of the database."""

check_ins = Table(
    "check_ins",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("authorisation", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    # Whose work it was when the worker was asked; None in the pool of a department.
    Column("employer", PG_UUID, ForeignKey("employers.id"), info=PSEUDONYMOUS),
    # On which registered farm the worker was then, where its register knows.
    Column("farm", PG_UUID, ForeignKey("farms.id"), info=PSEUDONYMOUS),
    Column("programme", Text, nullable=False, info=OPERATIONAL),
    Column("moment", Text, nullable=False, info=PERSONAL),
    Column("token_hash", LargeBinary, nullable=False, unique=True, info=SECRET),
    Column("checked_at", INSTANT, nullable=False, info=PERSONAL),
    Column("closes_at", INSTANT, nullable=False, info=PERSONAL),
    Column("answers", LargeBinary, info=SENSITIVE),
    Column("findings", LargeBinary, info=SENSITIVE),
    Column("answered_at", INSTANT, info=PERSONAL),
    Column("answer_way", Text, info=PERSONAL),
    # The official who wrote it down by telephone.
    Column("noted_by", PG_UUID, info=PSEUDONYMOUS),
    # What was told after answers by the link, signed in or by telephone.
    Column("added", LargeBinary, info=SENSITIVE),
    ForeignKeyConstraint(
        ["authorisation", "worker"], ["authorisations.id", "authorisations.worker"]
    ),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    UniqueConstraint("authorisation", "moment"),
    CheckConstraint(
        "moment IN ('first-week', 'first-month', 'second-month', 'leaving')", name="moment"
    ),
    CheckConstraint("checked_at < closes_at", name="days"),
    CheckConstraint(
        "(answers IS NULL) = (answered_at IS NULL) AND (answers IS NULL) = (answer_way IS NULL)"
        " AND (answers IS NULL) = (findings IS NULL)",
        name="answered_together",
    ),
    CheckConstraint(
        "added IS NULL OR (answers IS NOT NULL AND answer_way = 'link')", name="added_after"
    ),
    CheckConstraint("answer_way IN ('link', 'own', 'phone')", name="answer_way"),
    # Nobody writes down for themselves as an official.
    CheckConstraint(
        "(noted_by IS NOT NULL) = (answer_way IS NOT NULL AND answer_way = 'phone')"
        " AND noted_by <> worker",
        name="noted_by_phone",
    ),
    Index("ix_check_ins_application", "application"),
    Index("ix_check_ins_worker", "worker"),
    Index("ix_check_ins_employer", "employer", "checked_at"),
    # With what is counted by employer and week.
    Index(
        "ix_check_ins_checked_at",
        "checked_at",
        postgresql_include=["employer", "answered_at", "closes_at"],
    ),
    Index("ix_check_ins_open", "closes_at", postgresql_where=text("answers IS NULL")),
)


def add_check_in(session: Session, asked: CheckIn, token_hash: bytes, *, event: AuditEvent) -> None:
    """Remember that the worker is asked; the database refuses the same moment a second time."""
    session.execute(
        insert(check_ins),
        {
            "id": asked.id,
            "authorisation": asked.authorisation,
            "application": asked.application,
            "worker": asked.worker,
            "employer": asked.employer,
            "farm": asked.farm,
            "programme": asked.programme,
            "moment": asked.moment.value,
            "token_hash": token_hash,
            "checked_at": asked.asked_at,
            "closes_at": asked.closes_at,
        },
    )
    audit.append(session, event)


def save_answers(session: Session, vault: Vault, found: CheckIn, *, event: AuditEvent) -> None:
    """Keep what was answered and what was found in it, once; the caller holds the row."""
    said = json.dumps(asdict(found.answers or CheckInAnswers()))
    written = json.dumps([write_finding(one) for one in found.findings])
    session.execute(
        update(check_ins)
        .where(check_ins.c.id == found.id, check_ins.c.answers.is_(None))
        .values(
            answers=vault.seal(CHECKED, found.id, said),
            findings=vault.seal(FOUND, found.id, written),
            answered_at=found.answered_at,
            answer_way=found.way.value if found.way else None,
            noted_by=found.by,
            employer=found.employer,
            farm=found.farm,
        )
    )
    audit.append(session, event)


def save_added(session: Session, vault: Vault, found: CheckIn, *, event: AuditEvent) -> None:
    """Keep what was told after the first answers, which stand; the caller holds the row."""
    added = json.dumps([_plain(one) for one in found.added])
    written = json.dumps([write_finding(one) for one in found.findings])
    session.execute(
        update(check_ins)
        .where(check_ins.c.id == found.id, check_ins.c.answers.is_not(None))
        .values(
            added=vault.seal(ADDED, found.id, added),
            findings=vault.seal(FOUND, found.id, written),
        )
    )
    audit.append(session, event)


def _plain(added: Added) -> dict[str, Any]:
    by = str(added.by) if added.by else None
    told = {"answers": asdict(added.answers), "way": added.way.value, "by": by}
    return told | {"at": added.at.isoformat()}


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember that an official opened what is about a worker."""
    audit.append(session, event)


def find_by_token(
    session: Session, vault: Vault, token_hash: bytes, *, hold: bool = False
) -> CheckIn | None:
    """The check-in of a link; with `hold` its row until the end."""
    return _find(session, vault, check_ins.c.token_hash == token_hash, hold=hold)


def find_check_in(
    session: Session, vault: Vault, identity: UUID, *, hold: bool = False
) -> CheckIn | None:
    """One by id; with `hold` its row until the end."""
    return _find(session, vault, check_ins.c.id == identity, hold=hold)


def list_of_application(session: Session, vault: Vault, application: UUID) -> list[CheckIn]:
    """Every check-in under the right of an application, the first one first."""
    rows = session.execute(
        select(check_ins)
        .where(check_ins.c.application == application)
        .order_by(check_ins.c.checked_at, check_ins.c.id)
    )
    return [_check_in(vault, row) for row in rows]


def lock_farm(session: Session, employer: UUID) -> None:
    """Let answers about one employer be kept one after the other: each sees those before."""
    key = func.hashtext(str(employer))
    session.execute(select(func.pg_advisory_xact_lock(_FARMS, key)))


def list_reports(
    session: Session, vault: Vault, where: CheckIn, since: datetime, limit: int
) -> list[FarmReport]:
    """The signs that workers of the same employer told since, the newest `limit` answers.

    Beside each the farm on which it was told. Where no employer is known only this worker's own; a
    worker is named by the pseudonym.
    """
    theirs = (
        check_ins.c.worker == where.worker
        if where.employer is None
        else check_ins.c.employer == where.employer
    )
    rows = session.execute(
        select(
            *(check_ins.c.id, check_ins.c.worker, check_ins.c.farm),
            *(check_ins.c.answers, check_ins.c.added, check_ins.c.answered_at),
        )
        .where(check_ins.c.id != where.id, theirs, check_ins.c.answered_at >= since)
        .order_by(check_ins.c.answered_at.desc(), check_ins.c.id)
        .limit(limit)
    )
    found: list[FarmReport] = []
    for row in rows:
        said = read_said(vault, row.id, row.answers, row.added)
        told = signs_of(str(row.worker), said, legal_day(row.answered_at))
        found += ((one, row.farm) for one in told)
    return found


def read_answers(vault: Vault, identity: UUID, sealed: bytes) -> CheckInAnswers:
    """The answers, opened."""
    return CheckInAnswers(**json.loads(vault.open(CHECKED, identity, sealed)))


def read_said(
    vault: Vault, identity: UUID, sealed: bytes, added: bytes | None
) -> list[CheckInAnswers]:
    """The first answers and what was added, opened."""
    more = [one.answers for one in _added(vault, identity, added)]
    return [read_answers(vault, identity, sealed), *more]


def _added(vault: Vault, identity: UUID, sealed: bytes | None) -> list[Added]:
    if sealed is None:
        return []
    return [
        Added(
            CheckInAnswers(**one["answers"]),
            datetime.fromisoformat(one["at"]),
            Way(one["way"]),
            PersonId(UUID(one["by"])) if one["by"] else None,
        )
        for one in json.loads(vault.open(ADDED, identity, sealed))
    ]


def _find(
    session: Session, vault: Vault, which: ColumnElement[bool], *, hold: bool
) -> CheckIn | None:
    query = select(check_ins).where(which)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else _check_in(vault, row)


def _findings(vault: Vault, identity: UUID, sealed: bytes | None) -> Sequence[RuleFinding]:
    if sealed is None:
        return ()
    written = json.loads(vault.open(FOUND, identity, sealed))
    return [cast("RuleFinding", read_finding(one)) for one in written]


def _check_in(vault: Vault, row: Row[Any]) -> CheckIn:
    return CheckIn(
        row.id,
        row.authorisation,
        row.application,
        PersonId(row.worker),
        row.employer,
        row.programme,
        Moment(row.moment),
        row.checked_at,
        row.closes_at,
        None if row.answers is None else read_answers(vault, row.id, row.answers),
        row.answered_at,
        Way(row.answer_way) if row.answer_way else None,
        PersonId(row.noted_by) if row.noted_by else None,
        tuple(_findings(vault, row.id, row.findings)),
        row.farm,
        tuple(_added(vault, row.id, row.added)),
    )
