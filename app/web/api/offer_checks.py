"""The public scam check, recruiters by name or licence, and an employer's standing."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.services import employer_profiles, offer_checks, recruiter_assessments, recruiters
from app.services.offer_checks import NamedEmployer
from app.services.recruiters import Recruiter
from app.services.registries import RegistryState
from app.web.answers import find_phones
from app.web.api.fields import Code, Line
from app.web.dependencies import PublicReading, PublicWork, address_of
from app.web.documentation import refusals
from app.web.problems import TooManyTries
from permits.errors import NotFound
from recruitment.assessments import AssessmentStatus, Criterion
from recruitment.recruiters import LicenceState
from recruitment.registries import OF_RECRUITERS, Registry
from recruitment.scam_checks import TEXT_LIMIT, ScamVerdict
from recruitment.standings import Standing, StandingOf

router = APIRouter(tags=["recruiters"], responses=refusals(401))


class ReasonReply(BaseModel):
    """One fact that weighs; `since` is null where only that it is so is known."""

    code: str = Field(examples=["fine"])
    standing: Standing
    since: date | None


class StandingReply(BaseModel):
    """How somebody stands today, derived from facts; the gravest reason first."""

    standing: Standing
    reasons: list[ReasonReply]


class RecruiterReply(BaseModel):
    """A recruiter as a registry lists them; `unknown` where its list is too old to tell."""

    registry: Registry
    licence: str
    name: str
    state: LicenceState
    first_day: date | None
    last_day: date | None
    phone: str | None = Field(description="As the registry publishes it, E.164.")
    standing: StandingReply


class RegistryReply(BaseModel):
    """Of which day a registry's list is; `fresh` tells whether it still verifies anything."""

    registry: Registry
    as_of: date | None
    fresh: bool


class RecruiterList(BaseModel):
    """Who was found, 50 at most, and how fresh the lists are."""

    items: list[RecruiterReply]
    registries: list[RegistryReply]


class OfferInput(BaseModel):
    """An offer, a name, a licence or a phone number, as somebody got it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "Agencia Buen Camino, +504 2222-0001"}]},
    )

    text: Annotated[
        str,
        StringConstraints(
            min_length=1, max_length=TEXT_LIMIT, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
        ),
    ]


class NamedFarmReply(BaseModel):
    """A farm that was named, and its municipality."""

    name: str
    municipality: str


class NamedEmployerReply(BaseModel):
    """An employer that may be meant: what everybody may know, without telephone or tax number."""

    id: UUID
    name: str
    department: str
    municipality: str
    verified: bool = Field(description="Whether SETRASS has verified the registration.")
    standing: StandingReply
    farms: list[NamedFarmReply] = Field(description="Those of its farms that the text names.")


class OfferReply(BaseModel):
    """One verdict for all that was recognised; nothing tells who warned."""

    verdict: ScamVerdict
    recruiters: list[RecruiterReply]
    employers: list[NamedEmployerReply] = Field(description="Ten at most, the verified first.")
    signs: list[str] = Field(description="What nobody can promise (rule R29), as it was written.")
    registries: list[RegistryReply]
    elsewhere: list[str] = Field(description="The sites that it leads to and that are not ours.")


class CriterionReply(BaseModel):
    """One criterion of IRIS and how far it was shown."""

    criterion: Criterion
    status: AssessmentStatus


class ProfileReply(BaseModel):
    """An employer as everybody may see them."""

    id: UUID
    name: str
    department: str
    municipality: str
    verified_at: datetime | None
    standing: StandingReply
    assessments: list[CriterionReply]


class RecruiterFile(RecruiterReply):
    """A recruiter with how far each criterion of IRIS was shown; the evidence is for SETRASS."""

    assessments: list[CriterionReply]


@router.post(
    "/offer-checks",
    operation_id="checkOffer",
    summary="Check an offer of work",
    responses=refusals(422, 429),
)
def check_offer(body: OfferInput, request: Request, work: PublicWork) -> OfferReply:
    """What it is: a recruiter, an employer, nobody registered, or reported. It is kept nowhere."""
    if wait := offer_checks.may_check(work, address_of(request)):
        raise TooManyTries(wait)
    found = offer_checks.check_offer(work, body.text, find_phones(body.text))
    return OfferReply(
        verdict=found.verdict,
        recruiters=[_recruiter(one) for one in found.recruiters],
        employers=[_employer(one) for one in found.employers],
        signs=list(found.signs),
        registries=[_registry(one) for one in found.registries],
        elsewhere=list(found.elsewhere),
    )


@router.get(
    "/recruiters",
    operation_id="findRecruiters",
    summary="Find recruiters",
    responses=refusals(422),
)
def find_recruiters(
    work: PublicReading,
    q: Annotated[Line, Query(description="Words of the name, or a licence.")] = "",
) -> RecruiterList:
    """By every word of the name, accents aside, or by licence; none without a word."""
    found = recruiters.search(work, q)
    return RecruiterList(
        items=[_recruiter(one) for one in found.found],
        registries=[_registry(one) for one in found.registries],
    )


@router.get(
    "/recruiters/{registry}/{licence}",
    operation_id="getRecruiter",
    summary="Read a recruiter",
    responses=refusals(404, 422),
)
def get_recruiter(registry: Registry, licence: Code, work: PublicReading) -> RecruiterFile:
    """Licence and standing, with what weighs against them, and IRIS."""
    if registry not in OF_RECRUITERS:
        raise NotFound("no-such-recruiter")
    found = recruiters.read_recruiter(work, registry, licence)
    return RecruiterFile(
        **_recruiter(found).model_dump(),
        assessments=[
            CriterionReply(criterion=one.criterion, status=one.status)
            for one in recruiter_assessments.list_public(work, found.key)
        ],
    )


@router.get(
    "/employer-profiles/{employer}",
    operation_id="getEmployerProfile",
    summary="Read an employer's standing",
    responses=refusals(404, 422),
)
def get_profile(employer: UUID, work: PublicReading) -> ProfileReply:
    """What everybody may know: verified or not, the standing with its reasons, and IRIS."""
    found = employer_profiles.read_profile(work, employer)
    return ProfileReply(
        id=found.id,
        name=found.name,
        department=found.department,
        municipality=found.municipality,
        verified_at=found.verified_at,
        standing=_standing(found.standing),
        assessments=[
            CriterionReply(criterion=one.criterion, status=one.status) for one in found.assessments
        ],
    )


def _employer(one: NamedEmployer) -> NamedEmployerReply:
    return NamedEmployerReply(
        id=one.id,
        name=one.name,
        department=one.department,
        municipality=one.municipality,
        verified=one.verified,
        standing=_standing(one.standing),
        farms=[NamedFarmReply(name=it.name, municipality=it.municipality) for it in one.farms],
    )


def _recruiter(one: Recruiter) -> RecruiterReply:
    return RecruiterReply(
        registry=one.key.registry,
        licence=one.key.number,
        name=one.name,
        state=one.state,
        first_day=one.starts_on,
        last_day=one.ends_on,
        phone=one.phone,
        standing=_standing(one.standing),
    )


def _standing(found: StandingOf) -> StandingReply:
    return StandingReply(
        standing=found.standing,
        reasons=[
            ReasonReply(code=one.code, standing=one.standing, since=one.since)
            for one in found.reasons
        ],
    )


def _registry(one: RegistryState) -> RegistryReply:
    return RegistryReply(
        registry=one.info.registry,
        as_of=one.newest.as_of if one.newest else None,
        fresh=one.fresh,
    )
