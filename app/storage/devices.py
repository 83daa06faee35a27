"""Border devices by their keys, the codes that enrol them, and the PINs of the agents."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    delete,
    select,
    update,
)
from sqlalchemy import insert as new
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.database import Base, Session
from app.storage.sessions import sessions
from app.storage.statements import put
from permits.audit import AuditEvent
from permits.devices import AgentPin, Device, DeviceId
from permits.people import PersonId

devices = Table(
    "devices",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("post", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False, unique=True),
    Column("enrolled_by", PG_UUID, nullable=False),
    Column("enrolled_at", DateTime(timezone=True), nullable=False),
    Column("revoked_by", PG_UUID),
    Column("revoked_at", DateTime(timezone=True)),
    Column("seen_on", Date),
    CheckConstraint("octet_length(public_key) = 65", name="point"),
    CheckConstraint("(revoked_by IS NULL) = (revoked_at IS NULL)", name="revoked_together"),
    Index("ix_devices_post", "post"),
)

device_enrolments = Table(
    "device_enrolments",
    Base.metadata,
    # Keyed hash of a code that is typed or scanned once.
    Column("code_hash", LargeBinary, primary_key=True),
    Column("post", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_by", PG_UUID, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

used_challenges = Table(
    "used_challenges",
    Base.metadata,
    # A challenge proves itself; only those that were answered are remembered, until they end.
    Column("challenge_hash", LargeBinary, primary_key=True),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

agent_pins = Table(
    "agent_pins",
    Base.metadata,
    Column("person", PG_UUID, ForeignKey("accounts.person"), primary_key=True),
    Column("pin_hash", Text, nullable=False),
    Column("one_time", Boolean, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    CheckConstraint("wrong BETWEEN 0 AND 5", name="wrong"),
    CheckConstraint("one_time = (expires_at IS NOT NULL)", name="one_time_ends"),
)


def add_enrolment(
    session: Session,
    code_hash: bytes,
    device: Device,
    expires_at: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Keep a code by which a device of this post and name may be enrolled once."""
    session.execute(
        new(device_enrolments).values(
            code_hash=code_hash,
            post=device.post,
            name=device.name,
            made_by=device.enrolled_by,
            expires_at=expires_at,
        )
    )
    audit.append(session, event)


def take_enrolment(
    session: Session, code_hash: bytes, now: datetime
) -> tuple[str, str, PersonId] | None:
    """Use a code up: post, name and who made it; None where it is none, used or over."""
    code = delete(device_enrolments).where(device_enrolments.c.code_hash == code_hash)
    row = session.execute(code.returning(*device_enrolments.c)).first()
    if row is None or now >= row.expires_at:
        return None
    return row.post, row.name, PersonId(row.made_by)


def add_device(session: Session, device: Device, *, event: AuditEvent) -> bool:
    """Keep a device; False where its key is another device's already."""
    statement = (
        pg_insert(devices)
        .values(
            id=device.id,
            post=device.post,
            name=device.name,
            public_key=device.public_key,
            enrolled_by=device.enrolled_by,
            enrolled_at=device.enrolled_at,
        )
        .on_conflict_do_nothing(index_elements=["public_key"])
        .returning(devices.c.id)
    )
    added = session.execute(statement).first() is not None
    if added:
        audit.append(session, event)
    return added


def find_device(session: Session, device: DeviceId) -> Device | None:
    """A device, revoked or not."""
    return _device(session, select(devices).where(devices.c.id == device))


def lock_device(session: Session, device: DeviceId) -> Device | None:
    """The same, its row held: whoever revokes waits for who signs in, and the other way round."""
    return _device(session, select(devices).where(devices.c.id == device).with_for_update())


def list_devices(session: Session, post: str | None = None) -> list[Device]:
    """Devices of a post, or of every post; those in use first, then by name."""
    query = select(devices).order_by(
        devices.c.revoked_at.is_not(None), devices.c.post, devices.c.name, devices.c.id
    )
    if post is not None:
        query = query.where(devices.c.post == post)
    return [_read(row) for row in session.execute(query.limit(500))]


def rename_device(session: Session, device: DeviceId, name: str, *, event: AuditEvent) -> None:
    """Give a device another name."""
    session.execute(update(devices).where(devices.c.id == device).values(name=name))
    audit.append(session, event)


def revoke_device(
    session: Session, device: DeviceId, revoker: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """Let the device in no more; every session on it is over at once."""
    values = {"revoked_at": now, "revoked_by": revoker}
    session.execute(update(devices).where(devices.c.id == device).values(**values))
    session.execute(delete(sessions).where(sessions.c.device == device))
    audit.append(session, event)


def note_seen(session: Session, device: DeviceId, day: date) -> None:
    """The device was seen on this day; written once a day."""
    older = devices.c.seen_on.is_distinct_from(day)
    session.execute(update(devices).where(devices.c.id == device, older).values(seen_on=day))


def use_challenge(session: Session, challenge_hash: bytes, expires_at: datetime) -> bool:
    """Remember that a challenge was answered; False where it was before."""
    row = session.execute(
        pg_insert(used_challenges)
        .on_conflict_do_nothing(index_elements=["challenge_hash"])
        .returning(used_challenges.c.expires_at),
        {"challenge_hash": challenge_hash, "expires_at": expires_at},
    ).first()
    return row is not None


def remove_over(session: Session, now: datetime) -> None:
    """Forget challenges and codes that are over."""
    session.execute(delete(used_challenges).where(used_challenges.c.expires_at < now))
    session.execute(delete(device_enrolments).where(device_enrolments.c.expires_at < now))


def set_pin(session: Session, pin: AgentPin, *, event: AuditEvent) -> None:
    """Set an agent's PIN; wrong tries are counted from nothing again."""
    values = {
        "pin_hash": pin.pin_hash,
        "one_time": pin.one_time,
        "wrong": pin.wrong,
        "expires_at": pin.expires_at,
    }
    put(session, agent_pins, {"person": pin.person}, values)
    audit.append(session, event)


def lock_pin(session: Session, person: PersonId) -> AgentPin | None:
    """An agent's PIN, its row held until the transaction ends."""
    query = select(agent_pins).where(agent_pins.c.person == person).with_for_update()
    row = session.execute(query).first()
    return _pin(row) if row else None


def list_pins(session: Session, persons: list[PersonId]) -> dict[PersonId, AgentPin]:
    """The PINs of these agents by person; who has none is left out."""
    rows = session.execute(select(agent_pins).where(agent_pins.c.person.in_(persons)))
    return {PersonId(row.person): _pin(row) for row in rows}


def count_wrong(session: Session, pin: AgentPin) -> None:
    """One more wrong PIN."""
    mine = agent_pins.c.person == pin.person
    session.execute(update(agent_pins).where(mine).values(wrong=agent_pins.c.wrong + 1))


def forget_wrong(session: Session, pin: AgentPin) -> None:
    """The right PIN: wrong ones before it count no more."""
    session.execute(update(agent_pins).where(agent_pins.c.person == pin.person).values(wrong=0))


def _device(session: Session, query: Select[Any]) -> Device | None:
    row = session.execute(query).first()
    return _read(row) if row else None


def _read(row: Row[Any]) -> Device:
    return Device(
        DeviceId(UUID(str(row.id))),
        row.post,
        row.name,
        row.public_key,
        PersonId(row.enrolled_by),
        row.enrolled_at,
        row.revoked_at,
        row.seen_on,
    )


def _pin(row: Row[Any]) -> AgentPin:
    return AgentPin(PersonId(row.person), row.pin_hash, row.one_time, row.wrong, row.expires_at)
