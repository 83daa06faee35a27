"""The one list of every router: the API, then the pages."""

from functools import cache

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from app.web import documentation, probes, wallet
from app.web.api import appeals as appeals_api
from app.web.api import (
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
    going_on,
    health,
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
from app.web.api import appointments as appointments_api
from app.web.api import contracts as contracts_api
from app.web.api import crews as crews_api
from app.web.api import employer_bars as employer_bars_api
from app.web.api import ethics as ethics_api
from app.web.api import identity_changes as identity_changes_api
from app.web.api import minimum_wages as minimum_wages_api
from app.web.api import offer_checks as offer_checks_api
from app.web.api import registrations as registrations_api
from app.web.api import return_surveys as return_surveys_api
from app.web.api import worker_numbers as worker_numbers_api
from app.web.pages import (
    acceptances,
    accounts,
    api_clients,
    appeals,
    appointments,
    assigning,
    assisting,
    brigade,
    cards,
    case_notes,
    case_sheets,
    cases,
    codecisions,
    companion_consents,
    comparing,
    complaint_case,
    complaint_desk,
    complaint_doors,
    complaint_referrals,
    complaint_talk,
    complaints,
    contract_copies,
    contracts,
    cost_claims,
    costs,
    crew_approvals,
    crew_consents,
    crews,
    data_requests,
    device_ends,
    device_entry,
    devices,
    employer_bars,
    employer_changes,
    employer_checks,
    enrolling,
    ethics,
    exports,
    federation,
    hand_overs,
    identity_changes,
    identity_checks,
    info_requests,
    inviting,
    kiosk,
    languages,
    leaving,
    offer_checks,
    opening_reviews,
    openings,
    outbox,
    own_account,
    own_factors,
    own_farms,
    own_mandates,
    own_registration,
    own_vacancies,
    parameters,
    passkeys,
    past_permits,
    prints,
    proofs,
    queues,
    receptions,
    recommendations,
    recoveries,
    recruiters,
    register_imports,
    registering,
    registries,
    renewals,
    replacements,
    return_surveys,
    rights,
    saved_views,
    scanner,
    second_looks,
    second_step,
    sign_in,
    stays,
    tracking,
    vacancy_reviews,
    vacancy_writing,
    wallets,
    workers,
)
from app.web.pages import audit as log_pages
from app.web.pages import crossings as crossing_pages

API = "/api/v1"

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
    appeals_api,
    return_surveys_api,
    appointments_api,
    worker_numbers_api,
    identity_changes_api,
    going_on,
    crews_api,
    employer_bars_api,
    vacancy_findings,
    minimum_wages_api,
    registrations_api,
    offer_checks_api,
    recruitment_costs,
    health,
)

_PAGE_ROOMS = (
    sign_in,
    federation,
    second_step,
    enrolling,
    passkeys,
    proofs,
    own_account,
    own_factors,
    tracking,
    complaints,
    complaint_talk,
    complaint_doors,
    languages,
    leaving,
    device_entry,
    device_ends,
    devices,
    recommendations,
    recoveries,
    saved_views,
    scanner,
    crossing_pages,
    stays,
    queues,
    parameters,
    ethics,
    exports,
    case_notes,
    codecisions,
    complaint_case,
    complaint_desk,
    complaint_referrals,
    case_sheets,
    cases,
    companion_consents,
    identity_changes,
    identity_checks,
    comparing,
    rights,
    appeals,
    assigning,
    openings,
    opening_reviews,
    log_pages,
    accounts,
    info_requests,
    inviting,
    api_clients,
    data_requests,
    own_vacancies,
    vacancy_reviews,
    vacancy_writing,
    crews,
    crew_consents,
    crew_approvals,
    second_looks,
    acceptances,
    contracts,
    contract_copies,
    assisting,
    brigade,
    kiosk,
    workers,
    renewals,
    return_surveys,
    costs,
    cost_claims,
    register_imports,
    past_permits,
    appointments,
    receptions,
    employer_bars,
    employer_changes,
    registering,
    own_registration,
    own_farms,
    own_mandates,
    employer_checks,
    registries,
    offer_checks,
    recruiters,
    replacements,
    wallets,
    prints,
    cards,
    hand_overs,
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
        all_rooms.include_router(room.router, prefix=API)
    all_rooms.include_router(probes.router)
    all_rooms.include_router(wallet.router)
    all_rooms.include_router(tokens.well_known)
    all_rooms.include_router(status_lists.addressed)
    for page in _PAGE_ROOMS:
        all_rooms.include_router(page.router)
    if demo:
        all_rooms.include_router(outbox.router)
    return all_rooms.routes
