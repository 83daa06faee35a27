"""Many cases given to one official at once, each by itself: what cannot be given is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.reaching import writing
from app.services.ties import ties_of
from app.services.work import Work
from app.storage import account_lists, accounts, applications, drafts
from permits.applications import ApplicationId
from permits.audit import Act
from permits.errors import Conflict, DomainError, Fault, Forbidden, Invalid, NotFound, Stale
from permits.holds import check_assign
from permits.people import AGENCY_OF, Actor, Permission, PersonId, Role, actor_in
from permits.policies import check_permission, check_read

MOST = 50
"""Cases at once: one page of the list."""
MOST_COLLEAGUES = 300

Picked = tuple[ApplicationId, int]
"""A case, and the version in which it was seen."""


@dataclass(frozen=True)
class Colleague:
    """Somebody whom cases may be given to."""

    person: PersonId
    name: str


@dataclass(frozen=True)
class Refused:
    """A case that stays as it is, by its receipt, and why."""

    receipt: str
    reason: DomainError


@dataclass(frozen=True)
class Assigned:
    """How many were given, and what was not."""

    to: str
    done: int
    refused: tuple[Refused, ...]


def list_colleagues(work: Work) -> list[Colleague]:
    """Who may be given cases: the actor first, and for a supervisor all of the own agency."""
    own = Colleague(work.actor.person, work.actor.name)
    if not work.actor.can(Permission.APPLICATION_ASSIGN) or work.actor.agency is None:
        return [own] if work.actor.can(Permission.APPLICATION_HOLD) else []
    found = account_lists.list_open_names(work.session, work.actor.agency, MOST_COLLEAGUES)
    return [own, *(Colleague(*one) for one in found if one[0] != own.person)]


def assign_cases(work: Work, picked: Sequence[Picked], to: UUID) -> Assigned:
    """Give each of these cases to one official; none is taken from who holds it.

    Invalid where none or more than `MOST` were picked, or nobody is named by `to`. A case that
    changed since it was seen, is held, is no longer under review or is the official's own stays
    as it is and comes back with the reason.
    """
    check_permission(work.actor, Permission.APPLICATION_HOLD)
    if not 0 < len(picked) <= MOST:
        raise Invalid([Fault("pick-some", "cases", {"most": MOST})])
    assignee = _assignee(work, PersonId(to))
    refused = []
    for application, version in picked:
        try:
            with work.attempt():
                _assign(work, application, version, assignee)
        except (Conflict, Forbidden) as reason:
            refused.append(Refused(_receipt(work, application), reason))
    return Assigned(assignee.name, len(picked) - len(refused), tuple(refused))


def _assignee(work: Work, person: PersonId) -> Actor:
    """The official in the role of theirs that may hold cases."""
    if person == work.actor.person:
        return work.actor
    account = accounts.find_account_of(work.session, person)
    holding = [
        grant
        for grant in (account.grants if account and not account.disabled else ())
        if AGENCY_OF.get(grant.role) is work.actor.agency
    ]
    if account is None or not holding:
        raise Invalid([Fault("not-an-option", "to")])
    grant = min(holding, key=lambda one: list(Role).index(one.role))
    return actor_in(person, grant.role, account.name, grant.scope)


def _assign(work: Work, application: ApplicationId, version: int, assignee: Actor) -> None:
    vault, reach = work.ports.vault, writing(work)
    before, draft = drafts.read_whole(work.session, vault, application, reach=reach, lock=True)
    check_read(work.actor, before)
    if before.version != version:
        raise Stale("changed-meanwhile")
    number = draft.answers.get("document_number")
    theirs = work.as_actor(assignee)
    _check_reach(theirs, application)
    check_assign(work.actor, assignee, before, ties_of(theirs, before, number))
    if before.held_by == assignee.person:
        return
    after = replace(
        before, held_by=assignee.person, held_by_name=assignee.name, held_since=work.now
    )
    event = work.event(Act.APPLICATION_ASSIGNED, application, {"assigned_to": str(assignee.person)})
    applications.save(work.session, before, after, work.now, event=event)


def _check_reach(theirs: Work, application: ApplicationId) -> None:
    """Conflict where the assignee's department is another: nobody gets what they cannot open."""
    try:
        applications.get_application(theirs.session, application, reach=writing(theirs))
    except NotFound:
        raise Conflict("beyond-their-reach") from None


def _receipt(work: Work, application: ApplicationId) -> str:
    found = applications.get_application(work.session, application, reach=writing(work))
    return found.receipt or ""
