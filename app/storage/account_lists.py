"""Lists of accounts for who looks after them: searched, filtered, a page at a time."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, not_, select, true, tuple_

from app.storage.account_tables import accounts, grants
from app.storage.accounts import Account, list_persons
from app.storage.database import Session
from app.storage.invitations import invitations
from app.storage.searched import folded, says
from permits.accounts import AccountState
from permits.people import AGENCY_OF, Agency, PersonId, Role


@dataclass(frozen=True)
class AccountFilter:
    """Which accounts are wanted; a None bound asks for all.

    `agency` and `post` are how far the person who asks reaches: accounts with a role of the
    agency, or agents of the post. `text` is folded: lower case without accents.
    """

    text: str = ""
    role: Role | None = None
    state: AccountState | None = None
    agency: Agency | None = None
    post: str | None = None


@dataclass(frozen=True)
class AccountPage:
    """One page by name; `next` is the key of the page after, None on the last."""

    accounts: list[Account]
    total: int
    next: tuple[str, UUID] | None


def list_page(
    session: Session, wanted: AccountFilter, size: int, after: tuple[str, UUID] | None = None
) -> AccountPage:
    """Accounts by name; three statements, however many rows there are."""
    chosen = and_(true(), *_conditions(wanted))
    total = session.execute(select(func.count()).select_from(accounts).where(chosen)).scalar_one()
    key = tuple_(_folded_name(), accounts.c.person)
    query = select(accounts.c.person, _folded_name().label("key")).where(chosen)
    if after is not None:
        query = query.where(key > tuple_(*after))
    rows = session.execute(query.order_by(key).limit(size + 1)).all()
    shown = rows[:size]
    last = (shown[-1].key, shown[-1].person) if len(rows) > size else None
    return AccountPage(list_persons(session, [row.person for row in shown]), total, last)


def list_open_names(session: Session, agency: Agency, limit: int) -> list[tuple[PersonId, str]]:
    """Who works for an agency now, by name; one statement, for lists that choose among them."""
    wanted = AccountFilter(agency=agency, state=AccountState.OPEN)
    query = select(accounts.c.person, accounts.c.name).where(*_conditions(wanted))
    rows = session.execute(query.order_by(_folded_name(), accounts.c.person).limit(limit))
    return [(PersonId(row.person), row.name) for row in rows]


def _folded_name() -> ColumnElement[str]:
    # One collation on every server, so that the key of a page means the same to the next query.
    return folded(accounts.c.name).collate("C")


def _conditions(wanted: AccountFilter) -> list[ColumnElement[bool]]:
    conditions = [says(wanted.text, accounts.c.name, accounts.c.email, accounts.c.phone)]
    if wanted.role is not None:
        conditions.append(_holds(grants.c.role == wanted.role.value))
    if wanted.agency is not None:
        roles = [role.value for role, agency in AGENCY_OF.items() if agency is wanted.agency]
        conditions.append(_holds(grants.c.role.in_(roles)))
    if wanted.post is not None:
        agent = grants.c.role == Role.BORDER_AGENT.value
        conditions.append(_holds(and_(agent, grants.c.post == wanted.post)))
    if wanted.state is not None:
        conditions.append(_STATES[wanted.state])
    return conditions


def _holds(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    own = and_(grants.c.person == accounts.c.person, grants.c.ended_at.is_(None))
    return exists().where(own, condition)


_LOCKED = accounts.c.disabled_at.is_not(None)
_INVITED = and_(
    accounts.c.password_hash.is_(None), exists().where(invitations.c.person == accounts.c.person)
)
_ROLELESS = not_(_holds(grants.c.id.is_not(None)))
_STATES = {
    AccountState.LOCKED: _LOCKED,
    AccountState.INVITED: and_(not_(_LOCKED), _INVITED),
    AccountState.WITHOUT_ROLE: and_(not_(_LOCKED), not_(_INVITED), _ROLELESS),
    AccountState.OPEN: and_(not_(_LOCKED), not_(_INVITED), not_(_ROLELESS)),
}
