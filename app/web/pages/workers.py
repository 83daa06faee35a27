"""Every page of the worker and of the public, in the order in which addresses are looked up."""

from fastapi import APIRouter

from app.web.pages import (
    applications,
    companions,
    documents,
    home,
    own_access,
    own_data,
    permits,
    phone_codes,
    places,
    resuming,
    starting,
    submissions,
    vacancies,
    verification,
)

router = APIRouter(include_in_schema=False)

# The wizard's own rooms last: their {slug} would take the addresses of the others.
for room in (
    home,
    verification,
    starting,
    phone_codes,
    resuming,
    own_access,
    own_data,
    submissions,
    permits,
    companions,
    places,
    vacancies,
    documents,
    applications,
):
    router.include_router(room.router)
