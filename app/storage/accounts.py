"""Accounts of everybody who is no worker, the roles that each was granted, and their agencies."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Self
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Date, Row, Select, Update, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.account_tables import accounts, grants, postings
from app.storage.database import Session
from permits.accounts import LockReason
from permits.audit import AuditEvent
from permits.people import AGENCY_OF, Actor, PersonId, Role, Scope, actor_in


@dataclass(frozen=True)
class Grant:
    """A role that an account holds now, and how far it reaches."""

    role: Role
    scope: Scope

    @property
    def columns(self) -> dict[str, Any]:
        """Role and bounds as the tables have them."""
        return {"role": self.role.value, **asdict(self.scope)}


@dataclass(frozen=True)
class Account:
    """A person's sign-in; `disabled` accounts never get a session.

    `email` (lower case) or `phone` (E.164) names it; `password_hash` is None where no password
    was ever set. `grants` are the roles held now. `lock_reason` tells why it is disabled, None
    where nobody said so; `signed_in_on` is the legal day of the last sign-in.
    """

    person: PersonId
    name: str
    email: str | None
    phone: str | None
    password_hash: str | None
    disabled: bool
    grants: tuple[Grant, ...] = ()
    identity_index: bytes | None = None
    lock_reason: LockReason | None = None
    signed_in_on: date | None = None
    created_at: datetime | None = None

    @classmethod
    def of(cls, actor: Actor, email: str, password_hash: str | None) -> Self:
        """The account of somebody with this one role."""
        return cls(
            actor.person,
            actor.name,
            email.lower(),
            None,
            password_hash,
            disabled=False,
            grants=(Grant(actor.role, actor.scope),),
        )

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The person in each of the roles held, in the order of the roles."""
        ordered = sorted(self.grants, key=lambda grant: list(Role).index(grant.role))
        return tuple(actor_in(self.person, one.role, self.name, one.scope) for one in ordered)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held now."""
        return frozenset(grant.role for grant in self.grants)


_ADDING, _GRANTING = insert(accounts), insert(grants)
_POSTING = pg_insert(postings).on_conflict_do_nothing()
_NAMES = select(accounts.c.person, accounts.c.name).where(
    accounts.c.person.in_(bindparam("persons", expanding=True))
)


def add_account(
    session: Session, account: Account, granter: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """Add a person with the roles of the account; `granter` is never the person."""
    session.execute(
        _ADDING,
        {
            "person": account.person,
            "email": account.email.lower() if account.email else None,
            "phone": account.phone,
            "name": account.name,
            "identity_index": account.identity_index,
            "password_hash": account.password_hash,
            "created_at": now,
        },
    )
    for grant in account.grants:
        _insert_grant(session, account.person, grant, granter, now)
    audit.append(session, event)


def add_grant(
    session: Session,
    person: PersonId,
    grant: Grant,
    granter: PersonId,
    now: datetime,
    *,
    asked_by: PersonId | None = None,
    event: AuditEvent,
) -> None:
    """Grant a role; one that is held already breaks the index.

    `asked_by` proposed it where `granter` confirms.
    """
    _insert_grant(session, person, grant, granter, now, asked_by)
    audit.append(session, event)


def end_grant(
    session: Session,
    person: PersonId,
    role: Role,
    ender: PersonId,
    now: datetime,
    *,
    event: AuditEvent,
) -> bool:
    """Take a role back; False where it was not held."""
    held = (grants.c.person == person, grants.c.role == role.value, grants.c.ended_at.is_(None))
    ended = update(grants).where(*held).values(ended_at=now, ended_by=ender)
    gone = session.execute(ended.returning(grants.c.id)).first() is not None
    audit.append(session, event)
    return gone


def set_password(
    session: Session, person: PersonId, password_hash: str | None, *, event: AuditEvent
) -> None:
    """Replace the password of an account; None: none opens it any more."""
    session.execute(
        update(accounts).where(accounts.c.person == person).values(password_hash=password_hash)
    )
    audit.append(session, event)


def note_sign_in(session: Session, person: PersonId, day: date) -> None:
    """Note the day of a sign-in, which is logged by itself; who has no account is left out."""
    session.execute(_noting(), {"of_person": person, "day": day})


@cache
def _noting() -> Update:
    day = bindparam("day", type_=Date)
    once = accounts.c.signed_in_on.is_distinct_from(day)
    noted = update(accounts).where(accounts.c.person == bindparam("of_person"), once)
    return noted.values(signed_in_on=day)


def find_account(session: Session, name: str) -> Account | None:
    """The account of an e-mail address, in whatever case it was typed, or of a phone (E.164)."""
    column = accounts.c.phone if name.startswith("+") else accounts.c.email
    return _one(session, _whole().where(column == name.lower()))


def find_account_of(session: Session, person: PersonId) -> Account | None:
    """The account of a person; None for workers."""
    return _one(session, _whole().where(accounts.c.person == person))


def find_account_by_identity(session: Session, identity_index: bytes) -> Account | None:
    """The account of whoever holds this identity document."""
    return _one(session, _whole().where(accounts.c.identity_index == identity_index))


def list_persons(session: Session, persons: Collection[UUID]) -> list[Account]:
    """These accounts, in the order in which they are named; unknown persons are left out."""
    if not persons:
        return []
    found = {one.person: one for one in read_accounts(session, accounts.c.person.in_(persons))}
    return [found[PersonId(person)] for person in persons if person in found]


def list_accounts(session: Session, role: Role | None = None) -> list[Account]:
    """Accounts by name of sign-in; of every role where none is named."""
    if role is None:
        return read_accounts(session)
    holders = select(grants.c.person).where(
        grants.c.role == role.value, grants.c.ended_at.is_(None)
    )
    return read_accounts(session, accounts.c.person.in_(holders))


def list_holders(session: Session, roles: Collection[Role]) -> list[Account]:
    """Accounts that hold any of these roles, by name of sign-in."""
    holders = select(grants.c.person).where(
        grants.c.role.in_([one.value for one in roles]), grants.c.ended_at.is_(None)
    )
    return read_accounts(session, accounts.c.person.in_(holders))


def list_names(session: Session, persons: set[UUID]) -> dict[UUID, str]:
    """Names of account holders by person, for timelines; unknown persons are left out."""
    rows = session.execute(_NAMES, {"persons": list(persons)})
    return {row.person: row.name for row in rows}


def _insert_grant(
    session: Session,
    person: PersonId,
    grant: Grant,
    granter: PersonId,
    now: datetime,
    asked_by: PersonId | None = None,
) -> None:
    session.execute(
        _GRANTING,
        {
            "id": uuid4(),
            "person": person,
            **grant.columns,
            "asked_by": asked_by,
            "granted_by": granter,
            "granted_at": now,
        },
    )
    agency = AGENCY_OF.get(grant.role)
    if agency is not None:
        posted = {"person": person, "agency": agency.value, "since": now}
        session.execute(_POSTING, posted)


def read_accounts(session: Session, *conditions: ColumnElement[bool]) -> list[Account]:
    """Accounts that fit every condition, by name of sign-in."""
    ordered = _whole().order_by(accounts.c.email, accounts.c.phone, accounts.c.person)
    return _gathered(session.execute(ordered.where(*conditions)))


@cache
def _whole() -> Select[Any]:
    held = (grants.c.person == accounts.c.person) & grants.c.ended_at.is_(None)
    columns = (grants.c.role, grants.c.post, grants.c.department, grants.c.employer)
    return select(accounts, *columns, grants.c.country).outerjoin(grants, held)


def _one(session: Session, query: Select[Any]) -> Account | None:
    found = _gathered(session.execute(query))
    return found[0] if found else None


def _gathered(rows: Iterable[Row[Any]]) -> list[Account]:
    by_person: dict[UUID, list[Row[Any]]] = {}
    for row in rows:
        by_person.setdefault(row.person, []).append(row)
    return [_account(same) for same in by_person.values()]


def _account(rows: list[Row[Any]]) -> Account:
    first = rows[0]
    held = tuple(Grant(Role(row.role), read_scope(row)) for row in rows if row.role is not None)
    return Account(
        PersonId(first.person),
        first.name,
        first.email,
        first.phone,
        first.password_hash,
        first.disabled_at is not None,
        held,
        first.identity_index,
        LockReason(first.lock_reason) if first.lock_reason else None,
        first.signed_in_on,
        first.created_at,
    )


def read_scope(row: Row[Any]) -> Scope:
    """The bounds that stand in a row's columns."""
    return Scope(row.post, row.department, row.employer, row.country)
