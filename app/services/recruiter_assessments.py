"""The IRIS self-assessment of a recruiter: by the telephone of the registry, looked at by SETRASS.

Who has proved the telephone that the registry publishes of a licence speaks for it (decision 91);
the door is that of the employers, and no password is made.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from app.services import recruiters, registrations
from app.services.recruiters import Recruiter
from app.services.work import Work
from app.storage import recruiter_assessments as rows
from app.storage import registries
from permits.audit import Act
from permits.errors import NotFound, Stale
from permits.people import Permission, PersonId
from permits.policies import check_permission
from recruitment.assessments import Assessment, Audit, Criterion, audit, declare, whole
from recruitment.recruiters import LicenceKey
from recruitment.registries import OF_RECRUITERS


def list_own_licences(work: Work, token: str) -> Sequence[Recruiter]:
    """The recruiters whose telephone of the registry this browser has proved; often none."""
    phone = registrations.read_mine(work, token).registration.phone
    return recruiters.tell(
        work, registries.list_matching(work.session, OF_RECRUITERS, phones=[phone])
    )


def find_own(work: Work, token: str, key: LicenceKey) -> Recruiter:
    """One of them; NotFound("no-such-recruiter") for everybody else's licence."""
    found = next((one for one in list_own_licences(work, token) if one.key == key), None)
    if found is None:
        raise NotFound("no-such-recruiter")
    return found


def list_own(work: Work, token: str, key: LicenceKey) -> tuple[Assessment, ...]:
    """Every criterion as the own licence has it."""
    find_own(work, token, key)
    return _whole(work, key)


def declare_own(
    work: Work, token: str, key: LicenceKey, criterion: Criterion, evidence: str
) -> Assessment:
    """The recruiter's own word on a criterion, with what shows it."""
    find_own(work, token, key)
    after = declare(_of(work, key, criterion), evidence, work.now)
    own = work.as_person(PersonId(registrations.read_mine(work, token).registration.id))
    _save(own, key, after, Act.RECRUITER_ASSESSED)
    return after


def list_of(work: Work, key: LicenceKey) -> tuple[Assessment, ...]:
    """Every criterion with its evidence, for who judges recruiters; NotFound for no licence."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    recruiters.read_recruiter(work, key.registry, key.number)
    return _whole(work, key)


def list_public(work: Work, key: LicenceKey) -> tuple[Assessment, ...]:
    """The same as everybody sees it: how each stands, and nothing of the evidence."""
    return tuple(replace(one, evidence="") for one in _whole(work, key))


def audit_criterion(
    work: Work, key: LicenceKey, criterion: Criterion, said: Audit, seen: int
) -> Assessment:
    """What an official found; Stale where the recruiter changed it since version `seen`."""
    list_of(work, key)
    before = _of(work, key, criterion)
    if seen != before.version:
        raise Stale("changed-meanwhile")
    after = audit(before, said, work.now)
    _save(work, key, after, Act.RECRUITER_AUDITED)
    return after


def _save(work: Work, key: LicenceKey, after: Assessment, act: Act) -> None:
    about = uuid5(NAMESPACE_URL, f"urn:vereda:recruiter:{key.registry.value}:{key.number}")
    facts = {"criterion": after.criterion.value, "status": after.status.value}
    event = work.event(act, about, facts)
    rows.save_assessment(work.session, key, after, work.actor.person, event=event)


def _of(work: Work, key: LicenceKey, criterion: Criterion) -> Assessment:
    return {one.criterion: one for one in _whole(work, key)}[criterion]


def _whole(work: Work, key: LicenceKey) -> tuple[Assessment, ...]:
    return whole(rows.list_assessments(work.session, key))
