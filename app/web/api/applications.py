"""A worker's application: begun, answered, handed in, read, listed, taken back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt
from pydantic.config import JsonDict

from app.services import answer_terms, applications, credentials, queues, submissions
from app.services.deadlines import paused_since, pauses
from app.services.worker_numbers import number_of
from app.web.api.access import SIGNED_IN, ApiLocale
from app.web.api.application_lines import (
    ApplicationLine,
    ApplicationState,
    line_of,
    line_of_row,
    state_of,
)
from app.web.api.application_replies import ApplicationReply, case_of
from app.web.api.fields import Code, Day, Line
from app.web.api.idempotent import OptionalKey, Reply, answer_once, etag_of
from app.web.api.paging import Cursor, Limit, link_next, read_cursor, write_cursor
from app.web.dependencies import IdempotencyKey, SeenVersion, SignedInReading, SignedInWork
from app.web.documentation import paged, refusals, versioned
from app.web.queue_words import FilterWords, read_words
from permits.answer_checks import CONSENT_VERSION
from permits.applications import Application, ApplicationId
from permits.identity_documents import IdentityKind
from permits.people import Role
from permits.programme_questions import MOST_QUESTIONS
from permits.submissions import Sex

router = APIRouter(
    prefix="/applications", tags=["applications"], dependencies=SIGNED_IN, responses=refusals(401)
)

EXAMPLE_ANSWERS: JsonDict = {
    "document_number": "1234567892004",
    "given_names": "María Ángela",
    "surnames": "Gutiérrez Ñamendí",
    "date_of_birth": "1994-03-27",
    "sex": "female",
    "municipality": "2004",
    "languages_spoken": ["spa", "caa"],
    "languages_read": [],
    "brings_documents": True,
    "brings_photo": True,
    "consent": CONSENT_VERSION,
}


class AnswersInput(BaseModel):
    """Some of the worker's answers; those not named stay as they are, null takes one back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE_ANSWERS]})

    document_kind: IdentityKind | None = None
    document_number: Line | None = Field(None, description="As written; separators are dropped.")
    given_names: Line | None = None
    surnames: Line | None = None
    date_of_birth: Day | None = None
    sex: Sex | None = None
    nationality: Code | None = Field(None, description="ISO 3166-1 alpha-3.")
    municipality: Code | None = Field(None, description="A code of the reference data.")
    phone: Code | None = Field(None, description="E.164.", examples=["+50255512345"])
    languages_spoken: list[Code] = Field([], max_length=20, description="ISO 639-3.")
    languages_read: list[Code] | None = Field(None, max_length=20, description="ISO 639-3.")
    vacancy: UUID | None = None
    brings_documents: StrictBool = Field(False, description="Will show them at an office.")
    brings_photo: StrictBool = Field(False, description="The photo will be taken at an office.")
    consent: Code | None = Field(None, description="Version of the consent text accepted.")
    extra: dict[Code, StrictBool | StrictInt | Line | None] = Field(
        {}, max_length=MOST_QUESTIONS, description="To the programme's own questions, by their id."
    )

    def changes(self) -> dict[str, object]:
        """The answers that were named, as the service takes them."""
        told = {name: getattr(self, name) for name in self.model_fields_set}
        for name in {"languages_spoken", "languages_read"} & told.keys():
            told[name] = tuple(told[name]) if told[name] is not None else None
        if told.get("vacancy"):
            told["vacancy"] = str(told["vacancy"])
        return told


class ApplicationInput(BaseModel):
    """A new application."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"programme": "coffee-hn-gt", "answers": EXAMPLE_ANSWERS}]},
    )

    programme: Code = Field(description="A code of `listProgrammes`.")
    answers: AnswersInput = Field(default_factory=lambda: AnswersInput.model_validate({}))


class ApplicationPatch(BaseModel):
    """A change of some answers."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"answers": {"municipality": "2004"}}]}
    )

    answers: AnswersInput


class ApplicationList(BaseModel):
    """A page of applications."""

    items: list[ApplicationLine]
    total: int = Field(
        description="How many the filter finds in all; 501 stands for more than 500."
    )
    forgiven: bool = Field(
        default=False,
        description="Nothing is written as `q` asked; these names differ by one slip in a word.",
    )
    next_cursor: str | None


@router.post(
    "",
    operation_id="createApplication",
    summary="Begin an application",
    status_code=201,
    response_model=ApplicationState,
    responses=refusals(400, 403, 422),
)
def create_application(
    body: ApplicationInput, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """A draft of the signed-in worker under one programme, with the answers that are known."""

    def act() -> Reply:
        begun = applications.create_application(work, body.programme, body.answers.changes())
        return Reply(state_of(begun), 201, begun.version)

    return answer_once(work, request, key, body, act)


@router.patch(
    "/{application}",
    operation_id="updateApplication",
    summary="Change some answers",
    responses={**versioned(), **refusals(400, 403, 404, 409, 412, 422, 428)},
)
def update_application(
    application: UUID,
    body: ApplicationPatch,
    seen: SeenVersion,
    work: SignedInWork,
    response: Response,
) -> ApplicationState:
    """Save answers of a draft or a returned application; with a fault nothing is saved."""
    saved = applications.save_answers(
        work, ApplicationId(application), body.answers.changes(), seen_version=seen
    )
    return _told(saved, response)


@router.post(
    "/{application}/submit",
    operation_id="submitApplication",
    summary="Hand the application in",
    response_model=ApplicationState,
    responses={**versioned(), **refusals(400, 403, 404, 409, 412, 422, 428)},
)
def submit_application(
    application: UUID, request: Request, seen: SeenVersion, key: IdempotencyKey, work: SignedInWork
) -> Response:
    """Begin a new round of decisions; everything that is missing or wrong is told at once."""

    def act() -> Reply:
        identity = ApplicationId(application)
        sent = submissions.submit_application(work, identity, seen_version=seen)
        return Reply(state_of(sent), version=sent.version)

    return answer_once(work, request, key, None, act)


@router.post(
    "/{application}/withdraw",
    operation_id="withdrawApplication",
    summary="Take the application back",
    response_model=ApplicationState,
    responses={**versioned(), **refusals(400, 403, 404, 409, 412, 422, 428)},
)
def withdraw_application(
    application: UUID,
    request: Request,
    seen: SeenVersion,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """The worker needs no reason; there is no way back from here."""

    def act() -> Reply:
        identity = ApplicationId(application)
        gone = applications.withdraw_application(work, identity, seen_version=seen)
        return Reply(state_of(gone), version=gone.version)

    return answer_once(work, request, key, None, act)


@router.get(
    "/{application}",
    operation_id="getApplication",
    summary="Read a case",
    responses={**versioned("The case as the reader may see it."), **refusals(404, 422)},
)
def get_application(
    application: UUID, work: SignedInWork, locale: ApiLocale, response: Response
) -> ApplicationReply:
    """The whole case with what may be done next; who opens a person's file stands in the log."""
    case = applications.read_application(work, ApplicationId(application), "api")
    permit = credentials.find_permit_of(work, application)
    response.headers["ETag"] = etag_of(case.application.version)
    again = answer_terms.reinstate_until(work, case) is not None
    number = number_of(work, case.application)
    since = paused_since(work, case.application)
    told = work.actor, permit, locale, work.now, number
    return case_of(case, *told, may_reinstate=again, paused_at=since)


class QueueQuery(FilterWords):
    """The filter of the officials' queue, and which page; a worker's own list has neither."""

    limit: Limit = queues.PAGE
    cursor: Cursor = None


@router.get(
    "",
    operation_id="listApplications",
    summary="List applications",
    responses={**paged(), **refusals(403, 422)},
)
def list_applications(
    query: Annotated[QueueQuery, Query()],
    request: Request,
    work: SignedInReading,
    response: Response,
) -> ApplicationList:
    """What was submitted and lies within reach, due first on top. Workers: all of their own.

    The filter is the one of the pages and of `vereda queue`: the same names and values, read alike.
    An official who says nothing of turn or status asks for what waits for their agency.

    Officials see their department's or all, employers what names their vacancies, a partner
    authority what was decided of its nationals; the last two cannot ask by `q`, `espera`, `paso`,
    `tengo` and `nuevo`, nor see more of a person than the tables of access tell. A worker's list is
    short and comes whole, newest first; filters do not touch it.
    """
    if work.actor.role is Role.WORKER:
        own = [line_of(found) for found in applications.list_own(work)]
        return ApplicationList(items=own, total=len(own), next_cursor=None)
    after = read_cursor(query.cursor)
    wanted = queues.filter_of(work, read_words(work, query))
    page = queues.list_queue(work, wanted, limit=query.limit, after=after)
    cursor = write_cursor(page.next)
    link_next(request, response, cursor)
    items = [
        line_of_row(row, work.actor, work.now, pauses=pauses(work, row.programme, row.submitted_at))
        for row in page.rows
    ]
    return ApplicationList(
        items=items, total=page.total, forgiven=page.forgiven, next_cursor=cursor
    )


def _told(application: Application, response: Response) -> ApplicationState:
    response.headers["ETag"] = etag_of(application.version)
    return state_of(application)
