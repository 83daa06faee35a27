"""The one list of every router: the API, then the pages."""

from functools import cache

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from app.web import delivery_reports, documentation, probes, wallet
from app.web.api import (
    abroad,
    applications,
    audit,
    authorisations,
    checks,
    child_alerts,
    companions,
    credentials,
    crossings,
    decisions,
    documents,
    farm_movements,
    going_on,
    health,
    housing,
    nothing_paid,
    own_data,
    programmes,
    questions,
    recruitment_costs,
    reinstatements,
    status_lists,
    tokens,
    vacancies,
    vacancy_findings,
)
from app.web.api import age_marks as age_marks_api
from app.web.api import appeals as appeals_api
from app.web.api import appointments as appointments_api
from app.web.api import attestations as attestations_api
from app.web.api import candidates as candidates_api
from app.web.api import check_ins as check_ins_api
from app.web.api import child_care as child_care_api
from app.web.api import complaint_figures as complaint_figures_api
from app.web.api import complaints as complaints_api
from app.web.api import contract_looks as contract_looks_api
from app.web.api import contracts as contracts_api
from app.web.api import crews as crews_api
from app.web.api import employer_bars as employer_bars_api
from app.web.api import ethics as ethics_api
from app.web.api import identity_changes as identity_changes_api
from app.web.api import later_papers as later_papers_api
from app.web.api import minimum_wages as minimum_wages_api
from app.web.api import offer_checks as offer_checks_api
from app.web.api import payslips as payslips_api
from app.web.api import pool_asks as pool_asks_api
from app.web.api import registrations as registrations_api
from app.web.api import repayments as repayments_api
from app.web.api import return_surveys as return_surveys_api
from app.web.api import travel_papers as travel_papers_api
from app.web.api import worker_numbers as worker_numbers_api
from app.web.page_rooms import PAGE_ROOMS
from app.web.pages import outbox
from app.web.rooms import API, Room

_API_ROOMS = (
    tokens,
    programmes,
    ethics_api,
    vacancies,
    applications,
    reinstatements,
    questions,
    decisions,
    documents,
    later_papers_api,
    authorisations,
    credentials,
    checks,
    status_lists,
    crossings,
    child_alerts,
    audit,
    own_data,
    companions,
    contracts_api,
    contract_looks_api,
    abroad,
    candidates_api,
    attestations_api,
    travel_papers_api,
    appeals_api,
    return_surveys_api,
    check_ins_api,
    complaints_api,
    complaint_figures_api,
    appointments_api,
    worker_numbers_api,
    identity_changes_api,
    going_on,
    pool_asks_api,
    age_marks_api,
    crews_api,
    employer_bars_api,
    vacancy_findings,
    minimum_wages_api,
    registrations_api,
    offer_checks_api,
    nothing_paid,
    repayments_api,
    recruitment_costs,
    farm_movements,
    housing,
    child_care_api,
    payslips_api,
    health,
)


def install(app: FastAPI, *, demo: bool) -> None:
    """Add every route; the demonstration's own pages only where it is one."""
    app.router.routes.extend(_routes(demo))
    app.openapi = lambda: documentation.describe(app)  # type: ignore[method-assign]


@cache
def _routes(demo: bool) -> list[BaseRoute]:
    """The routes of a process, which FastAPI prepares when the first request is matched.

    What was prepared for one application serves the next one too: it takes a third of a second.
    """
    all_rooms = APIRouter()
    for room in _API_ROOMS:
        all_rooms.include_router(Room(room.router, API))
    pages = [page.router for page in PAGE_ROOMS]
    if demo:
        pages.append(outbox.router)
    others = (tokens.well_known, status_lists.addressed, *pages)
    for router in (probes.router, wallet.router, delivery_reports.router, *others):
        all_rooms.include_router(Room(router))
    return all_rooms.routes
