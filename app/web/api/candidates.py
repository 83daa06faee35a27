"""Pre-selection by SETRASS and the employer's interviews and offers, for programs (E6).

Nobody's name is in a selection; an employer reads initials until somebody is invited.
"""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import candidates, selections
from app.services.candidates import Candidates
from app.services.selections import Selection
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import Reply, answer_once
from app.web.dependencies import IdempotencyKey, SignedInReading, SignedInWork
from app.web.documentation import refusals
from recruitment.candidacies import CandidacyAction, CandidacyStatus, Move, Outcome, WhyNot
from recruitment.matching import Asked, Match, Standing

router = APIRouter(tags=["abroad"], dependencies=SIGNED_IN, responses=refusals(401, 403))
READING = refusals(404, 409, 422)
ACTING = refusals(400, 404, 409, 412, 422)


class OfferedReply(BaseModel):
    """A vacancy for which people may be pre-selected."""

    vacancy: UUID
    title: str
    employer_name: str
    places: int
    candidates: int = Field(description="People of whom something may come.")


class SelectionsReply(BaseModel):
    """The open vacancies of programmes with a roster, those that begin first on top."""

    items: list[OfferedReply]


class ReasonReply(BaseModel):
    """One thing that is asked for, and how the person stands to it."""

    asked: Asked
    standing: Standing


class MatchReply(BaseModel):
    """A person of the roster; `fits`: everything that is asked for is met."""

    application: UUID
    joined_at: datetime
    fits: bool
    reasons: list[ReasonReply]


class SelectionReply(BaseModel):
    """Whoever may be pre-selected, in the fair order; no name, no sex, no age."""

    vacancy: UUID
    chosen: int = Field(description="People for whom something is under way, or was decided.")
    matches: list[MatchReply]


class PreselectInput(BaseModel):
    """Who is pre-selected, and why somebody who came first was passed over."""

    model_config = ConfigDict(extra="forbid")
    chosen: list[UUID] = Field(min_length=1, max_length=100)
    reasons: dict[UUID, WhyNot] = Field(
        default_factory=dict, max_length=1000, description="Of SETRASS's two, by application."
    )


class CandidateReply(BaseModel):
    """Somebody as the employer sees them: initials until they are invited, then the name."""

    id: UUID
    name: str
    status: CandidacyStatus
    why: WhyNot | None
    outcome: Outcome | None
    interview_at: datetime | None
    interview_place: str | None
    offer_until: date | None
    version: int
    actions: list[CandidacyAction] = Field(description="What the employer may do now.")
    reasons: list[ReasonReply]


class CandidatesReply(BaseModel):
    """The people of a vacancy; `promised` places are offered or were accepted."""

    vacancy: UUID
    places: int
    promised: int
    people: list[CandidateReply]


class MoveInput(BaseModel):
    """What the employer does; an interview at an instant with its zone."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "version": 1,
                    "action": "invite",
                    "interview_at": "2026-12-01T15:00:00Z",
                    "interview_place": "https://video.example/sala",
                }
            ]
        },
    )

    version: int = Field(ge=1, description="Of the candidacy, as it was seen.")
    action: CandidacyAction
    interview_at: datetime | None = None
    interview_place: str = Field(default="", max_length=120)
    outcome: Outcome | None = None
    why: WhyNot | None = None
    offer_until: date | None = None

    @property
    def move(self) -> Move:
        """As the law reads it."""
        return Move(
            self.action,
            self.interview_at,
            self.interview_place,
            self.outcome,
            self.why,
            self.offer_until,
        )


@router.get("/selections", operation_id="listSelections", summary="List what waits for people")
def list_selections(work: SignedInReading) -> SelectionsReply:
    """For the officers of SETRASS who pre-select."""
    return SelectionsReply(
        items=[
            OfferedReply(
                vacancy=one.vacancy.id,
                title=one.vacancy.title,
                employer_name=one.vacancy.employer_name,
                places=one.vacancy.places,
                candidates=one.candidates,
            )
            for one in selections.list_offered(work)
        ]
    )


@router.get(
    "/vacancies/{vacancy}/selection",
    operation_id="getSelection",
    summary="Read the roster against a vacancy",
    responses=READING,
)
def get_selection(vacancy: UUID, work: SignedInWork) -> SelectionReply:
    """Everybody with every reason; that it was looked at stands in the log."""
    return _selection(selections.read_selection(work, vacancy))


@router.post(
    "/vacancies/{vacancy}/selection",
    operation_id="preselectCandidates",
    summary="Pre-select people",
    response_model=SelectionReply,
    responses=refusals(400, 404, 409, 422),
)
def preselect(
    vacancy: UUID, request: Request, body: PreselectInput, work: SignedInWork, key: IdempotencyKey
) -> Response:
    """Everybody else on the list is told why not; the same choice twice changes nothing."""

    def act() -> Reply:
        selections.preselect(work, vacancy, frozenset(body.chosen), body.reasons)
        return Reply(_selection(selections.read_selection(work, vacancy)))

    return answer_once(work, request, key, body, act)


@router.get(
    "/vacancies/{vacancy}/candidates",
    operation_id="listCandidates",
    summary="Read who was pre-selected",
    responses=READING,
)
def list_candidates(vacancy: UUID, work: SignedInWork) -> CandidatesReply:
    """For the employer of the vacancy; each person learns that their name was read."""
    return _candidates(candidates.read_candidates(work, vacancy))


@router.post(
    "/vacancies/{vacancy}/candidates/{candidacy}/moves",
    operation_id="moveCandidate",
    summary="Invite, meet, offer, or pass over",
    response_model=CandidatesReply,
    responses=ACTING,
)
def move_candidate(
    vacancy: UUID,
    candidacy: UUID,
    request: Request,
    body: MoveInput,
    work: SignedInWork,
    key: IdempotencyKey,
) -> Response:
    """An offer cannot be taken back; a no has a reason that the person reads."""

    def act() -> Reply:
        candidates.move_candidate(work, vacancy, candidacy, body.move, body.version)
        return Reply(_candidates(candidates.read_candidates(work, vacancy)))

    return answer_once(work, request, key, body, act)


def _selection(found: Selection) -> SelectionReply:
    return SelectionReply(
        vacancy=found.vacancy.id,
        chosen=found.chosen,
        matches=[_match(one) for one in found.matches],
    )


def _match(one: Match) -> MatchReply:
    return MatchReply(
        application=one.application,
        joined_at=one.joined_at,
        fits=one.fits,
        reasons=[ReasonReply(asked=it.asked, standing=it.standing) for it in one.reasons],
    )


def _candidates(found: Candidates) -> CandidatesReply:
    return CandidatesReply(
        vacancy=found.vacancy.id,
        places=found.vacancy.places,
        promised=found.promised,
        people=[
            CandidateReply(
                id=one.candidacy.id,
                name=one.name,
                status=one.candidacy.status,
                why=one.candidacy.why,
                outcome=one.candidacy.outcome,
                interview_at=one.candidacy.interview_at,
                interview_place=one.candidacy.interview_place,
                offer_until=one.candidacy.offer_until,
                version=one.candidacy.version,
                actions=list(one.actions),
                reasons=[ReasonReply(asked=it.asked, standing=it.standing) for it in one.reasons],
            )
            for one in found.people
        ],
    )
