"""The labour inspection's room: farms, who is on them, and what does not fit."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import farm_inspections
from app.services.farm_inspections import InspectedFarms
from app.services.farm_register import Register
from app.services.work import Work
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.templating import render
from permits.deadlines import legal_day

router = APIRouter(include_in_schema=False, prefix="/inspecciones")


@dataclass(frozen=True)
class FarmsPage:
    """Every farm, and entries that do not fit."""

    found: InspectedFarms


@dataclass(frozen=True)
class FarmPage:
    """One farm as an inspector sees it."""

    register: Register
    today: date


@router.get("")
def list_farms(request: Request, work: SignedInReading) -> Response:
    """Every farm of a verified employer."""
    return render(request, "inspections/list.html", FarmsPage(farm_inspections.list_farms(work)))


@router.get("/{farm:uuid}")
def show_farm(request: Request, work: SignedInWork, farm: UUID) -> Response:
    """Who is on it, and who came and went; logged."""
    return show(request, work, farm)


def show(request: Request, work: Work, farm: UUID, status: int = 200) -> Response:
    """The page of one farm."""
    register = farm_inspections.read_register(work, farm)
    page = FarmPage(register, legal_day(work.now))
    return render(request, "inspections/farm.html", page, status)
