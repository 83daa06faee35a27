"""The worker says who travels along, and takes back who stays at home."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import child_care, companion_consents, companions
from app.services.applications import read_own
from app.services.child_care import FamilyCare
from app.services.companions import Told
from app.services.work import Work
from app.web import forms
from app.web.answers import Phone, WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId, Status
from permits.companions import ADDABLE, MOST_COMPANIONS, Companion, Relation
from permits.deadlines import legal_day
from permits.errors import Conflict, Invalid, NotFound

router = APIRouter(include_in_schema=False)

PATH = "/mi-solicitud/{application:uuid}/acompanantes"


class Person(forms.Answers):
    """Who travels along."""

    wording: ClassVar[Mapping[str, str]] = {
        "relation.missing": N_("Elija qué es de usted."),
        "full_name.missing": N_("Escriba su nombre y sus apellidos."),
        "date_of_birth.missing": N_("Escriba el día, el mes y el año en que nació."),
    }
    relation: Relation
    full_name: str
    date_of_birth: WrittenDate
    document: str = ""
    phone: Phone | None = None


@dataclass(frozen=True)
class CompanionsPage:
    """Who travels along, and the form for the next one while there may be one.

    `care` is what was arranged for the children of a case that was handed in.
    """

    path: str
    back: str
    companions: Sequence[Companion]
    today: date
    may_add: bool
    form: Form = field(default_factory=Form)
    relations: Sequence[Relation] = tuple(Relation)
    refusal: Conflict | None = None
    done: str = ""
    care: FamilyCare | None = None


@router.get(PATH)
def show_companions(
    request: Request, work: SignedInReading, application: UUID, hecho: str = ""
) -> Response:
    """Who travels with the worker, and what that means for each."""
    page = replace(_page(work, application), done=hecho)
    return render(request, "permits/companions.html", page)


@router.post(PATH)
def add_companion(
    request: Request, work: SignedInWork, application: UUID, form: Posted
) -> Response:
    """Record one more; the list shows them afterwards."""
    read_own(work, ApplicationId(application))  # it is not there for anybody else
    answers = forms.check(Person, form)
    if isinstance(answers, Form):
        return _again(request, work, application, answers, 422)
    told = Told(
        answers.relation,
        answers.full_name,
        answers.date_of_birth,
        answers.document,
        answers.phone or "",
    )
    try:
        companions.add_companion(work, ApplicationId(application), told)
    except Invalid as error:
        return _again(request, work, application, forms.refused(Person, form, error), 422)
    except Conflict as refusal:
        page = replace(_page(work, application), refusal=refusal)
        return render(request, "permits/companions.html", page, status_of(refusal))
    return RedirectResponse(request.url.path, 303)


@router.post(PATH + "/{companion:uuid}/preguntar")
def ask_again(work: SignedInWork, application: UUID, companion: UUID) -> Response:
    """Send a grown one the question once more; three times a day at most."""
    read_own(work, ApplicationId(application))
    sent = companion_consents.ask_again(work, ApplicationId(application), companion)
    done = "enviado" if sent else "no-enviado"
    return RedirectResponse(f"/mi-solicitud/{application}/acompanantes?hecho={done}", 303)


@router.post(PATH + "/{companion:uuid}/quitar")
def remove_companion(work: SignedInWork, application: UUID, companion: UUID) -> Response:
    """Take one back; the list shows the others."""
    read_own(work, ApplicationId(application))
    with suppress(NotFound), work.attempt():  # who is out already was pressed twice
        companions.remove_companion(work, ApplicationId(application), companion)
    return RedirectResponse(f"/mi-solicitud/{application}/acompanantes", 303)


def _again(request: Request, work: Work, application: UUID, form: Form, status: int) -> Response:
    page = replace(_page(work, application), form=form)
    return render(request, "permits/companions.html", page, status)


def _page(work: Work, application: UUID) -> CompanionsPage:
    case = read_own(work, ApplicationId(application))
    found = case.application
    known = companions.list_own(work, found.id)
    today = legal_day(work.now)
    minors = any(one.is_minor(today) for one in known)
    draft = found.status is Status.DRAFT
    return CompanionsPage(
        f"/mi-solicitud/{application}/acompanantes",
        f"/solicitud/{application}" if draft else f"/mi-solicitud/{application}",
        known,
        today,
        found.status in ADDABLE and len(known) < MOST_COMPANIONS,
        care=child_care.read_family(work, found.id, case.offer) if minors and not draft else None,
    )
