"""The worker stops working before the last day: one question, then the permit ends."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import leaving
from app.web.dependencies import Posted, SignedInWork
from app.web.pages.cases import version_of
from app.web.pages.permits import own_permit
from app.web.templating import render
from permits import permit_numbers
from permits.authorisations import AuthorisationStatus

router = APIRouter(include_in_schema=False)

PATH = "/mi-permiso/{credential:uuid}/terminar"


@dataclass(frozen=True)
class LeavingPage:
    """The permit that would end, and the version of its right."""

    number: str
    path: str
    last_day: date
    version: int


@router.get(PATH)
def ask(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """What happens, that it costs nothing, and that it cannot be taken back."""
    permit, _ = own_permit(work, credential, "page")
    right = permit.authorisation
    page = LeavingPage(
        permit_numbers.show(permit.credential.number),
        f"/mi-permiso/{credential}",
        right.valid_until,
        right.version,
    )
    return render(request, "permits/leave.html", page)


@router.post(PATH)
def end(work: SignedInWork, credential: UUID, posted: Posted) -> Response:
    """End it; pressed twice, it ends once."""
    permit, _ = own_permit(work, credential, "page")
    right = permit.authorisation
    if right.stored is not AuthorisationStatus.ENDED:
        leaving.end_own_right(work, right.id, seen_version=version_of(posted.get("version")))
    return RedirectResponse(f"/mi-solicitud/{right.application}", 303)
