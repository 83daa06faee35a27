"""Side effects that wait for the worker, and the messages that came of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    Identity,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage.database import Base, Session
from app.storage.statements import given, later

outbox = Table(
    "outbox",
    Base.metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("payload", JSONB, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("done_at", DateTime(timezone=True)),
    Column("failed_at", DateTime(timezone=True)),
    Column("error", Text),
    Index(
        "ix_outbox_due", "due_at", postgresql_where=text("done_at IS NULL AND failed_at IS NULL")
    ),
    # What a notice is about stands second in its key (services/notices.py).
    Index(
        "ix_outbox_about", text("split_part(key, ':', 2)"), postgresql_where=text("kind = 'notice'")
    ),
    Index("ix_outbox_failed_at", "failed_at", postgresql_where=text("failed_at IS NOT NULL")),
)

messages = Table(
    "messages",
    Base.metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    # How its channel names it in reports.
    Column("provider_id", Text),
    Column("delivered_at", DateTime(timezone=True)),
    Column("undelivered_at", DateTime(timezone=True)),
    CheckConstraint("channel IN ('sms', 'email', 'whatsapp')", name="channel"),
    Index("ix_messages_sent_at", "sent_at", "id"),
    Index(
        "ix_messages_provider_id",
        "provider_id",
        unique=True,
        postgresql_where=text("provider_id IS NOT NULL"),
    ),
)


@dataclass(frozen=True)
class Effect:
    """One thing to do after the commit; `key` makes doing it twice harmless."""

    kind: str
    key: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class DueEffect:
    """An effect that this process holds now."""

    id: int
    effect: Effect
    attempts: int
    due_at: datetime


@dataclass(frozen=True)
class Message:
    """A rendered SMS, e-mail or WhatsApp message as it was handed to its channel."""

    key: str
    kind: str
    language: str
    channel: str
    recipient: str
    subject: str
    body: str
    sent_at: datetime
    provider_id: str | None = None
    delivered_at: datetime | None = None
    undelivered_at: datetime | None = None


_PUTTING = (
    pg_insert(outbox)
    .values(later(outbox, ("kind", "key", "payload", "due_at")))
    .on_conflict_do_nothing(index_elements=["key"])
)


def put(session: Session, effect: Effect, due_at: datetime) -> None:
    """Leave an effect for the worker; one with a known key is left alone."""
    values = {"kind": effect.kind, "key": effect.key, "payload": dict(effect.payload)}
    session.execute(_PUTTING, given({**values, "due_at": due_at}))


def lock_due(
    session: Session, now: datetime, limit: int, kinds: Collection[str] | None = None
) -> list[DueEffect]:
    """Effects of these kinds that are due and that no other process holds, oldest first."""
    due = _locking_due(of_kinds=kinds is not None)
    rows = session.execute(due, {"now": now, "most": limit, "kinds": list(kinds or ())})
    return [
        DueEffect(row.id, Effect(row.kind, row.key, row.payload), row.attempts, row.due_at)
        for row in rows
    ]


@cache
def _locking_due(*, of_kinds: bool) -> Select[Any]:
    own = outbox.c
    wanted = [own.done_at.is_(None), own.failed_at.is_(None), own.due_at <= bindparam("now")]
    if of_kinds:
        wanted.append(own.kind.in_(bindparam("kinds", expanding=True)))
    waiting = select(outbox).where(*wanted).order_by(own.due_at, own.id)
    return waiting.limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True)


def finish(session: Session, due: DueEffect, now: datetime) -> None:
    """The effect took place."""
    finish_all(session, [due], now)


def finish_all(session: Session, done: Collection[DueEffect], now: datetime) -> None:
    """These effects took place; their keys stay, what they said (codes, phones) goes."""
    over = given({"done_at": now, "error": None, "payload": {}})
    session.execute(_finishing(), {"ids": [due.id for due in done], **over})


@cache
def _finishing() -> Update:
    these = outbox.c.id.in_(bindparam("ids", expanding=True))
    return update(outbox).where(these).values(later(outbox, ("done_at", "error", "payload")))


def postpone(
    session: Session, due: DueEffect, error: str, now: datetime, again_at: datetime | None
) -> None:
    """The effect failed and is tried again at an instant; None is a person's turn.

    One that another process did meanwhile stays done.
    """
    session.execute(
        update(outbox)
        .where(outbox.c.id == due.id, outbox.c.done_at.is_(None))
        .values(
            attempts=due.attempts + 1,
            error=error,
            due_at=again_at or now,
            failed_at=None if again_at else now,
        )
    )


def count_waiting(session: Session) -> int:
    """Effects that are neither done nor given up."""
    waiting = select(func.count()).where(outbox.c.done_at.is_(None), outbox.c.failed_at.is_(None))
    return session.execute(waiting.select_from(outbox)).scalar_one()


def count_given_up(session: Session, since: datetime) -> tuple[int, datetime | None]:
    """Effects that nobody tries any more since an instant, and when the first was given up."""
    failed = outbox.c.failed_at
    given_up = select(func.count(), func.min(failed)).where(failed >= since)
    count, oldest = session.execute(given_up.where(outbox.c.done_at.is_(None))).one()
    return count, oldest


def forget_given_up(session: Session, kinds: Collection[str], before: datetime) -> int:
    """Drop what messages of these kinds said that were given up before an instant; how many."""
    gone = update(outbox).where(*_given_up(kinds, before)).values(payload={})
    return len(session.execute(gone.returning(outbox.c.id)).all())


def count_forgettable(session: Session, kinds: Collection[str], before: datetime) -> int:
    """How many messages of these kinds were given up before an instant and still say something."""
    old = select(func.count()).select_from(outbox).where(*_given_up(kinds, before))
    return session.execute(old).scalar_one()


def _given_up(kinds: Collection[str], before: datetime) -> Sequence[ColumnElement[bool]]:
    own = outbox.c
    return (own.kind == "notice", own.failed_at < before, own.payload["kind"].astext.in_(kinds))


def add_message(session: Session, message: Message) -> None:
    """Keep what was sent; the same key twice is kept once."""
    session.execute(
        pg_insert(messages).on_conflict_do_nothing(index_elements=["key"]),
        {
            "key": message.key,
            "kind": message.kind,
            "language": message.language,
            "channel": message.channel,
            "recipient": message.recipient,
            "subject": message.subject,
            "body": message.body,
            "sent_at": message.sent_at,
            "provider_id": message.provider_id,
        },
    )


def remove_messages(session: Session, kinds: Collection[str], before: datetime) -> int:
    """Forget what was sent of these kinds before an instant; returns how many were forgotten."""
    gone = delete(messages).where(messages.c.kind.in_(kinds), messages.c.sent_at < before)
    return len(session.execute(gone.returning(messages.c.id)).all())


def count_messages(session: Session, kinds: Collection[str], before: datetime) -> int:
    """How many messages of these kinds were sent before an instant."""
    old = select(func.count()).where(messages.c.kind.in_(kinds), messages.c.sent_at < before)
    return session.execute(old).scalar_one()


def list_messages(
    session: Session, limit: int, recipient: str | None = None, without: Collection[str] = ()
) -> list[Message]:
    """Newest first; of one recipient where one is named, and none of the kinds `without`."""
    query = select(messages).order_by(messages.c.sent_at.desc(), messages.c.id.desc())
    if without:
        query = query.where(messages.c.kind.not_in(without))
    if recipient is not None:
        query = query.where(messages.c.recipient == recipient)
    return [read_message(row) for row in session.execute(query.limit(limit))]


def find_message(session: Session, key: str) -> Message | None:
    """What was sent under a key; None where nothing was, or it was forgotten."""
    row = session.execute(select(messages).where(messages.c.key == key)).first()
    return read_message(row) if row else None


def note_report(session: Session, provider_id: str, now: datetime, *, delivered: bool) -> None:
    """What its channel names so came to the phone, or will not; the first report counts."""
    column = messages.c.delivered_at if delivered else messages.c.undelivered_at
    named = (messages.c.provider_id == provider_id) & column.is_(None)
    session.execute(update(messages).where(named).values({column: now}))


def find_by_provider(session: Session, provider_id: str) -> Message | None:
    """What WhatsApp names so, while it is kept."""
    row = session.execute(select(messages).where(messages.c.provider_id == provider_id)).first()
    return read_message(row) if row else None


def read_message(row: Row[Any]) -> Message:
    """A message of its row."""
    return Message(
        row.key,
        row.kind,
        row.language,
        row.channel,
        row.recipient,
        row.subject,
        row.body,
        row.sent_at,
        row.provider_id,
        row.delivered_at,
        row.undelivered_at,
    )
