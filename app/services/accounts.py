"""Accounts of everybody who is no worker: how they are added, and what an account must be."""

from dataclasses import dataclass, field
from uuid import UUID

from app.services.work import Work
from app.storage import accounts, employers
from permits.audit import Act
from permits.duties import check_scope
from permits.errors import Conflict, Fault, Invalid, NotFound, refuse_if
from permits.identity_documents import normalise
from permits.passwords import check_password
from permits.people import SYSTEM, Actor, Permission, PersonId, Role, Scope, actor_in
from permits.policies import check_permission

IDENTITY = "accounts.identity_index"
"""Where a person's document is found by its keyed hash; the number itself is kept nowhere."""

LONGEST_NAME = 120


@dataclass(frozen=True)
class Newcomer:
    """Who is to get an account: `email` or `phone` (E.164), or both, and the first role.

    `document` is the number of the identity document, "" where it is not known.
    """

    name: str
    role: Role
    email: str | None = None
    phone: str | None = None
    scope: Scope = field(default_factory=Scope)
    document: str = ""


def add_account(
    work: Work, email: str, password: str, role: Role, name: str, scope: Scope | None = None
) -> PersonId:
    """Add a person with one role; Invalid with every fault, Conflict for a known address."""
    newcomer = Newcomer(name.strip(), role, email.strip(), None, scope or Scope())
    faults = find_faults(work, newcomer)
    try:
        check_password(password, (name, email), work.ports.reference.common_passwords)
    except Invalid as invalid:
        faults += invalid.faults
    refuse_if(faults)
    check_new(work, newcomer)
    actor = actor_in(PersonId(work.new_id()), role, newcomer.name, newcomer.scope)
    hashed = work.ports.passwords.hash(password)
    add(work, accounts.Account.of(actor, email.strip(), hashed))
    return actor.person


def add(work: Work, account: accounts.Account) -> tuple[Actor, ...]:
    """Write an account with its roles down; who grants them is who acts."""
    roles = ",".join(sorted(role.value for role in account.roles))
    event = work.event(Act.ACCOUNT_ADDED, account.person, {"role": roles})
    accounts.add_account(work.session, account, work.actor.person, work.now, event=event)
    return account.actors


def may(work: Work, permission: Permission) -> None:
    """Forbidden unless the actor has the permission; the service's own shell needs none."""
    if work.actor != SYSTEM:
        check_permission(work.actor, permission)


def find_faults(work: Work, newcomer: Newcomer) -> list[Fault]:
    """Everything that is wrong with what was told about a person."""
    email = newcomer.email
    checks = (
        ("email-malformed", "email", email is None or is_address(email)),
        ("missing", "email", bool(email or newcomer.phone)),
        ("missing", "name", bool(newcomer.name)),
        ("too-long", "name", len(newcomer.name) <= LONGEST_NAME),
    )
    facts: dict[str, str | int] = {"limit": LONGEST_NAME}
    faults = [Fault(code, place, facts) for code, place, holds in checks if not holds]
    return faults + scope_faults(work, newcomer.role, newcomer.scope)


def is_address(email: str) -> bool:
    """Whether a text can be an e-mail address: letters would not arrive at any other."""
    name, _, host = email.rpartition("@")
    return bool(name) and "." in host.strip(".") and email.isprintable() and " " not in email


def scope_faults(work: Work, role: Role, scope: Scope) -> list[Fault]:
    """What is wrong with the bounds of a role."""
    reference = work.ports.reference
    try:
        check_scope(role, scope, reference.posts, reference.departments)
    except Invalid as invalid:
        return list(invalid.faults)
    return []


def check_new(work: Work, newcomer: Newcomer) -> bytes | None:
    """Conflict where the address or the person has an account; the person's keyed hash."""
    for name in filter(None, (newcomer.email, newcomer.phone)):
        if accounts.find_account(work.session, name) is not None:
            raise Conflict("account-exists")
    number = normalise(newcomer.document)
    if not number:
        return None
    index = work.ports.vault.index(IDENTITY, number)
    if accounts.find_account_by_identity(work.session, index) is not None:
        raise Conflict("person-has-account")
    return index


def list_employers(work: Work) -> list[tuple[UUID, str]]:
    """Employers that somebody may act for, by name."""
    return employers.list_names(work.session)


def get_account(work: Work, person: PersonId) -> accounts.Account:
    """The account of a person, or NotFound("no-such-account")."""
    found = accounts.find_account_of(work.session, person)
    if found is None:
        raise NotFound("no-such-account")
    return found


def sign_in_name(account: accounts.Account) -> str:
    """What the holder signs in with, as their app and their passkeys show it."""
    return account.email or account.phone or account.name
