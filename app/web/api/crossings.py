"""Entries and exits that the posts send, online or long after, each kept once."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.config import JsonDict

from app.services import crossings, device_entries
from app.services.crossings import Answer, RecordedCrossing
from app.web import wording
from app.web.api.access import SIGNED_IN, ApiLocale
from app.web.api.fields import Code, Instant, Line
from app.web.api.idempotent import Reply, answer_once
from app.web.api.paging import Cursor, Limit, link_next, read_cursor, write_cursor
from app.web.dependencies import IdempotencyKey, SignedInReading, SignedInWork
from app.web.documentation import paged, refusals
from app.web.i18n import Locale
from app.web.problems import ProblemFault
from permits import permit_numbers
from permits.crossings import BATCH_LIMIT, Anomaly, Crossing, CrossingId, Direction, Outcome
from permits.minors import MOST_MINORS, Minor
from permits.people import PersonId
from permits.scans import Colour

router = APIRouter(
    prefix="/crossings",
    tags=["crossings"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 422),
)

_EXAMPLE: JsonDict = {
    "id": "0f9a6f0e-3a51-4c39-9d2b-6f4f1f0f6f01",
    "permit_number": "7K3M9XQ2HB4T",
    "direction": "entry",
    "post": "HN-GT-1",
    "device_id": "b7c1b1de-0a4e-4b6e-8a53-7a2f0e9d1c11",
    "device_time": "2026-11-23T14:58:00Z",
    "verdict": "green",
    "reason": "ok",
    "list_issued_at": "2026-11-23T12:00:00Z",
    "offline": True,
}


class MinorBeside(BaseModel):
    """One minor as the agent saw them; no name is kept."""

    model_config = ConfigDict(extra="forbid")

    passport: StrictBool = Field(description="A passport was shown.")
    parent: StrictBool = Field(description="A parent is at hand, or a parent's signed permission.")

    @property
    def minor(self) -> Minor:
        """As the law knows it."""
        return Minor(self.passport, self.parent)


class CrossingInput(BaseModel):
    """One entry or exit as the device saw it; it carries no name."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Given by the device; the same id is recorded once.")
    permit_number: Line = Field(description="As in the permit or as typed.")
    direction: Direction = Field(description="Seen from Honduras.")
    post: Code
    device_id: Line
    device_time: Instant
    verdict: Colour
    reason: Code = Field(description="The code of the verdict's reason.")
    list_issued_at: Instant | None = Field(None, description="Null where no list was asked.")
    offline: StrictBool
    minors: list[MinorBeside] = Field(
        default=[],
        description="Minors who came along, each with a parent; for one without raise an alert.",
        json_schema_extra={"maxItems": MOST_MINORS},
    )

    def crossing(self, agent: PersonId) -> Crossing:
        """As the law knows it; a number that a person typed loses its separators."""
        return Crossing(
            CrossingId(self.id),
            permit_numbers.read(self.permit_number) or self.permit_number,
            self.direction,
            self.post,
            self.device_id,
            agent,
            self.device_time,
            self.verdict.value,
            self.reason,
            self.offline,
            self.list_issued_at,
            tuple(one.minor for one in self.minors),
        )


class CrossingBatch(BaseModel):
    """What a device has gathered."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"crossings": [_EXAMPLE]}]}
    )

    # The law knows the limit and says it in words; here it is only told.
    crossings: list[CrossingInput] = Field(json_schema_extra={"maxItems": BATCH_LIMIT})


class CrossingAnswer(BaseModel):
    """What became of one crossing."""

    id: UUID
    outcome: Outcome
    faults: list[ProblemFault] = Field(description="Only where it was refused.")


class CrossingAnswers(BaseModel):
    """One answer for each crossing, in the order of the request."""

    items: list[CrossingAnswer]


class CrossingReply(BaseModel):
    """A recorded crossing."""

    id: UUID
    permit_number: str
    direction: Direction
    post: str
    device_id: str
    device_time: datetime
    received_at: datetime
    verdict: Colour
    reason: str
    list_issued_at: datetime | None
    offline: bool
    minors: list[MinorBeside]
    anomalies: list[Anomaly] = Field(description="What a person should look at.")


class CrossingList(BaseModel):
    """A page of crossings, newest first."""

    items: list[CrossingReply]
    next_cursor: str | None


class CrossingQuery(BaseModel):
    """The filters of the list."""

    model_config = ConfigDict(extra="forbid")

    number: Line | None = Field(None, description="A permit number, with or without hyphens.")
    post: Code | None = Field(None, description="An agent sees the own post only.")
    limit: Limit = 50
    cursor: Cursor = None


async def sent_body(request: Request) -> bytes:
    """The body as it was sent, byte for byte, for its signature."""
    return await request.body()


SentBody = Annotated[bytes, Depends(sent_body)]
DeviceSignature = Annotated[
    str,
    Header(
        max_length=100,
        description="ES256 (r and s, base64url) of the enrolled device over `vereda crossings` "
        "(alerts: `vereda child-alerts`), its id, the Idempotency-Key and the body, parted by "
        "line feeds; needed from a person; a program has none.",
    ),
]


@router.post(
    "",
    operation_id="recordCrossings",
    summary="Record entries and exits",
    response_model=CrossingAnswers,
    responses=refusals(400, 409),
)
def record_crossings(
    body: CrossingBatch,
    request: Request,
    key: IdempotencyKey,
    work: SignedInWork,
    locale: ApiLocale,
    sent_body: SentBody,
    device_signature: DeviceSignature = "",
) -> Response:
    """Up to 500 at once; a faulty one stops no other, and one that was sent before counts once.

    A person records at an enrolled device of a post, which signs what it sends; a program by its
    scope. From any other browser, or with a session copied to another machine, it is 403.
    """
    device_entries.check_recorder(work)
    device_entries.check_batch(work, key, sent_body, device_signature)

    def act() -> Reply:
        sent = [one.crossing(work.actor.person) for one in body.crossings]
        answers = crossings.record_crossings(work, sent)
        return Reply(CrossingAnswers(items=[tell_answer(answer, locale) for answer in answers]))

    return answer_once(work, request, key, body, act)


@router.get("", operation_id="listCrossings", summary="List entries and exits", responses=paged())
def list_crossings(
    query: Annotated[CrossingQuery, Query()],
    request: Request,
    work: SignedInReading,
    response: Response,
) -> CrossingList:
    """Newest first, page by page; a border agent sees those of the own post."""
    number = query.number and (permit_numbers.read(query.number) or query.number)
    after = read_cursor(query.cursor)
    found = crossings.list_crossings(
        work, limit=query.limit + 1, number=number, post=query.post, after=after
    )
    shown = found[: query.limit]
    last = shown[-1].crossing if len(found) > query.limit else None
    cursor = write_cursor((last.device_time, last.id)) if last else None
    link_next(request, response, cursor)
    return CrossingList(items=[_crossing(one) for one in shown], next_cursor=cursor)


def tell_answer(answer: Answer, locale: Locale) -> CrossingAnswer:
    """An answer with its faults in words."""
    faults = [
        ProblemFault(
            code=fault.code,
            field=fault.field,
            detail=wording.say(locale, "fault", fault.code, fault.facts),
        )
        for fault in answer.faults
    ]
    return CrossingAnswer(id=answer.id, outcome=answer.outcome, faults=faults)


def _crossing(recorded: RecordedCrossing) -> CrossingReply:
    one = recorded.crossing
    return CrossingReply(
        id=one.id,
        permit_number=one.number,
        direction=one.direction,
        post=one.post,
        device_id=one.device,
        device_time=one.device_time,
        received_at=recorded.received_at,
        verdict=Colour(one.verdict),
        reason=one.reason,
        list_issued_at=one.list_issued_at,
        offline=one.offline,
        minors=[MinorBeside(passport=m.passport, parent=m.parent) for m in one.minors],
        anomalies=list(recorded.anomalies),
    )
