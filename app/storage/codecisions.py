"""What an employer wishes against a permit, and what the complaints office says; words sealed."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    and_,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.authorisations import authorisations
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.people import Agency, PersonId
from permits.retaliation import Codecision, CodecisionId, CodecisionState, Wish

WORDS, WHY = "codecisions.words", "codecisions.why"


codecisions = Table(
    "codecisions",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("authorisation", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("agency", Text, nullable=False, info=OPERATIONAL),
    Column("wish", Text, nullable=False, info=OPERATIONAL),
    Column("words", LargeBinary, nullable=False, info=SENSITIVE),
    Column("asked_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("asked_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("state", Text, nullable=False, info=OPERATIONAL),
    Column("answered_by", PG_UUID, info=PSEUDONYMOUS),
    Column("answered_at", DateTime(timezone=True), info=OPERATIONAL),
    Column("why", LargeBinary, info=SENSITIVE),
    ForeignKeyConstraint(
        ["authorisation", "worker"], ["authorisations.id", "authorisations.worker"]
    ),
    ForeignKeyConstraint(["asked_by", "agency"], ["postings.person", "postings.agency"]),
    CheckConstraint("wish IN ('suspend', 'revoke')", name="wish"),
    CheckConstraint("state IN ('asked', 'agreed', 'refused')", name="state"),
    CheckConstraint(
        "(state <> 'asked') = (answered_by IS NOT NULL AND answered_at IS NOT NULL"
        " AND why IS NOT NULL)",
        name="answered_together",
    ),
    CheckConstraint("answered_by <> asked_by AND answered_by <> worker", name="by_another"),
    Index("ix_codecisions_authorisation", "authorisation", "asked_at"),
    Index(
        "uq_codecisions_waiting",
        "authorisation",
        "agency",
        "wish",
        unique=True,
        postgresql_where=text("state = 'asked'"),
    ),
    Index("ix_codecisions_worker", "worker"),
)


def add_codecision(session: Session, vault: Vault, asked: Codecision, *, event: AuditEvent) -> None:
    """Keep a wish; a second one of the same kind while it waits is refused by the index."""
    session.execute(
        insert(codecisions),
        {
            "id": asked.id,
            "authorisation": asked.authorisation,
            "worker": asked.worker,
            "agency": asked.agency.value,
            "wish": asked.wish.value,
            "words": vault.seal(WORDS, asked.id, asked.words),
            "asked_by": asked.asked_by,
            "asked_at": asked.asked_at,
            "state": asked.state.value,
        },
    )
    audit.append(session, event)


def answer_codecision(
    session: Session, vault: Vault, answered: Codecision, *, event: AuditEvent
) -> None:
    """Keep the answer; the caller holds the row."""
    session.execute(
        update(codecisions)
        .where(codecisions.c.id == answered.id)
        .values(
            state=answered.state.value,
            answered_by=answered.answered_by,
            answered_at=answered.answered_at,
            why=vault.seal(WHY, answered.id, answered.why),
        )
    )
    audit.append(session, event)


def ask_anew(session: Session, worker: PersonId) -> None:
    """What was agreed about a worker waits again: their standing is another now.

    Older agreements of the same kind, which a newer one stands for, count no more.
    """
    agreed = CodecisionState.AGREED.value
    newer = codecisions.alias()
    same = [newer.c[name] == codecisions.c[name] for name in ("authorisation", "agency", "wish")]
    # One of a kind waits at a time: the newest, and only where none waits already.
    later = or_(
        newer.c.state == CodecisionState.ASKED.value,
        and_(newer.c.state == agreed, newer.c.asked_at > codecisions.c.asked_at),
    )
    fresh = {
        "state": CodecisionState.ASKED.value,
        "answered_by": None,
        "answered_at": None,
        "why": None,
    }
    about = (codecisions.c.worker == worker, codecisions.c.state == agreed)
    none_later = ~select(newer.c.id).where(*same, later).exists()
    session.execute(update(codecisions).where(*about, none_later).values(fresh))
    refused = {"state": CodecisionState.REFUSED.value}
    session.execute(update(codecisions).where(*about).values(refused))


def find_codecision(
    session: Session, vault: Vault, identity: UUID, *, hold: bool = False
) -> Codecision | None:
    """One wish; with `hold` its row until the end."""
    query = select(codecisions).where(codecisions.c.id == identity)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else _read(vault, row)


def list_of_right(session: Session, vault: Vault, authorisation: UUID) -> list[Codecision]:
    """Every wish about a right, the newest first."""
    rows = session.execute(
        select(codecisions)
        .where(codecisions.c.authorisation == authorisation)
        .order_by(codecisions.c.asked_at.desc(), codecisions.c.id)
    )
    return [_read(vault, row) for row in rows]


def list_of_application(
    session: Session, vault: Vault, application: ApplicationId
) -> list[Codecision]:
    """Every wish about the right that an application led to, the newest first."""
    rows = session.execute(
        select(codecisions)
        .join(authorisations, authorisations.c.id == codecisions.c.authorisation)
        .where(authorisations.c.application == application)
        .order_by(codecisions.c.asked_at.desc(), codecisions.c.id)
    )
    return [_read(vault, row) for row in rows]


def list_waiting(session: Session, vault: Vault, limit: int) -> list[Codecision]:
    """What the office has not answered, the oldest first."""
    rows = session.execute(
        select(codecisions)
        .where(codecisions.c.state == CodecisionState.ASKED.value)
        .order_by(codecisions.c.asked_at, codecisions.c.id)
        .limit(limit)
    )
    return [_read(vault, row) for row in rows]


def _read(vault: Vault, row: Row[Any]) -> Codecision:
    return Codecision(
        CodecisionId(row.id),
        row.authorisation,
        PersonId(row.worker),
        Agency(row.agency),
        Wish(row.wish),
        vault.open(WORDS, row.id, row.words),
        PersonId(row.asked_by),
        row.asked_at,
        CodecisionState(row.state),
        PersonId(row.answered_by) if row.answered_by else None,
        row.answered_at,
        vault.open(WHY, row.id, row.why) if row.why else "",
    )
