"""Asking the worker within a round, and the answers: one by one, then handed in together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.services import documents, notices
from app.services.applications import read_application, read_own
from app.services.case import load_case
from app.services.reaching import writing
from app.services.work import Work
from app.storage import applications
from app.storage import info_requests as kept
from permits.answer_terms import answer_by
from permits.applications import Action, Application, ApplicationId, moved
from permits.audit import Act
from permits.clocks import Clocks
from permits.deadlines import Clock, resume_clock
from permits.errors import Conflict, Stale, refuse_if
from permits.info_requests import (
    InfoRequest,
    Item,
    Question,
    QuestionKind,
    check_complete,
    find_answer_faults,
    find_question_faults,
    handed_in,
    waiting,
)
from permits.notices import AFTER
from permits.people import Agency, Permission, Role
from permits.policies import check_ask, check_own, check_permission, check_read
from permits.visibility import Group, check_sees

__all__ = ["InfoRequest", "Item", "Question", "QuestionKind"]


def ask_questions(
    work: Work, application: ApplicationId, questions: Sequence[Question], *, seen_version: int
) -> Application:
    """Ask the worker; the round stands, and what was decided in it.

    1. the row is locked, and must be the version that the official saw; 2. may this official ask,
    now; 3. are the questions well-formed; 4. kept, and the worker is told until when to answer.
    """
    check_permission(work.actor, Permission.APPLICATION_RECOMMEND)
    case = load_case(work, application, lock=True)  # 1
    before = case.application
    check_read(work.actor, before)
    if before.version != seen_version:
        raise Stale("changed-meanwhile")
    agency = check_ask(work.actor, case.turn)  # 2
    refuse_if(find_question_faults(questions))  # 3
    request = _request(work, before, agency, questions)
    kinds = [one.kind.value for one in questions]
    facts = {"agency": agency.value, "round": before.round, "kinds": kinds}
    event = work.event(Act.APPLICATION_ASKED, application, facts)
    after = moved(before, Action.ASK)
    after = kept.add_request(work.session, work.ports.vault, before, after, request, event=event)
    last = answer_by(after, work.now, case.programme.clocks, work.ports.reference.calendar)  # 4
    told = {"agency": agency.value, "day": last.isoformat()}
    notices.tell_worker(work, AFTER[Action.ASK], after, told)
    return after


def _request(
    work: Work, of: Application, agency: Agency, questions: Sequence[Question]
) -> InfoRequest:
    return InfoRequest(
        work.new_id(),
        of.id,
        of.worker,
        of.round,
        of.digest or "",
        agency,
        work.actor.person,
        work.now,
        tuple(
            Item(work.new_id(), place, replace(one, text=one.text.strip()))
            for place, one in enumerate(questions, start=1)
        ),
    )


def list_seen(work: Work, application: ApplicationId) -> list[InfoRequest]:
    """Everything that was asked, as its worker or an official may read it.

    Who is no worker reads no answer before all are handed in, and their look is logged. NotFound
    for who may not know of the case, Forbidden for who may not read its notes.
    """
    if work.actor.role is Role.WORKER:
        read_own(work, application)
        return list_requests(work, application)
    read_application(work, application, "review")
    check_sees(work.actor, Group.NOTES)
    return [handed_in(one) for one in list_requests(work, application)]


def list_requests(work: Work, application: ApplicationId) -> list[InfoRequest]:
    """Everything that was asked about a case; the caller has checked the reading."""
    return kept.list_requests(work.session, work.ports.vault, application)


def read_waiting(work: Work, application: ApplicationId) -> InfoRequest:
    """What the worker has to answer now; Conflict where nothing is asked."""
    found = applications.get_application(work.session, application, reach=writing(work))
    check_own(work.actor, found)
    return _waiting(work, found)


def answer_item(
    work: Work, application: ApplicationId, position: int, answer: str, photo: bytes | None = None
) -> Item:
    """Keep the answer to one question; nobody reads it before all are handed in.

    A photo is kept as any other file is, and what is unfit is refused alike (`documents`).
    """
    before = applications.lock(work.session, application, reach=writing(work))
    check_own(work.actor, before)
    item = _waiting(work, before).item(position)
    document = item.document
    is_photo = item.question.kind is QuestionKind.DOCUMENT
    if is_photo and photo:
        document = documents.keep_answer(work, before, photo, document).id
    given = replace(item, answer="" if is_photo else answer.strip(), document=document)
    has_document = document is not None
    refuse_if(find_answer_faults(item.question.kind, answer, has_document=has_document))
    event = work.event(Act.APPLICATION_ANSWERED, application, {"fields": [f"item-{position}"]})
    kept.save_answer(work.session, work.ports.vault, given, event=event)
    return given


def send_answers(
    work: Work, application: ApplicationId, *, seen_version: int | None = None
) -> Application:
    """Hand all answers in: the case is back where it was, and its clock runs on.

    `seen_version` is compared where the caller names one (Stale). Conflict while one answer is
    missing. The end of the statutory term moves by the working days that
    passed, where the programme's law lets it stand still.
    """
    case = load_case(work, application, lock=True)
    before = case.application
    check_own(work.actor, before)
    if seen_version is not None and before.version != seen_version:
        raise Stale("changed-meanwhile")
    request = _waiting(work, before)
    check_complete(request)
    due_at = resumed(work, before, case.programme.clocks, request.asked_at)
    after = replace(moved(before, Action.ANSWER), due_at=due_at)
    facts = {"round": before.round, "questions": len(request.items)}
    event = work.event(Act.APPLICATION_REPLIED, application, facts)
    after = kept.close_request(work.session, before, after, request, work.now, event=event)
    told = {"agency": request.agency.value}
    notices.tell_worker(work, AFTER[Action.ANSWER], after, told)
    return after


def resumed(work: Work, found: Application, clocks: Clocks, asked_at: datetime) -> datetime | None:
    """When the agencies must have decided, once what was asked at an instant waits no more."""
    if found.submitted_at is None or found.due_at is None or not clocks.question_pauses.value:
        return found.due_at
    days = clocks.statutory_working_days.value
    paused = Clock(found.submitted_at, found.due_at, days, asked_at)
    return resume_clock(paused, work.now, work.ports.reference.calendar).due_at


def _waiting(work: Work, application: Application) -> InfoRequest:
    found = waiting(application, list_requests(work, application.id))
    if found is None:
        raise Conflict("nothing-asked")
    return found
