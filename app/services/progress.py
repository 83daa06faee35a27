"""How a worker's application stands with both agencies: one story with its dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.services import credentials, info_requests, worker_numbers
from app.services.applications import read_own
from app.services.case import Case
from app.services.credentials import Permit
from app.services.seen_cases import seal_of, waiting_as_seen
from app.services.work import Work
from app.storage import approvals, crossings, journeys, orientation, outbox, people
from app.storage.outbox import Message
from permits.answer_terms import answer_by
from permits.applications import WITH_WORKER, ApplicationId, Status
from permits.approvals import Decision, Opinion
from permits.deadlines import legal_day
from permits.info_requests import InfoRequest, waiting
from permits.journeys import JourneyNote
from permits.notices import NoticeKind
from permits.pathway import NO_PASSAGES, Passages
from permits.people import Agency
from permits.visibility import visible_decisions

__all__ = ["Message", "Progress", "progress_of_draft", "read_progress"]

MESSAGES = 200
"""So many messages of a phone are looked through; a household shares one."""


@dataclass(frozen=True)
class Progress:
    """A worker's own application with everything that has happened to it.

    `decisions` are those of the present round, `earlier` those of the rounds before, both as the
    worker may see them. `waiting_for` names the agencies whose turn it is. `answer_by` is the last
    day to answer, where a correction or answers are awaited. `messages` are those of this
    application, newest first, without the one that holds the resume code. `passages` are the
    crossings under the right, `asked` the questions of any round. `number` is the
    person's for life. `journey` is what was noted of visa and travel, `attended_at` when they came
    to an orientation.
    """

    case: Case
    decisions: tuple[Decision, ...]
    earlier: tuple[Decision, ...]
    waiting_for: tuple[Agency, ...]
    answer_by: date | None
    messages: tuple[Message, ...]
    permit: Permit | None
    passages: Passages
    today: date
    asked: tuple[InfoRequest, ...] = ()
    number: str | None = None
    journey: tuple[JourneyNote, ...] = ()
    attended_at: datetime | None = None

    @property
    def questions(self) -> InfoRequest | None:
        """The questions that wait for their answers."""
        return waiting(self.case.application, self.asked)

    @property
    def returned(self) -> tuple[Decision, ...]:
        """What is asked of the worker now: nothing, or by each agency that sent it back."""
        if self.case.application.status is not Status.RETURNED:
            return ()
        return tuple(d for d in self.decisions if d.opinion is Opinion.RETURN)

    def decided_at(self, agency: Agency) -> datetime | None:
        """When an agency decided in the present round."""
        return next((d.decided_at for d in self.decisions if d.agency is agency), None)


def read_progress(work: Work, application: ApplicationId) -> Progress:
    """The story of an own application; NotFound for anybody else's."""
    case = read_own(work, application)
    found = case.application
    every = approvals.list_decisions(work.session, application)
    current = [d for d in every if d.round == found.round]
    seal = seal_of(case)
    permit = credentials.find_permit_of(work, application)
    asked = tuple(info_requests.list_requests(work, application))
    return Progress(
        case,
        visible_decisions(work.actor, current, seal),
        visible_decisions(work.actor, [d for d in every if d.round < found.round], seal),
        waiting_as_seen(work.actor, case),
        _answer_by(work, case, current, asked),
        _messages(work, case),
        permit,
        _passages(work, permit),
        legal_day(work.now),
        asked,
        worker_numbers.number_of(work, found),
        tuple(journeys.list_notes(work.session, application)),
        _attended_at(work, application),
    )


def progress_of_draft(work: Work, case: Case) -> Progress:
    """The same of a draft that its reader has open: nothing has happened to it yet."""
    return Progress(case, (), (), (), None, (), None, NO_PASSAGES, legal_day(work.now))


def _attended_at(work: Work, application: ApplicationId) -> datetime | None:
    came = orientation.read_attendance(work.session, application).attended
    return came.attended_at if came else None


def _passages(work: Work, permit: Permit | None) -> Passages:
    if permit is None:
        return NO_PASSAGES
    return crossings.read_passages(work.session, permit.authorisation.id)


def _answer_by(
    work: Work, case: Case, decisions: list[Decision], asked: Sequence[InfoRequest]
) -> date | None:
    found = case.application
    began = [one.decided_at for one in decisions]
    began += [found.barred_at] if found.barred_at else []
    began += [one.asked_at for one in asked if one.round == found.round]
    if found.status not in WITH_WORKER or not began:
        return None
    asked_at = max(began)
    calendar = work.ports.reference.calendar
    return answer_by(case.application, asked_at, case.programme.clocks, calendar)


def _messages(work: Work, case: Case) -> tuple[Message, ...]:
    worker = people.find_worker(work.session, case.application.worker)
    if worker is None:
        return ()
    sent = outbox.list_messages(work.session, MESSAGES, worker.phone)
    mine = f":{case.application.id}:"
    secret = NoticeKind.DRAFT_STARTED.value
    return tuple(m for m in sent if mine in m.key and m.kind != secret)
