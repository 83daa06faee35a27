"""The IRIS self-assessment of an employer: declared with evidence, looked at by SETRASS."""

from dataclasses import replace
from uuid import UUID

from app.services import registrations
from app.services.work import Work
from app.storage import assessments, employers
from permits.audit import Act
from permits.errors import NotFound, Stale
from permits.people import Permission
from permits.policies import check_permission
from recruitment.assessments import Assessment, Audit, Criterion, audit, declare, whole


def list_own(work: Work, token: str) -> tuple[Assessment, ...]:
    """Every criterion as the own employer has it."""
    return list_of(work, registrations.own_employer(work, token).id)


def list_of(work: Work, employer: UUID) -> tuple[Assessment, ...]:
    """Every criterion of an employer; NotFound where there is no such employer."""
    if employers.find_name(work.session, employer) is None:
        raise NotFound("no-such-employer")
    return whole(assessments.list_assessments(work.session, employer))


def list_public(work: Work, employer: UUID) -> tuple[Assessment, ...]:
    """The same as everybody sees it: how each stands, and nothing of the evidence."""
    return tuple(replace(one, evidence="") for one in list_of(work, employer))


def declare_own(work: Work, token: str, criterion: Criterion, evidence: str) -> Assessment:
    """The own employer's word on a criterion, with what shows it."""
    own = registrations.own_employer(work, token)
    after = declare(_of(work, own.id, criterion), evidence, work.now)
    facts = {"criterion": criterion.value, "status": after.status.value}
    event = own.work.event(Act.EMPLOYER_ASSESSED, own.id, facts)
    owner = own.work.actor.person
    assessments.save_assessment(work.session, own.id, after, owner, event=event)
    return after


def audit_criterion(
    work: Work, employer: UUID, criterion: Criterion, said: Audit, seen: int | None = None
) -> Assessment:
    """What an official found; Stale where the employer changed it since (`seen` its version)."""
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    before = _of(work, employer, criterion)
    if seen is not None and seen != before.version:
        raise Stale("changed-meanwhile")
    after = audit(before, said, work.now)
    facts = {"criterion": criterion.value, "status": after.status.value}
    event = work.event(Act.EMPLOYER_AUDITED, employer, facts)
    assessments.save_assessment(work.session, employer, after, work.actor.person, event=event)
    return after


def _of(work: Work, employer: UUID, criterion: Criterion) -> Assessment:
    found = {one.criterion: one for one in list_of(work, employer)}
    return found[criterion]
