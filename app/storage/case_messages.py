"""The messages of one case: what was left for its worker, and what came of it, in one statement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, any_, bindparam, func, literal, select
from sqlalchemy.dialects.postgresql import array

from app.storage.database import Session
from app.storage.outbox import Message, messages, outbox, read_message
from permits.applications import ApplicationId

MOST = 200
"""Of one case; the newest."""

CHANNELS = ("sms", "whatsapp", "email")


@dataclass(frozen=True)
class LeftMessage:
    """A notice of a case; `sent` is None before it went out, and where its text is forgotten.

    `payload` is what it says, empty once it went out.
    """

    kind: str
    payload: Mapping[str, Any]
    due_at: datetime
    attempts: int
    done_at: datetime | None
    failed_at: datetime | None
    sent: Message | None


def list_left(
    session: Session, application: ApplicationId, kinds: Collection[str]
) -> list[LeftMessage]:
    """Those of these kinds that the case's worker was left, the newest first.

    One that went by WhatsApp and then by SMS stands twice.
    """
    asked = {"about": str(application), "kinds": list(kinds)}
    return [
        LeftMessage(
            row.left_kind,
            row.payload,
            row.due_at,
            row.attempts,
            row.done_at,
            row.failed_at,
            read_message(row) if row.body is not None else None,
        )
        for row in session.execute(_listing(), asked)
    ]


@cache
def _listing() -> Select[Any]:
    own = outbox.c
    kind, about = func.split_part(own.key, ":", 1), func.split_part(own.key, ":", 2)
    ways = array([own.key + literal(f":{channel}") for channel in CHANNELS])
    left = [own.payload, own.due_at, own.attempts, own.done_at, own.failed_at]
    return (
        select(kind.label("left_kind"), *left, *(c for c in messages.c if c.name != "id"))
        .select_from(outbox.outerjoin(messages, messages.c.key == any_(ways)))
        .where(
            own.kind == "notice",
            about == bindparam("about"),
            kind.in_(bindparam("kinds", expanding=True)),
        )
        .order_by(own.id.desc(), messages.c.id.desc())
        .limit(MOST)
    )
