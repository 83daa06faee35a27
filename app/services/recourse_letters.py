"""The letter of what a recourse came to: for its worker and the agencies, one for each step."""

from dataclasses import replace
from uuid import UUID

from app.services import applications, texts
from app.services.appeals import Recourse, recourse_of
from app.services.case import Case
from app.services.told_letters import printed_about
from app.services.work import Work
from app.storage import appeals
from permits.appeals import Appeal, Ruling
from permits.applications import ApplicationId
from permits.errors import NotFound
from permits.people import Role
from permits.prints import Measure, PrintedMeasure
from permits.visibility import Group, check_sees


def print_answer(work: Work, application: ApplicationId, appeal: UUID, language: str) -> bytes:
    """The answer to one recourse of a case as PDF; an official's reading is logged.

    NotFound for everybody but its worker and the agencies, and until it was answered.
    """
    if work.actor.role is Role.WORKER:
        case = applications.read_own(work, application)
    else:
        case = applications.read_application(work, application, "letter")
        check_sees(work.actor, Group.NOTES)
    filed = appeals.list_appeals(work.session, work.ports.vault, application)
    found = next((one for one in filed if one.id == appeal), None)
    if found is None or found.ruling is Ruling.OPEN:
        raise NotFound("no-such-appeal")
    printed = _printed(work, case, found, recourse_of(work, case))
    return texts.printer(work).measure(printed, language)


def _printed(work: Work, case: Case, found: Appeal, now: Recourse) -> PrintedMeasure:
    """The next step is told by the newest answer alone, and while its term runs."""
    newest = now.appeals[-1:] == (found,)
    upheld = found.ruling is Ruling.UPHELD
    measure = Measure.UPHELD if upheld else Measure.OVERTURNED
    at = found.decided_at or work.now
    return replace(
        printed_about(work, case, measure, found.agency, at, found.answer),
        until=now.chance.last_day if upheld and newest and now.chance else None,
        # A refusal that is overturned is always decided on once more.
        again=found.revocation is None or now.anew is not None,
    )
