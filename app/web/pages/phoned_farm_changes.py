"""A verified grower without an account asks for a farm's change with the code of the telephone."""

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import farm_changes
from app.services.registrations import Mine
from app.services.work import Work
from app.web.dependencies import Posted, PublicReading, PublicWork
from app.web.pages.farm_change_forms import Place, begin, send, take_back
from app.web.pages.farm_closing_forms import begin_closing, send_closing
from app.web.pages.registering import HERE, OWN_PAGE, guarded, token_of
from permits.people import PersonId

router = APIRouter(include_in_schema=False)

CHANGES = HERE + "/cambios"
NEW, DATA = CHANGES + "/nueva", CHANGES + "/{farm:uuid}/datos"
CLOSING = CHANGES + "/{farm:uuid}/quitar"


@router.get(NEW)
def ask_farm(request: Request, work: PublicReading) -> Response:
    """The form of another farm."""
    return _at(request, work, lambda place: begin(request, place, None))


@router.post(NEW)
def send_farm(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Ask that it be added, or tell what is wrong."""
    return _at(request, work, lambda place: send(request, place, None, posted))


@router.get(DATA)
def ask_change(request: Request, work: PublicReading, farm: UUID) -> Response:
    """The form with what stands, or with what waits."""
    return _at(request, work, lambda place: begin(request, place, farm))


@router.post(DATA)
def send_change(request: Request, work: PublicWork, farm: UUID, posted: Posted) -> Response:
    """Ask that it stand so, or tell what is wrong."""
    return _at(request, work, lambda place: send(request, place, farm, posted))


@router.post(DATA + "/retirar")
def withdraw_change(request: Request, work: PublicWork, farm: UUID, posted: Posted) -> Response:
    """Take back what waits."""
    return _at(request, work, lambda place: take_back(request, place, farm, posted))


@router.get(CLOSING)
def ask_closing(request: Request, work: PublicReading, farm: UUID) -> Response:
    """The form that takes it away."""
    return _at(request, work, lambda place: begin_closing(request, place, farm))


@router.post(CLOSING)
def send_closing_of(request: Request, work: PublicWork, farm: UUID, posted: Posted) -> Response:
    """Ask that it be taken away, or tell what must end first."""
    return _at(request, work, lambda place: send_closing(request, place, farm, posted))


def _at(request: Request, work: Work, then: Callable[[Place], Response]) -> Response:
    """Whoever is not verified yet changes the farms of the draft, on its own pages."""

    def guarded_place(mine: Mine) -> Response:
        if mine.registration.employer is None:
            return RedirectResponse(OWN_PAGE, 303)
        token = token_of(request)
        owner = work.as_person(PersonId(mine.registration.id))
        place = Place(
            owner,
            farm_changes.get_by_phone(owner, token),
            "registrations",
            CHANGES,
            OWN_PAGE,
            f"{OWN_PAGE}?hecho=finca",
            lambda wanted: farm_changes.ask_by_phone(owner, token, wanted),
            lambda change: farm_changes.withdraw_by_phone(owner, token, change),
            f"{OWN_PAGE}?hecho=retirada",
        )
        return then(place)

    return guarded(request, work, guarded_place)
