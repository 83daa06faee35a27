"""Employers that may not hire: a supervisor of SETRASS finds one and sees what follows first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import employer_bars, ratings, refusals
from app.services.employer_bars import BarReason, EmployerFile
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict
from recruitment.ratings import EmployerReply

router = APIRouter(include_in_schema=False)

PATH = "/empleadores"
ONE = PATH + "/{employer:uuid}"


class BarForm(forms.Answers):
    """Why the employer may not hire."""

    wording: ClassVar[Mapping[str, str]] = {"reason.missing": N_("Elija por qué lo veta.")}
    reason: BarReason


@dataclass(frozen=True)
class SearchPage:
    """Employers whose name has the words that were typed."""

    form: Form
    asked: bool
    found: Sequence[tuple[UUID, str]]


@dataclass(frozen=True)
class EmployerPage:
    """`done` is what was done just now, `refusal` why it was not; `reply`: to what workers say."""

    employer: EmployerFile
    reasons: tuple[BarReason, ...]
    form: Form
    done: str = ""
    refusal: Conflict | None = None
    reply: EmployerReply | None = None


@router.get(PATH)
def find_employers(request: Request, work: SignedInReading, q: str = "") -> Response:
    """Find an employer by its name."""
    found = employer_bars.find_employers(work, q)
    page = SearchPage(Form({"q": (q,)}), bool(q.strip()), found)
    return render(request, "employer_bars/search.html", page)


@router.get(ONE)
def show_employer(
    request: Request, work: SignedInReading, employer: UUID, hecho: str = ""
) -> Response:
    """What a bar would do, or what it did."""
    return _show(request, work, employer, Form(), done=hecho)


@router.post(ONE + "/vetar")
def bar_employer(request: Request, work: ProvenWork, employer: UUID, form: Posted) -> Response:
    """Bar it; open cases come back to their workers."""
    given = forms.check(BarForm, form)
    if isinstance(given, Form):
        return _show(request, work, employer, given, 422)
    return _act(
        request,
        work,
        employer,
        lambda: employer_bars.bar_employer(work, employer, given.reason),
        "vetado",
    )


@router.post(ONE + "/levantar")
def lift_bar(request: Request, work: ProvenWork, employer: UUID) -> Response:
    """Let it hire again."""
    return _act(
        request, work, employer, lambda: employer_bars.lift_bar(work, employer), "levantado"
    )


def _act(
    request: Request, work: Work, employer: UUID, act: Callable[[], object], done: str
) -> Response:
    try:
        with work.attempt():
            act()
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, done)
        return _show(request, work, employer, Form(), status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{employer}?hecho={done}", 303)


def _show(
    request: Request,
    work: Work,
    employer: UUID,
    form: Form,
    status: int = 200,
    *,
    done: str = "",
    refusal: Conflict | None = None,
) -> Response:
    found = employer_bars.read_employer(work, employer)
    reply = ratings.read_rating(work, employer).reply
    page = EmployerPage(found, tuple(BarReason), form, done, refusal, reply)
    return render(request, "employer_bars/employer.html", page, status)
