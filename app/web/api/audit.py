"""The log's checkpoints, the keys that signed them, and proofs for whoever audits it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from app.services import log_proofs
from app.web.api.access import SIGNED_IN
from app.web.dependencies import PublicReading, SignedInReading
from app.web.documentation import refusals

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
