"""A repayment in parts: the desk proposes days and notes money, its worker answers to each."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.services import cost_claims, costs, owed_back, repayments
from app.services.repayments import Shown
from app.services.work import Work
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.api.repayment_replies import (
    OwedBackReply,
    OwedReply,
    PartAnswer,
    PartInput,
    PlanAnswer,
    PlanInput,
    RepaymentReply,
    RepaymentsReply,
    reply_of,
)
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId

router = APIRouter(
    tags=["protection"], dependencies=SIGNED_IN, responses=refusals(401, 403, 404, 422)
)

OWN = "/applications/{application}/repayments"
DESK = "/repayments/{cost}"


@router.get(
    OWN,
    operation_id="listOwnRepayments",
    summary="Read how far one's own repayments are",
    response_model=RepaymentsReply,
)
def list_own_repayments(application: UUID, work: SignedInReading) -> RepaymentsReply:
    """For their worker alone: what was asked back, and nothing that is private."""
    return _own(work, application)


@router.post(
    OWN + "/{cost}/plan",
    operation_id="answerRepaymentPlan",
    summary="Agree to the days of a repayment, or not",
    response_model=RepaymentsReply,
    responses=refusals(400, 409, 412),
)
def answer_repayment_plan(
    application: UUID,
    cost: UUID,
    request: Request,
    body: PlanAnswer,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """By the worker. Said again it changes nothing."""

    def act() -> Reply:
        own = ApplicationId(application)
        repayments.answer_plan(work, own, cost, body.version, agrees=body.agrees)
        return Reply(_own(work, application))

    return answer_once(work, request, key, body, act)


@router.post(
    OWN + "/{cost}/parts/{part}",
    operation_id="answerRepaymentPart",
    summary="Say whether a part of a repayment came",
    response_model=RepaymentsReply,
    responses=refusals(400, 409, 412),
)
def answer_repayment_part(
    application: UUID,
    cost: UUID,
    part: UUID,
    request: Request,
    body: PartAnswer,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """By the worker. The sum of what came decides when it is repaid."""

    def act() -> Reply:
        own = ApplicationId(application)
        repayments.answer_part(work, own, cost, part, body.version, came=body.came)
        return Reply(_own(work, application))

    return answer_once(work, request, key, body, act)


@router.get(
    DESK,
    operation_id="getRepayment",
    summary="Read how far a repayment is",
    response_model=RepaymentReply,
)
def get_repayment(cost: UUID, work: SignedInWork) -> RepaymentReply:
    """For supervisors of SETRASS; that it was opened is logged, and its worker reads it."""
    return _opened(work, cost)


@router.post(
    DESK + "/plan",
    operation_id="proposeRepaymentPlan",
    summary="Propose days for a repayment",
    response_model=RepaymentReply,
    responses=refusals(400, 409, 412),
)
def propose_repayment_plan(
    cost: UUID,
    request: Request,
    body: PlanInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """They count once the worker agrees, and come to all that nobody showed as paid."""

    def act() -> Reply:
        plan = [(one.day, one.amount) for one in body.parts]
        repayments.propose_plan(work, cost, plan, body.version)
        return Reply(_opened(work, cost))

    return answer_once(work, request, key, body, act)


@router.post(
    DESK + "/parts",
    operation_id="noteRepaymentPart",
    summary="Note that a part of a repayment was shown",
    response_model=RepaymentReply,
    responses=refusals(400, 409, 412),
)
def note_repayment_part(
    cost: UUID,
    request: Request,
    body: PartInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """A part or all of it; its worker is asked whether it came."""

    def act() -> Reply:
        shown = Shown(body.id, body.day, body.amount, body.currency, body.handing, body.evidence)
        repayments.note_part(work, cost, shown, body.version)
        return Reply(_opened(work, cost))

    return answer_once(work, request, key, body, act)


@router.get(
    "/owed-back",
    operation_id="getOwedBack",
    summary="Read what one's employer owes back to workers",
    response_model=OwedBackReply,
)
def get_owed_back(work: SignedInReading) -> OwedBackReply:
    """For who acts for an employer: sums of last month, and nothing of one person."""
    found = owed_back.read_owed(work)
    return OwedBackReply(items=[OwedReply(**vars(one)) for one in found])


def _own(work: Work, application: UUID) -> RepaymentsReply:
    diary = costs.read_own_diary(work, ApplicationId(application))
    asked = [one for one in diary.entries if one.id in diary.repayments]
    return RepaymentsReply(items=[reply_of(one, diary.repayments[one.id]) for one in asked])


def _opened(work: Work, cost: UUID) -> RepaymentReply:
    opened = cost_claims.open_claim(work, cost)
    return reply_of(opened.claim.entry, opened.repayment)
