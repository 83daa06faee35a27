"""Registrations of employers: what each told, how it stands, and who may open it by a phone."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    exists,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, PUBLIC, SECRET
from app.storage.database import Base, Session
from app.storage.searched import says
from app.storage.vacancies import employers
from permits.audit import AuditEvent
from permits.errors import NotFound, Stale
from permits.people import PersonId
from permits.wages import EmployerSize
from recruitment.registrations import (
    EmployerKind,
    Evidence,
    Registration,
    RegistrationStatus,
    Told,
)

employer_registrations = Table(
    "employer_registrations",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("phone", Text, nullable=False, info=PERSONAL),
    Column("access_hash", LargeBinary, unique=True, info=SECRET),
    Column("access_until", DateTime(timezone=True), info=OPERATIONAL),
    Column("status", Text, nullable=False, info=OPERATIONAL),
    Column("kind", Text, info=OPERATIONAL),
    Column("name", Text, info=PERSONAL),
    Column("tax_number", Text, info=PERSONAL),
    Column("size", Text, info=OPERATIONAL),
    Column("contact", Text, info=PERSONAL),
    Column("coffee_key", Text, info=PERSONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("created_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("handed_in_at", DateTime(timezone=True), info=OPERATIONAL),
    Column("decided_at", DateTime(timezone=True), info=OPERATIONAL),
    Column("decided_by", PG_UUID, info=PSEUDONYMOUS),
    Column("note", Text, nullable=False, info=PERSONAL),
    Column("evidence", ARRAY(Text), nullable=False, info=OPERATIONAL),
    Column("employer", PG_UUID, ForeignKey("employers.id"), info=PUBLIC),
    CheckConstraint(
        "status IN ('draft', 'under-review', 'returned', 'verified', 'refused')", name="status"
    ),
    CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_together"),
    # Nobody is verified without an official, a tax number and the employer that it became.
    CheckConstraint(
        "(status = 'verified') = (employer IS NOT NULL)", name="verified_is_an_employer"
    ),
    CheckConstraint(
        "status <> 'verified' OR (decided_by IS NOT NULL AND tax_number IS NOT NULL)",
        name="verified_by_somebody",
    ),
    Index(
        "uq_employer_registrations_phone",
        "phone",
        unique=True,
        postgresql_where=text("status <> 'refused'"),
    ),
    Index("uq_employer_registrations_employer", "employer", unique=True),
    Index("ix_employer_registrations_status", "status", "handed_in_at", "id"),
)


def add_registration(
    session: Session, registration: Registration, *, event: AuditEvent
) -> Registration:
    """Begin one; a phone has one that is not refused, and the database keeps to it."""
    values = _values(registration) | {
        "id": registration.id,
        "phone": registration.phone,
        "created_at": registration.created_at,
    }
    session.execute(insert(employer_registrations), values)
    audit.append(session, event)
    return registration


def open_access(
    session: Session,
    registration: UUID,
    token_hash: bytes | None,
    until: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Let in the browser that holds a token, and no other, until then; None lets in nobody."""
    table = employer_registrations
    values = {"access_hash": token_hash, "access_until": until}
    session.execute(update(table).where(table.c.id == registration).values(**values))
    audit.append(session, event)


def find_by_access(session: Session, token_hash: bytes, now: datetime) -> Registration | None:
    """The registration that a token opens now."""
    table = employer_registrations.c
    mine = (table.access_hash == token_hash, table.access_until > now)
    row = session.execute(select(employer_registrations).where(*mine)).one_or_none()
    return _registration(row) if row else None


def find_by_phone(session: Session, phone: str) -> Registration | None:
    """The one registration of a phone (E.164) that is not refused."""
    table = employer_registrations.c
    standing = (table.phone == phone, table.status != RegistrationStatus.REFUSED.value)
    row = session.execute(select(employer_registrations).where(*standing)).one_or_none()
    return _registration(row) if row else None


def find_by_employer(session: Session, employer: UUID) -> Registration | None:
    """The registration that an employer came from."""
    query = select(employer_registrations).where(employer_registrations.c.employer == employer)
    row = session.execute(query).one_or_none()
    return _registration(row) if row else None


def list_by_employers(session: Session, employers: Collection[UUID]) -> dict[UUID, Registration]:
    """The registration that each of these employers came from, where it came from one."""
    table = employer_registrations.c
    query = select(employer_registrations).where(table.employer.in_(employers))
    rows = session.execute(query.order_by(table.id))
    return {row.employer: _registration(row) for row in rows}


def list_verified(session: Session) -> list[UUID]:
    """Every registration that became an employer."""
    query = select(employer_registrations.c.id).where(
        employer_registrations.c.employer.is_not(None)
    )
    return list(session.execute(query.order_by(employer_registrations.c.id)).scalars())


def lock_registration(session: Session, registration: UUID) -> Registration:
    """The registration, its row held; NotFound("no-such-registration")."""
    query = select(employer_registrations).where(employer_registrations.c.id == registration)
    row = session.execute(query.with_for_update()).one_or_none()
    if row is None:
        raise NotFound("no-such-registration")
    return _registration(row)


def find_registration(session: Session, registration: UUID) -> Registration | None:
    """The registration, not held."""
    query = select(employer_registrations).where(employer_registrations.c.id == registration)
    row = session.execute(query).one_or_none()
    return _registration(row) if row else None


def change_phone(session: Session, before: Registration, phone: str, *, event: AuditEvent) -> bool:
    """Give it and the employer that it became another phone, and let every browser out.

    False where another registration has the phone.
    """
    table = employer_registrations
    theirs = table.alias()
    taken = exists().where(
        theirs.c.phone == phone,
        theirs.c.id != before.id,
        theirs.c.status != RegistrationStatus.REFUSED.value,
    )
    values = {
        "phone": phone,
        "access_hash": None,
        "access_until": None,
        "version": before.version + 1,
    }
    changing = update(table).where(table.c.id == before.id, ~taken).values(**values)
    told = audit.telling(changing.returning(table.c.id), event)
    if session.execute(told).first() is None:
        return False
    same = (employers.c.id == before.employer, employers.c.phone == before.phone)
    session.execute(update(employers).where(*same).values(phone=phone))
    return True


def save_registration(
    session: Session, before: Registration, after: Registration, *, event: AuditEvent
) -> Registration:
    """Write what changed; Stale where somebody else was faster."""
    table = employer_registrations
    values = _values(after) | {"version": before.version + 1}
    saving = (
        update(table)
        .where(table.c.id == before.id, table.c.version == before.version)
        .values(**values)
        .returning(table)
    )
    row = session.execute(saving).one_or_none()
    if row is None:
        raise Stale("changed-meanwhile")
    audit.append(session, event)
    return _registration(row)


def list_registrations(
    session: Session,
    status: RegistrationStatus,
    after: tuple[datetime, UUID] | None,
    limit: int,
    text: str = "",
) -> list[Registration]:
    """Those that were handed in and stand so, the oldest first, by keyset; `text` is folded."""
    table = employer_registrations.c
    found = says(text, table.name, table.tax_number, table.phone)
    shown = (table.status == status.value, table.handed_in_at.is_not(None), found)
    query = select(employer_registrations).where(*shown)
    if after is not None:
        at, identity = after
        query = query.where(
            (table.handed_in_at > at) | ((table.handed_in_at == at) & (table.id > identity))
        )
    rows = session.execute(query.order_by(table.handed_in_at, table.id).limit(limit))
    return [_registration(row) for row in rows]


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember that an official opened one."""
    audit.append(session, event)


def list_same_number(session: Session, registration: Registration, limit: int = 5) -> list[UUID]:
    """Other registrations, drafts too, that told the same tax number."""
    table = employer_registrations.c
    query = select(table.id).where(
        table.tax_number == registration.told.tax_number, table.id != registration.id
    )
    return list(session.execute(query.order_by(table.id).limit(limit)).scalars())


def _values(registration: Registration) -> dict[str, Any]:
    told = registration.told
    return {
        "status": registration.status.value,
        "kind": told.kind.value if told.kind else None,
        "name": told.name,
        "tax_number": told.tax_number,
        "size": told.size.value if told.size else None,
        "contact": told.contact,
        "coffee_key": told.coffee_key,
        "version": registration.version,
        "handed_in_at": registration.handed_in_at,
        "decided_at": registration.decided_at,
        "decided_by": registration.decided_by,
        "note": registration.note,
        "evidence": [one.value for one in registration.evidence],
        "employer": registration.employer,
    }


def _registration(row: Row[Any]) -> Registration:
    told = Told(
        EmployerKind(row.kind) if row.kind else None,
        row.name,
        row.tax_number,
        EmployerSize(row.size) if row.size else None,
        row.contact,
        row.coffee_key,
    )
    return Registration(
        row.id,
        row.phone,
        RegistrationStatus(row.status),
        told,
        row.version,
        row.created_at,
        row.handed_in_at,
        row.decided_at,
        PersonId(row.decided_by) if row.decided_by else None,
        row.note,
        tuple(Evidence(one) for one in row.evidence),
        row.employer,
    )
