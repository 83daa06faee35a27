"""The carrier of a right: read, revoked, and verified with a network."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import credentials, replacements, verification
from app.services.verification import Checked
from app.web import wording
from app.web.api.access import SIGNED_IN, ApiLocale
from app.web.api.fields import Code, Text
from app.web.api.idempotent import OptionalKey, Reply, answer_once, etag_of
from app.web.dependencies import IdempotencyKey, ProvenWork, SeenVersion, SignedInWork
from app.web.documentation import refusals, versioned
from app.web.problems import TooManyTries
from permits import permit_numbers
from permits.issuing import Credential, CredentialState, RevocationReason
from permits.permit_claims import PermitClaims
from permits.scans import Colour, Reason, SignatureState, StatusState, TimeState
from permits.submissions import Sex

router = APIRouter(
    prefix="/credentials", tags=["credentials"], dependencies=SIGNED_IN, responses=refusals(401)
)


class CredentialReply(BaseModel):
    """A carrier; `text` is what its QR says, null while the signature is awaited."""

    id: UUID
    authorisation: UUID
    number: str = Field(examples=["7K3M-9XQ2-HB4T"])
    state: CredentialState
    version: int
    text: str | None
    valid_from: datetime
    expires: datetime = Field(description="Exclusive: the midnight that ends the last day.")
    issued_at: datetime | None
    revoked_at: datetime | None
    revocation_reason: RevocationReason | None
    replacement: int = Field(description="Cards of the same right that came before.")
    replaces: UUID | None = Field(description="The card just before.")
    replacement_reason: RevocationReason | None = Field(description="What happened to that one.")


class CardRevocationInput(BaseModel):
    """Why a carrier no longer counts."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "lost"}]})

    reason: RevocationReason = Field(
        description="`lost`, `stolen`, `damaged` or `wrong-data`. For fraud the right itself is "
        "suspended, or its revocation proposed."
    )


class ReplacementInput(BaseModel):
    """What happened to the card."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "lost"}]})

    reason: RevocationReason = Field(
        description="`lost`, `stolen` or `damaged`; of a card that an office revoked its reason."
    )


class VerificationInput(BaseModel):
    """What was scanned, or a permit number as typed."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "7K3M-9XQ2-HB4T"}]}
    )

    text: Text
    post: Code | None = Field(None, description="The border post; an agent's own if not named.")


class ClaimsReply(BaseModel):
    """What a permit says whose signature held."""

    number: str
    full_name: str
    document_number: str
    document_country: str
    date_of_birth: date
    sex: Sex
    nationality: str
    kind: str
    employer_name: str | None = Field(
        description="Null while no employer is attached: a permit for the pool of its departments."
    )
    occupation: str
    departments: list[str]
    agencies: list[str]
    posts: list[str]
    issued_at: datetime
    valid_from: datetime
    expires: datetime


class HolderReply(BaseModel):
    """What the register tells of a typed number that stands: to compare, and not to learn who."""

    initials: str = Field(examples=["M. G. Ñ."])
    document_ending: str = Field(description="Last characters of the document's number.")
    kind: str
    valid_from: datetime
    expires: datetime = Field(description="Exclusive: the midnight that ends the last day.")


class VerdictReply(BaseModel):
    """One colour with one reason, and what to hold against the person and the document."""

    verdict: Colour
    reason: Reason
    detail: str = Field(description="The reason in words.")
    signature: SignatureState
    time: TimeState
    status: StatusState
    list_age_seconds: int | None = Field(description="Age of the status list that was asked.")
    compare: list[str] = Field(examples=[["printed-photo", "full-name"]])
    number: str | None
    claims: ClaimsReply | None
    holder: HolderReply | None = Field(
        description="Only of a typed number, which is amber at best."
    )
    short_way: bool = Field(
        description="The post may leave out its questions about the journey; false says nothing."
    )


@router.post(
    "/verify",
    operation_id="verifyCredential",
    summary="Verify a QR text or a typed number",
    tags=["verification"],
    response_model=VerdictReply,
    responses=refusals(400, 403, 422, 429),
)
def verify_credential(
    body: VerificationInput,
    request: Request,
    work: SignedInWork,
    locale: ApiLocale,
    key: OptionalKey = None,
) -> Response:
    """The verdict by the trust list and the status lists as published now; the text is not kept.

    A typed number carries no signature: it is looked up in the register, is amber at best, and
    nobody types more than 60 in a quarter of an hour.
    """

    def act() -> Reply:
        if not verification.may_look_up(work, body.text):
            raise TooManyTries(verification.LOOK_UPS.wait(work.now))
        checked = verification.verify_credential(work, body.text, body.post or work.actor.post)
        words = wording.say(locale, "reason", checked.verdict.reason.value)
        return Reply(_verdict(checked, words))

    return answer_once(work, request, key, body, act)


@router.get(
    "/{credential}",
    operation_id="getCredential",
    summary="Read a credential",
    responses={
        **versioned("The carrier as it stands; it may still be pending."),
        **refusals(404, 422),
    },
)
def get_credential(credential: UUID, work: SignedInWork, response: Response) -> CredentialReply:
    """For its worker and the agencies; who reads it stands in the log."""
    permit = credentials.read_credential(work, credential, "json")
    response.headers["ETag"] = etag_of(permit.credential.version)
    return _credential(permit.credential)


@router.post(
    "/{credential}/revoke",
    operation_id="revokeCredential",
    summary="Revoke a credential",
    response_model=CredentialReply,
    responses={**versioned(), **refusals(400, 403, 404, 409, 412, 422, 428)},
)
def revoke_credential(
    credential: UUID,
    body: CardRevocationInput,
    request: Request,
    seen: SeenVersion,
    key: IdempotencyKey,
    work: ProvenWork,
) -> Response:
    """A lost or stolen card counts no more once the status list is published; the right stands."""

    def act() -> Reply:
        revoked = credentials.revoke_credential(work, credential, body.reason, seen_version=seen)
        return Reply(_credential(revoked), version=revoked.version)

    return answer_once(work, request, key, body, act)


@router.post(
    "/{credential}/replace",
    operation_id="replaceCredential",
    summary="Replace a card",
    response_model=CredentialReply,
    responses={**versioned("The new carrier."), **refusals(400, 403, 404, 409, 412, 422, 428)},
)
def replace_credential(
    credential: UUID,
    body: ReplacementInput,
    request: Request,
    seen: SeenVersion,
    key: IdempotencyKey,
    work: ProvenWork,
) -> Response:
    """The old card ends and another carries the same right: free, the first by the worker alone."""

    def act() -> Reply:
        permit = replacements.replace_credential(work, credential, body.reason, seen_version=seen)
        return Reply(_credential(permit.credential), version=permit.credential.version)

    return answer_once(work, request, key, body, act)


def _credential(credential: Credential) -> CredentialReply:
    told = {name: getattr(credential, name) for name in CredentialReply.model_fields}
    return CredentialReply(**{**told, "number": permit_numbers.show(credential.number)})


def _verdict(checked: Checked, words: str) -> VerdictReply:
    judged, holder = checked.verdict, checked.holder
    claims = judged.claims
    number = claims.number if claims else judged.number
    return VerdictReply(
        verdict=judged.colour,
        reason=judged.reason,
        detail=words,
        signature=judged.signature,
        time=judged.time,
        status=judged.status,
        list_age_seconds=judged.list_age,
        compare=list(judged.compare),
        number=permit_numbers.show(number) if number else None,
        claims=_claims(claims) if claims else None,
        holder=HolderReply(**asdict(holder)) if holder else None,
        short_way=checked.short_way,
    )


def _claims(claims: PermitClaims) -> ClaimsReply:
    told = {name: getattr(claims, name) for name in ClaimsReply.model_fields}
    told["number"] = permit_numbers.show(claims.number)
    told["employer_name"] = None if claims.is_pool else claims.employer_name
    return ClaimsReply.model_validate(told)
