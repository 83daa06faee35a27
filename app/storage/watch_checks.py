"""What the watch list was asked about a round or another name, and what a second look said."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    and_,
    exists,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.applications import applications, list_reached
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from app.storage.searched import EVERY, Search, of_cases
from app.storage.turns import Order, is_turn_of
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.people import Agency, PersonId
from permits.reach import Reach
from permits.watch import ANSWERED, CheckState, WatchCheck

REFERENCES, NOTE = "watch_checks.found", "watch_checks.note"

watch_checks = Table(
    "watch_checks",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    # A round of the case, or a wish for other identity data under its right.
    Column("round", Integer, info=OPERATIONAL),
    Column("change", PG_UUID, ForeignKey("identity_changes.id"), info=PSEUDONYMOUS),
    Column("state", Text, nullable=False, info=PERSONAL),
    Column("asked_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("answered_at", DateTime(timezone=True), info=OPERATIONAL),
    Column("found", LargeBinary, info=SENSITIVE),
    Column("reviewed_by", PG_UUID, info=PSEUDONYMOUS),
    Column("reviewed_at", DateTime(timezone=True), info=OPERATIONAL),
    Column("note", LargeBinary, info=SENSITIVE),
    # Who cleared a hit of this round before the list found something else: they do not decide it.
    Column("cleared_by", ARRAY(PG_UUID), nullable=False, server_default="{}", info=PSEUDONYMOUS),
    UniqueConstraint("application", "round"),
    UniqueConstraint("change"),
    CheckConstraint("(round IS NULL) <> (change IS NULL)", name="round_or_change"),
    ForeignKeyConstraint(
        ["application", "round"],
        ["application_rounds.application", "application_rounds.round"],
    ),
    CheckConstraint("state IN ('pending', 'clear', 'hit', 'cleared', 'upheld')", name="state"),
    CheckConstraint("(state = 'pending') = (answered_at IS NULL)", name="answered"),
    CheckConstraint(
        "(state IN ('cleared', 'upheld')) = (reviewed_by IS NOT NULL)"
        " AND (reviewed_by IS NULL) = (reviewed_at IS NULL)",
        name="reviewed",
    ),
    Index("ix_watch_checks_hit", "answered_at", postgresql_where=text("state = 'hit'")),
)


def list_unasked(session: Session, orders: Sequence[Order], limit: int) -> list[tuple[UUID, int]]:
    """Cases that wait for INM and whose round the list was never asked about: id and round."""
    asked = exists().where(
        watch_checks.c.application == applications.c.id,
        watch_checks.c.round == applications.c.round,
    )
    rows = session.execute(
        select(applications.c.id, applications.c.round)
        .where(
            applications.c.erased_at.is_(None),
            is_turn_of(Agency.INM, orders),
            ~asked,
        )
        .order_by(applications.c.due_at, applications.c.id)
        .limit(limit)
    )
    return [(row.id, row.round) for row in rows]


def add_check(session: Session, check: WatchCheck, *, event: AuditEvent) -> bool:
    """Remember that the list is asked; False, and nothing logged, where it was asked before."""
    adding = pg_insert(watch_checks).values(
        id=check.id,
        application=check.application,
        round=check.round,
        change=check.change,
        state=check.state.value,
        asked_at=check.asked_at,
    )
    added = session.execute(adding.on_conflict_do_nothing().returning(watch_checks.c.id)).first()
    if added is not None:
        audit.append(session, event)
    return added is not None


def answer_check(session: Session, vault: Vault, check: WatchCheck, *, event: AuditEvent) -> None:
    """The list answered, once."""
    session.execute(
        update(watch_checks)
        .where(watch_checks.c.id == check.id, watch_checks.c.state == CheckState.PENDING.value)
        .values(
            state=check.state.value,
            answered_at=check.answered_at,
            found=_sealed(vault, check),
        )
    )
    audit.append(session, event)


def _sealed(vault: Vault, check: WatchCheck) -> bytes | None:
    found = json.dumps(list(check.references)) if check.references else None
    return vault.seal(REFERENCES, check.id, found) if found else None


def get_columns(vault: Vault, check: WatchCheck) -> dict[str, object]:
    """The row of a check of a round that the list answered, what it found sealed."""
    return {
        "id": check.id,
        "application": check.application,
        "round": check.round,
        "state": check.state.value,
        "asked_at": check.asked_at,
        "answered_at": check.answered_at,
        "found": _sealed(vault, check),
    }


def lock_answered(
    session: Session, vault: Vault, orders: Sequence[Order], before: datetime, limit: int
) -> list[WatchCheck]:
    """Answered checks of cases that wait for INM still, last asked before an instant.

    Held with their cases until the transaction ends: nobody decides meanwhile. What somebody else
    holds waits for the next time.
    """
    query = (
        select(watch_checks)
        .join(applications, _of_round())
        .where(
            watch_checks.c.state.in_([state.value for state in sorted(ANSWERED)]),
            watch_checks.c.answered_at < before,
            applications.c.erased_at.is_(None),
            is_turn_of(Agency.INM, orders),
        )
        .order_by(watch_checks.c.answered_at, watch_checks.c.id)
        .limit(limit)
        .with_for_update(of=[applications, watch_checks], skip_locked=True)
    )
    return [read_check(vault, row) for row in session.execute(query)]


def note_asked_again(
    session: Session, checks: Collection[UUID], now: datetime, *, event: AuditEvent
) -> None:
    """The list was asked again about these, and named nothing new."""
    session.execute(
        update(watch_checks).where(watch_checks.c.id.in_(list(checks))).values(answered_at=now)
    )
    audit.append(session, event)


def save_found_again(
    session: Session, vault: Vault, check: WatchCheck, *, event: AuditEvent
) -> None:
    """The list, asked again, named something new: it is a hit as at first."""
    session.execute(
        update(watch_checks)
        .where(watch_checks.c.id == check.id)
        .values(
            state=check.state.value,
            answered_at=check.answered_at,
            found=vault.seal(REFERENCES, check.id, json.dumps(list(check.references))),
            reviewed_by=None,
            reviewed_at=None,
            cleared_by=list(check.cleared_by),
        )
    )
    audit.append(session, event)


def review_check(session: Session, vault: Vault, check: WatchCheck, *, event: AuditEvent) -> None:
    """A second look at a hit, once."""
    session.execute(
        update(watch_checks)
        .where(watch_checks.c.id == check.id, watch_checks.c.state == CheckState.HIT.value)
        .values(
            state=check.state.value,
            reviewed_by=check.reviewed_by,
            reviewed_at=check.reviewed_at,
            note=vault.seal(NOTE, check.id, check.note),
        )
    )
    audit.append(session, event)


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember who opened a hit."""
    audit.append(session, event)


def lock_check(session: Session, vault: Vault, check: UUID) -> WatchCheck:
    """One check, held until the transaction ends; NotFound where there is none."""
    query = select(watch_checks).where(watch_checks.c.id == check).with_for_update()
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("no-such-check")
    return read_check(vault, row)


def count_waiting(session: Session, before: datetime) -> int:
    """Cases under review about which the list was asked before an instant and is silent."""
    query = (
        select(func.count())
        .select_from(watch_checks)
        .join(applications, _of_round())
        .where(
            watch_checks.c.state == CheckState.PENDING.value,
            watch_checks.c.asked_at < before,
            applications.c.status == "under-review",
        )
    )
    return session.execute(query).scalar_one()


def list_hits(
    session: Session, vault: Vault, reach: Reach, limit: int = 200, *, search: Search = EVERY
) -> list[tuple[WatchCheck, str]]:
    """Hits of cases under review within reach, with the receipts; the oldest first."""
    rows = session.execute(
        select(watch_checks, applications.c.receipt)
        .join(applications, _of_round())
        .where(
            watch_checks.c.state == CheckState.HIT.value,
            applications.c.status == "under-review",
            applications.c.id.in_(list_reached(reach)),
            *of_cases(applications.c, search),
        )
        .order_by(watch_checks.c.answered_at, watch_checks.c.id)
        .limit(limit)
    )
    return [(read_check(vault, row), row.receipt) for row in rows]


def _of_round() -> ColumnElement[bool]:
    return and_(
        watch_checks.c.application == applications.c.id,
        watch_checks.c.round == applications.c.round,
    )


def read_check(vault: Vault, row: Row[Any]) -> WatchCheck:
    """A check from a row with every column of the table."""
    found = vault.open(REFERENCES, row.id, row.found) if row.found is not None else "[]"
    return WatchCheck(
        row.id,
        ApplicationId(row.application),
        row.round,
        CheckState(row.state),
        row.asked_at,
        row.answered_at,
        tuple(json.loads(found)),
        PersonId(row.reviewed_by) if row.reviewed_by else None,
        row.reviewed_at,
        vault.open(NOTE, row.id, row.note) if row.note is not None else "",
        tuple(PersonId(person) for person in row.cleared_by),
        row.change,
    )
