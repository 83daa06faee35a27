"""Care and school for children who come along: told by the farm, read by the family (R38, N11)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services import case_sheets, companions, farm_register, judging_runs
from app.services.case import Case
from app.services.work import Work
from app.storage import child_care, families
from app.storage.families import Family
from app.storage.farm_hands import EmployersFarm
from permits.applications import ApplicationId
from permits.audit import Act
from permits.companions import Companion, born_after
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound, refuse_if
from permits.offers import Offer
from permits.people import Permission
from permits.policies import check_permission
from permits.prints import PrintedChild, PrintedChildren
from recruitment.child_care import (
    Arrangement,
    Handover,
    check_received,
    count_places,
    find_faults,
)
from recruitment.farm_closings import check_stands

LISTED = 200


@dataclass(frozen=True)
class FarmCare:
    """What a farm arranged, and how many children come along with its employer's workers."""

    farm: EmployersFarm
    arrangements: Sequence[Arrangement]
    minors: int


@dataclass(frozen=True)
class FamilyCare:
    """What is arranged where a family goes, and what SENAF was told of it."""

    arrangements: Sequence[Arrangement]
    handovers: Sequence[Handover]

    @property
    def waiting(self) -> Handover | None:
        """The hand-over that nobody at SENAF has received yet."""
        return next((one for one in self.handovers if one.received_on is None), None)


@dataclass(frozen=True)
class ChildrenOfCase:
    """A case for who tells SENAF of its children."""

    case: Case
    children: Sequence[Companion]
    care: FamilyCare


@dataclass(frozen=True)
class ListedFamily:
    """A case with children along; `places`: for how many there is room where it goes.

    `there`: how many children are there at the time, with those of other families.
    """

    family: Family
    places: int
    there: int

    @property
    def lacks(self) -> bool:
        """Whether there is not room for its children beside the others."""
        return self.places < self.there


def read_farm(work: Work, farm: UUID) -> FarmCare:
    """What was arranged on an own farm, and for how many children it is needed."""
    found, today = farm_register.get_own_farm(work, farm), legal_day(work.now)
    minors = families.count_of_employer(work.session, found.employer, born_after(today), today)
    return FarmCare(found, child_care.list_of_farm(work.session, farm, today), minors)


def arrange(work: Work, farm: UUID, told: Arrangement) -> None:
    """Write down what was arranged on an own farm; the same form twice is one.

    Invalid with every fault; Conflict where the farm was taken away, and "form-used" where its id
    is another arrangement's. The employer's vacancies are judged again.
    """
    found = farm_register.get_own_farm(work, farm)
    check_stands(found.closed_on, legal_day(work.now))
    arrangement = replace(told, farm=farm, where=told.where.strip())
    refuse_if(find_faults(arrangement, legal_day(work.now)))
    facts = {"kind": told.kind.value, "places": told.places}
    event = work.event(Act.CARE_ARRANGED, told.id, facts)
    person, session = work.actor.person, work.session
    if child_care.add_arrangement(session, arrangement, person, work.now, event=event):
        judging_runs.start_run(work, "farm", found.employer)
        return
    known = child_care.find_arrangement(session, told.id)
    if known is None or replace(known, ended_on=None, municipality="") != arrangement:
        raise Conflict("form-used")


def end(work: Work, farm: UUID, arrangement: UUID) -> None:
    """It counts no more from today; one that is over is no error."""
    found = farm_register.get_own_farm(work, farm)
    event = work.event(Act.CARE_ENDED, arrangement)
    today = legal_day(work.now)
    if child_care.end_arrangement(work.session, farm, arrangement, today, event=event):
        judging_runs.start_run(work, "farm", found.employer)


def read_family(work: Work, application: ApplicationId, offer: Offer | None) -> FamilyCare:
    """What is arranged where a case goes; the caller has checked who reads it."""
    today = legal_day(work.now)
    here: Sequence[Arrangement] = ()
    if offer is not None and offer.employer:
        employer = UUID(offer.employer)
        every = child_care.list_of_employers(work.session, [employer], today).get(employer, [])
        here = [
            one for one in every if one.municipality == offer.municipality and one.ended_on is None
        ]
    return FamilyCare(here, child_care.list_handovers(work.session, application))


def list_families(work: Work, limit: int = LISTED) -> list[ListedFamily]:
    """Cases with children along, for the labour office and the inspection.

    Who waits for SENAF comes first, so that none is hidden behind those that were told.
    """
    check_permission(work.actor, Permission.FARM_INSPECT)
    today = legal_day(work.now)
    found = families.list_families(work.session, born_after(today), today, limit)
    care = child_care.list_of_employers(work.session, {one.employer for one in found}, today)
    there = families.count_minors(work.session, {one.vacancy for one in found}, born_after(today))
    return [
        ListedFamily(
            one,
            count_places(care.get(one.employer, ()), one.municipality, one.first_day, today),
            there.get(one.vacancy, one.minors),
        )
        for one in found
    ]


def read_case(work: Work, application: ApplicationId) -> ChildrenOfCase:
    """The children of a case for an official of SETRASS who may tell SENAF; logged."""
    check_permission(work.actor, Permission.FARM_INSPECT)
    case = case_sheets.read_sheet(work, application)
    today, known = legal_day(work.now), companions.list_seen(work, application)
    children = [one for one in known if one.is_minor(today)]
    return ChildrenOfCase(case, children, read_family(work, application, case.offer))


def hand_over(work: Work, application: ApplicationId) -> Handover:
    """Remember that SENAF is told of the children of a case; one that waits is the same one.

    Conflict("no-children-along") where none is told of.
    """
    seen = read_case(work, application)
    if not seen.children:
        raise Conflict("no-children-along")
    if seen.care.waiting is not None:
        return seen.care.waiting
    handover = Handover(work.new_id(), application, len(seen.children), work.actor.person, work.now)
    event = work.event(Act.SENAF_TOLD, application, {"children": handover.children})
    worker = seen.case.application.worker
    if not child_care.add_handover(work.session, handover, worker, event=event):
        raise Conflict("changed-meanwhile")
    return handover


def print_handover(work: Work, application: ApplicationId, language: str) -> bytes:
    """The paper that goes to SENAF with the children as they are told today.

    NotFound("no-such-handover") where nobody has decided to tell it.
    """
    seen = read_case(work, application)
    if not seen.care.handovers or seen.case.offer is None:
        raise NotFound("no-such-handover")
    offer, answers = seen.case.offer, seen.case.answers
    printed = PrintedChildren(
        receipt=seen.case.application.receipt or "",
        parent=answers.full_name,
        phone=seen.case.answers.phone or "",
        employer_name=offer.employer_name,
        town=work.ports.reference.municipalities["HND"].get(offer.municipality, ""),
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        children=tuple(
            PrintedChild(one.full_name, one.date_of_birth, one.relation.value)
            for one in seen.children
        ),
        printed_at=work.now,
    )
    return work.ports.prints.children(printed, language)


def note_received(
    work: Work, application: ApplicationId, handover: UUID, received_by: str, on: date
) -> None:
    """Who took the paper at SENAF, and when; the same words again are no error.

    NotFound for another case's; Conflict("handover-received"); Invalid with every fault.
    """
    seen = read_case(work, application)
    found = next((one for one in seen.care.handovers if one.id == handover), None)
    if found is None:
        raise NotFound("no-such-handover")
    if (found.received_by, found.received_on) == (received_by.strip(), on):
        return
    check_received(found, received_by, on, legal_day(work.now))
    event = work.event(Act.SENAF_RECEIVED, application)
    if not child_care.note_received(
        work.session, handover, received_by.strip(), on, work.actor.person, event=event
    ):
        raise Conflict("handover-received")
