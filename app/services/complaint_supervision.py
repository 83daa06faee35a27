"""What a supervisor does with cases: gives them to a handler, and keeps out who has a part."""

from dataclasses import replace
from uuid import UUID

from app.services.complaint_cases import load, record_step
from app.services.complaint_hands import find_office
from app.services.work import Work
from permits.errors import Fault, Forbidden, refuse_if
from permits.people import PersonId
from recruitment.complaints.handling import Deed, check_assign, check_handle, may_exclude


def assign(work: Work, complaint: UUID, person: PersonId, *, seen: int) -> None:
    """Give a case to a handler, whoever held it; they read it by a phrase of their own.

    Forbidden but for a supervisor without a part in it; Invalid("not-an-option") for who handles
    no complaints; Conflict("assigned-has-a-part").
    """
    handled = load(work, complaint, seen=seen)
    check_assign(work.actor, handled.ties, handled.state, person)
    known = find_office(work).works_here(person)
    refuse_if([] if known else [Fault("not-an-option", "person")])
    after = replace(handled.filed, handler=person)
    record_step(work, handled, after, Deed.ASSIGN, about=person)


def exclude(work: Work, complaint: UUID, person: PersonId, *, seen: int) -> None:
    """Say that a colleague, or their unit, has a part in it: they open it no more, for good.

    Whoever works on it may say so, of a supervisor too, and a supervisor. Forbidden for others;
    Invalid("not-an-option") for oneself, who says so by recusing, and for who works elsewhere.
    """
    handled = load(work, complaint, seen=seen)
    check_handle(work.actor, handled.ties)
    if not may_exclude(work.actor, handled.ties):
        raise Forbidden("not-your-case")
    known = find_office(work).works_here(person) and person != work.actor.person
    refuse_if([] if known else [Fault("not-an-option", "person")])
    if person in handled.ties.out:
        return
    held = handled.filed.handler == person
    after = replace(handled.filed, handler=None) if held else handled.filed
    record_step(work, handled, after, Deed.EXCLUDE, about=person)
