"""The letter of a measure before it is taken: the same paper, a draft on every page."""

from collections.abc import Sequence
from dataclasses import replace

from app.services import applications, credentials, texts
from app.services.authorisations import Pause, Right, plan_suspension, right_of
from app.services.case import Case
from app.services.credentials import plan_card
from app.services.prints import printed_revocation, printed_suspension
from app.services.revocations import Proposal, plan_confirmation, plan_drop, plan_proposal
from app.services.told_letters import printed_card, printed_drop, printed_questions
from app.services.work import Work
from permits.applications import ApplicationId
from permits.errors import Conflict, NotFound, refuse_if
from permits.info_requests import Question, find_question_faults
from permits.issuing import RevocationReason
from permits.people import Permission
from permits.policies import check_ask, check_permission
from permits.prints import Measure, PrintedMeasure
from permits.programme_rules import LetterKind
from permits.right_acts import check_reinstate


def preview_suspension(
    work: Work, application: ApplicationId, pause: Pause, language: str
) -> bytes:
    """The letter that a suspension would send; nothing is suspended.

    For who may suspend it now, as `authorisations.suspend_authorisation` asks, with its faults;
    the reading is logged. So are those that follow.
    """
    case, right = _open(work, application, Permission.AUTHORISATION_SUSPEND)
    planned = plan_suspension(work, right, pause)
    return _set(work, printed_suspension(work, case, Measure.SUSPENDED, planned), language)


def preview_proposal(
    work: Work, application: ApplicationId, said: Proposal, language: str
) -> bytes:
    """The letter that a proposal to take the right back would send; nothing is proposed."""
    case, right = _open(work, application, Permission.AUTHORISATION_REVOKE)
    planned = plan_proposal(work, right, said)
    return _set(work, printed_revocation(work, case, Measure.PROPOSED, planned), language)


def preview_confirmation(work: Work, application: ApplicationId, language: str) -> bytes:
    """The letter that confirming the revocation would send; nothing is taken back."""
    case, right = _open(work, application, Permission.AUTHORISATION_REVOKE)
    planned = plan_confirmation(work, right)
    return _set(work, printed_revocation(work, case, Measure.REVOKED, planned), language)


def preview_drop(work: Work, application: ApplicationId, language: str) -> bytes:
    """The letter that dropping the proposal would send; it waits still."""
    case, right = _open(work, application, Permission.AUTHORISATION_REVOKE)
    return _set(work, printed_drop(work, case, plan_drop(work, right)), language)


def preview_reinstatement(work: Work, application: ApplicationId, language: str) -> bytes:
    """The letter that giving a suspended right back would send; it stays suspended.

    Conflict("no-letter") where the programme sends none.
    """
    case, right = _open(work, application, Permission.AUTHORISATION_REINSTATE)
    planned = replace(check_reinstate(work.actor, right.case, work.now), ended_at=work.now)
    if case.programme.letter(LetterKind.REINSTATED) is None:
        raise Conflict("no-letter", status=case.application.status.value)
    return _set(work, printed_suspension(work, case, Measure.REINSTATED, planned), language)


def preview_card(
    work: Work, application: ApplicationId, reason: RevocationReason, language: str
) -> bytes:
    """The letter that revoking the newest card would send; the card stands."""
    case, right = _open(work, application, Permission.CREDENTIAL_REVOKE)
    planned = plan_card(work, right.credentials[0], reason)
    return _set(work, printed_card(work, case, planned), language)


def preview_questions(
    work: Work, application: ApplicationId, questions: Sequence[Question], language: str
) -> bytes:
    """The letter that asking the worker would send; nothing is asked."""
    check_permission(work.actor, Permission.APPLICATION_RECOMMEND)
    case = applications.read_application(work, application, "letter")
    agency = check_ask(work.actor, case.turn)
    refuse_if(find_question_faults(questions))
    texts_ = [one.text.strip() for one in questions]
    return _set(work, printed_questions(work, case, agency, work.now, texts_), language)


def _open(work: Work, application: ApplicationId, permission: Permission) -> tuple[Case, Right]:
    check_permission(work.actor, permission)
    case = applications.read_application(work, application, "letter")
    permit = credentials.find_permit_of(work, case.application.id)
    if permit is None:
        raise NotFound("no-such-credential")
    return case, right_of(work, permit.authorisation, own=case.ties.own)


def _set(work: Work, printed: PrintedMeasure, language: str) -> bytes:
    return texts.printer(work, draft=True).measure(printed, language)
