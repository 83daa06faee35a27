"""A mission or a foreign authority reads a vacancy and its employer, and attests it or not (E5)."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import attestations
from app.services.attestations import VacancyToAttest, Word
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import Reply, answer_once
from app.web.dependencies import IdempotencyKey, SignedInReading, SignedInWork
from app.web.documentation import refusals
from recruitment.attestations import Attestation
from recruitment.standings import Standing

router = APIRouter(
    prefix="/attestations",
    tags=["vacancies"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403),
)


class WaitingReply(BaseModel):
    """A vacancy that waits for a word."""

    vacancy: UUID
    programme: str
    title: str
    employer_name: str
    starts_on: date
    ends_on: date


class WaitingList(BaseModel):
    """The vacancies of the own country, the oldest first."""

    items: list[WaitingReply]


class AttestationReply(BaseModel):
    """A word as it was said and signed; `ends_on` is its last day."""

    id: UUID
    agrees: bool
    grounds: str
    country: str
    attested_at: datetime
    ends_on: date


class ToAttestReply(BaseModel):
    """A vacancy with its employer; `seen` is the digest that a word has to name."""

    vacancy: UUID
    programme: str
    title: str
    employer_name: str
    standing: Standing
    seen: str = Field(description="SHA-256 of what is told of it now, in hexadecimal.")
    given: list[AttestationReply]


class WordInput(BaseModel):
    """Yes or no, and why; of what was read (`seen`)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "0f9a6f0e-3a51-4c39-9d2b-6f4f1f0f6f88",
                    "agrees": True,
                    "grounds": "LMIA 8812345, vista el 20 de noviembre.",
                    "seen": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                }
            ]
        },
    )

    id: UUID = Field(description="Given by the sender; the same id is said once.")
    agrees: bool
    grounds: str = Field(max_length=600)
    seen: str = Field(pattern=r"^[0-9a-f]{64}$")


@router.get(
    "", operation_id="listVacanciesToAttest", summary="List the vacancies that wait for a word"
)
def list_waiting(work: SignedInReading) -> WaitingList:
    """For a mission or an authority of the country where the work is."""
    return WaitingList(
        items=[
            WaitingReply(
                vacancy=one.id,
                programme=one.programme,
                title=one.title,
                employer_name=one.employer_name,
                starts_on=one.offer.starts_on,
                ends_on=one.offer.ends_on,
            )
            for one in attestations.list_waiting(work)
        ]
    )


@router.get(
    "/{vacancy}",
    operation_id="getVacancyToAttest",
    summary="Read a vacancy to attest",
    responses=refusals(404, 422),
)
def get_vacancy(vacancy: UUID, work: SignedInWork) -> ToAttestReply:
    """With how its employer stands; that it was opened stands in the log."""
    return _reply(attestations.read_vacancy(work, vacancy))


@router.post(
    "/{vacancy}",
    operation_id="attestVacancy",
    summary="Attest a vacancy, or not",
    response_model=ToAttestReply,
    responses=refusals(400, 404, 409, 412, 422),
)
def attest_vacancy(
    vacancy: UUID, request: Request, body: WordInput, work: SignedInWork, key: IdempotencyKey
) -> Response:
    """Signed by the official's key, with a last day; the vacancy is judged again at once."""

    def act() -> Reply:
        word = Word(body.id, body.agrees, body.grounds, body.seen)
        attestations.attest(work, vacancy, word)
        return Reply(_reply(attestations.read_vacancy(work, vacancy)))

    return answer_once(work, request, key, body, act)


def _reply(found: VacancyToAttest) -> ToAttestReply:
    listed = found.looked.vacancy
    return ToAttestReply(
        vacancy=listed.id,
        programme=listed.programme,
        title=listed.title,
        employer_name=listed.employer_name,
        standing=found.standing.standing,
        seen=found.looked.told.hex(),
        given=[_given(one) for one in found.given],
    )


def _given(one: Attestation) -> AttestationReply:
    return AttestationReply(
        id=one.id,
        agrees=one.agrees,
        grounds=one.grounds,
        country=one.country,
        attested_at=one.attested_at,
        ends_on=one.ends_on,
    )
