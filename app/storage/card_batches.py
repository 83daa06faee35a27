"""Batches of cards: which permits stand on them, how far the drawing is, what came of each card."""

from collections.abc import Sequence
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
    Row,
    Select,
    Table,
    Text,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.authorisations import authorisations, is_reached
from app.storage.credential_tables import credentials
from app.storage.database import Base, Session
from app.storage.statements import constant
from permits.audit import AuditEvent
from permits.card_batches import MOST_CARDS, BatchCard, BatchId, BatchState, CardBatch
from permits.errors import NotFound
from permits.issuing import CredentialState
from permits.people import Agency, PersonId
from permits.reach import Reach

card_batches = Table(
    "card_batches",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("department", Text),
    Column("ordered_by", PG_UUID, nullable=False),
    Column("ordered_at", DateTime(timezone=True), nullable=False),
    Column("total", Integer, nullable=False),
    Column("drawn", Integer, nullable=False, server_default="0"),
    Column("state", Text, nullable=False),
    Column("ready_at", DateTime(timezone=True)),
    Column("settled_at", DateTime(timezone=True)),
    Column("settled_by", PG_UUID),
    CheckConstraint("state IN ('drawing', 'ready', 'printed', 'discarded')", name="state"),
    CheckConstraint("drawn BETWEEN 0 AND total", name="drawn"),
    CheckConstraint(
        "(state IN ('printed', 'discarded')) = (settled_at IS NOT NULL)", name="settled"
    ),
    # A trigger (printed_by_another) refuses that who ordered it says that it was printed.
    Index("ix_card_batches_ordered_at", "ordered_at"),
)

card_prints = Table(
    "card_prints",
    Base.metadata,
    Column("batch", PG_UUID, ForeignKey("card_batches.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    # A permit is on one card at a time; a batch that was discarded lets it go.
    Column("credential", PG_UUID, ForeignKey("credentials.id"), nullable=False, unique=True),
    Column("printed_at", DateTime(timezone=True)),
    Column("handed_over_at", DateTime(timezone=True)),
    Column("handed_over_by", PG_UUID),
    CheckConstraint("handed_over_at IS NULL OR printed_at IS NOT NULL", name="printed_first"),
    CheckConstraint("(handed_over_at IS NULL) = (handed_over_by IS NULL)", name="handed_over"),
)


def lock_waiting(
    session: Session, programme: str, now: datetime, *, reach: Reach, limit: int
) -> list[UUID]:
    """Valid permits of a programme that are on no card yet, the oldest first, held."""
    query = _waiting(programme, now, reach).order_by(credentials.c.issued_at, credentials.c.id)
    held = query.limit(limit).with_for_update(of=credentials, skip_locked=True)
    return [row.id for row in session.execute(held)]


def count_waiting(
    session: Session, programme: str, now: datetime, *, reach: Reach, most: int = MOST_CARDS
) -> int:
    """How many permits of a programme are on no card yet; one more than `most` stands for more."""
    found = _waiting(programme, now, reach).limit(constant(most + 1)).subquery()
    return session.execute(select(func.count()).select_from(found)).scalar_one()


def add_batch(
    session: Session, batch: CardBatch, permits: Sequence[UUID], *, event: AuditEvent
) -> None:
    """Record a batch and what stands on it; a permit that is on a card already is refused."""
    values = vars(batch) | {"state": batch.state.value, "agency": batch.agency.value}
    session.execute(insert(card_batches), values)
    rows = [
        {"batch": batch.id, "position": at, "credential": one} for at, one in enumerate(permits)
    ]
    session.execute(insert(card_prints), rows)
    audit.append(session, event)


def get_batch(session: Session, batch: UUID, *, hold: bool = False) -> CardBatch:
    """Read one batch, held until the transaction ends where it is to be changed."""
    query = select(card_batches).where(card_batches.c.id == batch)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        raise NotFound("no-such-batch")
    return _batch(row)


def list_batches(
    session: Session, agency: Agency, department: str | None, *, limit: int
) -> list[CardBatch]:
    """The newest batches of an agency, of one office where it has bounds."""
    query = select(card_batches).where(card_batches.c.agency == agency.value)
    if department is not None:
        query = query.where(card_batches.c.department == department)
    newest = query.order_by(card_batches.c.ordered_at.desc(), card_batches.c.id).limit(limit)
    return [_batch(row) for row in session.execute(newest)]


def list_unsettled(session: Session, before: datetime, *, limit: int) -> list[UUID]:
    """Batches ordered before an instant of which nobody said what came of them; they are held."""
    rows = session.execute(
        select(card_batches.c.id)
        .where(card_batches.c.ordered_at < before, card_batches.c.settled_at.is_(None))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [row.id for row in rows]


def list_cards(
    session: Session, batch: UUID, *, first: int = 0, limit: int = MOST_CARDS
) -> list[BatchCard]:
    """The cards of a batch from a position on, in the order of the pages."""
    query = _cards().where(card_prints.c.batch == batch, card_prints.c.position >= first)
    rows = session.execute(query.order_by(card_prints.c.position).limit(limit))
    return [_card(row) for row in rows]


def find_card(session: Session, credential: UUID, *, hold: bool = False) -> BatchCard | None:
    """The card that a permit stands on, if it is on one."""
    query = _cards().where(card_prints.c.credential == credential)
    held = query.with_for_update(of=card_prints) if hold else query
    row = session.execute(held).one_or_none()
    return _card(row) if row else None


def save_progress(session: Session, batch: UUID, drawn: int) -> None:
    """So many cards of a batch are drawn."""
    changed = update(card_batches).where(card_batches.c.id == batch)
    session.execute(changed.values(drawn=drawn))


def remove_card(session: Session, batch: UUID, position: int, *, event: AuditEvent) -> None:
    """The permit leaves the batch; it may be on another card later, where it stands again."""
    own = (card_prints.c.batch == batch, card_prints.c.position == position)
    session.execute(delete(card_prints).where(*own))
    audit.append(session, event)


def finish_batch(session: Session, batch: UUID, *, event: AuditEvent) -> None:
    """The file of a batch is there, to be printed."""
    changed = update(card_batches).where(card_batches.c.id == batch)
    session.execute(changed.values(state=BatchState.READY.value, ready_at=event.at))
    audit.append(session, event)


def settle_batch(session: Session, batch: UUID, state: BatchState, *, event: AuditEvent) -> None:
    """A batch was printed, with its cards, or discarded, which lets its permits go."""
    told = {"state": state.value, "settled_at": event.at, "settled_by": event.person}
    session.execute(update(card_batches).where(card_batches.c.id == batch).values(told))
    own = card_prints.c.batch == batch
    if state is BatchState.PRINTED:
        session.execute(update(card_prints).where(own).values(printed_at=event.at))
    else:
        session.execute(delete(card_prints).where(own))
    audit.append(session, event)


def hand_over(session: Session, credential: UUID, *, event: AuditEvent) -> None:
    """The card is in its worker's hands."""
    given = update(card_prints).where(card_prints.c.credential == credential)
    session.execute(given.values(handed_over_at=event.at, handed_over_by=event.person))
    audit.append(session, event)


def _waiting(programme: str, now: datetime, reach: Reach) -> Select[Any]:
    """The programme stands in the statement itself: a plan that serves any of them looks at the
    cards of all for the few of one."""
    own = literal(programme, literal_execute=True)
    return (
        select(credentials.c.id, credentials.c.issued_at)
        .join(authorisations, authorisations.c.id == credentials.c.authorisation)
        .where(
            authorisations.c.programme == own,
            is_reached(reach),
            credentials.c.state == CredentialState.ISSUED.value,
            credentials.c.right_status == "granted",
            credentials.c.expires > now,
            credentials.c.erased_at.is_(None),
            credentials.c.id.not_in(select(card_prints.c.credential)),
        )
    )


def _cards() -> Select[Any]:
    return (
        select(
            card_prints,
            credentials.c.number,
            credentials.c.state,
            credentials.c.right_status,
            authorisations.c.application,
        )
        .join(credentials, credentials.c.id == card_prints.c.credential)
        .join(authorisations, authorisations.c.id == credentials.c.authorisation)
    )


def _batch(row: Row[Any]) -> CardBatch:
    return CardBatch(
        BatchId(row.id),
        row.programme,
        row.language,
        Agency(row.agency),
        row.department,
        PersonId(row.ordered_by),
        row.ordered_at,
        row.total,
        row.drawn,
        BatchState(row.state),
        row.ready_at,
        row.settled_at,
        PersonId(row.settled_by) if row.settled_by else None,
    )


def _card(row: Row[Any]) -> BatchCard:
    return BatchCard(
        row.position,
        row.credential,
        row.number,
        row.application,
        CredentialState(row.state),
        row.right_status,
        row.printed_at,
        row.handed_over_at,
    )
