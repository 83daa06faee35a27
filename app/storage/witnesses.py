"""Who else could see a mark made: other people of the same place in a role that may."""

from collections.abc import Collection

from sqlalchemy import select

from app.storage.account_tables import accounts, grants
from app.storage.database import Session
from permits.people import Actor, Role


def has_other_witness(session: Session, actor: Actor, roles: Collection[Role]) -> bool:
    """Whether somebody else holds one of these roles for the actor's department, and may sign in.

    Of who holds it for none, those are asked who hold it for none.
    """
    others = (
        select(grants.c.id)
        .join(accounts, accounts.c.person == grants.c.person)
        .where(
            grants.c.person != actor.person,
            grants.c.role.in_(sorted(role.value for role in roles)),
            grants.c.department.is_not_distinct_from(actor.department),
            grants.c.ended_at.is_(None),
            accounts.c.disabled_at.is_(None),
        )
        .limit(1)
    )
    return session.execute(others).first() is not None
