"""Accounts of everybody who is no worker: how they are added and what they may be granted."""

from app.services.work import Work
from app.storage import accounts
from permits.audit import Act
from permits.duties import check_scope
from permits.errors import Conflict, Fault, refuse_if
from permits.people import Actor, PersonId, Role, Scope, actor_in

SHORTEST_PASSWORD = 12
"""Characters (ASVS 5.0 6.2.1 asks for 8 and recommends 15)."""


def add_account(
    work: Work, email: str, password: str, role: Role, name: str, scope: Scope | None = None
) -> PersonId:
    """Add a person with one role; Invalid with every fault, Conflict for a known address."""
    scope = scope or Scope()
    checks = (
        ("email-malformed", "email", "@" in email.strip("@") and " " not in email),
        ("too-short", "password", len(password) >= SHORTEST_PASSWORD),
        ("missing", "name", bool(name.strip())),
    )
    facts: dict[str, str | int] = {"limit": SHORTEST_PASSWORD}
    refuse_if([Fault(code, field, facts) for code, field, holds in checks if not holds])
    reference = work.ports.reference
    check_scope(role, scope, reference.posts, reference.departments)
    if accounts.find_account(work.session, email) is not None:
        raise Conflict("account-exists")
    actor = actor_in(PersonId(work.new_id()), role, name.strip(), scope)
    hashed = work.ports.passwords.hash(password)
    add(work, accounts.Account.of(actor, email, hashed))
    return actor.person


def add(work: Work, account: accounts.Account) -> tuple[Actor, ...]:
    """Write an account with its roles down; who grants them is who acts."""
    roles = ",".join(sorted(role.value for role in account.roles))
    event = work.event(Act.ACCOUNT_ADDED, account.person, {"role": roles})
    accounts.add_account(work.session, account, work.actor.person, work.now, event=event)
    return account.actors
