"""Cases that may be of the same person, each beside the one that is worked on."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import comparing
from app.services.case import Case
from app.services.comparing import Lookalike
from app.services.past_permits import KeptPermit
from app.services.work import Work
from app.web.dependencies import SignedInWork
from app.web.i18n import Locale, locale_of
from app.web.pages import answered, cases
from app.web.pages.compared import Line, lines_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.submissions import DocumentKind

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Beside:
    """Another case with its lines; `photos` are the addresses of both photos, "" where none."""

    case: Case
    programme: str
    lines: Sequence[Line]
    photos: tuple[str, str]


@dataclass(frozen=True)
class ComparingPage:
    """The case that is worked on, the others, and permits of older registers that are nobody's."""

    case: Case
    others: Sequence[Beside]
    past: Sequence[KeptPermit]


@router.get(cases.PATH + "/parecidas")
def show_lookalikes(request: Request, work: SignedInWork, application: UUID) -> Response:
    """Side by side, each difference named; each case that is shown is logged as looked at."""
    found = comparing.compare_case(work, ApplicationId(application))
    locale = locale_of(request)
    others = [_beside(work, locale, found.case, other) for other in found.others]
    return render(request, "cases/lookalikes.html", ComparingPage(found.case, others, found.past))


def _beside(work: Work, locale: Locale, mine: Case, other: Lookalike) -> Beside:
    lines = lines_of(work, locale, mine, other.case, other.fields)
    name = answered.programme_name(other.case.programme, locale)
    return Beside(other.case, name, lines, (_photo(mine), _photo(other.case)))


def _photo(case: Case) -> str:
    photos = [one.id for one in case.documents if one.kind is DocumentKind.PHOTO]
    return f"/casos/{case.application.id}/archivos/{photos[0]}" if photos else ""
