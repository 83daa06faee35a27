"""The one list of every router: the API, then the pages."""

from fastapi import FastAPI

from app.web import documentation, probes
from app.web.api import (
    applications,
    audit,
    authorisations,
    checks,
    child_alerts,
    credentials,
    crossings,
    decisions,
    documents,
    health,
    own_data,
    programmes,
    status_lists,
    tokens,
    vacancies,
)
from app.web.pages import (
    acceptances,
    accounts,
    api_clients,
    cards,
    cases,
    data_requests,
    device_ends,
    device_entry,
    devices,
    enrolling,
    federation,
    hand_overs,
    inviting,
    languages,
    opening_reviews,
    openings,
    outbox,
    own_account,
    own_factors,
    own_vacancies,
    passkeys,
    prints,
    proofs,
    queues,
    recoveries,
    replacements,
    rights,
    scanner,
    second_step,
    sign_in,
    stays,
    workers,
)
from app.web.pages import audit as log_pages
from app.web.pages import crossings as crossing_pages

API = "/api/v1"

_API_ROOMS = (
    tokens,
    programmes,
    vacancies,
    applications,
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
    languages,
    device_entry,
    device_ends,
    devices,
    recoveries,
    scanner,
    crossing_pages,
    stays,
    queues,
    cases,
    rights,
    openings,
    opening_reviews,
    log_pages,
    accounts,
    inviting,
    api_clients,
    data_requests,
    own_vacancies,
    acceptances,
    workers,
    replacements,
    prints,
    cards,
    hand_overs,
)


def install(app: FastAPI, *, demo: bool) -> None:
    """Add every route; the demonstration's own pages only where it is one."""
    for room in _API_ROOMS:
        app.include_router(room.router, prefix=API)
    app.include_router(probes.router)
    app.include_router(tokens.well_known)
    app.include_router(status_lists.addressed)
    app.openapi = lambda: documentation.describe(app)  # type: ignore[method-assign]
    for page in _PAGE_ROOMS:
        app.include_router(page.router)
    if demo:
        app.include_router(outbox.router)
