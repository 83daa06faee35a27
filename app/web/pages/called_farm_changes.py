"""An official of SETRASS writes down a farm's change for who called; another official decides."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import farm_changes
from app.services.work import Work
from app.web.dependencies import Posted, SignedInWork
from app.web.pages.farm_change_forms import Place, begin, send
from app.web.pages.farm_changes import PATH as WAITING
from app.web.pages.farm_closing_forms import begin_closing, send_closing

PATH = "/registros-de-empleadores"
CHANGES = "/{registration:uuid}/cambios"

router = APIRouter(include_in_schema=False, prefix=PATH + CHANGES)


@router.get("/nueva")
def ask_farm(request: Request, work: SignedInWork, registration: UUID) -> Response:
    """The form of another farm; that the registration was opened is logged."""
    return begin(request, _place(work, registration), None)


@router.post("/nueva")
def send_farm(request: Request, work: SignedInWork, registration: UUID, posted: Posted) -> Response:
    """Write down that it be added, or tell what is wrong."""
    return send(request, _place(work, registration), None, posted)


@router.get("/{farm:uuid}/datos")
def ask_change(request: Request, work: SignedInWork, registration: UUID, farm: UUID) -> Response:
    """The form with what stands, or with what waits; logged as well."""
    return begin(request, _place(work, registration), farm)


@router.post("/{farm:uuid}/datos")
def send_change(
    request: Request, work: SignedInWork, registration: UUID, farm: UUID, posted: Posted
) -> Response:
    """Write down that it stand so, or tell what is wrong."""
    return send(request, _place(work, registration), farm, posted)


@router.get("/{farm:uuid}/quitar")
def ask_closing(request: Request, work: SignedInWork, registration: UUID, farm: UUID) -> Response:
    """The form that takes it away; logged as well."""
    return begin_closing(request, _place(work, registration), farm)


@router.post("/{farm:uuid}/quitar")
def send_closing_of(
    request: Request, work: SignedInWork, registration: UUID, farm: UUID, posted: Posted
) -> Response:
    """Write down that it be taken away, or tell what must end first."""
    return send_closing(request, _place(work, registration), farm, posted)


def _place(work: Work, registration: UUID) -> Place:
    one = f"{PATH}/{registration}"
    return Place(
        work,
        farm_changes.get_for_caller(work, registration),
        "farms",
        f"{one}/cambios",
        one,
        f"{WAITING}?hecho=anotado",
        lambda wanted: farm_changes.ask_for_caller(work, registration, wanted),
        called=True,
    )
