"""The journey of somebody with a permit: visa, departure, arrival, noted by them or officials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.services import notices
from app.services.case import programme_of
from app.services.kept_findings import judge_soon
from app.services.reaching import reading, writing
from app.services.work import Work
from app.storage import applications, authorisations, crossings, journeys, people
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.errors import Hidden, NotFound
from permits.journeys import (
    ASK_AFTER,
    ASK_UNTIL,
    JourneyNote,
    JourneyStep,
    Source,
    check_notable,
    check_note,
    check_own_note,
)
from permits.journeys import start_of_travel as set_out
from permits.journeys import start_of_work as start_by
from permits.notices import NoticeKind
from permits.pathway import GOING
from permits.people import Role
from permits.policies import check_own, check_read
from permits.reach import EVERYTHING

__all__ = ["JourneyNote", "JourneyStep", "Source"]

BATCH = 100


@dataclass(frozen=True)
class Journey:
    """An application with what was noted of its journey, by day."""

    application: Application
    notes: Sequence[JourneyNote]


def read_journey(work: Work, application: ApplicationId) -> Journey:
    """What was noted; for its worker, and for officials of an agency within reach.

    That an official looked stands in the log.
    """
    found = applications.get_application(work.session, application, reach=reading(work))
    check_read(work.actor, found)
    if work.actor.role is not Role.WORKER:
        _check_official(work)
        event = work.event(Act.APPLICATION_READ, application, {"purpose": "journey"})
        people.note_reading(work.session, event=event)
    return Journey(found, journeys.list_notes(work.session, application))


def note_step(work: Work, application: ApplicationId, step: JourneyStep, on: date) -> None:
    """Note a step with its day; the same of the same day is noted once.

    Invalid where the day cannot be right; Conflict("journey-not-yet") before the approval.
    """
    found = _lock(work, application)
    known = journeys.list_notes(work.session, application)
    if any((one.step, one.on) == (step, on) for one in known):
        return
    check_notable(found, known)
    check_note(step, on, known, legal_day(work.now))
    own = work.actor.person == found.worker
    note = JourneyNote(
        work.new_id(),
        application,
        found.worker,
        step,
        on,
        Source.WORKER if own else Source.OFFICIAL,
        work.now,
        work.actor.person,
    )
    event = work.event(Act.JOURNEY_NOTED, application, {"step": step.value})
    journeys.add_note(work.session, note, event=event)
    judge_soon(work, application)


def remove_step(work: Work, application: ApplicationId, note: UUID) -> None:
    """Take out what one noted by mistake; Conflict("note-of-another"), NotFound."""
    _lock(work, application)
    known = journeys.list_notes(work.session, application)
    found = next((one for one in known if one.id == note), None)
    if found is None:
        raise NotFound("no-such-note")
    check_own_note(found, work.actor.person)
    event = work.event(Act.JOURNEY_REMOVED, application, {"step": found.step.value})
    journeys.remove_note(work.session, note, event=event)
    judge_soon(work, application)


def ask_arrived(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: ask once, two days after a departure, whether they arrived."""
    today = legal_day(work.now)
    found = journeys.lock_unasked(work.session, today - ASK_UNTIL, today - ASK_AFTER, limit)
    for one in found:
        identity = ApplicationId(one.application)
        own = applications.get_application(work.session, identity, reach=EVERYTHING)
        event = work.event(Act.JOURNEY_ASKED, one.application)
        journeys.save_asked(work.session, one, work.now, event=event)
        notices.tell_worker(work, NoticeKind.ARRIVAL_ASKED, own, once=str(one.id))
    return len(found)


def start_of_work(work: Work, application: ApplicationId) -> date | None:
    """From when somebody is at work; None while nobody knows. For services, which check who asks.

    By what was noted, or by the first crossing of a post in the direction of the work; no earlier
    than the first day of the right. None too without a right.
    """
    notes = journeys.list_notes(work.session, application)
    right = authorisations.find_of_application(work.session, application)
    if right is None:
        return None
    return start_by(notes, right.valid_from, _went(work, right))


def start_of_travel(work: Work, application: ApplicationId) -> datetime | None:
    """When somebody set out for the work: by what was noted, or by their first crossing to it.

    None while nobody knows, and without a right. For services, which check who asks.
    """
    right = authorisations.find_of_application(work.session, application)
    if right is None:
        return None
    return set_out(journeys.list_notes(work.session, application), _went(work, right))


def _went(work: Work, right: Authorisation) -> datetime | None:
    """When the holder of a right first crossed to the work."""
    pathway = programme_of(work, right.programme).pathway
    going = next((GOING[step] for step in pathway if step in GOING), None)
    passages = crossings.read_passages(work.session, right.id)
    return passages.went(going) if going else None


def _lock(work: Work, application: ApplicationId) -> Application:
    """The application, held: the own one, or one that an official of an agency may open."""
    found = applications.lock(work.session, application, reach=writing(work))
    check_read(work.actor, found)
    if work.actor.role is Role.WORKER:
        check_own(work.actor, found)
    else:
        _check_official(work)
    return found


def _check_official(work: Work) -> None:
    """Of those who read files the agencies alone: an employer is told nothing of a visa."""
    if work.actor.agency is None:
        raise Hidden("no-such-application")
