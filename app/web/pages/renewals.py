"""The worker asks to go on with a permit that ends soon, without leaving the country."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import renewals
from app.services.work import Work
from app.web.dependencies import SignedInWork
from app.web.pages.permits import own_permit
from app.web.problems import status_of
from app.web.templating import render
from permits import permit_numbers
from permits.errors import Conflict

router = APIRouter(include_in_schema=False)

PATH = "/mi-permiso/{credential:uuid}/renovar"


@dataclass(frozen=True)
class RenewPage:
    """What a renewal is, and the button; `refusal` tells why there is none."""

    number: str
    path: str
    last_day: date
    refusal: Conflict | None = None


@router.get(PATH)
def ask_renewal(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """What happens, that it is free, and since when it can be asked for; one begun is led to."""
    permit, _ = own_permit(work, credential, "page")
    begun = renewals.find_begun(work, permit.authorisation)
    if begun is not None:
        return RedirectResponse(f"/mi-solicitud/{begun.id}", 303)
    refusal = renewals.may_renew(work, permit.authorisation.id)
    return _show(request, work, credential, 200, refusal)


@router.post(PATH)
def begin_renewal(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """Begin it and lead to what is asked; sent twice, it leads to the same."""
    permit, _ = own_permit(work, credential, "page")
    try:
        begun = renewals.begin_renewal(work, permit.authorisation.id)
    except Conflict as refusal:
        return _show(request, work, credential, status_of(refusal), refusal)
    return RedirectResponse(f"/mi-solicitud/{begun.id}", 303)


def _show(
    request: Request, work: Work, credential: UUID, status: int, refusal: Conflict | None
) -> Response:
    permit, _ = own_permit(work, credential, "page")
    page = RenewPage(
        permit_numbers.show(permit.credential.number),
        f"/mi-permiso/{credential}",
        permit.authorisation.valid_until,
        refusal,
    )
    return render(request, "permits/renew.html", page, status)
