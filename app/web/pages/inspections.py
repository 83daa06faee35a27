"""The labour inspection's room: farms, who is on them, and what does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import complaint_patterns, farm_inspections, inspection_plan, payslips
from app.services.complaint_patterns import ShownProposal
from app.services.farm_inspections import InspectedFarms
from app.services.farm_register import Register
from app.services.inspection_plan import PlannedFarm
from app.services.payslips import FiledPayslip
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages.ethics import ToldFinding, tell
from app.web.pages.searches import Typed, searched
from app.web.problems import status_of
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict
from permits.people import Permission
from recruitment.complaints.inspections import InspectionResult

router = APIRouter(include_in_schema=False, prefix="/inspecciones")


class Seen(forms.Answers):
    """What the inspection saw."""

    result: InspectionResult


@dataclass(frozen=True)
class FarmsPage:
    """Every farm, and entries that do not fit; what is proposed the inspection alone reads."""

    found: InspectedFarms
    form: Form
    proposals: Sequence[ShownProposal] = ()
    results: Sequence[InspectionResult] = tuple(InspectionResult)
    refusal: Conflict | None = None


@dataclass(frozen=True)
class FarmPage:
    """One farm as an inspector sees it."""

    register: Register
    today: date


@router.get("")
def list_farms(request: Request, work: SignedInReading, q: Typed = "") -> Response:
    """Every farm of a verified employer, and whom the complaints office would have inspected."""
    return _farms(request, work, text=q)


@router.post("/propuestas/{proposal:uuid}")
def answer_proposal(
    request: Request, work: SignedInWork, proposal: UUID, posted: Posted
) -> Response:
    """What an inspection that was proposed found."""
    answers = forms.check(Seen, posted)
    if isinstance(answers, Form):
        return _farms(request, work, 422)
    try:
        with work.attempt():
            complaint_patterns.answer_proposal(work, proposal, answers.result)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "answer_proposal")
        return _farms(request, work, status_of(refusal), refusal)
    return RedirectResponse("/inspecciones", 303)


def _farms(
    request: Request,
    work: Work,
    status: int = 200,
    refusal: Conflict | None = None,
    *,
    text: str = "",
) -> Response:
    asked = work.actor.can(Permission.CLAIM_INSPECT)
    proposals = complaint_patterns.list_proposals(work) if asked else ()
    page = FarmsPage(
        farm_inspections.list_farms(work, text), searched(text), proposals, refusal=refusal
    )
    return render(request, "inspections/list.html", page, status)


@dataclass(frozen=True)
class ToldPayslip:
    """A payslip with its findings in words."""

    filed: FiledPayslip
    findings: Sequence[ToldFinding]


@dataclass(frozen=True)
class WagesPage:
    """Payslips to be looked at, the contested ones on top."""

    filed: Sequence[ToldPayslip]


@router.get("/salarios")
def list_wages(request: Request, work: SignedInWork) -> Response:
    """Payslips that are contested, or in which something was found; logged."""
    locale = locale_of(request)
    told = [
        ToldPayslip(one, [tell(locale, finding) for finding in one.findings])
        for one in payslips.list_for_inspection(work)
    ]
    return render(request, "inspections/wages.html", WagesPage(told))


@dataclass(frozen=True)
class PlanPage:
    """Farms to be inspected next, the highest score on top."""

    farms: Sequence[PlannedFarm]


@router.get("/plan")
def show_plan(request: Request, work: SignedInReading) -> Response:
    """Which farms to visit first, and why."""
    return render(request, "inspections/plan.html", PlanPage(inspection_plan.plan(work)))


@router.get("/{farm:uuid}")
def show_farm(request: Request, work: SignedInWork, farm: UUID) -> Response:
    """Who is on it, and who came and went; logged."""
    return show(request, work, farm)


def show(request: Request, work: Work, farm: UUID, status: int = 200) -> Response:
    """The page of one farm."""
    register = farm_inspections.read_register(work, farm)
    page = FarmPage(register, legal_day(work.now))
    return render(request, "inspections/farm.html", page, status)
