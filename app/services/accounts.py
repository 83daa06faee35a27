"""Accounts of officials: added by an administrator at the command line."""

from app.services.work import Work
from app.storage import people
from permits.audit import Act
from permits.errors import Conflict, Fault, refuse_if
from permits.people import Actor, PersonId, Role

SHORTEST_PASSWORD = 12
"""Characters (ASVS 5.0 6.2.1 asks for 8 and recommends 15)."""


def add_account(
    work: Work, email: str, password: str, role: Role, name: str, post: str | None = None
) -> PersonId:
    """Add an official with one role; Invalid with every fault, Conflict for a known address."""
    posts = work.ports.reference.posts
    agent = role is Role.BORDER_AGENT
    checks = (
        ("email-malformed", "email", "@" in email.strip("@") and " " not in email),
        ("too-short", "password", len(password) >= SHORTEST_PASSWORD),
        ("missing", "name", bool(name.strip())),
        ("unknown-post", "post", post in posts if agent else post is None),
    )
    facts: dict[str, str | int] = {"limit": SHORTEST_PASSWORD}
    refuse_if([Fault(code, field, facts) for code, field, holds in checks if not holds])
    if people.find_account(work.session, email) is not None:
        raise Conflict("account-exists")
    actor = Actor(PersonId(work.new_id()), role, name.strip(), post)
    hashed = work.ports.passwords.hash(password)
    event = work.event(Act.ACCOUNT_ADDED, actor.person, {"role": role.value})
    account = people.Account(actor, email.lower(), hashed, disabled=False)
    people.add_account(work.session, account, work.now, event=event)
    return actor.person
