"""Anybody checks a permit, and gets a signed receipt of having asked."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.services import verification
from app.services.verification import Issuer
from app.services.work import Work
from app.web import wording
from app.web.api.access import ApiLocale, NobodysReading
from app.web.api.fields import Text
from app.web.dependencies import address_of
from app.web.documentation import refusals
from app.web.i18n import N_, Locale
from permits.checks import LONGEST_REFERENCE, ShownPermit
from permits.scans import Colour, Reason

router = APIRouter(tags=["verification"])

OURS = N_("Gobierno de Honduras: SETRASS e INM")

Reference = Annotated[
    str, StringConstraints(max_length=LONGEST_REFERENCE, pattern=r"^[^\x00-\x1f\x7f]*$")
]


class CheckInput(BaseModel):
    """What was shown: the text of a QR code, or a permit number as typed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "7K3M-9XQ2-HB4T", "reference": "Finca El Cedral"}]
        },
    )

    text: Text
    reference: Reference = Field(
        "",
        description="What you call yourself, or your own number of the matter: stands in the "
        "receipt as `aud`, is kept nowhere, and must name no other person.",
    )


class IssuerReply(BaseModel):
    """Whoever issued the permit."""

    uri: str = Field(examples=["https://vereda.example"])
    name: str
    countries: list[str] = Field(description="ISO 3166-1 alpha-3.", examples=[["HND"]])


class ShownPermitReply(BaseModel):
    """What everybody may see of a permit whose signature held."""

    issuer: IssuerReply
    programme: str
    initials: str = Field(examples=["M. Á. G. Ñ."])
    first_day: date
    last_day: date


class CheckReply(BaseModel):
    """One colour with one reason, and the receipt."""

    verdict: Colour
    reason: Reason
    detail: str = Field(description="The reason in words.")
    checked_at: datetime
    list_age_seconds: int | None = Field(description="Age of the status list that was asked.")
    permit: ShownPermitReply | None
    receipt: str = Field(
        description="A JWS (RFC 7515, ES256, `typ` `permit-check+jwt`) by a key of "
        "`/.well-known/jwks.json`. Claims: `iss` who checked, `iat` when, `jti`, `aud` your "
        "`reference`, `permit.sha256` of the text (base64url), `permit.iss` its issuer, `verdict`, "
        "`reason`, `trust_list` its version, `status_list` address and `iat`. Nobody's name."
    )


@router.post(
    "/verify",
    operation_id="verifyPermit",
    summary="Check a permit and get a receipt",
    responses=refusals(400, 422, 429),
)
def verify_permit(
    body: CheckInput, request: Request, work: NobodysReading, locale: ApiLocale
) -> CheckReply:
    """For farms, banks and the police, without an account: validity, programme, dates, initials.

    Nothing is kept. A minute takes 300 checks from one address; `verifyCredential` is for agents.
    """
    request.app.state.checks.take(address_of(request), work.now)
    check = verification.check_permit(work, body.text, body.reference)
    permit = check.permit
    return CheckReply(
        verdict=check.verdict.colour,
        reason=check.verdict.reason,
        detail=wording.say(locale, "reason", check.verdict.reason.value),
        checked_at=work.now,
        list_age_seconds=check.verdict.list_age,
        permit=_permit(work, locale, permit, check.issuer) if permit and check.issuer else None,
        receipt=check.receipt,
    )


def _permit(work: Work, locale: Locale, permit: ShownPermit, issuer: Issuer) -> ShownPermitReply:
    programme = work.ports.reference.programmes.get(permit.programme)
    spanish = locale.language.code == "es"
    name = permit.programme
    if programme is not None:
        name = programme.name_es if spanish else programme.name_en
    own = locale.text(OURS)
    return ShownPermitReply(
        issuer=IssuerReply(
            uri=issuer.uri, name=issuer.name or own, countries=list(issuer.countries)
        ),
        programme=name,
        initials=permit.initials,
        first_day=permit.first_day,
        last_day=permit.last_day,
    )
