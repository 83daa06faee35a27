"""The papers of the way abroad for programs; what the worker paid is told to the worker alone."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import travel_papers
from app.services.travel_papers import SeenPaper, TravelPapers
from app.web.api.access import SIGNED_IN
from app.web.api.fields import Line
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.api.vacancy_terms import Amount
from app.web.dependencies import SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from recruitment.ethics.words import Payer
from recruitment.travel_papers import (
    INSURER_LIMIT,
    NUMBER_LIMIT,
    Cover,
    PaperSource,
    Told,
    TravelPaperKind,
)

router = APIRouter(tags=["abroad"], responses=refusals(401))
ACTING = refusals(400, 403, 404, 409, 412, 422)
READING = refusals(403, 404, 409, 422)


class CoverBody(BaseModel):
    """Who insures, under which number, on which days; both count."""

    model_config = ConfigDict(extra="forbid")
    insurer: Line = Field(max_length=INSURER_LIMIT)
    number: Line = Field(max_length=NUMBER_LIMIT)
    first_day: date
    last_day: date


class PaperInput(BaseModel):
    """A paper with who paid it; officials note the insurance alone."""

    model_config = ConfigDict(extra="forbid")
    kind: TravelPaperKind
    got_on: date
    payer: Payer
    amount: Amount | None = Field(default=None, description="Needed where the worker's side paid.")
    currency: str = Field(default="", description="ISO 4217, with an amount.", examples=["HNL"])
    cover: CoverBody | None = Field(default=None, description="Of an insurance.")
    version: int = Field(default=0, ge=0, description="That was looked at; 0 for none.")

    @property
    def told(self) -> Told:
        """As the law reads it."""
        cover = Cover(**self.cover.model_dump()) if self.cover else None
        amount = Decimal(self.amount) if self.amount is not None else None
        return Told(self.kind, self.got_on, self.payer, amount, self.currency, cover)


class PaperReply(BaseModel):
    """A paper; what the worker noted of who paid is told to nobody else."""

    kind: TravelPaperKind
    source: PaperSource
    got_on: date
    payer: Payer | None
    amount: Decimal | None
    currency: str | None
    cover: CoverBody | None
    version: int


class PapersReply(BaseModel):
    """The papers of the way abroad."""

    application: UUID
    uncovered: bool = Field(description="Whether an insurance for all of the stay is missing.")
    papers: list[PaperReply]


@router.get(
    "/applications/{application}/travel-papers",
    operation_id="getTravelPapers",
    summary="Papers of the way abroad",
    response_model=PapersReply,
    dependencies=SIGNED_IN,
    responses=READING,
)
def get_papers(application: UUID, work: SignedInWork) -> PapersReply:
    """With who paid each for the worker alone; that an official looked stands in the log."""
    return _papers(travel_papers.read_papers(work, ApplicationId(application)), work)


@router.post(
    "/applications/{application}/travel-papers",
    operation_id="noteTravelPaper",
    summary="Note a paper of the way abroad",
    response_model=PapersReply,
    dependencies=SIGNED_IN,
    responses=ACTING,
)
def note_paper(
    application: UUID,
    request: Request,
    body: PaperInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """What the worker's side paid goes to the diary with it, and can be asked back there."""
    identity = ApplicationId(application)

    def act() -> Reply:
        travel_papers.note_paper(work, identity, body.told, body.version)
        return Reply(_papers(travel_papers.read_papers(work, identity), work))

    return answer_once(work, request, key, body, act)


def _papers(found: TravelPapers, work: SignedInWork) -> PapersReply:
    own = work.actor.person == found.application.worker
    return PapersReply(
        application=found.application.id,
        uncovered=found.uncovered,
        papers=[_paper(one, own=own) for one in found.papers],
    )


def _paper(one: SeenPaper, *, own: bool) -> PaperReply:
    paper, told = one.paper, one.paper.told
    cover = told.cover
    told_of = own or paper.source is PaperSource.OFFICIAL
    payment = one.payment.payment if one.payment else None
    return PaperReply(
        kind=told.kind,
        source=paper.source,
        got_on=told.got_on,
        payer=told.payer if told_of else None,
        amount=(payment.amount if payment else told.amount) if told_of else None,
        currency=((payment.currency if payment else told.currency) or None) if told_of else None,
        cover=CoverBody(**vars(cover)) if cover else None,
        version=paper.version,
    )
