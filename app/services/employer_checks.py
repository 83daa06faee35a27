"""SETRASS looks at who registers: what was told, what registries say, and decides with evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.services import employer_accounts, judging_runs, notices
from app.services.searching import fold
from app.services.work import Work
from app.storage import (
    employers,
    farms,
    registrations,
    registry_answers,
    stopped_employers,
    vacancies,
)
from app.storage.farms import ClosedFarm
from app.storage.registry_answers import RegistryAnswer
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound, Stale
from permits.notices import Notice, NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from recruitment.likenesses import Likeness, find_likenesses
from recruitment.registrations import (
    Farm,
    Judgement,
    Registration,
    RegistrationAction,
    RegistrationStatus,
    judge_registration,
    warnings_of,
)
from recruitment.registries import Registry

PAGE = 50


@dataclass(frozen=True)
class RegistrationFile:
    """All that an official looks at.

    `known_as` is the employer here that has the same tax number already, `same_number` other
    registrations that told it; `warnings` are codes of what to look at. `closed` are farms
    that were taken away. `like` are employers who may not hire and look like this one.
    """

    registration: Registration
    farms: tuple[Farm, ...]
    answers: Mapping[Registry, RegistryAnswer]
    warnings: tuple[str, ...]
    known_as: tuple[UUID, str] | None
    same_number: int
    closed: tuple[ClosedFarm, ...] = ()
    like: tuple[Likeness, ...] = ()


@dataclass(frozen=True)
class RegistrationPage:
    """A page of the list; `more` is where the next one begins."""

    items: tuple[Registration, ...]
    more: tuple[datetime, UUID] | None


def list_registrations(
    work: Work,
    status: RegistrationStatus = RegistrationStatus.UNDER_REVIEW,
    after: tuple[datetime, UUID] | None = None,
    limit: int = PAGE,
    text: str = "",
) -> RegistrationPage:
    """What was handed in and stands so, the oldest first; `text` is of name, RTN or phone."""
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    found = registrations.list_registrations(work.session, status, after, limit + 1, fold(text))
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    more = (last.handed_in_at, last.id) if last and last.handed_in_at else None
    return RegistrationPage(tuple(shown), more)


def read_registration(work: Work, registration: UUID) -> RegistrationFile:
    """One that was handed in, once; that it was looked at is logged. NotFound for a draft."""
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    found = registrations.find_registration(work.session, registration)
    if found is None or found.handed_in_at is None:
        raise NotFound("no-such-registration")
    registrations.note_reading(work.session, event=work.event(Act.REGISTRATION_READ, registration))
    number = found.told.tax_number
    known = employers.find_by_tax_number(work.session, number) if number else None
    places = tuple(farms.list_farms(work.session, registration))
    stopped = [
        one
        for one in stopped_employers.list_stopped(work.session, legal_day(work.now))
        if one.employer != found.employer
    ]
    return RegistrationFile(
        found,
        places,
        registry_answers.list_answers(work.session, registration),
        warnings_of(found.told),
        known,
        len(registrations.list_same_number(work.session, found)),
        tuple(farms.list_closed(work.session, registration)),
        find_likenesses(found.told, places, stopped),
    )


def judge(
    work: Work, registration: UUID, judgement: Judgement, seen: int | None = None
) -> Registration:
    """Verify, return or refuse; who is verified becomes an employer, or is found to be one.

    An account comes with it, which the registration's telephone opens.
    `seen` is the version that the official looked at: Stale where another stands.
    """
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    before = registrations.lock_registration(work.session, registration)
    if seen is not None and seen != before.version:
        raise Stale("changed-meanwhile")
    answers = registry_answers.list_answers(work.session, registration)
    verdicts = {registry: one.verdict for registry, one in answers.items()}
    after = judge_registration(work.actor, before, judgement, verdicts, work.now)
    if judgement.action is RegistrationAction.VERIFY:
        after = replace(after, employer=_employer(work, before))
    facts: dict[str, Fact] = {
        "action": judgement.action.value,
        "evidence": ",".join(one.value for one in judgement.evidence),
    }
    event = work.event(Act.REGISTRATION_JUDGED, registration, facts)
    saved = registrations.save_registration(work.session, before, after, event=event)
    if saved.employer is not None:
        employer_accounts.make(work, saved)
        # Who hired here before is known from now on.
        judging_runs.start_run(work, "registry", saved.employer)
    _tell(work, saved)
    return saved


def _employer(work: Work, registration: Registration) -> UUID:
    """The employer of this tax number, added where there is none; their first farm is the place.

    Conflict("employer-registered-already") where another registration became it, or becomes it in
    this moment.
    """
    told = registration.told
    known = employers.find_by_tax_number(work.session, told.tax_number or "", hold=True)
    if known is not None:
        if registrations.find_by_employer(work.session, known[0]) is not None:
            raise Conflict("employer-registered-already")
        return known[0]
    first = farms.list_farms(work.session, registration.id)[0]
    department = work.ports.reference.town_departments["HND", first.municipality]
    if told.size is None:
        raise NotFound("no-such-registration")
    added = vacancies.Employer(
        work.new_id(),
        told.name or "",
        told.tax_number,
        told.size,
        department,
        first.municipality,
        registration.phone,
    )
    event = work.event(Act.EMPLOYER_ADDED, added.id)
    if not vacancies.add_employer(work.session, added, work.now, event=event):
        raise Conflict("employer-registered-already")
    return added.id


def _tell(work: Work, registration: Registration) -> None:
    verified = registration.status is RegistrationStatus.VERIFIED
    kind = NoticeKind.REGISTRATION_VERIFIED if verified else NoticeKind.REGISTRATION_JUDGED
    key = f"{kind.value}:{registration.id}:{registration.version}"
    facts = {"receipt": "", "link": f"{work.ports.public_url}/registro-empleador"}
    notices.leave(work, Notice(kind, "es", key, registration.phone, None, facts))
