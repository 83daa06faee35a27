"""The right to work that both agencies granted, apart from the cards that carry it."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.services import credentials
from app.web.api.access import SIGNED_IN
from app.web.dependencies import SignedInWork
from app.web.documentation import refusals
from permits.authorisations import AuthorisationStatus, status_on
from permits.deadlines import legal_day

router = APIRouter(
    prefix="/authorisations",
    tags=["credentials"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 404, 422),
)


class AuthorisationReply(BaseModel):
    """A right: both days count, in the legal time zone (America/Tegucigalpa)."""

    id: UUID
    application: UUID
    programme: str
    status: AuthorisationStatus = Field(description="As of today; derived, never stored.")
    round: int
    digest: str = Field(description="SHA-256 of what both agencies approved.")
    valid_from: date
    valid_until: date
    granted_at: datetime


@router.get("/{authorisation}", operation_id="getAuthorisation", summary="Read a right to work")
def get_authorisation(authorisation: UUID, work: SignedInWork) -> AuthorisationReply:
    """For its worker and the agencies; nobody else knows that it exists."""
    found = credentials.read_authorisation(work, authorisation)
    status = status_on(found, legal_day(work.now))
    told = {name: getattr(found, name) for name in _STORED}
    return AuthorisationReply(**told, status=status)


_STORED = tuple(AuthorisationReply.model_fields.keys() - {"status"})
