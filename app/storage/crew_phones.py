"""Phones on crew lists, on which a worker would not consent alone (N14).

Those of whoever registers or hires are nobody's, and of one that too many have it is one's no more.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, or_, select

from app.storage.account_tables import accounts, grants
from app.storage.applications import applications
from app.storage.crews import crew_members
from app.storage.database import Session
from app.storage.drafts import ENDED
from app.storage.people import workers
from permits.people import PersonId


def count_on_phones(session: Session, phones: Collection[str]) -> dict[str, int]:
    """How many people of lists, whoever registered them, share each of these phones.

    Only of cases that have not come to nothing.
    """
    rows = session.execute(
        select(workers.c.phone, func.count().label("people"))
        .join(applications, applications.c.worker == workers.c.person)
        .join(crew_members, crew_members.c.application == applications.c.id)
        .where(workers.c.phone.in_(phones), applications.c.status.not_in(ENDED))
        .group_by(workers.c.phone)
    )
    return {row.phone: row.people for row in rows}


def list_own_phones(session: Session, registrar: PersonId, employer: UUID | None) -> set[str]:
    """The phones of the accounts of who registers a list and of the employer it is for."""
    of_employer = select(grants.c.person).where(
        grants.c.employer == employer, grants.c.ended_at.is_(None)
    )
    named = or_(accounts.c.person == registrar, accounts.c.person.in_(of_employer))
    found = select(accounts.c.phone).where(accounts.c.phone.is_not(None), named)
    return set(session.scalars(found))
