"""Warnings of the public about offers: sealed, found by keyed hashes, without who warned."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Index,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    delete,
    false,
    func,
    not_,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.foreign_json import read_json
from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, SECRET, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.people import PersonId
from recruitment.registries import name_key, normal_number
from recruitment.scam_checks import Report, ReportKind, ReportState

offer_reports = Table(
    "offer_reports",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("kind", Text, nullable=False, info=OPERATIONAL),
    Column("told", LargeBinary, nullable=False, info=SENSITIVE),
    Column("phone_index", LargeBinary, info=SECRET),
    Column("licence_index", LargeBinary, info=SECRET),
    Column("name_index", LargeBinary, info=SECRET),
    Column("state", Text, nullable=False, info=OPERATIONAL),
    Column("reported_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("judged_by", PG_UUID, info=PSEUDONYMOUS),
    Column("judged_at", DateTime(timezone=True), info=OPERATIONAL),
    CheckConstraint("state IN ('received', 'confirmed', 'dismissed')", name="state"),
    CheckConstraint("(judged_at IS NULL) = (state = 'received')", name="judged_at"),
    CheckConstraint("(judged_at IS NULL) = (judged_by IS NULL)", name="judged_together"),
    Index("ix_offer_reports_phone_index", "phone_index"),
    Index("ix_offer_reports_licence_index", "licence_index"),
    Index("ix_offer_reports_name_index", "name_index"),
    Index("ix_offer_reports_state", "state", "reported_at", "id"),
)

PLACE = "offer_reports.told"
PHONE, LICENCE, NAME = (f"offer_reports.{name}_index" for name in ("phone", "licence", "name"))


def add_report(
    session: Session, vault: Vault, report: Report, now: datetime, *, event: AuditEvent
) -> None:
    """Keep a warning, of one id once; nothing of who warned is known here."""
    told = json.dumps(
        {
            "name": report.name,
            "phone": report.phone,
            "licence": report.licence,
            "words": report.words,
        }
    )
    licence, name = normal_number(report.licence), name_key(report.name)

    audit.add_once(
        session,
        offer_reports,
        {
            "id": report.id,
            "kind": report.kind.value,
            "told": vault.seal(PLACE, report.id, told),
            "phone_index": vault.index(PHONE, report.phone) if report.phone else None,
            "licence_index": vault.index(LICENCE, licence) if licence else None,
            "name_index": vault.index(NAME, name) if name else None,
            "state": ReportState.RECEIVED.value,
            "reported_at": now,
        },
        event=event,
    )


@dataclass(frozen=True)
class Confirmed:
    """Warnings about somebody: `matching` by phone or licence, `of_this_name` by a name alone.

    Many people have one name: a name alone is shown as such, and marks nobody.
    """

    matching: int
    of_this_name: int


def count_confirmed(
    session: Session,
    vault: Vault,
    *,
    phones: Collection[str] = (),
    licences: Collection[str] = (),
    names: Collection[str] = (),
) -> Confirmed:
    """Confirmed warnings about these phones (E.164), licences or names (`name_key`)."""
    table = offer_reports.c
    # An index that is empty is no answer "no": the other one still counts.
    match = or_(
        func.coalesce(table.phone_index.in_([vault.index(PHONE, one) for one in phones]), false()),
        func.coalesce(
            table.licence_index.in_([vault.index(LICENCE, one) for one in licences]), false()
        ),
    )
    named = table.name_index.in_([vault.index(NAME, one) for one in names])
    query = select(
        func.count().filter(match).label("matching"),
        func.count().filter(not_(match), named).label("of_this_name"),
    ).where(table.state == ReportState.CONFIRMED.value, or_(match, named))
    row = session.execute(query).one()
    return Confirmed(row.matching, row.of_this_name)


Mark = tuple[datetime, UUID]
"""Where a page begins: the instant and id of the last of the page before."""


def list_received(
    session: Session, vault: Vault, after: Mark | None, limit: int
) -> list[tuple[Report, datetime]]:
    """Warnings that wait for an official, the oldest first, with when each came."""
    table = offer_reports.c
    query = select(offer_reports).where(table.state == ReportState.RECEIVED.value)
    if after is not None:
        query = query.where(tuple_(table.reported_at, table.id) > after)
    query = query.order_by(table.reported_at, table.id).limit(limit)
    return [(_report(vault, row), row.reported_at) for row in session.execute(query)]


def list_confirmed(
    session: Session, vault: Vault, before: Mark | None, limit: int
) -> list[tuple[Report, datetime]]:
    """Warnings that an official confirmed, the newest first, with when that was."""
    table = offer_reports.c
    query = select(offer_reports).where(table.state == ReportState.CONFIRMED.value)
    if before is not None:
        query = query.where(tuple_(table.judged_at, table.id) < before)
    query = query.order_by(table.judged_at.desc(), table.id.desc()).limit(limit)
    return [(_report(vault, row), row.judged_at) for row in session.execute(query)]


def lock_report(session: Session, vault: Vault, report: UUID) -> Report:
    """A warning, its row held; NotFound("no-such-report")."""
    query = select(offer_reports).where(offer_reports.c.id == report).with_for_update()
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("no-such-report")
    return _report(vault, row)


def judge_report(
    session: Session,
    report: UUID,
    state: ReportState,
    official: PersonId,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Write down what an official found."""
    values = {"state": state.value, "judged_by": official, "judged_at": now}
    session.execute(update(offer_reports).where(offer_reports.c.id == report).values(**values))
    audit.append(session, event)


def remove_dismissed_before(session: Session, instant: datetime, limit: int) -> int:
    """Forget warnings that turned out to be none; returns how many."""
    due = [row.id for row in session.execute(_dismissed_before(instant).limit(limit))]
    session.execute(delete(offer_reports).where(offer_reports.c.id.in_(due)))
    return len(due)


def count_dismissed_before(session: Session, instant: datetime) -> int:
    """How many such warnings there are."""
    return len(session.execute(_dismissed_before(instant)).all())


def _dismissed_before(instant: datetime) -> Select[Any]:
    table = offer_reports.c
    old = (table.state == ReportState.DISMISSED.value, table.judged_at < instant)
    return select(table.id).where(*old).order_by(table.id)


def _report(vault: Vault, row: Row[Any]) -> Report:
    told = read_json(vault.open(PLACE, row.id, row.told))
    return Report(
        row.id,
        ReportKind(row.kind),
        told["name"],
        told["phone"],
        told["licence"],
        told["words"],
        ReportState(row.state),
    )
