"""Patterns among complaints (R37): found on the desk, proposed to the inspection, and answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services import inspection_asks
from app.services.work import Work
from app.storage import complaint_steps, complaints, employers, farm_hands
from app.storage import inspection_proposals as kept
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound
from permits.people import Permission
from permits.policies import check_permission
from recruitment.complaints.effects import PATTERN_WITHIN, Pattern, Said, find_patterns
from recruitment.complaints.inspections import (
    InspectionProposal,
    InspectionResult,
    check_answer,
)
from recruitment.complaints.severities import indicators_of
from recruitment.complaints.words import Status

COUNTED, LISTED = 5000, 200

HEARD = sorted(set(Status) - {Status.WITHDRAWN, Status.ANONYMISED})
"""What was withdrawn tells of nobody."""


@dataclass(frozen=True)
class ShownPattern:
    """An employer or a farm that R37 would have inspected, by name; who said so is in no part.

    `proposal` is the newest of this place, None where none was made.
    """

    name: str
    pattern: Pattern
    proposal: InspectionProposal | None = None


@dataclass(frozen=True)
class ShownProposal:
    """What the inspection is asked to look at, with its name."""

    proposal: InspectionProposal
    name: str


def list_patterns(work: Work) -> list[ShownPattern]:
    """Farms and employers that R37 would have inspected, by what was said in thirty days.

    Of an employer in whose cases the handler has a part they read nothing, not even that there is
    a pattern: they might be the one to tell it.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    newest: dict[tuple[UUID, UUID | None], InspectionProposal] = {}
    for one in kept.list_newest(work.session, LISTED):
        newest.setdefault((one.employer, one.farm), one)
    return [
        ShownPattern(_name(work, one.employer, one.farm), one, newest.get((one.employer, one.farm)))
        for one in _patterns(work)
    ]


def propose_inspection(work: Work, employer: UUID, farm: UUID | None = None) -> None:
    """Have an employer or a farm inspected; where that waits already, what is new joins it.

    Conflict("no-pattern") where what was said asks for none, or the handler reads of none.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    found = next(
        (one for one in _patterns(work) if (one.employer, one.farm) == (employer, farm)), None
    )
    if found is None:
        raise Conflict("no-pattern")
    inspection_asks.ask_inspection(work, employer, found.indicators, farm)


def list_proposals(work: Work) -> Sequence[ShownProposal]:
    """What the labour inspection is asked to look at; nobody else reads of it."""
    check_permission(work.actor, Permission.CLAIM_INSPECT)
    waiting = kept.list_waiting(work.session, LISTED)
    return [ShownProposal(one, _name(work, one.employer, one.farm)) for one in waiting]


def answer_proposal(work: Work, identity: UUID, result: InspectionResult) -> None:
    """The inspection says what it saw; a second answer is refused."""
    check_permission(work.actor, Permission.CLAIM_INSPECT)
    found = kept.lock_proposal(work.session, identity)
    if found is None:
        raise NotFound("no-such-inspection")
    check_answer(found)
    answered = replace(found, result=result, answered_on=legal_day(work.now))
    event = work.event(Act.INSPECTION_ANSWERED, identity, {"result": result.value})
    kept.answer_proposal(work.session, answered, work.actor.person, event=event)


def _patterns(work: Work) -> Sequence[Pattern]:
    today = legal_day(work.now)
    kept_from = complaint_steps.list_employers_kept_from(work.session, work.actor.person)
    told = complaints.list_accusing(work.session, today - PATTERN_WITHIN, HEARD, COUNTED)
    said = [
        Said(one.employer, one.source or one.id, indicator, one.received_on, one.farm)
        for one in told
        if one.employer is not None and one.employer not in kept_from
        for indicator in sorted(indicators_of(one.categories))
    ]
    return find_patterns(said, today)


def _name(work: Work, employer: UUID, farm: UUID | None) -> str:
    named = employers.find_name(work.session, employer) or ""
    found = farm_hands.find_farm(work.session, farm) if farm else None
    return f"{found.name} · {named}" if found else named
