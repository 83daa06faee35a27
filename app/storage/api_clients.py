"""Programs that ask the API: hashes of their secrets, how far they reach, whether they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.account_tables import accounts, grants
from app.storage.accounts import read_scope
from app.storage.database import Base, Session
from permits.api_clients import givable
from permits.audit import AuditEvent
from permits.people import Actor, Permission, PersonId, Role, actor_in

api_clients = Table(
    "api_clients",
    Base.metadata,
    Column("client", Text, primary_key=True),
    Column("person", PG_UUID, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("post", Text),
    Column("department", Text),
    Column("employer", PG_UUID),
    Column("country", Text),
    # None: all that the role permits.
    Column("permissions", ARRAY(Text)),
    Column("secret_hash", Text, nullable=False),
    # The secret before the last rotation, good for some hours more.
    Column("previous_secret_hash", Text),
    Column("previous_until", DateTime(timezone=True)),
    Column("used_on", Date),
    Column("disabled_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    CheckConstraint(
        "(previous_secret_hash IS NULL) = (previous_until IS NULL)", name="previous_together"
    ),
)


@dataclass(frozen=True)
class ApiClient:
    """A system or person that signs in with a client secret (RFC 6749 section 4.4).

    The actor's `permissions` are those that the client was given. `previous_until` ends the
    secret of before; `used_on` is the legal day of its last token.
    """

    client: str
    actor: Actor
    secret_hash: str
    disabled: bool
    previous_secret_hash: str | None = None
    previous_until: datetime | None = None
    used_on: date | None = None
    created_at: datetime | None = None


def add_api_client(
    session: Session, client: ApiClient, now: datetime, *, event: AuditEvent
) -> None:
    """Register a client of the API."""
    allowed = client.actor.permissions
    session.execute(
        insert(api_clients),
        {
            "client": client.client,
            "person": client.actor.person,
            "role": client.actor.role.value,
            "name": client.actor.name,
            "post": client.actor.post,
            "department": client.actor.department,
            "employer": client.actor.employer,
            "country": client.actor.country,
            "permissions": sorted(one.value for one in allowed) if allowed is not None else None,
            "secret_hash": client.secret_hash,
            "created_at": now,
        },
    )
    audit.append(session, event)


def rotate_secret(
    session: Session,
    client: ApiClient,
    secret_hash: str,
    previous_until: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Put a new secret first; the one of now is good until `previous_until`, older ones die."""
    session.execute(
        update(api_clients)
        .where(api_clients.c.client == client.client)
        .values(
            secret_hash=secret_hash,
            previous_secret_hash=client.secret_hash,
            previous_until=previous_until,
        )
    )
    audit.append(session, event)


def set_disabled(session: Session, client: str, since: datetime, *, event: AuditEvent) -> None:
    """End a client for good: its secrets die, and its tokens with the next request."""
    ended: Mapping[str, object] = {"previous_secret_hash": None, "previous_until": None}
    session.execute(
        update(api_clients)
        .where(api_clients.c.client == client)
        .values(disabled_at=since, secret_hash="", **ended)
    )
    audit.append(session, event)


def note_use(session: Session, client: str, day: date) -> None:
    """Note the day of a token; the token itself is logged."""
    session.execute(
        update(api_clients)
        .where(api_clients.c.client == client, api_clients.c.used_on.is_distinct_from(day))
        .values(used_on=day)
    )


def find_api_client(session: Session, client: str) -> ApiClient | None:
    """The client of an id, disabled or not."""
    row = session.execute(select(api_clients).where(api_clients.c.client == client)).first()
    return None if row is None else _client(row)


def lock_api_client(session: Session, client: str) -> ApiClient | None:
    """The same, its row held until the transaction ends."""
    query = select(api_clients).where(api_clients.c.client == client).with_for_update()
    row = session.execute(query).first()
    return None if row is None else _client(row)


@cache
def _finding_standing() -> Select[Any]:
    held = (
        (grants.c.person == api_clients.c.person)
        & (grants.c.role == api_clients.c.role)
        & grants.c.ended_at.is_(None)
    )
    return (
        select(
            api_clients,
            accounts.c.person.label("account"),
            accounts.c.disabled_at.label("locked_at"),
            grants.c.id.label("grant"),
        )
        .outerjoin(accounts, accounts.c.person == api_clients.c.person)
        .outerjoin(grants, held)
        .where(api_clients.c.client == bindparam("asked"))
    )


def find_standing(session: Session, client: str) -> Actor | None:
    """Whom a client's tokens stand for now; None where they count no more.

    That is so where the client is unknown or disabled, and where it acts for the holder of an
    account that is locked or has lost the role. One statement, by primary keys.
    """
    row = session.execute(_finding_standing(), {"asked": client}).first()
    if row is None or row.disabled_at is not None:
        return None
    if row.account is not None and (row.locked_at is not None or row.grant is None):
        return None
    return _client(row).actor


def list_api_clients(session: Session, limit: int, after: str = "") -> list[ApiClient]:
    """Clients by their id, those after one where it is named."""
    later = select(api_clients).where(api_clients.c.client > after)
    rows = session.execute(later.order_by(api_clients.c.client).limit(limit))
    return [_client(row) for row in rows]


def _client(row: Row[Any]) -> ApiClient:
    actor = actor_in(PersonId(row.person), Role(row.role), row.name, read_scope(row))
    if row.permissions is not None:
        known = {one.value: one for one in Permission}
        given = {known[one] for one in row.permissions if one in known}
        # What the law has since kept for persons, a program registered before has no more.
        actor = actor.bounded(given & givable(actor.role))
    return ApiClient(
        row.client,
        actor,
        row.secret_hash,
        row.disabled_at is not None,
        row.previous_secret_hash,
        row.previous_until,
        row.used_on,
        row.created_at,
    )
