"""What is kept about the caller, as they may take it along, and who looked at it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel, Field

from app.services import own_data
from app.services.own_data import Look
from app.web.api.access import SIGNED_IN
from app.web.dependencies import ProvenWork, SignedInReading
from app.web.documentation import refusals

router = APIRouter(prefix="/me", tags=["own data"], dependencies=SIGNED_IN, responses=refusals(401))


class LookReply(BaseModel):
    """Somebody looked: in which role, at what, when and to what end; never who by name."""

    at: datetime
    act: str
    role: str
    purpose: str


class LookList(BaseModel):
    """The newest first."""

    items: list[LookReply]


class OwnDataReply(BaseModel):
    """Every personal column of every row about the caller, sealed ones opened."""

    person: UUID
    made_at: datetime
    tables: dict[str, list[dict[str, Any]]] = Field(
        description="Rows by table, each by column; docs/data.md tells the classes of columns."
    )
    looks: list[LookReply]


@router.get(
    "/data",
    operation_id="getOwnData",
    summary="Take all of the own data along",
    responses=refusals(403),
)
def get_own_data(work: ProvenWork) -> OwnDataReply:
    """All that is kept about the caller, pictures as base64; that it was taken is logged.

    It asks for a proof of the last 15 minutes, as acts do that cannot be taken back.
    """
    told = own_data.read_own_data(work, "json")
    tables = jsonable_encoder(told.tables)
    looks = [_look(look) for look in told.looks]
    return OwnDataReply(person=told.person, made_at=told.made_at, tables=tables, looks=looks)


@router.get(
    "/looks",
    operation_id="listOwnLooks",
    summary="See who looked at the own data",
    responses=refusals(403),
)
def list_own_looks(work: SignedInReading) -> LookList:
    """Who read the caller's files and permits in the last five years; 200 at most."""
    return LookList(items=[_look(look) for look in own_data.list_looks(work)])


def _look(look: Look) -> LookReply:
    return LookReply(at=look.at, act=look.act.value, role=look.role.value, purpose=look.purpose)
