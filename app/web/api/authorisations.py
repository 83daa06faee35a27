"""The right to work that both agencies granted, apart from its cards: read, paused, taken back."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import authorisations, leaving, revocations
from app.services.authorisations import Pause, Right
from app.services.revocations import Proposal
from app.services.work import Work
from app.services.worker_numbers import number_under
from app.web.api.access import SIGNED_IN
from app.web.api.fields import Text
from app.web.api.idempotent import Reply, answer_once, etag_of
from app.web.dependencies import IdempotencyKey, ProvenWork, SeenVersion, SignedInWork
from app.web.documentation import refusals, versioned
from permits import worker_numbers
from permits.authorisations import AuthorisationStatus, RightEnding
from permits.people import Agency
from permits.retaliation import Origin
from permits.revocations import Hearing, Outcome, RevocationGround
from permits.suspensions import SuspensionReason

Told = TypeVar("Told", bound=BaseModel)

router = APIRouter(
    prefix="/authorisations/{authorisation}",
    tags=["credentials"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 404, 422),
)

ACTS = {**versioned("The right after the act."), **refusals(400, 403, 409, 412, 428)}


class SuspensionReply(BaseModel):
    """The suspension that runs; both days count, in the legal time zone."""

    agency: Agency
    reason: SuspensionReason
    note: str = Field(description="What the worker is told.")
    since: date
    until: date


class RevocationReply(BaseModel):
    """The newest proposal to take the right back, and what became of it."""

    agency: Agency
    grounds: list[RevocationGround]
    heard: Hearing
    hearing: str = Field(description="What the worker said, or how they were looked for.")
    note: str = Field(description="What the worker is told.")
    outcome: Outcome
    proposed_at: datetime
    decided_at: datetime | None


class AuthorisationReply(BaseModel):
    """A right: both days count, in the legal time zone (America/Tegucigalpa)."""

    id: UUID
    application: UUID
    programme: str
    status: AuthorisationStatus = Field(description="As of today: by its acts and by its days.")
    version: int
    round: int
    digest: str = Field(description="SHA-256 of what both agencies approved.")
    valid_from: date
    valid_until: date
    granted_at: datetime
    ending: RightEnding | None = Field(
        description="By its `worker`, or by time where it was `unused`; else null."
    )
    ended_at: datetime | None
    suspension: SuspensionReply | None
    revocation: RevocationReply | None
    worker_number: str | None = Field(
        description="The person's number for life, the same in every right.",
        examples=["T-482-139-0759"],
    )


class SuspensionInput(BaseModel):
    """For how long, why, and at whose asking."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"reason": "alert", "days": 10, "note": "Confirmar con el RNP.", "origin": "own"}
            ]
        },
    )

    reason: SuspensionReason
    days: int = Field(
        ge=1, le=366, description="With today; all suspensions of a right count together."
    )
    note: Text = Field(description="Words to the worker.")
    origin: Origin = Field(description="Who asked. An employer's wish waits for a second office.")


class RevocationInput(BaseModel):
    """Coded grounds of the own agency, and how the worker was heard."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "grounds": ["M3"],
                    "heard": "in-person",
                    "hearing": "Dijo que el documento se lo dio otra persona.",
                    "note": "El documento que mostró no es auténtico.",
                    "origin": "authority",
                }
            ]
        },
    )

    grounds: list[RevocationGround] = Field(max_length=10)
    heard: Hearing
    hearing: Text = Field(description="What the worker said, or how they were looked for.")
    note: Text = Field(description="Words to the worker.")
    origin: Origin = Field(description="Who asked. An employer's wish waits for a second office.")


@router.get(
    "",
    operation_id="getAuthorisation",
    summary="Read a right to work",
    responses=versioned("The right as it stands."),
)
def get_authorisation(
    authorisation: UUID, work: SignedInWork, response: Response
) -> AuthorisationReply:
    """For its worker and the agencies; nobody else knows that it exists."""
    found = authorisations.read_authorisation(work, authorisation)
    response.headers["ETag"] = etag_of(found.authorisation.version)
    return _right(work, found)


@router.post(
    "/suspend",
    operation_id="suspendAuthorisation",
    summary="Suspend a right",
    response_model=AuthorisationReply,
    responses=ACTS,
)
def suspend_authorisation(
    authorisation: UUID,
    body: SuspensionInput,
    request: Request,
    seen: SeenVersion,
    key: IdempotencyKey,
    work: ProvenWork,
) -> Response:
    """By a supervisor of either agency, for 15 days at most; it ends by itself."""
    pause = Pause(body.reason, body.days, body.note, body.origin)

    def act() -> Reply:
        right = authorisations.suspend_authorisation(work, authorisation, pause, seen_version=seen)
        return _reply(work, right)

    return answer_once(work, request, key, body, act)


@router.post(
    "/reinstate",
    operation_id="reinstateAuthorisation",
    summary="Give a suspended right back",
    response_model=AuthorisationReply,
    responses=ACTS,
)
def reinstate_authorisation(
    authorisation: UUID, request: Request, seen: SeenVersion, key: IdempotencyKey, work: ProvenWork
) -> Response:
    """By another official of the agency that suspended it."""

    def act() -> Reply:
        right = authorisations.reinstate_authorisation(work, authorisation, seen_version=seen)
        return _reply(work, right)

    return answer_once(work, request, key, None, act)


@router.post(
    "/end",
    operation_id="endAuthorisation",
    summary="End an own right",
    response_model=AuthorisationReply,
    responses=ACTS,
)
def end_authorisation(
    authorisation: UUID,
    request: Request,
    seen: SeenVersion,
    key: IdempotencyKey,
    work: SignedInWork,
) -> Response:
    """Its worker stops before the last day; no reason is asked, and nothing is held against them.

    Every card of the right ends, and it cannot be taken back.
    """

    def act() -> Reply:
        return _reply(work, leaving.end_own_right(work, authorisation, seen_version=seen))

    return answer_once(work, request, key, None, act)


@router.post(
    "/revocation",
    operation_id="proposeRevocation",
    summary="Propose to take a right back",
    response_model=AuthorisationReply,
    responses=ACTS,
)
def propose_revocation(
    authorisation: UUID,
    body: RevocationInput,
    request: Request,
    seen: SeenVersion,
    key: IdempotencyKey,
    work: ProvenWork,
) -> Response:
    """The first of two officials of one agency; nothing ends until the second confirms."""
    said = Proposal(tuple(body.grounds), body.heard, body.hearing, body.note, body.origin)

    def act() -> Reply:
        right = revocations.propose_revocation(work, authorisation, said, seen_version=seen)
        return _reply(work, right)

    return answer_once(work, request, key, body, act)


@router.post(
    "/revocation/confirm",
    operation_id="confirmRevocation",
    summary="Take a right back",
    response_model=AuthorisationReply,
    responses=ACTS,
)
def confirm_revocation(
    authorisation: UUID, request: Request, seen: SeenVersion, key: IdempotencyKey, work: ProvenWork
) -> Response:
    """The second official, of the agency that proposed it; every card of the right ends."""

    def act() -> Reply:
        right = revocations.confirm_revocation(work, authorisation, seen_version=seen)
        return _reply(work, right)

    return answer_once(work, request, key, None, act)


@router.post(
    "/revocation/drop",
    operation_id="dropRevocation",
    summary="Withdraw or reject a proposal",
    response_model=AuthorisationReply,
    responses=ACTS,
)
def drop_revocation(
    authorisation: UUID, request: Request, seen: SeenVersion, key: IdempotencyKey, work: ProvenWork
) -> Response:
    """Withdrawn by who proposed it, rejected by a colleague; the right stands."""

    def act() -> Reply:
        return _reply(work, revocations.drop_revocation(work, authorisation, seen_version=seen))

    return answer_once(work, request, key, None, act)


def _reply(work: Work, right: Right) -> Reply:
    return Reply(_right(work, right), version=right.authorisation.version)


def _right(work: Work, right: Right) -> AuthorisationReply:
    found, number = right.authorisation, number_under(work, right.authorisation.application)
    told = {name: getattr(found, name) for name in _STORED}
    return AuthorisationReply(
        **told,
        status=right.case.status(work.now),
        suspension=_read(SuspensionReply, right.case.suspension),
        revocation=_read(RevocationReply, next(iter(right.revocations), None)),
        worker_number=number and worker_numbers.show(number),
    )


def _read(reply: type[Told], one: object) -> Told | None:
    return None if one is None else reply.model_validate(one, from_attributes=True)


_STORED = tuple(
    AuthorisationReply.model_fields.keys() - {"status", "suspension", "revocation", "worker_number"}
)
