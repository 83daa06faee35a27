"""Who may open complaints: groups of handlers, their pairs, shares and open doors, all sealed.

A handler has a pair of their own, whose private half is sealed under their phrase. A group has a
pair too, whose private half is sealed to each handler of it (a share) and to the recovery key that
lies offline.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, SECRET
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId

complaint_groups = Table(
    "complaint_groups",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("public", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("recovery", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("recovery_sealed", LargeBinary, nullable=False, info=SECRET),
    Column("made_on", Date, nullable=False, info=OPERATIONAL),
    Column("retired_on", Date, info=OPERATIONAL),
    # One group at a time takes new complaints.
    Index(
        "uq_complaint_groups_current",
        text("(retired_on IS NULL)"),
        unique=True,
        postgresql_where=text("retired_on IS NULL"),
    ),
)

complaint_handlers = Table(
    "complaint_handlers",
    Base.metadata,
    Column("person", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("salt", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("public", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("private_sealed", LargeBinary, nullable=False, info=SECRET),
    Column("chosen_on", Date, nullable=False, info=OPERATIONAL),
)

complaint_shares = Table(
    "complaint_shares",
    Base.metadata,
    Column("group", PG_UUID, ForeignKey("complaint_groups.id"), primary_key=True, info=OPERATIONAL),
    Column(
        "person",
        PG_UUID,
        ForeignKey("complaint_handlers.person"),
        primary_key=True,
        info=PSEUDONYMOUS,
    ),
    Column("sealed", LargeBinary, nullable=False, info=SECRET),
)

complaint_unlocks = Table(
    "complaint_unlocks",
    Base.metadata,
    # Drawn from the session's token, as is the key of `sealed`: only the cookie leads to either.
    Column("token_hash", LargeBinary, primary_key=True, info=SECRET),
    Column("person", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("sealed", LargeBinary, nullable=False, info=SECRET),
    Column("expires_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Index("ix_complaint_unlocks_person", "person"),
)


@dataclass(frozen=True)
class Group:
    """A group of handlers: its public key, and its private key sealed to the recovery key."""

    id: UUID
    public: bytes
    recovery: bytes
    recovery_sealed: bytes


@dataclass(frozen=True)
class HandlerKey:
    """A handler's pair; `private` is sealed under the phrase, with this salt."""

    person: PersonId
    salt: bytes
    public: bytes
    private: bytes


def add_group(session: Session, group: Group, day: date, *, event: AuditEvent) -> None:
    """Begin a group, which takes new complaints; the one before takes none any more."""
    session.execute(
        update(complaint_groups)
        .where(complaint_groups.c.retired_on.is_(None))
        .values(retired_on=day)
    )
    session.execute(
        insert(complaint_groups),
        {
            "id": group.id,
            "public": group.public,
            "recovery": group.recovery,
            "recovery_sealed": group.recovery_sealed,
            "made_on": day,
        },
    )
    audit.append(session, event)


def find_group(session: Session, group: UUID | None = None, *, hold: bool = False) -> Group | None:
    """A group by id, or the one that takes new complaints; with `hold` its row until the end."""
    wanted = (
        complaint_groups.c.retired_on.is_(None) if group is None else complaint_groups.c.id == group
    )
    query = select(
        complaint_groups.c.id,
        complaint_groups.c.public,
        complaint_groups.c.recovery,
        complaint_groups.c.recovery_sealed,
    ).where(wanted)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else Group(*row)


def save_handler(session: Session, key: HandlerKey, day: date, *, event: AuditEvent) -> None:
    """Keep a handler's pair, in the place of the one before; shares of that one are gone."""
    _remove_handler(session, key.person)
    session.execute(
        insert(complaint_handlers),
        {
            "person": key.person,
            "salt": key.salt,
            "public": key.public,
            "private_sealed": key.private,
            "chosen_on": day,
        },
    )
    audit.append(session, event)


def remove_handler(session: Session, person: PersonId, *, event: AuditEvent) -> None:
    """Forget a handler's pair, shares and open doors."""
    _remove_handler(session, person)
    audit.append(session, event)


def _remove_handler(session: Session, person: PersonId) -> None:
    for table in (complaint_unlocks, complaint_shares, complaint_handlers):
        session.execute(delete(table).where(table.c.person == person))


def find_handler(session: Session, person: PersonId) -> HandlerKey | None:
    """A handler's pair, None before they chose a phrase."""
    row = session.execute(
        select(
            complaint_handlers.c.person,
            complaint_handlers.c.salt,
            complaint_handlers.c.public,
            complaint_handlers.c.private_sealed,
        ).where(complaint_handlers.c.person == person)
    ).one_or_none()
    return None if row is None else HandlerKey(PersonId(row[0]), *row[1:])


def list_handlers(session: Session, group: UUID) -> dict[PersonId, tuple[bytes, bool]]:
    """Everybody with a pair: the public key, and whether they have a share of the group."""
    shared = complaint_shares.c.person.is_not(None)
    rows = session.execute(
        select(complaint_handlers.c.person, complaint_handlers.c.public, shared)
        .join(
            complaint_shares,
            (complaint_shares.c.person == complaint_handlers.c.person)
            & (complaint_shares.c.group == group),
            isouter=True,
        )
        .order_by(complaint_handlers.c.chosen_on, complaint_handlers.c.person)
    )
    return {PersonId(person): (public, has) for person, public, has in rows}


def add_share(
    session: Session, group: UUID, person: PersonId, sealed: bytes, *, event: AuditEvent
) -> None:
    """Give a handler their share of a group's private key; the caller knows that they have none."""
    session.execute(insert(complaint_shares), {"group": group, "person": person, "sealed": sealed})
    audit.append(session, event)


def find_share(session: Session, group: UUID, person: PersonId) -> bytes | None:
    """The group's private key as it is sealed to a handler."""
    return session.execute(
        select(complaint_shares.c.sealed).where(
            complaint_shares.c.group == group, complaint_shares.c.person == person
        )
    ).scalar_one_or_none()


def remove_shares(session: Session, group: UUID, *, event: AuditEvent) -> None:
    """Nobody opens a retired group any more."""
    session.execute(delete(complaint_shares).where(complaint_shares.c.group == group))
    audit.append(session, event)


def open_door(
    session: Session, token_hash: bytes, person: PersonId, sealed: bytes, expires_at: datetime
) -> None:
    """Keep a handler's private key for a session, sealed under what only its cookie holds."""
    session.execute(delete(complaint_unlocks).where(complaint_unlocks.c.token_hash == token_hash))
    session.execute(
        insert(complaint_unlocks),
        {
            "token_hash": token_hash,
            "person": person,
            "sealed": sealed,
            "expires_at": expires_at,
        },
    )


def find_door(session: Session, token_hash: bytes, person: PersonId, now: datetime) -> bytes | None:
    """The sealed private key of an open session."""
    return session.execute(
        select(complaint_unlocks.c.sealed).where(
            complaint_unlocks.c.token_hash == token_hash,
            complaint_unlocks.c.person == person,
            complaint_unlocks.c.expires_at > now,
        )
    ).scalar_one_or_none()


def close_door(session: Session, token_hash: bytes) -> None:
    """Forget it."""
    session.execute(delete(complaint_unlocks).where(complaint_unlocks.c.token_hash == token_hash))


def remove_doors_before(session: Session, now: datetime) -> None:
    """Forget those whose time is over."""
    session.execute(delete(complaint_unlocks).where(complaint_unlocks.c.expires_at <= now))
