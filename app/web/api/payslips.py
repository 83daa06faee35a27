"""Payslips of a worker: read by the worker and the employer, written by one, answered by other."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import payslips
from app.services.payslips import FiledPayslip
from app.services.work import Work
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import Reply, answer_once
from app.web.dependencies import IdempotencyKey, SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from permits.people import Permission
from permits.wages import WageUnit
from recruitment.ethics.words import DeductionKind
from recruitment.payslips import Answer, Contested, Line, Slip, Taken

router = APIRouter(
    prefix="/applications/{application}/payslips",
    tags=["payslips"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 422),
)
STRICT = ConfigDict(extra="forbid")


class TakenBody(BaseModel):
    """What was taken from the wage; `consent` in writing."""

    model_config = STRICT

    kind: DeductionKind
    amount: Decimal = Field(gt=0, max_digits=9, decimal_places=2)
    consent: bool = False


class PayslipInput(BaseModel):
    """A payslip in the agreed unit and currency."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "version": 0,
                    "first_day": "2026-11-16",
                    "last_day": "2026-11-21",
                    "days": 6,
                    "units": "31.5",
                    "rate": "60.00",
                    "top_up": "12.50",
                    "taken": [{"kind": "advance", "amount": "100.00", "consent": True}],
                    "paid_on": "2026-11-21",
                }
            ]
        },
    )

    version: int = Field(ge=0, le=10_000, description="What was looked at; 0 for a new one.")
    first_day: date = Field(description="Of one that stands: a newer version of it.")
    last_day: date
    days: int = Field(ge=0, le=31)
    units: Decimal = Field(ge=0, max_digits=9, decimal_places=2)
    rate: Decimal = Field(ge=0, max_digits=9, decimal_places=2)
    top_up: Decimal = Field(default=Decimal(0), ge=0, max_digits=9, decimal_places=2)
    overtime_hours: Decimal = Field(default=Decimal(0), ge=0, max_digits=9, decimal_places=2)
    overtime_pay: Decimal = Field(default=Decimal(0), ge=0, max_digits=9, decimal_places=2)
    taken: list[TakenBody] = Field(default=[], max_length=len(DeductionKind))
    paid_on: date | None = None


class ContestedBody(BaseModel):
    """One line that is not right, and what the worker counted."""

    model_config = STRICT

    line: Line
    own: str = Field(default="", max_length=20)


class AnswerInput(BaseModel):
    """What the worker says of the version that they saw."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "version": 1,
                    "answer": "contested",
                    "lines": [{"line": "units", "own": "34"}],
                }
            ]
        },
    )

    version: int = Field(ge=1, le=10_000)
    answer: Answer
    lines: list[ContestedBody] = Field(default=[], max_length=len(Line))
    words: str = Field(default="", max_length=300)


class PayslipFinding(BaseModel):
    """What was found in it."""

    code: str
    severity: str
    source: str


class AnswerReply(BaseModel):
    """What the worker said, and the employer's reply ("" while there is none)."""

    answer: Answer
    answered_at: datetime
    lines: list[ContestedBody]
    words: str
    reply: str


class PayslipReply(BaseModel):
    """The newest version of one payslip; `digest` is the SHA-256 of its canonical JSON."""

    first_day: date
    last_day: date
    version: int
    digest: str
    currency: str
    days: int
    unit: WageUnit
    units: Decimal
    rate: Decimal
    earned: Decimal
    top_up: Decimal
    overtime_hours: Decimal
    overtime_pay: Decimal
    gross: Decimal
    taken: list[TakenBody]
    net: Decimal
    paid_on: date | None
    findings: list[PayslipFinding]
    found_at: datetime = Field(
        description="When it was written, or when something was found in it later."
    )
    answer: AnswerReply | None


class PayslipsReply(BaseModel):
    """The last period first."""

    items: list[PayslipReply]


@router.get("", operation_id="listPayslips", summary="List payslips", response_model=PayslipsReply)
def list_payslips(application: UUID, work: SignedInWork) -> PayslipsReply:
    """For the worker, and for an employer what that one wrote."""
    return _read(work, application)


@router.post(
    "",
    operation_id="writePayslip",
    summary="Write a payslip, or a newer version of one",
    response_model=PayslipsReply,
    responses=refusals(400, 409),
)
def write_payslip(
    application: UUID,
    request: Request,
    body: PayslipInput,
    work: SignedInWork,
    key: IdempotencyKey,
) -> Response:
    """By the employer of those days; nothing is overwritten, the worker sees every version."""

    def act() -> Reply:
        wages = payslips.read_wages(work, application)
        offer = wages.agreed_for(body.first_day, body.last_day).offer
        told = body.model_dump(exclude={"version", "taken"})
        taken = tuple(Taken(one.kind, one.amount, one.consent) for one in body.taken)
        slip = Slip(currency=offer.currency, unit=offer.unit, taken=taken, **told)
        payslips.write_payslip(work, application, slip, body.version)
        return Reply(_read(work, application))

    return answer_once(work, request, key, body, act)


@router.post(
    "/{first_day}/answer",
    operation_id="answerPayslip",
    summary="Acknowledge a payslip, or contest lines of it",
    response_model=PayslipsReply,
    responses=refusals(400, 409),
)
def answer_payslip(
    application: UUID,
    first_day: date,
    request: Request,
    body: AnswerInput,
    work: SignedInWork,
    key: IdempotencyKey,
) -> Response:
    """By the worker alone; the employer and the labour inspection see what is contested."""

    def act() -> Reply:
        lines = [Contested(one.line, one.own) for one in body.lines]
        payslips.answer_own(
            work,
            ApplicationId(application),
            first_day,
            body.version,
            body.answer,
            lines,
            body.words,
        )
        return Reply(_read(work, application))

    return answer_once(work, request, key, body, act)


def _read(work: Work, application: UUID) -> PayslipsReply:
    if work.actor.can(Permission.FARM_KEEP):
        filed = payslips.read_wages(work, application).filed
    else:
        filed = payslips.list_own(work, ApplicationId(application))
    return PayslipsReply(items=[_reply(one) for one in filed])


def _reply(filed: FiledPayslip) -> PayslipReply:
    slip, answer = filed.payslip.slip, filed.payslip.answer
    plain = ("first_day", "last_day", "currency", "days", "unit", "units", "rate", "earned")
    more = ("top_up", "overtime_hours", "overtime_pay", "gross", "net", "paid_on")
    told = {name: getattr(slip, name) for name in (*plain, *more)}
    return PayslipReply(
        version=filed.payslip.version,
        digest=filed.payslip.digest,
        taken=[TakenBody.model_validate(one, from_attributes=True) for one in slip.taken],
        findings=[
            PayslipFinding(code=one.code, severity=one.severity.value, source=one.source)
            for one in filed.findings
        ],
        found_at=filed.found_at,
        answer=AnswerReply(
            answer=answer.answer,
            answered_at=answer.answered_at,
            lines=[ContestedBody(line=one.line, own=one.own) for one in answer.lines],
            words=answer.words,
            reply=answer.reply,
        )
        if answer
        else None,
        **told,
    )
