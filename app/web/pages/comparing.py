"""Cases that may be of the same person, each beside the one that is worked on; whose they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import comparing, worker_numbers
from app.services.case import Case
from app.services.comparing import Lookalike
from app.services.past_permits import KeptPermit
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import Locale, locale_of
from app.web.pages import answered, cases
from app.web.pages.compared import Line, lines_of
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Fault, Invalid
from permits.submissions import DocumentKind
from permits.worker_numbers import JOINING, PARTING, NumberGround

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Beside:
    """Another case with its lines; `photos` are the addresses of both photos, "" where none.

    `found` tells whose number it has. `field` names the question of the form beneath, `grounds`
    are what may be answered, none for who may not say whose the cases are.
    """

    case: Case
    found: Lookalike
    programme: str
    lines: Sequence[Line]
    photos: tuple[str, str]
    field: str
    grounds: Sequence[NumberGround]


@dataclass(frozen=True)
class ComparingPage:
    """The case that is worked on with its person's number, the others, and older permits.

    `past` are permits of older registers that are nobody's yet; `refusal` tells why nothing was
    said of the numbers.
    """

    case: Case
    number: str | None
    others: Sequence[Beside]
    past: Sequence[KeptPermit]
    form: Form = field(default_factory=Form)
    refusal: Conflict | None = None


@router.get(cases.PATH + "/parecidas")
def show_lookalikes(request: Request, work: SignedInWork, application: UUID) -> Response:
    """Side by side, each difference named; each case that is shown is logged as looked at."""
    return _show(request, work, application)


@router.post(cases.PATH + "/parecidas/{other:uuid}/unir")
def join_numbers(
    request: Request, work: SignedInWork, application: UUID, other: UUID, form: Posted
) -> Response:
    """Both cases are one person's; the older number stands for both."""
    return _mend(request, work, (application, other), form, worker_numbers.join_numbers)


@router.post(cases.PATH + "/parecidas/{other:uuid}/separar")
def part_numbers(
    request: Request, work: SignedInWork, application: UUID, other: UUID, form: Posted
) -> Response:
    """The cases are two people's, and each has a number of its own."""
    return _mend(request, work, (application, other), form, worker_numbers.part_numbers)


def _mend(
    request: Request,
    work: Work,
    pair: tuple[UUID, UUID],
    form: Posted,
    act: Callable[[Work, UUID, UUID, NumberGround], None],
) -> Response:
    worker_numbers.check_mender(work)
    application, other = pair
    name = f"ground-{other}"
    typed, said = Form(forms.typed(form)), str(form.get(name) or "")
    try:
        if said not in set(NumberGround):
            raise Invalid([Fault("not-an-option", name)])
        with work.attempt():
            act(work, application, other, NumberGround(said))
    except Invalid as invalid:
        faults = tuple(replace(one, field=name) for one in invalid.faults)
        return _show(request, work, application, 422, Form(typed.values, faults))
    except Conflict as refusal:
        return _show(request, work, application, status_of(refusal), typed, refusal)
    return RedirectResponse(f"/casos/{application}/parecidas", 303)


def _show(
    request: Request,
    work: Work,
    application: UUID,
    status: int = 200,
    form: Form | None = None,
    refusal: Conflict | None = None,
) -> Response:
    found = comparing.compare_case(work, ApplicationId(application))
    locale = locale_of(request)
    others = [_beside(work, locale, found.case, other) for other in found.others]
    page = ComparingPage(found.case, found.number, others, found.past, form or Form(), refusal)
    return render(request, "cases/lookalikes.html", page, status)


def _beside(work: Work, locale: Locale, mine: Case, other: Lookalike) -> Beside:
    lines = lines_of(work, locale, mine, other.case, other.fields)
    name = answered.programme_name(other.case.programme, locale)
    grounds = PARTING if other.one_person else JOINING
    return Beside(
        other.case,
        other,
        name,
        lines,
        (_photo(mine), _photo(other.case)),
        f"ground-{other.case.application.id}",
        grounds if other.may_mend else (),
    )


def _photo(case: Case) -> str:
    photos = [one.id for one in case.documents if one.kind is DocumentKind.PHOTO]
    return f"/casos/{case.application.id}/archivos/{photos[0]}" if photos else ""
