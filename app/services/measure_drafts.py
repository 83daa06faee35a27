"""The letter about a right before its measure is taken: the same paper, a draft on every page."""

from app.services import applications, credentials, texts
from app.services.authorisations import Pause, Right, plan_suspension, right_of
from app.services.case import Case
from app.services.prints import printed_revocation, printed_suspension
from app.services.revocations import Proposal, plan_confirmation, plan_drop, plan_proposal
from app.services.told_letters import printed_drop
from app.services.work import Work
from permits.applications import ApplicationId
from permits.errors import NotFound
from permits.people import Permission
from permits.policies import check_permission
from permits.prints import Measure, PrintedMeasure


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


def _open(work: Work, application: ApplicationId, permission: Permission) -> tuple[Case, Right]:
    check_permission(work.actor, permission)
    case = applications.read_application(work, application, "letter")
    permit = credentials.find_permit_of(work, case.application.id)
    if permit is None:
        raise NotFound("no-such-credential")
    return case, right_of(work, permit.authorisation, own=case.ties.own)


def _set(work: Work, printed: PrintedMeasure, language: str) -> bytes:
    return texts.printer(work, draft=True).measure(printed, language)
