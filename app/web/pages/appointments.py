"""The worker takes a place on a day on which people are received: one tap, no JavaScript."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import appointments
from app.services.appointments import Offer, OfferedDay
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenTime
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict

router = APIRouter(include_in_schema=False)

PATH = "/mi-solicitud/{application:uuid}/cita"


class Choice(forms.Answers):
    """The half hour that was tapped."""

    wording: ClassVar[Mapping[str, str]] = {
        "day.missing": N_("Elija un día y una hora."),
        "slot.missing": N_("Elija un día y una hora."),
    }
    day: UUID
    slot: WrittenTime


@dataclass(frozen=True)
class NearDay:
    """A day with the names of its town, its department and its languages."""

    offered: OfferedDay
    town: str
    department: str
    languages: str


@dataclass(frozen=True)
class AppointmentPage:
    """The own place, the days to choose from, and what to bring; `refusal`: why it was not."""

    offer: Offer
    own_town: str
    days: Sequence[NearDay]
    refusal: Conflict | None = None


@router.get(PATH)
def show_days(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The own place, and the next days near where the worker lives."""
    return _show(request, work, ApplicationId(application))


@router.post(PATH)
def take_place(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Take a place; the one of before is given back with it."""
    given, identity = forms.check(Choice, posted), ApplicationId(application)
    if isinstance(given, Form):
        return _show(request, work, identity, 422, Conflict("no-such-half-hour"))
    return _act(
        request,
        work,
        identity,
        lambda: appointments.take_place(work, identity, given.day, given.slot),
    )


@router.post(PATH + "/devolver")
def give_back(request: Request, work: SignedInWork, application: UUID) -> Response:
    """Give the place back."""
    identity = ApplicationId(application)
    return _act(request, work, identity, lambda: appointments.give_back(work, identity))


def _act(
    request: Request, work: Work, application: ApplicationId, act: Callable[[], object]
) -> Response:
    """Do it and show the page; who was too late sees what is left."""
    try:
        with work.attempt():
            act()
    except Conflict as refusal:
        return _show(request, work, application, status_of(refusal), refusal)
    return RedirectResponse(f"/mi-solicitud/{application}/cita", 303)


def _show(
    request: Request,
    work: Work,
    application: ApplicationId,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    offer = appointments.read_offer(work, application)
    locale, places = locale_of(request), work.ports.reference
    days = [
        NearDay(
            one,
            appointments.town_of(work, one.day),
            places.departments.get(one.day.department, one.day.department),
            ", ".join(locale.text(places.languages.get(c, c)) for c in one.day.languages),
        )
        for one in offer.days
    ]
    town = appointments.town_of(work, offer.own.day) if offer.own else ""
    page = AppointmentPage(offer, town, days, refusal)
    return render(request, "receptions/choose.html", page, status)
