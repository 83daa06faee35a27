"""An employer asks SETRASS to change one of its farms, or to add one; both stand as before."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import farm_changes
from app.services.work import Work
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.pages.farm_change_forms import Place, begin, send, take_back
from app.web.pages.farm_closing_forms import begin_closing, send_closing

router = APIRouter(include_in_schema=False, prefix="/mis-fincas")

HERE = "/mis-fincas"
DATA, CLOSING = "/{farm:uuid}/datos", "/{farm:uuid}/quitar"


@router.get("/nueva")
def ask_farm(request: Request, work: SignedInReading) -> Response:
    """The form of another farm."""
    return begin(request, _place(work), None)


@router.post("/nueva")
def send_farm(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Ask that it be added, or tell what is wrong."""
    return send(request, _place(work), None, posted)


@router.get(DATA)
def ask_change(request: Request, work: SignedInReading, farm: UUID) -> Response:
    """The form with what stands, or with what waits."""
    return begin(request, _place(work), farm)


@router.post(DATA)
def send_change(request: Request, work: SignedInWork, farm: UUID, posted: Posted) -> Response:
    """Ask that it stand so, or tell what is wrong."""
    return send(request, _place(work), farm, posted)


@router.post(DATA + "/retirar")
def withdraw_change(request: Request, work: SignedInWork, farm: UUID, posted: Posted) -> Response:
    """Take back what waits."""
    return take_back(request, _place(work), farm, posted)


@router.get(CLOSING)
def ask_closing(request: Request, work: SignedInReading, farm: UUID) -> Response:
    """The form that takes it away."""
    return begin_closing(request, _place(work), farm)


@router.post(CLOSING)
def send_closing_of(request: Request, work: SignedInWork, farm: UUID, posted: Posted) -> Response:
    """Ask that it be taken away, or tell what must end first."""
    return send_closing(request, _place(work), farm, posted)


def _place(work: Work) -> Place:
    return Place(
        work,
        farm_changes.get_own(work),
        "farms",
        HERE,
        HERE,
        f"{HERE}?hecho=si",
        lambda wanted: farm_changes.ask_change(work, wanted),
        lambda change: farm_changes.withdraw_own(work, change),
        f"{HERE}?hecho=retirada",
    )
