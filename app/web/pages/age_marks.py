"""R05: marking that a worker may be a child, and the marks that stand, to be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import age_marks
from app.services.age_marks import ListedMark, Sign
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.templating import render
from permits.age_marks import REASON_LIMIT
from permits.errors import Fault, Invalid, NotFound
from permits.people import Permission
from permits.policies import check_permission

router = APIRouter(include_in_schema=False)

PATH = "/parece-menor"
ONE = PATH + "/{mark:uuid}/quitar"
SEEN = PATH + "/{mark:uuid}/vista"
DONE = frozenset({"marcado", "quitado", "vista"})


class MarkForm(forms.Answers):
    """Whom a number names, and what the agent saw."""

    wording: ClassVar[dict[str, str]] = {
        "number.missing": N_("Escriba el número de la solicitud o del permiso."),
        "number.no-such-number": N_("Nadie tiene ese número. Revíselo."),
        "sign.missing": N_("Elija por qué lo marca."),
    }
    number: Annotated[str, StringConstraints(max_length=40)]
    sign: Sign


class BackForm(forms.Answers):
    """Why a mark is taken back."""

    wording: ClassVar[dict[str, str]] = {"reason.missing": N_("Escriba por qué quita la marca.")}
    reason: Annotated[str, StringConstraints(max_length=REASON_LIMIT)]


@dataclass(frozen=True)
class MarksPage:
    """`marks`: whether the actor may mark; `clears`: the list has those of all."""

    listed: Sequence[ListedMark]
    marks: bool
    clears: bool
    form: Form
    done: str = ""
    signs: Sequence[Sign] = tuple(Sign)


@dataclass(frozen=True)
class BackPage:
    """One mark that stands, with the form of the reason."""

    one: ListedMark
    form: Form


@router.get(PATH)
def show_marks(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """The form, and the marks that stand."""
    return _show(request, work, Form(), done=hecho if hecho in DONE else "")


@router.post(PATH)
def mark(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Mark whom the number names; a number that nobody has is a fault of the field."""
    check_permission(work.actor, Permission.AGE_MARK)
    said = forms.check(MarkForm, posted)
    if isinstance(said, Form):
        return _show(request, work, said, 422)
    try:
        with work.attempt():
            age_marks.mark_age(work, said.number, said.sign)
    except NotFound as unknown:
        fault = Invalid([Fault(unknown.code, "number")])
        return _show(request, work, forms.refused(MarkForm, posted, fault), 422)
    return RedirectResponse(f"{PATH}?hecho=marcado", 303)


@router.post(SEEN)
def see(work: SignedInWork, mark: UUID) -> Response:
    """Take note of a mark; the list says since when somebody goes on with it."""
    age_marks.see_mark(work, mark)
    return RedirectResponse(f"{PATH}?hecho=vista", 303)


@router.get(ONE)
def ask_reason(request: Request, work: SignedInReading, mark: UUID) -> Response:
    """Why a mark is taken back."""
    return render(request, "age_marks/back.html", BackPage(age_marks.read_mark(work, mark), Form()))


@router.post(ONE)
def take_back(request: Request, work: SignedInWork, mark: UUID, posted: Posted) -> Response:
    """Take a mark back with the reason; a refusal keeps what was typed."""
    one = age_marks.read_mark(work, mark)
    said = forms.check(BackForm, posted)
    if isinstance(said, Form):
        return render(request, "age_marks/back.html", BackPage(one, said), 422)
    try:
        with work.attempt():
            age_marks.take_back(work, mark, said.reason)
    except Invalid as invalid:
        page = BackPage(one, forms.refused(BackForm, posted, invalid))
        return render(request, "age_marks/back.html", page, 422)
    return RedirectResponse(f"{PATH}?hecho=quitado", 303)


def _show(
    request: Request, work: Work, form: Form, status: int = 200, *, done: str = ""
) -> Response:
    may, clears = work.actor.can(Permission.AGE_MARK), work.actor.can(Permission.AGE_CLEAR)
    page = MarksPage(age_marks.list_marks(work), may, clears, form, done)
    return render(request, "age_marks/marks.html", page, status)
