"""Accounts of everybody who is no worker, the roles that each was granted, and their agencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.duties import POST_ROLES
from permits.people import ACCOUNT_ROLES, AGENCY_OF, Actor, PersonId, Role, Scope, actor_in

_ROLES = ", ".join(f"'{role.value}'" for role in ACCOUNT_ROLES)
_AGENCY_ROLES = ", ".join(f"'{role.value}'" for role in AGENCY_OF)
_POST_ROLES = ", ".join(f"'{role.value}'" for role in sorted(POST_ROLES))

accounts = Table(
    "accounts",
    Base.metadata,
    Column("person", PG_UUID, primary_key=True),
    Column("email", Text, unique=True),
    Column("phone", Text, unique=True),
    Column("name", Text, nullable=False),
    # Keyed hash of the identity document: one natural person has one account (domain 4.3).
    Column("identity_index", LargeBinary, unique=True),
    # None until an invitation was accepted, and for who signs in at their agency's provider.
    Column("password_hash", Text),
    Column("disabled_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("email = lower(email)", name="email_lower"),
    CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="reachable"),
)

grants = Table(
    "grants",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("person", PG_UUID, ForeignKey("accounts.person"), nullable=False),
    Column("role", Text, nullable=False),
    Column("post", Text),
    Column("department", Text),
    Column("employer", PG_UUID),
    Column("country", Text),
    Column("granted_by", PG_UUID, nullable=False),
    Column("granted_at", DateTime(timezone=True), nullable=False),
    Column("ended_by", PG_UUID),
    Column("ended_at", DateTime(timezone=True)),
    CheckConstraint(f"role IN ({_ROLES})", name="role"),
    CheckConstraint(f"(post IS NOT NULL) = (role IN ({_POST_ROLES}))", name="post_of_role"),
    CheckConstraint("(employer IS NOT NULL) = (role = 'employer')", name="employer_of_role"),
    CheckConstraint("(country IS NOT NULL) = (role = 'partner-authority')", name="country_of_role"),
    CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended_together"),
    CheckConstraint("granted_by <> person", name="not_by_oneself"),
    Index(
        "uq_grants_person_role",
        "person",
        "role",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
    ),
    # Of the roles of both agencies a person holds one at a time, whatever the service believes.
    Index(
        "uq_grants_one_agency_role",
        "person",
        unique=True,
        postgresql_where=text(f"ended_at IS NULL AND role IN ({_AGENCY_ROLES})"),
    ),
)

postings = Table(
    "postings",
    Base.metadata,
    # Rows stay when an official moves on: decisions refer to them.
    Column("person", PG_UUID, ForeignKey("accounts.person"), primary_key=True),
    Column("agency", Text, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
    CheckConstraint("agency IN ('setrass', 'inm')", name="agency"),
)


@dataclass(frozen=True)
class Grant:
    """A role that an account holds now, and how far it reaches."""

    role: Role
    scope: Scope


@dataclass(frozen=True)
class Account:
    """A person's sign-in; `disabled` accounts never get a session.

    `email` (lower case) or `phone` (E.164) names it; `password_hash` is None where no password
    was ever set. `grants` are the roles held now.
    """

    person: PersonId
    name: str
    email: str | None
    phone: str | None
    password_hash: str | None
    disabled: bool
    grants: tuple[Grant, ...] = ()
    identity_index: bytes | None = None

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


def add_account(
    session: Session, account: Account, granter: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """Add a person with the roles of the account; `granter` is never the person."""
    session.execute(
        insert(accounts).values(
            person=account.person,
            email=account.email.lower() if account.email else None,
            phone=account.phone,
            name=account.name,
            identity_index=account.identity_index,
            password_hash=account.password_hash,
            created_at=now,
        )
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
    event: AuditEvent,
) -> None:
    """Grant a role; one that is held already breaks the index."""
    _insert_grant(session, person, grant, granter, now)
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
    session: Session, person: PersonId, password_hash: str, *, event: AuditEvent
) -> None:
    """Replace the password of an account."""
    session.execute(
        update(accounts).where(accounts.c.person == person).values(password_hash=password_hash)
    )
    audit.append(session, event)


def set_disabled(
    session: Session, person: PersonId, since: datetime | None, *, event: AuditEvent
) -> None:
    """Lock an account from an instant on, or unlock it with None."""
    session.execute(update(accounts).where(accounts.c.person == person).values(disabled_at=since))
    audit.append(session, event)


def lock_account(session: Session, person: PersonId) -> Account | None:
    """The account of a person, its row held until the transaction ends."""
    session.execute(select(accounts.c.person).where(accounts.c.person == person).with_for_update())
    return find_account_of(session, person)


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


def list_accounts(session: Session, role: Role | None = None) -> list[Account]:
    """Accounts by name of sign-in; of every role where none is named."""
    query = _whole().order_by(accounts.c.email, accounts.c.phone, accounts.c.person)
    if role is not None:
        holders = select(grants.c.person).where(
            grants.c.role == role.value, grants.c.ended_at.is_(None)
        )
        query = query.where(accounts.c.person.in_(holders))
    return _gathered(session.execute(query))


def list_names(session: Session, persons: set[UUID]) -> dict[UUID, str]:
    """Names of account holders by person, for timelines; unknown persons are left out."""
    rows = session.execute(
        select(accounts.c.person, accounts.c.name).where(accounts.c.person.in_(persons))
    )
    return {row.person: row.name for row in rows}


def _insert_grant(
    session: Session, person: PersonId, grant: Grant, granter: PersonId, now: datetime
) -> None:
    session.execute(
        insert(grants).values(
            id=uuid4(),
            person=person,
            role=grant.role.value,
            post=grant.scope.post,
            department=grant.scope.department,
            employer=grant.scope.employer,
            country=grant.scope.country,
            granted_by=granter,
            granted_at=now,
        )
    )
    agency = AGENCY_OF.get(grant.role)
    if agency is not None:
        posting = pg_insert(postings).values(person=person, agency=agency.value, since=now)
        session.execute(posting.on_conflict_do_nothing())


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
    )


def read_scope(row: Row[Any]) -> Scope:
    """The bounds that stand in a row's columns."""
    return Scope(row.post, row.department, row.employer, row.country)
