"""Days on which people are received, for who holds them: told, looked at, printed, called off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field, StringConstraints

from app.services import appointments, refusals
from app.services.appointments import HeldDay, OfferedDay, PlannedDay
from app.services.visitors import Visitor, find_visitors
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate, WrittenTime
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, Locale, locale_of
from app.web.pages.prints import pdf
from app.web.pages.searches import Typed, searched
from app.web.problems import status_of
from app.web.templating import render
from permits.appointments import LONGEST_PLACE, MOST_PLACES, check_hold
from permits.errors import Conflict, Invalid

router = APIRouter(include_in_schema=False)

PATH = "/jornadas"
ONE = PATH + "/{day:uuid}"
OPENS_AT, CLOSES_AT = 6, 19
"""The hours between which a day is chosen on the page; the law knows no bounds."""

HOURS = tuple(f"{hour:02}:{half:02}" for hour in range(OPENS_AT, CLOSES_AT + 1) for half in (0, 30))


class DayForm(forms.Answers):
    """A day as somebody plans it; `town` is department and municipality, as `HN-CP/0404`."""

    wording: ClassVar[Mapping[str, str]] = {
        "town.missing": N_("Elija un municipio de la lista."),
        "place.missing": N_("Escriba en qué lugar se atiende."),
        "day.missing": N_("Escriba el día, el mes y el año."),
        "opens.missing": N_("Elija desde qué hora."),
        "closes.missing": N_("Elija hasta qué hora."),
        "places.missing": N_("Escriba a cuántas personas atiende en media hora."),
        "languages.missing": N_("Marque al menos un idioma."),
    }
    town: Annotated[str, StringConstraints(max_length=20)]
    place: Annotated[str, StringConstraints(max_length=LONGEST_PLACE)]
    day: WrittenDate
    opens: WrittenTime
    closes: WrittenTime
    places: Annotated[int, Field(ge=1, le=MOST_PLACES)]
    languages: tuple[str, ...] = ()

    @property
    def planned(self) -> PlannedDay:
        """What the law judges."""
        department, _, municipality = self.town.partition("/")
        return PlannedDay(
            department,
            municipality,
            self.place,
            self.day,
            self.opens,
            self.closes,
            self.places,
            self.languages,
        )


@dataclass(frozen=True)
class ShownDay:
    """A day with the name of its town, and how many places are free."""

    offered: OfferedDay
    town: str
    free: int


@dataclass(frozen=True)
class DaysPage:
    """The coming days; `done`: one was told of or called off just now.

    `visitors` are those who were searched.
    """

    days: Sequence[ShownDay]
    done: str
    form: Form
    visitors: Sequence[Visitor]


@dataclass(frozen=True)
class PlanPage:
    """The form of a new day; `towns` and `languages` are what may be chosen."""

    form: Form
    towns: Sequence[tuple[str, str]]
    languages: Sequence[tuple[str, str]]
    hours: Sequence[str] = HOURS


@dataclass(frozen=True)
class DayPage:
    """A day with who comes; `refusal` is why it was not called off."""

    held: HeldDay
    town: str
    languages: str
    refusal: Conflict | None = None


@router.get(PATH)
def list_days(request: Request, work: SignedInWork, hecho: str = "", q: Typed = "") -> Response:
    """The coming days of the own agency or brigade, and who comes of those that were searched."""
    days = [
        ShownDay(one, appointments.town_of(work, one.day), sum(one.free.values()))
        for one in appointments.list_held(work)
    ]
    page = DaysPage(days, hecho, searched(q), find_visitors(work, q))
    return render(request, "receptions/list.html", page)


@router.get(PATH + "/nueva")
def ask_day(request: Request, work: SignedInReading) -> Response:
    """The form of a new day."""
    return _ask(request, work, Form())


@router.post(PATH + "/nueva")
def plan_day(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Tell of a day, or show the form with every fault."""
    check_hold(work.actor)
    given = forms.check(DayForm, posted)
    if isinstance(given, Form):
        return _ask(request, work, given, 422)
    try:
        with work.attempt():
            appointments.plan_day(work, given.planned)
    except Invalid as invalid:
        return _ask(request, work, forms.refused(DayForm, posted, invalid), 422)
    return RedirectResponse(f"{PATH}?hecho=anunciada", 303)


@router.get(ONE)
def show_day(request: Request, work: SignedInWork, day: UUID) -> Response:
    """Who comes, by the hour; that it was looked at stands in the log."""
    return _show(request, work, day)


@router.get(ONE + "/lista.pdf")
def print_day(request: Request, work: SignedInWork, day: UUID) -> Response:
    """The same on paper."""
    language = locale_of(request).language.code
    return pdf(appointments.print_day(work, day, language), "lista.pdf")


@router.post(ONE + "/cancelar")
def cancel_day(request: Request, work: SignedInWork, day: UUID) -> Response:
    """Call the day off; everybody who had a place is told."""
    try:
        with work.attempt():
            appointments.cancel_day(work, day)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "reception")
        return _show(request, work, day, status_of(refusal), refusal)
    return RedirectResponse(f"{PATH}?hecho=cancelada", 303)


def _ask(request: Request, work: Work, form: Form, status: int = 200) -> Response:
    check_hold(work.actor)
    page = PlanPage(form, list_towns(work), list_languages(work, locale_of(request)))
    return render(request, "receptions/new.html", page, status)


def _show(
    request: Request, work: Work, day: UUID, status: int = 200, refusal: Conflict | None = None
) -> Response:
    held = appointments.read_day(work, day)
    names = dict(list_languages(work, locale_of(request)))
    spoken = ", ".join(names.get(code, code) for code in held.day.languages)
    page = DayPage(held, appointments.town_of(work, held.day), spoken, refusal)
    return render(request, "receptions/day.html", page, status)


def list_towns(work: Work) -> list[tuple[str, str]]:
    """Every municipality that the actor may choose, by department and name."""
    places, own = work.ports.reference, work.actor.department
    found = [
        (
            f"{iso}/{town}",
            f"{places.departments.get(iso, iso)}: {places.municipalities[country][town]}",
        )
        for (country, town), iso in places.town_departments.items()
        if own in {None, iso}
    ]
    return [("", "–"), *sorted(found, key=lambda one: one[1])]


def list_languages(work: Work, locale: Locale) -> list[tuple[str, str]]:
    """The languages of the programmes, with their names."""
    codes = {code for one in work.ports.reference.programmes.values() for code in one.languages}
    return name_languages(work, locale, codes)


def name_languages(work: Work, locale: Locale, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Languages (ISO 639-3) with their names."""
    names = work.ports.reference.languages
    return sorted((code, locale.text(names.get(code, code))) for code in codes)
