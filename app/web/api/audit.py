"""The log itself, its checkpoints, the keys that signed them, and proofs for who audits it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from app.services import log_proofs, log_reading
from app.services.log_reading import PAGE, LogFilter
from app.web.api.access import SIGNED_IN
from app.web.api.fields import Instant
from app.web.api.paging import Cursor, Limit, link_next, read_number, write_number
from app.web.dependencies import PublicReading, SignedInReading, SignedInWork
from app.web.documentation import paged, refusals
from permits.audit import Act

router = APIRouter(prefix="/audit", tags=["audit"])

# Whoever keeps checkpoints may ask often; a page of somebody else's may show them.
_PUBLIC = {"Cache-Control": "public, max-age=5", "Access-Control-Allow-Origin": "*"}
_MOST = 2**63 - 1

Leaf = Annotated[int, Path(ge=0, le=_MOST, description="From 0, in the order of sealing.")]
Older = Annotated[int, Query(alias="from", ge=1, le=_MOST, description="Leaves of the older.")]
Newer = Annotated[int, Query(alias="to", ge=1, le=_MOST, description="Leaves of the newer.")]
Hashes = Annotated[list[str], Field(description="SHA-256 in hex, as RFC 9162 orders them.")]


class InclusionReply(BaseModel):
    """That an event stands in the log: hash `data`, follow `path`, compare with the root."""

    leaf: int
    event: int = Field(description="The event's number in the log, which `data` holds too.")
    data: str = Field(
        description="The leaf in hex: a CBOR array of nine items (permits/leaves.py)."
    )
    path: Hashes
    checkpoint: str = Field(description="The signed note with size and root.")


class ConsistencyReply(BaseModel):
    """That nothing was changed or taken away between two checkpoints."""

    older: str = Field(description="The signed note with fewer leaves.")
    newer: str = Field(description="The signed note with more.")
    path: Hashes


@router.get(
    "/checkpoint",
    operation_id="getLogCheckpoint",
    summary="The newest checkpoint of the log",
    response_class=PlainTextResponse,
    responses=refusals(404),
)
def get_checkpoint(work: PublicReading) -> PlainTextResponse:
    """A signed note (C2SP tlog-checkpoint): keep it, and nobody can rewrite what is before it."""
    return PlainTextResponse(log_proofs.get_checkpoint(work), headers=_PUBLIC)


@router.get(
    "/keys",
    operation_id="listLogKeys",
    summary="The keys that sign checkpoints",
    response_class=PlainTextResponse,
)
def list_keys(work: PublicReading) -> PlainTextResponse:
    """One a line, as name, id and key (C2SP signed-note); compare them with what you were given."""
    lines = "".join(f"{key}\n" for key in log_proofs.list_keys(work))
    return PlainTextResponse(lines, headers=_PUBLIC)


class LogEventReply(BaseModel):
    """One act: ids and codes, never a name, a document number or anything that was written."""

    id: int = Field(description="The event's number, as its leaf holds it.")
    at: datetime
    act: str = Field(description="`subject:verb`, stable for ever.")
    subject: UUID = Field(description="What or whom it was about.")
    person: UUID = Field(description="Who acted; all zeros for the service itself.")
    role: str = Field(description="In what quality.")
    request: str = Field(description="Acts of one request share it.")
    facts: dict[str, Any] = Field(description="Codes, ids and counts, as the catalogue lists them.")
    leaf: int | None = Field(description="For `proveLogInclusion`; null until it is sealed.")


class LogEventList(BaseModel):
    """A page of events, the newest first."""

    items: list[LogEventReply]
    next_cursor: str | None


class LogQuery(BaseModel):
    """The filters of the list; each narrows what the others leave."""

    model_config = ConfigDict(extra="forbid")

    subject: UUID | None = Field(None, description="What or whom it was about.")
    person: UUID | None = Field(None, description="Who acted.")
    act: list[Act] = Field([], description="Any of these.")
    since: Instant | None = Field(None, description="From this instant on.")
    before: Instant | None = Field(None, description="Before this instant.")
    limit: Limit = PAGE
    cursor: Cursor = None

    @property
    def wanted(self) -> LogFilter:
        """The filter as the service takes it."""
        return LogFilter(self.subject, self.person, frozenset(self.act), self.since, self.before)


@router.get(
    "/events",
    operation_id="listAuditEvents",
    summary="Read the log",
    dependencies=SIGNED_IN,
    responses={**paged(), **refusals(401, 403, 422)},
)
def list_events(
    query: Annotated[LogQuery, Query()], request: Request, work: SignedInWork, response: Response
) -> LogEventList:
    """What was done, by whom in which role, about what and when; for auditors and data protection.

    Reading is itself an event, with the filters that were used and how many events were seen.
    """
    page = log_reading.read_log(work, query.wanted, query.limit, read_number(query.cursor))
    cursor = write_number(page.next)
    link_next(request, response, cursor)
    items = [LogEventReply.model_validate(line, from_attributes=True) for line in page.lines]
    return LogEventList(items=items, next_cursor=cursor)


@router.get(
    "/events/{leaf}/proof",
    operation_id="proveLogInclusion",
    summary="Prove that an event stands in the log",
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 422),
)
def prove_inclusion(leaf: Leaf, work: SignedInReading) -> InclusionReply:
    """An inclusion proof (RFC 9162 2.1.3) under the newest checkpoint; for auditors."""
    proof = log_proofs.prove_inclusion(work, leaf)
    return InclusionReply(
        leaf=proof.leaf,
        event=proof.event,
        data=proof.data.hex(),
        path=[part.hex() for part in proof.path],
        checkpoint=proof.checkpoint,
    )


@router.get(
    "/consistency",
    operation_id="proveLogConsistency",
    summary="Prove that the log only grew",
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 422),
)
def prove_consistency(older: Older, newer: Newer, work: SignedInReading) -> ConsistencyReply:
    """A consistency proof (RFC 9162 2.1.4) between two checkpoints; for auditors."""
    proof = log_proofs.prove_consistency(work, older, newer)
    return ConsistencyReply(
        older=proof.older, newer=proof.newer, path=[part.hex() for part in proof.path]
    )
