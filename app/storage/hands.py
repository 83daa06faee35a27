"""Who else had a hand in a case: looked at it again, or decided on a change under its right."""

from collections.abc import Collection

from sqlalchemy import func, select, union

from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.employer_changes import employer_changes
from app.storage.identity_tables import identity_approvals, identity_changes
from app.storage.watch_checks import watch_checks
from permits.applications import ApplicationId
from permits.people import PersonId


def list_lookers(session: Session, cases: Collection[ApplicationId]) -> frozenset[PersonId]:
    """Who took a second look at what the watch list found about one of these cases."""
    own = watch_checks.c
    people = union(
        select(own.reviewed_by).where(own.application.in_(cases)),
        select(func.unnest(own.cleared_by)).where(own.application.in_(cases)),
    )
    return frozenset(PersonId(one) for one in session.scalars(people) if one is not None)


def list_changers(session: Session, cases: Collection[ApplicationId]) -> frozenset[PersonId]:
    """Who decided on another employer, or on other identity data, under the right of one."""
    rights = select(authorisations.c.id).where(authorisations.c.application.in_(cases))
    named = identity_changes.c.authorisation.in_(rights)
    approved = identity_approvals.join(
        identity_changes, identity_changes.c.id == identity_approvals.c.change
    )
    people = union(
        select(employer_changes.c.official).where(employer_changes.c.authorisation.in_(rights)),
        select(identity_changes.c.refused_by).where(named),
        select(identity_approvals.c.official).select_from(approved).where(named),
    )
    return frozenset(PersonId(one) for one in session.scalars(people) if one is not None)
