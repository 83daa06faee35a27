"""Work abroad for programs: the own place on the roster, orientation sessions, the journey."""

from datetime import date, datetime, time
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import journeys, orientation_sessions, roster
from app.services.journeys import Journey
from app.services.roster import OwnRoster, Profile
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import PublicReading, SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from permits.journeys import JourneyStep, Source
from permits.orientation import SessionKind
from recruitment.candidacies import CandidacyStatus, WhyNot
from recruitment.matching import Asked
from recruitment.roster import Education, Licence, Proof, Trade

router = APIRouter(tags=["abroad"], responses=refusals(401))
ACTING = refusals(400, 403, 404, 409, 422)
READING = refusals(403, 404, 409, 422)


class TradeBody(BaseModel):
    """Work that somebody knows."""

    model_config = ConfigDict(extra="forbid")
    occupation: str = Field(description="ISCO-08.", examples=["9211"])
    years: int = Field(ge=0, le=60)
    proof: Proof


class ProfileBody(BaseModel):
    """What somebody says of their work; nothing of age, family or health."""

    model_config = ConfigDict(extra="forbid")
    trades: list[TradeBody] = Field(min_length=1, max_length=3)
    languages: list[str] = Field(description="Of spa, eng and fra.")
    education: Education | None = None
    licences: list[Licence] = []
    free_from: date
    free_until: date | None = None
    destinations: list[str] = Field(min_length=1, examples=[["twap-canada"]])

    @property
    def profile(self) -> Profile:
        """As the law reads it."""
        return Profile(
            tuple(Trade(one.occupation, one.years, one.proof) for one in self.trades),
            frozenset(self.languages),
            self.education,
            frozenset(self.licences),
            self.free_from,
            self.free_until,
            frozenset(self.destinations),
        )


class CandidacyReply(BaseModel):
    """How the person stands with one vacancy, and why not."""

    id: UUID
    vacancy: UUID
    status: CandidacyStatus
    why: WhyNot | None
    lacking: list[Asked]
    interview_at: datetime | None
    interview_place: str | None
    offer_until: date | None


class RosterReply(BaseModel):
    """The own place on the roster."""

    application: UUID
    stands: bool = Field(description="Whether the person is on it today.")
    joined_at: datetime | None
    until: date | None
    candidacies: list[CandidacyReply]


class SessionReply(BaseModel):
    """A session of orientation; nothing of who comes."""

    id: UUID
    kind: SessionKind
    department: str = Field(description="ISO 3166-2.", examples=["HN-CP"])
    municipality: str = Field(examples=["0404"])
    place: str
    day: date
    begins: time
    language: str = Field(description="ISO 639-3.")
    free: int


class SessionsReply(BaseModel):
    """The coming sessions, the next first."""

    sessions: list[SessionReply]


class JourneyInput(BaseModel):
    """One step with its day."""

    model_config = ConfigDict(extra="forbid")
    step: JourneyStep
    on: date


class NoteReply(BaseModel):
    """A step as it was noted."""

    step: JourneyStep
    on: date
    source: Source
    noted_at: datetime


class JourneyReply(BaseModel):
    """What was noted of visa, departure and arrival, by day."""

    application: UUID
    notes: list[NoteReply]


@router.get(
    "/applications/{application}/roster",
    operation_id="getRoster",
    summary="The own place on the roster",
    response_model=RosterReply,
    dependencies=SIGNED_IN,
    responses=READING,
)
def get_roster(application: UUID, work: SignedInWork) -> RosterReply:
    """With each vacancy for which the person was looked at; 409 where there is no roster."""
    return _roster(roster.read_own(work, ApplicationId(application)))


@router.post(
    "/applications/{application}/roster",
    operation_id="joinRoster",
    summary="Join the roster, or renew",
    response_model=RosterReply,
    dependencies=SIGNED_IN,
    responses=ACTING,
)
def join_roster(
    application: UUID,
    request: Request,
    body: ProfileBody,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """Free, as often as one likes; who renews in time keeps the turn."""
    identity = ApplicationId(application)

    def act() -> Reply:
        roster.join_roster(work, identity, body.profile)
        return Reply(_roster(roster.read_own(work, identity)))

    return answer_once(work, request, key, body, act)


@router.get(
    "/orientation-sessions",
    operation_id="listOrientationSessions",
    summary="Sessions of orientation",
    response_model=SessionsReply,
)
def list_sessions(work: PublicReading) -> SessionsReply:
    """Every coming session that was not called off, with its free seats."""
    found = orientation_sessions.list_coming(work)
    told = [
        SessionReply(
            id=one.session.id,
            kind=one.session.kind,
            department=one.session.department,
            municipality=one.session.municipality,
            place=one.session.place,
            day=one.session.day,
            begins=one.session.begins,
            language=one.session.language,
            free=one.free,
        )
        for one in found
    ]
    return SessionsReply(sessions=told)


@router.get(
    "/applications/{application}/journey",
    operation_id="getJourney",
    summary="Visa abroad, departure and arrival",
    response_model=JourneyReply,
    dependencies=SIGNED_IN,
    responses=READING,
)
def get_journey(application: UUID, work: SignedInWork) -> JourneyReply:
    """As the worker and officials noted them; that an official looked stands in the log."""
    return _journey(journeys.read_journey(work, ApplicationId(application)))


@router.post(
    "/applications/{application}/journey",
    operation_id="noteJourneyStep",
    summary="Note a step of the journey",
    response_model=JourneyReply,
    dependencies=SIGNED_IN,
    responses=ACTING,
)
def note_step(
    application: UUID,
    request: Request,
    body: JourneyInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """The same step of the same day is noted once; 409 before both agencies approved."""
    identity = ApplicationId(application)

    def act() -> Reply:
        journeys.note_step(work, identity, body.step, body.on)
        return Reply(_journey(journeys.read_journey(work, identity)))

    return answer_once(work, request, key, body, act)


def _roster(own: OwnRoster) -> RosterReply:
    entry = own.entry
    return RosterReply(
        application=own.application.id,
        stands=own.stands,
        joined_at=entry.joined_at if entry else None,
        until=entry.valid_until if entry else None,
        candidacies=[
            CandidacyReply(
                id=one.candidacy.id,
                vacancy=one.candidacy.vacancy,
                status=one.candidacy.status,
                why=one.candidacy.why,
                lacking=list(one.candidacy.lacking),
                interview_at=one.candidacy.interview_at,
                interview_place=one.candidacy.interview_place,
                offer_until=one.candidacy.offer_until,
            )
            for one in own.candidacies
        ],
    )


def _journey(found: Journey) -> JourneyReply:
    notes = [
        NoteReply(step=one.step, on=one.on, source=one.source, noted_at=one.noted_at)
        for one in found.notes
    ]
    return JourneyReply(application=found.application.id, notes=notes)
