"""Papers after an application was handed in, for programs: photos from home, and what was seen."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import applications, later_papers
from app.services.later_papers import Document, LaterPaper, ShownPaper
from app.web.api.access import SIGNED_IN
from app.web.api.documents import PICTURES, sent_bytes
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from permits.people import Agency
from permits.visibility import Group, sees

router = APIRouter(
    prefix="/applications/{application}",
    tags=["applications"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 422),
)
ACTING = refusals(400, 409)


class CameReply(BaseModel):
    """A photo of a paper that came later, re-encoded and without metadata."""

    id: UUID
    paper: LaterPaper
    media_type: str = Field(examples=["image/jpeg"])
    size_bytes: int
    sha256: str
    attached_at: datetime


class ShownReply(BaseModel):
    """That an official saw a paper; which official is told on the case's page alone."""

    id: UUID
    paper: LaterPaper
    round: int
    agency: Agency
    shown_at: datetime


class LaterPapersReply(BaseModel):
    """What came and what was seen, as far as the reader may see it, and what may come now."""

    application: UUID
    came: list[CameReply]
    shown: list[ShownReply] = Field(description="Those that count in the present round.")
    may_add: list[LaterPaper] = Field(description="Of which its worker may send a photo now.")
    may_note: list[LaterPaper] = Field(description="Which the reader may note as seen now.")


class SeenInput(BaseModel):
    """Which paper the official had in their hand."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"paper": "identity-front"}]}
    )
    paper: LaterPaper


class TakenBackReply(BaseModel):
    """The note that counts no more."""

    id: UUID


class _Photo(BaseModel):
    """What a key stands for: these bytes."""

    sha256: str


@router.get("/later-papers", operation_id="getLaterPapers", summary="Papers after it was handed in")
def get_papers(application: UUID, work: SignedInWork) -> LaterPapersReply:
    """For its worker and the agencies; that an official looked stands in the log."""
    case = applications.read_application(work, ApplicationId(application), "api")
    found = later_papers.later_of(work, case)
    files = found.came if sees(work.actor, Group.DOCUMENTS) else ()
    shown = case.shown if sees(work.actor, Group.FINDINGS) else ()
    return LaterPapersReply(
        application=application,
        came=[_came(one) for one in files],
        shown=[_shown(one) for one in shown],
        may_add=list(found.may_add),
        may_note=list(found.noting.papers),
    )


@router.post(
    "/later-papers/{paper}",
    operation_id="addLaterPaper",
    summary="Send a photo of a paper",
    status_code=201,
    response_model=CameReply,
    openapi_extra=PICTURES,
    responses=ACTING | refusals(503),
)
def add_paper(
    application: UUID,
    paper: LaterPaper,
    data: Annotated[bytes, Depends(sent_bytes)],
    request: Request,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """JPEG, PNG or WebP of at most 15 MB, while nobody has decided on the case.

    What was handed in, and decided on, stands. The case has another version from then on.
    """

    def act() -> Reply:
        kept = later_papers.add_paper(work, ApplicationId(application), paper, data)
        return Reply(_came(kept), 201)

    return answer_once(work, request, key, _Photo(sha256=sha256(data).hexdigest()), act)


@router.post(
    "/shown-papers",
    operation_id="noteShownPaper",
    summary="Note a paper as seen",
    status_code=201,
    response_model=ShownReply,
    responses=ACTING,
)
def note_paper(
    application: UUID,
    request: Request,
    body: SeenInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """By an official of an agency of the case, and once for each paper: 409 where it was noted."""

    def act() -> Reply:
        shown = later_papers.show_paper(work, ApplicationId(application), body.paper)
        return Reply(_shown(shown), 201)

    return answer_once(work, request, key, body, act)


@router.post(
    "/shown-papers/{note}/take-back",
    operation_id="takeShownPaperBack",
    summary="Take such a note back",
    response_model=TakenBackReply,
    responses=ACTING,
)
def take_back(
    application: UUID, note: UUID, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """It was a mistake; by an official of the agency that made it. The row stays."""

    def act() -> Reply:
        later_papers.take_back(work, ApplicationId(application), note)
        return Reply(TakenBackReply(id=note))

    return answer_once(work, request, key, None, act)


def _came(one: Document) -> CameReply:
    return CameReply.model_validate(one, from_attributes=True)


def _shown(one: ShownPaper) -> ShownReply:
    return ShownReply.model_validate(one, from_attributes=True)
