"""Questions within a round: asked by an official, answered by the worker, handed in together."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import info_requests
from app.services.info_requests import InfoRequest, Item, Question, QuestionKind
from app.web.api.access import SIGNED_IN
from app.web.api.application_lines import ApplicationState, state_of
from app.web.api.documents import PICTURES, sent_bytes
from app.web.api.fields import Text
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import IdempotencyKey, SeenVersion, SignedInWork
from app.web.documentation import refusals, versioned
from permits.applications import ApplicationId
from permits.people import Agency

router = APIRouter(
    prefix="/applications/{application}",
    tags=["applications"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 422),
)


class QuestionInput(BaseModel):
    """One thing to ask, in words that the worker understands."""

    model_config = ConfigDict(extra="forbid")

    kind: QuestionKind = Field(description="A photo of a paper, one fact, or how it came about.")
    text: Text


class QuestionsInput(BaseModel):
    """What is asked at once."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"questions": [{"kind": "fact", "text": "¿Con quién viaja usted a la finca?"}]}
            ]
        },
    )

    questions: list[QuestionInput] = Field(max_length=20)


class AnswerInput(BaseModel):
    """The answer to one question in words."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"answer": "Viajo con mi hermana."}]}
    )

    answer: Text


class ItemReply(BaseModel):
    """A question and its answer; officials read no answer before all are handed in."""

    position: int
    kind: QuestionKind
    text: str
    answer: str = Field(description='"" until it is answered, and where a photo answers.')
    document: UUID | None = Field(description="The photo that answers.")


class QuestionsReply(BaseModel):
    """What one official asked in one round; `answered_at` is null while it waits, or lapsed."""

    id: UUID
    round: int
    agency: Agency
    asked_at: datetime
    answered_at: datetime | None
    items: list[ItemReply]


class QuestionsList(BaseModel):
    """Everything that was asked, the oldest first."""

    items: list[QuestionsReply]


@router.get("/questions", operation_id="listQuestions", summary="List what was asked")
def list_questions(application: UUID, work: SignedInWork) -> QuestionsList:
    """For its worker and the agencies; that an official looked stands in the log."""
    found = info_requests.list_seen(work, ApplicationId(application))
    return QuestionsList(items=[_request(one) for one in found])


@router.post(
    "/questions",
    operation_id="askQuestions",
    summary="Ask the worker",
    response_model=ApplicationState,
    responses={
        **versioned("The case, which waits for the worker."),
        **refusals(400, 409, 412, 428),
    },
)
def ask_questions(
    application: UUID,
    body: QuestionsInput,
    request: Request,
    seen: SeenVersion,
    key: IdempotencyKey,
    work: SignedInWork,
) -> Response:
    """The round and what was decided in it stand; the worker is told until when to answer."""
    asked = [Question(one.kind, one.text) for one in body.questions]

    def act() -> Reply:
        identity = ApplicationId(application)
        after = info_requests.ask_questions(work, identity, asked, seen_version=seen)
        return Reply(state_of(after), version=after.version)

    return answer_once(work, request, key, body, act)


@router.post(
    "/questions/{position}/answer",
    operation_id="answerQuestion",
    summary="Answer one question",
    response_model=ItemReply,
    responses=refusals(400, 409),
)
def answer_question(
    application: UUID,
    position: int,
    body: AnswerInput,
    request: Request,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """Kept, and read by nobody before all are handed in; answered again, it is replaced."""

    def act() -> Reply:
        identity = ApplicationId(application)
        return Reply(_item(info_requests.answer_item(work, identity, position, body.answer)))

    return answer_once(work, request, key, body, act)


@router.post(
    "/questions/{position}/photo",
    operation_id="answerQuestionByPhoto",
    summary="Answer one question with a photo",
    openapi_extra=PICTURES,
    responses=refusals(400, 409, 503),
)
def answer_by_photo(
    application: UUID,
    position: int,
    data: Annotated[bytes, Depends(sent_bytes)],
    work: SignedInWork,
) -> ItemReply:
    """JPEG, PNG or WebP of at most 15 MB, for a question of the kind `document`."""
    given = info_requests.answer_item(work, ApplicationId(application), position, "", data)
    return _item(given)


@router.post(
    "/answers",
    operation_id="sendAnswers",
    summary="Hand all answers in",
    response_model=ApplicationState,
    responses={**versioned("The case, back where it was."), **refusals(400, 409, 412, 428)},
)
def send_answers(
    application: UUID, request: Request, seen: SeenVersion, key: IdempotencyKey, work: SignedInWork
) -> Response:
    """Refused while one is missing; from then on the clock of the agencies runs again."""

    def act() -> Reply:
        after = info_requests.send_answers(work, ApplicationId(application), seen_version=seen)
        return Reply(state_of(after), version=after.version)

    return answer_once(work, request, key, None, act)


def _request(one: InfoRequest) -> QuestionsReply:
    told = {name: getattr(one, name) for name in QuestionsReply.model_fields}
    return QuestionsReply(**{**told, "items": [_item(item) for item in one.items]})


def _item(item: Item) -> ItemReply:
    return ItemReply(
        position=item.position,
        kind=item.question.kind,
        text=item.question.text,
        answer=item.answer,
        document=item.document,
    )
