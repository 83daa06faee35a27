"""Recruiters and employers as everybody may look them up: licence, standing, and its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from app.services import employer_profiles, recruiter_assessments, recruiters
from app.services.employer_profiles import EmployerProfile
from app.services.recruiters import Recruiter, Search
from app.services.registries import RegistryState
from app.web import i18n
from app.web.browsers import is_secure
from app.web.dependencies import PublicReading
from app.web.forms import Form
from app.web.pages.answered import work_place
from app.web.templating import render
from recruitment.assessments import Assessment
from recruitment.registries import OF_RECRUITERS

router = APIRouter(include_in_schema=False)

PATH = "/reclutadores"
ONE = PATH + "/{registry}/{number}"


@dataclass(frozen=True)
class SearchPage:
    """What was typed and who was found."""

    form: Form
    asked: bool
    search: Search


@dataclass(frozen=True)
class RecruiterPage:
    """One recruiter, and how many employers have named them today."""

    recruiter: Recruiter
    registries: Sequence[RegistryState]
    employers: int
    assessments: Sequence[Assessment]


@dataclass(frozen=True)
class ProfilePage:
    """An employer as everybody sees them."""

    profile: EmployerProfile
    place: str


@router.get(PATH)
def search_recruiters(request: Request, work: PublicReading, q: str = "") -> Response:
    """Recruiters by name or licence; in another language it is this search once more."""
    if locale := i18n.asked_in(request.query_params):
        return i18n.switch(
            locale.language.code, f"{PATH}?{urlencode({'q': q})}", secure=is_secure(request)
        )
    page = SearchPage(Form({"q": (q,)}), bool(q.strip()), recruiters.search(work, q[:120]))
    return render(request, "recruiters/search.html", page)


@router.get(ONE)
def show_recruiter(request: Request, work: PublicReading, registry: str, number: str) -> Response:
    """One recruiter; the address is what their QR leads to."""
    if registry not in {one.value for one in OF_RECRUITERS}:
        raise HTTPException(404)
    whose = next(one for one in OF_RECRUITERS if one.value == registry)
    found = recruiters.read_recruiter(work, whose, number[:60])
    page = RecruiterPage(
        found,
        recruiters.list_registries_of(work, whose),
        recruiters.count_employers(work, found.key),
        recruiter_assessments.list_public(work, found.key),
    )
    return render(request, "recruiters/recruiter.html", page)


@router.get("/empleador/{employer:uuid}")
def show_profile(request: Request, work: PublicReading, employer: UUID) -> Response:
    """An employer's standing, and how far their own assessment was shown."""
    profile = employer_profiles.read_profile(work, employer)
    place = work_place(work.ports.reference, profile.department, profile.municipality)
    return render(request, "recruiters/employer.html", ProfilePage(profile, place))


@router.get(ONE + "/qr.svg")
def show_symbol(work: PublicReading, registry: str, number: str) -> Response:
    """The QR of a recruiter's page, for them to show: any telephone's camera opens it."""
    if registry not in {one.value for one in OF_RECRUITERS}:
        raise HTTPException(404)
    whose = next(one for one in OF_RECRUITERS if one.value == registry)
    found = recruiters.read_recruiter(work, whose, number[:60])
    address = f"{work.ports.public_url}{PATH}/{registry}/{found.key.number}"
    return Response(work.ports.symbols.svg(address), media_type="image/svg+xml")
