"""The visa of another country, the departure and the arrival: noted with day and source.

The visa is another state's act and only reported here (domain 6). Whoever notes a step says where
they have it from: the worker, or an official who saw it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from permits.applications import Application, Status
from permits.deadlines import legal_day, start_of
from permits.errors import Conflict, Fault, refuse_if
from permits.people import PersonId

EARLIEST = timedelta(days=730)
MOST_NOTES = 30
ASK_AFTER = timedelta(days=2)
"""So long after the departure somebody is asked whether they arrived."""

ASK_UNTIL = timedelta(days=30)


class JourneyStep(StrEnum):
    """What can be noted, in its usual order."""

    VISA_SUBMITTED = "visa-submitted"
    VISA_ASKED = "visa-asked"
    VISA_GRANTED = "visa-granted"
    VISA_REFUSED = "visa-refused"
    DEPARTED = "departed"
    ARRIVED = "arrived"


VISA = (
    JourneyStep.VISA_SUBMITTED,
    JourneyStep.VISA_ASKED,
    JourneyStep.VISA_GRANTED,
    JourneyStep.VISA_REFUSED,
)


class Source(StrEnum):
    """Who says so."""

    WORKER = "worker"
    OFFICIAL = "official"


@dataclass(frozen=True)
class JourneyNote:
    """One step; `on` is the day on which it happened, `noted_by` a pseudonym."""

    id: UUID
    application: UUID
    worker: PersonId
    step: JourneyStep
    on: date
    source: Source
    noted_at: datetime
    noted_by: PersonId


def check_notable(application: Application, known: Sequence[JourneyNote]) -> None:
    """Nothing is noted before both agencies approved; Conflict("journey-not-yet")."""
    if application.status is not Status.APPROVED:
        raise Conflict("journey-not-yet")
    if len(known) >= MOST_NOTES:
        raise Conflict("journey-full")


def check_note(step: JourneyStep, on: date, known: Sequence[JourneyNote], today: date) -> None:
    """Invalid where a day cannot be right: to come, long ago, or before the step that it follows.

    Nobody arrives before they left, and one departs and arrives once.
    """
    faults = []
    left, there = first_of(known, JourneyStep.DEPARTED), first_of(known, JourneyStep.ARRIVED)
    if on > today:
        faults.append(Fault("date-in-future", "on"))
    elif on < today - EARLIEST:
        faults.append(Fault("journey-long-ago", "on"))
    if step is JourneyStep.ARRIVED and left is not None and on < left.on:
        faults.append(Fault("arrived-before-leaving", "on"))
    if step is JourneyStep.DEPARTED and there is not None and on > there.on:
        faults.append(Fault("left-after-arriving", "on"))
    if step not in VISA and first_of(known, step) is not None:
        faults.append(Fault("journey-noted-already", "step"))
    refuse_if(faults)


def check_own_note(note: JourneyNote, person: PersonId) -> None:
    """Who noted a step takes it out, and nobody else: it is their word."""
    if note.noted_by != person:
        raise Conflict("note-of-another")


def first_of(notes: Iterable[JourneyNote], step: JourneyStep) -> JourneyNote | None:
    """The note of a step, None where it was not noted."""
    return next((one for one in notes if one.step is step), None)


def visa_of(notes: Iterable[JourneyNote]) -> JourneyNote | None:
    """Where the visa stands: the last step by its day, then by when it was noted."""
    steps = [one for one in notes if one.step in VISA]
    return max(steps, key=lambda one: (one.on, one.noted_at), default=None)


def start_of_work(
    notes: Sequence[JourneyNote], starts_on: date | None, went: datetime | None
) -> date | None:
    """The day from which somebody is at work, as far as it is known; None while nobody knows.

    They are there once they arrived, else left, else were seen by a post (`went`); the work begins
    no earlier than its first day.
    """
    there = first_of(notes, JourneyStep.ARRIVED) or first_of(notes, JourneyStep.DEPARTED)
    day = there.on if there else legal_day(went) if went else None
    if day is None:
        return None
    return max(day, starts_on) if starts_on else day


def start_of_travel(notes: Sequence[JourneyNote], went: datetime | None) -> datetime | None:
    """When somebody set out for the work, as far as it is known; None while nobody knows.

    The earliest of what was noted of the way there, of which the day alone is known and so its
    beginning counts, and of the first crossing to the work (`went`).
    """
    there = (first_of(notes, step) for step in (JourneyStep.DEPARTED, JourneyStep.ARRIVED))
    known = [start_of(one.on) for one in there if one is not None]
    return min([*known, *([went] if went else [])], default=None)
