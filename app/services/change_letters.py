"""The letters of a changed employer or identity data: for worker and agencies, drafts for a desk.

There is one for each wish that somebody else ended: granted, refused or, of an employer, lapsed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services import applications, employer_changes, identity_changes, texts
from app.services.case import Case
from app.services.told_letters import printed_about
from app.services.work import Work
from app.storage import authorisations
from app.storage import employer_changes as employer_rows
from app.storage import identity_changes as identity_rows
from permits.applications import ApplicationId
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.employer_changes import ChangeOutcome, EmployerChange, check_labour
from permits.errors import Conflict, NotFound
from permits.identity_changes import IdentityChange, IdentityOutcome, applied, check_desk
from permits.people import Agency, Role
from permits.prints import Measure, PrintedMeasure, PrintedWork
from permits.visibility import Group, check_sees

EMPLOYER: Mapping[ChangeOutcome, Measure] = {
    ChangeOutcome.GRANTED: Measure.EMPLOYER_GRANTED,
    ChangeOutcome.REFUSED: Measure.EMPLOYER_REFUSED,
    ChangeOutcome.LAPSED: Measure.EMPLOYER_LAPSED,
}
IDENTITY: Mapping[IdentityOutcome, Measure] = {
    IdentityOutcome.GRANTED: Measure.IDENTITY_GRANTED,
    IdentityOutcome.REFUSED: Measure.IDENTITY_REFUSED,
}


@dataclass(frozen=True)
class ChangeLetter:
    """A letter of a wish that may be taken: which wish, what became of it, and on which day."""

    change: UUID
    measure: Measure
    day: date


def list_letters(work: Work, right: Authorisation) -> Sequence[ChangeLetter]:
    """The letters of the wishes under a right, the newest first; the caller checked the reading."""
    told = [
        ChangeLetter(one.id, measure, legal_day(one.decided_at))
        for one, measure in _settled(work, right)
        if one.decided_at is not None
    ]
    return sorted(told, key=lambda one: one.day, reverse=True)


def print_change(work: Work, application: ApplicationId, change: UUID, language: str) -> bytes:
    """The letter of one wish under the right of a case as PDF; an official's reading is logged.

    NotFound for everybody but its worker and the agencies, and where the wish has no letter.
    """
    if work.actor.role is Role.WORKER:
        case = applications.read_own(work, application)
    else:
        case = applications.read_application(work, application, "letter")
        check_sees(work.actor, Group.NOTES)
    right = authorisations.find_of_application(work.session, application)
    wishes = _settled(work, right) if right else []
    found = next((one for one in wishes if one[0].id == change), None)
    if right is None or found is None:
        raise NotFound("no-letter")
    return texts.printer(work).measure(_printed(work, case, right, *found), language)


def preview_employer(
    work: Work,
    application: ApplicationId,
    note: str,
    language: str,
    *,
    granted: bool,
    seen: str | None = None,
) -> bytes:
    """The letter that labour's decision on another employer would send; nothing is decided.

    For who may decide it now, as `employer_changes.decide_change` asks, with its faults; the
    reading is logged.
    """
    check_labour(work.actor)
    case, right = _open(work, application)
    decided = employer_changes.plan_decision(work, case, right, note, granted=granted, seen=seen)
    return _draft(work, _printed(work, case, right, decided, EMPLOYER[decided.outcome]), language)


def preview_identity(
    work: Work,
    application: ApplicationId,
    note: str,
    language: str,
    *,
    granted: bool,
    seen: str | None = None,
) -> bytes:
    """The letter that an agency's word on identity data would send; nothing is decided.

    Conflict("no-letter") for an approval that is not the last: the worker hears of the end alone.
    """
    check_desk(work.actor)
    case, right = _open(work, application)
    decided = identity_changes.plan_decision(work, case, right, note, granted=granted, seen=seen)
    if decided.outcome not in IDENTITY:
        raise Conflict("no-letter", status=decided.outcome.value)
    if decided.outcome is IdentityOutcome.GRANTED:  # the letter goes to who the person is then
        case = replace(case, answers=applied(case.answers, decided.after))
    return _draft(work, _printed(work, case, right, decided, IDENTITY[decided.outcome]), language)


def _settled(
    work: Work, right: Authorisation
) -> list[tuple[EmployerChange | IdentityChange, Measure]]:
    farms = employer_rows.list_of_right(work.session, right.id)
    data = identity_rows.list_of_right(work.session, work.ports.vault, right.id)
    return [
        *((one, EMPLOYER[one.outcome]) for one in farms if one.outcome in EMPLOYER),
        *((one, IDENTITY[one.outcome]) for one in data if one.outcome in IDENTITY),
    ]


def _open(work: Work, application: ApplicationId) -> tuple[Case, Authorisation]:
    case = applications.read_application(work, application, "letter")
    right = authorisations.find_of_application(work.session, application)
    if right is None:
        raise NotFound("no-such-authorisation")
    return case, right


def _printed(
    work: Work,
    case: Case,
    right: Authorisation,
    found: EmployerChange | IdentityChange,
    measure: Measure,
) -> PrintedMeasure:
    at = found.decided_at or work.now
    if isinstance(found, IdentityChange):
        return printed_about(work, case, measure, found.refused_for, at, found.note)
    granted = found.outcome is ChangeOutcome.GRANTED
    labour = None if found.outcome is ChangeOutcome.LAPSED else Agency.SETRASS
    return replace(
        printed_about(work, case, measure, labour, at, found.note),
        employer=found.offer.employer_name,
        new_work=_new_work(work, case, right, found) if granted else None,
    )


def _new_work(work: Work, case: Case, right: Authorisation, change: EmployerChange) -> PrintedWork:
    offer, places = change.offer, work.ports.reference
    towns = places.municipalities.get(case.programme.destination, {})
    return PrintedWork(
        offer,
        towns.get(offer.municipality, ""),
        places.departments.get(offer.department, ""),
        right.valid_from,
        right.valid_until,
    )


def _draft(work: Work, printed: PrintedMeasure, language: str) -> bytes:
    return texts.printer(work, draft=True).measure(printed, language)
