"""The pathways: what each asks of a worker, and who decides on it."""

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.web.dependencies import PublicReading
from app.web.documentation import refusals
from permits.deadlines import legal_day
from permits.findings import Severity
from permits.identity_documents import IdentityKind
from permits.people import Agency
from permits.programme_questions import After, QuestionKind
from permits.programme_rules import PaperKind, PathwayStep, RuleCode
from permits.programmes import Hiring, Mode, Programme, Season, Threshold
from permits.submissions import DocumentKind

router = APIRouter(prefix="/programmes", tags=["programmes"], responses=refusals(401))


class ThresholdReply(BaseModel):
    """A number of law or policy with its clause."""

    value: int
    source: str
    valid_from: date
    note: str
    confirmed: bool = Field(description="Whether counsel has confirmed it as law.")


class SeasonReply(BaseModel):
    """First and last day of the season, as MM-DD; it may run over the new year."""

    opens: str = Field(examples=["10-01"])
    closes: str = Field(examples=["04-30"])
    confirmed: bool


class RuleReply(BaseModel):
    """What the programme asks of a person beside age, nationality and documents."""

    code: RuleCode
    severity: Severity = Field(description="How grave it is to miss it.")
    source: str
    valid_from: date
    note: str
    confirmed: bool = Field(description="Whether counsel has confirmed it as law.")


class OptionReply(BaseModel):
    """One value of a choice."""

    value: str
    label_es: str
    label_en: str


class ConditionReply(BaseModel):
    """The answers to an earlier question after which one is asked; `yes` and `no` for a yes-no."""

    question: str
    values: list[str]


class QuestionReply(BaseModel):
    """A question of the programme's own; its answer stands under `extra`, by the id."""

    id: str = Field(examples=["driving-licence"])
    kind: QuestionKind = Field(
        description="`yes-no` takes a boolean, `number` a whole number, `date` YYYY-MM-DD,"
        " `choice` one of the options' values."
    )
    label_es: str
    label_en: str
    hint_es: str
    hint_en: str
    required: bool
    after: After = Field(description="The answer after which it is asked.")
    seen_by: list[Agency] = Field(description="Whose officials read the answer.")
    employer: bool = Field(description="Whether the employer reads it.")
    options: list[OptionReply]
    only_if: ConditionReply | None = Field(description="Else it is not asked, and not answered.")
    least: int = Field(description="Of a number, as `most`.")
    most: int
    longest: int = Field(description="Characters of a text.")
    source: str = Field(description="Why it is asked.")
    valid_from: date


class ProgrammeReply(BaseModel):
    """One pathway, by codes of the reference data."""

    code: str = Field(examples=["coffee-hn-gt"])
    name_es: str
    name_en: str
    destination: str = Field(description="ISO 3166-1 alpha-3.")
    agencies: list[Agency] = Field(description="Who must approve, in this order if sequential.")
    recommended: list[Agency] = Field(
        description="In which one official recommends before another decides."
    )
    mode: Mode
    sealed: bool = Field(description="Neither agency sees what the other decided before both have.")
    nationalities: list[str]
    identity_kinds: list[IdentityKind]
    documents: list[DocumentKind]
    papers: list[PaperKind] = Field(description="Shown at an office before the decision.")
    rules: list[RuleReply]
    questions: list[QuestionReply] = Field(description="Asked by this programme alone.")
    pathway: list[PathwayStep] = Field(description="What a worker is shown, in this order.")
    photo_required: bool
    signed_face: bool = Field(description="Whether a card carries the signed photo.")
    languages: list[str] = Field(description="ISO 639-3, the default first.")
    occupation: str = Field(description="ISCO-08.")
    posts: list[str] = Field(description="Border posts; none: not bound to posts.")
    hiring: list[Hiring]
    pool: list[str] = Field(description="Departments (ISO 3166-2) with an open pool.")
    minimum_age_years: ThresholdReply
    maximum_days: ThresholdReply
    statutory_working_days: ThresholdReply
    season: SeasonReply | None
    valid_from: date
    source: str
    checked_on: date


class ProgrammeList(BaseModel):
    """Every programme."""

    items: list[ProgrammeReply]


@router.get("", operation_id="listProgrammes", summary="List the programmes")
def list_programmes(work: PublicReading) -> ProgrammeList:
    """Every pathway with its agencies, documents and the terms of today; public."""
    programmes, today = work.ports.reference.programmes.values(), legal_day(work.now)
    return ProgrammeList(items=[_programme(programme.on(today)) for programme in programmes])


def _programme(programme: Programme) -> ProgrammeReply:
    own = {
        name: getattr(programme, name)
        for name in ProgrammeReply.model_fields
        if hasattr(programme, name)
    }
    told = {
        "minimum_age_years": _threshold(programme.minimum_age_years),
        "maximum_days": _threshold(programme.validity.maximum_days),
        "statutory_working_days": _threshold(programme.clocks.statutory_working_days),
        "papers": [paper.kind for paper in programme.papers],
        "rules": [RuleReply.model_validate(rule, from_attributes=True) for rule in programme.rules],
        "questions": [
            QuestionReply.model_validate(one, from_attributes=True) for one in programme.questions
        ],
        "season": _season(programme.season) if programme.season else None,
    }
    return ProgrammeReply(**(own | told))


def _threshold(threshold: Threshold) -> ThresholdReply:
    return ThresholdReply.model_validate(threshold, from_attributes=True)


def _season(season: Season) -> SeasonReply:
    opens, closes = (f"{month:02d}-{day:02d}" for month, day in (season.opens, season.closes))
    return SeasonReply(opens=opens, closes=closes, confirmed=season.confirmed)
