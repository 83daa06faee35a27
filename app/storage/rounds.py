"""What was handed in, round by round: the content that was decided on, never written again.

The content is sealed under a key of its own case. Who destroys the key destroys the content, and
not a byte of a round changes: digest, decisions and rights go on referring to it.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import applications
from app.storage.columns import OPERATIONAL
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.applications import Application, ApplicationId
from permits.audit import AuditEvent
from permits.errors import NotFound

CASE_KEY = "case_keys.sealed"
"""Where the key of a case is sealed."""

case_keys = Table(
    "case_keys",
    Base.metadata,
    Column("application", PG_UUID, ForeignKey("applications.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

application_rounds = Table(
    "application_rounds",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("worker", PG_UUID, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    # The agencies that decide on it: those that the programme asked when it was handed in. A
    # trigger (opened_by_newest_set) refuses any other.
    Column("agency_set", Integer, nullable=False, info=OPERATIONAL),
    UniqueConstraint("application", "round", "digest", "worker"),
    UniqueConstraint("application", "round", "agency_set"),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    ForeignKeyConstraint(["agency_set"], ["agency_sets.id"]),
    # A trigger (application_rounds_never_change) refuses every UPDATE; that the content fits its
    # digest is seen with the key alone, by `find_round`.
    CheckConstraint("round >= 1", name="round"),
)


class Opened(Protocol):
    """The case that a round is opened for, and the agencies that it is opened with."""

    @property
    def id(self) -> UUID:
        """Of the case."""

    @property
    def worker(self) -> UUID:
        """Whose it is."""

    @property
    def agency_set(self) -> int | None:
        """The newest set of its programme."""


@dataclass(frozen=True)
class SubmittedRound:
    """The content of one submission, as canonical JSON text."""

    round: int
    digest: str
    content: str
    submitted_at: datetime


def hand_in(
    session: Session,
    vault: Vault,
    before: Application,
    after: Application,
    submitted: SubmittedRound,
    now: datetime,
    *,
    event: AuditEvent,
) -> Application:
    """Keep what was handed in and move the application to its new round: one act, one event.

    A round is never written again. The key of the case is made with its first round. Returns
    `after` with its next version; Stale where somebody was faster.
    """
    key = _find_key(session, after.id) if submitted.round > 1 else None
    if key is None:
        made = get_new_key(vault, after.id, now)
        key = made["sealed"]
        session.execute(insert(case_keys), made)
    row = get_columns(vault, key, after, submitted)
    session.execute(insert(application_rounds), row)
    return applications.save(session, before, after, now, event=event)


def get_new_key(vault: Vault, application: UUID, now: datetime) -> dict[str, Any]:
    """The columns of a key for a case that has none."""
    sealed = vault.make_key(CASE_KEY, application)
    return {"application": application, "sealed": sealed, "made_at": now}


def get_columns(
    vault: Vault, key: bytes, after: Opened, submitted: SubmittedRound
) -> dict[str, Any]:
    """The columns of a round, its content sealed under the key of its case."""
    place = _place(submitted.round, submitted.digest)
    return {
        "application": after.id,
        "round": submitted.round,
        "digest": submitted.digest,
        "worker": after.worker,
        "content": vault.seal_under(key, place, after.id, submitted.content),
        "submitted_at": submitted.submitted_at,
        "agency_set": after.agency_set,
    }


def find_round(
    session: Session, vault: Vault, application: ApplicationId, round_: int
) -> SubmittedRound | None:
    """The content of one round; None before the first submission.

    NotFound("file-erased") where the key of the case was destroyed. Content that does not fit its
    digest is an error of the vault or a ValueError: nobody decides on it.
    """
    row = session.execute(
        select(application_rounds, case_keys.c.sealed)
        .outerjoin(case_keys, case_keys.c.application == application_rounds.c.application)
        .where(
            application_rounds.c.application == application,
            application_rounds.c.round == round_,
        )
    ).first()
    return None if row is None else read_round(vault, row)


def find_round_at(
    session: Session, vault: Vault, application: ApplicationId, instant: datetime
) -> SubmittedRound | None:
    """The round that was the newest at an instant; None before the first. Refused as one round."""
    row = session.execute(
        select(application_rounds, case_keys.c.sealed)
        .outerjoin(case_keys, case_keys.c.application == application_rounds.c.application)
        .where(
            application_rounds.c.application == application,
            application_rounds.c.submitted_at <= instant,
        )
        .order_by(application_rounds.c.round.desc())
        .limit(1)
    ).first()
    return None if row is None else read_round(vault, row)


def read_round(vault: Vault, row: Row[Any]) -> SubmittedRound:
    """A round of its row and `sealed`, the key of its case; NotFound where that was destroyed."""
    if row.sealed is None:
        raise NotFound("file-erased")
    content = read_content(vault, row.sealed, row)
    return SubmittedRound(row.round, row.digest, content, row.submitted_at)


def read_content(vault: Vault, key: bytes, row: Row[Any]) -> str:
    """The content of a row of rounds; ValueError where it does not fit its digest."""
    place = _place(row.round, row.digest)
    content = vault.open_under(key, place, row.application, row.content)
    if sha256(content.encode()).hexdigest() != row.digest:
        raise ValueError("a round's content does not fit its digest")
    return content


def _find_key(session: Session, application: ApplicationId) -> bytes | None:
    query = select(case_keys.c.sealed).where(case_keys.c.application == application)
    return session.execute(query).scalar_one_or_none()


def _place(round_: int, digest: str) -> str:
    """The key's own place, and within the case the round and digest that it was sealed for."""
    return f"{CASE_KEY}/{round_}/{digest}"
