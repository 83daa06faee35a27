"""The contract of a worker: what it says, who agreed, and the worker's own yes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import contract_reports, contracts
from app.services.applications import read_application
from app.services.case import DrawnContract
from app.services.contracts import SeenContract
from app.services.wished_work import asked_for
from app.services.work import Work
from app.web.api.access import SIGNED_IN
from app.web.api.contract_looks import LookReply, look_of
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from permits.errors import Conflict
from permits.people import Role
from permits.visibility import Group, check_sees
from recruitment.contracts import Change, Party, Reported, Way

router = APIRouter(
    prefix="/applications/{application}/contract",
    tags=["applications"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 422),
)
OfNow = Annotated[bool, Query(description="Of the work of now, though a change of employer waits.")]
DIGEST = "0f4cb2a4a6a2d1a8a0f3cfb5a0c0f5d9a86c1b6b6d9f8a0c3cf1d0c5f5a1b2c3"


class AgreementReply(BaseModel):
    """That a party agreed to this version."""

    party: Party
    way: Way
    accepted_at: datetime
    read_aloud: bool
    heard_in: str | None = Field(
        description="The language in which it was read aloud (ISO 639-3), where it was noted."
    )
    deductions: bool | None = Field(
        description="What the worker said of deductions for housing and food; null where nobody"
        " asked, of the employer too."
    )


class DifferenceReply(BaseModel):
    """A term that is other than in the version of before."""

    field: str
    before: str | int | bool | None
    after: str | int | bool | None
    change: Change


class ContractFinding(BaseModel):
    """What a rule (R16 to R18, and R13 once it is accepted) finds in it."""

    rule: str
    code: str
    severity: str
    source: str


class ReportReply(BaseModel):
    """What the worker found to be other on arrival."""

    fields: list[Reported]
    reported_at: datetime


class ContractReply(BaseModel):
    """The newest version; `digest` is the SHA-256 of the canonical JSON of `terms`."""

    version: int
    digest: str
    drawn_at: datetime
    terms: dict[str, str | int | bool | None]
    agreements: list[AgreementReply]
    differences: list[DifferenceReply] = Field(
        description="Against the version that the worker accepted last, else the first one."
    )
    base_sha256: str = Field(description="The digest of that version.")
    unread: bool = Field(
        description="Only words tell of a change, and SETRASS has not read them: nobody accepts."
    )
    look: LookReply | None = Field(description="What SETRASS said of both versions, if it did.")
    findings: list[ContractFinding]
    found_at: datetime | None = Field(
        description="Since when R16 to R18 find it so. Null before the worker accepted a version:"
        " nothing is kept until then, and the findings are of now."
    )
    parameters_sha256: str | None = Field(
        description="SHA-256 of the values that counted then: the version of the parameters."
    )
    reports: list[ReportReply]
    acceptable: bool = Field(description="Whether the worker can accept it now.")
    must_witness: bool = Field(
        description="They understand no language of it: a witness reads it out to them."
    )
    must_hear: bool = Field(description="The worker reads neither language: it is heard first.")


class ContractState(BaseModel):
    """The newest version of the contract; SETRASS may wait for its worker to accept it."""

    sha256: str
    accepted_at: datetime | None = Field(description="When the worker accepted it.")


class AcceptanceInput(BaseModel):
    """The version that was read, by its digest."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"digest": DIGEST, "heard": True}]}
    )

    digest: str = Field(pattern="^[0-9a-f]{64}$")
    heard: bool = Field(default=False, description="The worker heard it read out whole.")
    heard_in: str | None = Field(
        default=None,
        pattern="^[a-z]{3}$",
        description="In which language (ISO 639-3). Needed where they read neither language of it"
        " and understand both.",
    )
    deductions: bool | None = Field(
        default=None,
        description="The worker's own answer to what the terms deduct for housing and food, asked"
        " apart: either one accepts the contract, and without a yes nothing may be deducted."
        " Needed where the terms deduct something (422 `missing`).",
    )


class ReportInput(BaseModel):
    """What is other on arrival."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"fields": ["wage", "housing"]}]}
    )

    fields: list[Reported] = Field(min_length=1, max_length=len(Reported))
    act: bool = Field(False, description="Have the complaints office open a case of it.")


@router.get(
    "",
    operation_id="getContract",
    summary="Read the contract",
    response_model=ContractReply,
    responses=refusals(409),
)
def get_contract(application: UUID, work: SignedInWork, of_now: OfNow = False) -> ContractReply:
    """For its worker, and for the agencies: an official's reading is logged."""
    return _reply(_read(work, ApplicationId(application), of_now=of_now))


@router.post(
    "/accept",
    operation_id="acceptContract",
    summary="Accept the contract",
    response_model=ContractReply,
    responses=refusals(400, 409),
)
def accept_contract(
    application: UUID,
    request: Request,
    body: AcceptanceInput,
    work: SignedInWork,
    of_now: OfNow = False,
    key: OptionalKey = None,
) -> Response:
    """By the worker alone; the newest version, if it is no worse than what was agreed (R16)."""

    def act() -> Reply:
        identity = ApplicationId(application)
        told = body.model_dump(exclude={"digest"})
        contracts.accept_own(work, identity, body.digest, of_now=of_now, **told)
        return Reply(_reply(contracts.read_own_contract(work, identity, of_now=of_now)))

    return answer_once(work, request, key, body, act)


@router.post(
    "/report",
    operation_id="reportContract",
    summary="Say that the contract is another on arrival",
    response_model=ContractReply,
    responses=refusals(400, 409),
)
def report_contract(
    application: UUID,
    request: Request,
    body: ReportInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """By the worker alone; SETRASS reads it, and with `act` the complaints office opens a case."""

    def act() -> Reply:
        identity = ApplicationId(application)
        told = contract_reports.report_own(work, identity, frozenset(body.fields), act=body.act)
        return Reply(_reply(told))

    return answer_once(work, request, key, body, act)


def _read(work: Work, application: ApplicationId, *, of_now: bool) -> SeenContract:
    if work.actor.role is Role.WORKER:
        return contracts.read_own_contract(work, application, of_now=of_now)
    case = read_application(work, application, "contract")
    check_sees(work.actor, Group.NOTES)
    seen = contracts.see_contract(work, case if of_now else asked_for(work, case))
    if seen is None:
        raise Conflict("no-contract")
    return seen


def standing_of(drawn: DrawnContract) -> ContractState | None:
    """How the newest version stands; None where none is drawn."""
    if not drawn.digest:
        return None
    accepted = drawn.agreed.accepted_at if drawn.agreed else None
    return ContractState(sha256=drawn.digest, accepted_at=accepted)


def _reply(seen: SeenContract) -> ContractReply:
    newest = seen.newest
    return ContractReply(
        version=newest.version,
        digest=newest.digest,
        drawn_at=newest.drawn_at,
        terms=dict(newest.told),
        agreements=[
            AgreementReply.model_validate(one, from_attributes=True) for one in newest.agreements
        ],
        differences=[
            DifferenceReply.model_validate(one, from_attributes=True) for one in seen.differences
        ],
        base_sha256=seen.base.digest,
        unread=seen.held.unread,
        look=look_of(seen.held.look),
        findings=[
            ContractFinding.model_validate(one, from_attributes=True) for one in seen.findings
        ],
        found_at=seen.judged.judged_at if seen.judged else None,
        parameters_sha256=seen.judged.parameters.hex() if seen.judged else None,
        reports=[
            ReportReply(fields=sorted(one.fields), reported_at=one.reported_at)
            for one in seen.reports
        ],
        acceptable=seen.acceptable,
        must_hear=seen.must_hear,
        must_witness=seen.must_witness,
    )
