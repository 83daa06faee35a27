"""Permits of older registers: whose each was stands beside it, or that it is nobody's yet."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault, index_of_number
from app.storage.search_keys import keys_of
from app.storage.searched import EVERY, Search, is_named
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.past_permits import PastPermit, Standing
from permits.people import PersonId
from permits.submissions import Answers

TOLD = "past_permits.told"
NAME_INDEX = "past_permits.name_index"


past_permits = Table(
    "past_permits",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("import", PG_UUID, ForeignKey("register_imports.id"), nullable=False, info=OPERATIONAL),
    Column("row", Integer, nullable=False, info=OPERATIONAL),
    Column("programme", Text, nullable=False, info=OPERATIONAL),
    # A permit is taken in once, whatever file it stands in.
    Column("name_index", LargeBinary, nullable=False, unique=True, info=PSEUDONYMOUS),
    Column("document_index", LargeBinary, info=PSEUDONYMOUS),
    Column("search_keys", ARRAY(Text), nullable=False, info=PERSONAL),
    # Who it was, and with whom: sealed, as the number of a document always is.
    Column("told", LargeBinary, nullable=False, info=SENSITIVE),
    Column("starts_on", Date, nullable=False, info=PERSONAL),
    Column("ends_on", Date, nullable=False, info=PERSONAL),
    Column("left_on", Date, info=PERSONAL),
    Column("standing", Text, nullable=False, server_default="waiting", info=OPERATIONAL),
    Column("worker", PG_UUID, info=PSEUDONYMOUS),
    Column("settled_at", INSTANT, info=OPERATIONAL),
    Column("settled_by", PG_UUID, info=PSEUDONYMOUS),
    CheckConstraint("standing IN ('waiting', 'matched', 'unsure', 'alone')", name="standing"),
    CheckConstraint("(standing = 'matched') = (worker IS NOT NULL)", name="matched_to_somebody"),
    CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_together"),
    CheckConstraint("standing <> 'matched' OR settled_at IS NOT NULL", name="matched_by_somebody"),
    CheckConstraint("starts_on <= ends_on", name="days"),
    Index("uq_past_permits_row", "import", "row", unique=True),
    Index("ix_past_permits_worker", "worker", postgresql_where=text("worker IS NOT NULL")),
    Index("ix_past_permits_document", "document_index"),
    Index("ix_past_permits_ends_on", "ends_on"),
    Index("ix_past_permits_search_keys", "search_keys", postgresql_using="gin"),
)


@dataclass(frozen=True)
class KeptPermit:
    """A permit as it is kept; `settled_by` is who matched it, the service itself or an official."""

    id: UUID
    import_: UUID
    programme: str
    permit: PastPermit
    standing: Standing
    worker: PersonId | None = None
    settled_at: datetime | None = None
    settled_by: PersonId | None = None


def list_known(session: Session, vault: Vault, names: Collection[str]) -> set[str]:
    """Which of these permits are kept already, by what makes each this one."""
    by_index = {vault.index(NAME_INDEX, name): name for name in names}
    rows = session.scalars(
        select(past_permits.c.name_index).where(past_permits.c.name_index.in_([*by_index]))
    )
    return {by_index[bytes(index)] for index in rows}


def count_standings(session: Session, import_: UUID) -> dict[Standing, int]:
    """How many of its permits stand how."""
    rows = session.execute(
        select(past_permits.c.standing, func.count())
        .where(past_permits.c["import"] == import_)
        .group_by(past_permits.c.standing)
    )
    return {Standing(standing): count for standing, count in rows}


def list_permits(
    session: Session,
    vault: Vault,
    import_: UUID,
    standing: Standing | None,
    limit: int,
    search: Search = EVERY,
) -> list[KeptPermit]:
    """The permits of an import in the order of its rows, all or those that stand so.

    What is searched is a name, or the whole number of a document.
    """
    query = select(past_permits).where(past_permits.c["import"] == import_)
    if search.text:
        numbers = past_permits.c.document_index.in_(search.documents.values())
        query = query.where(is_named(past_permits.c, search.text) | numbers)
    if standing is not None:
        query = query.where(past_permits.c.standing == standing.value)
    return _read(session, vault, query.order_by(past_permits.c.row).limit(limit))


def get_permit(session: Session, vault: Vault, permit: UUID, *, hold: bool = False) -> KeptPermit:
    """One of them; with `hold` its row until the end. NotFound."""
    query = select(past_permits).where(past_permits.c.id == permit)
    found = _read(session, vault, query.with_for_update() if hold else query)
    if not found:
        raise NotFound("no-such-past-permit")
    return found[0]


def list_permits_of(session: Session, vault: Vault, ids: Collection[UUID]) -> list[KeptPermit]:
    """These permits, the newest season first."""
    query = select(past_permits).where(past_permits.c.id.in_(list(ids)))
    ordered = query.order_by(past_permits.c.starts_on.desc(), past_permits.c.id)
    return _read(session, vault, ordered)


def lock_waiting(session: Session, vault: Vault, import_: UUID, limit: int) -> list[KeptPermit]:
    """Permits of an import that were not compared yet, and that nobody else holds."""
    query = (
        select(past_permits)
        .where(
            past_permits.c["import"] == import_,
            past_permits.c.standing == Standing.WAITING.value,
        )
        .order_by(past_permits.c.row)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return _read(session, vault, query)


def save_standing(
    session: Session,
    permit: UUID,
    standing: Standing,
    worker: PersonId | None = None,
    *,
    by: PersonId | None,
    now: datetime,
    event: AuditEvent,
) -> None:
    """Write down whose it was; `by` nobody where the comparison left it open."""
    session.execute(
        update(past_permits)
        .where(past_permits.c.id == permit)
        .values(
            standing=standing.value,
            worker=worker,
            settled_by=by,
            settled_at=now if by else None,
        )
    )
    audit.append(session, event)


def list_of_worker(
    session: Session, vault: Vault, worker: PersonId, limit: int
) -> list[KeptPermit]:
    """The past permits that are known to be of this worker, the newest first."""
    query = (
        select(past_permits)
        .where(past_permits.c.worker == worker)
        .order_by(past_permits.c.starts_on.desc(), past_permits.c.id)
        .limit(limit)
    )
    return _read(session, vault, query)


def remove_ended_before(session: Session, day: date, limit: int) -> int:
    """Forget what ended before a day; returns how many."""
    due = select(past_permits.c.id).where(past_permits.c.ends_on < day).limit(limit)
    gone = delete(past_permits).where(past_permits.c.id.in_(due)).returning(past_permits.c.id)
    return len(session.execute(gone).all())


def count_ended_before(session: Session, day: date) -> int:
    """How many `remove_ended_before` would forget."""
    query = select(func.count()).select_from(past_permits).where(past_permits.c.ends_on < day)
    return session.execute(query).scalar_one()


def get_columns(vault: Vault, kept: KeptPermit, name: str) -> dict[str, Any]:
    """A permit as a row, with what makes it this one (`past_rows.name_of`)."""
    permit, said = kept.permit, kept.permit.person
    told = {
        "document_kind": said.document_kind,
        "document_number": said.document_number,
        "given_names": said.given_names,
        "surnames": said.surnames,
        "date_of_birth": said.date_of_birth.isoformat() if said.date_of_birth else None,
        "employer": permit.employer,
        "permit_number": permit.number,
    }
    number = said.document_number
    return {
        "id": kept.id,
        "import": kept.import_,
        "row": permit.row,
        "programme": kept.programme,
        "name_index": vault.index(NAME_INDEX, name),
        "document_index": index_of_number(vault, number) if number else None,
        "search_keys": keys_of(said.full_name),
        "told": vault.seal(TOLD, kept.id, json.dumps(told)),
        "starts_on": permit.starts_on,
        "ends_on": permit.ends_on,
        "left_on": permit.left_on,
    }


def _read(session: Session, vault: Vault, query: Select[Any]) -> list[KeptPermit]:
    return [_kept(vault, row) for row in session.execute(query)]


def _kept(vault: Vault, row: Row[Any]) -> KeptPermit:
    values = row._mapping
    told = json.loads(vault.open(TOLD, row.id, row.told))
    employer, number = told.pop("employer"), told.pop("permit_number")
    born = told.pop("date_of_birth")
    person = Answers(**told, date_of_birth=date.fromisoformat(born) if born else None)
    permit = PastPermit(row.row, person, employer, row.starts_on, row.ends_on, number, row.left_on)
    return KeptPermit(
        row.id,
        values["import"],
        row.programme,
        permit,
        Standing(row.standing),
        PersonId(row.worker) if row.worker else None,
        row.settled_at,
        PersonId(row.settled_by) if row.settled_by else None,
    )
