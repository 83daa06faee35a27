"""Sessions of orientation for whoever holds them: told, invited to, written down, called off."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field, StringConstraints

from app.services import orientation_sessions
from app.services.orientation_sessions import Held, HeldSession, PlannedSession
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate, WrittenTime
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.receptions import HOURS, list_languages, list_towns
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from permits.orientation import LONGEST_PLACE, MOST_SEATS, SessionKind
from permits.people import Permission
from permits.policies import check_permission

router = APIRouter(include_in_schema=False)

PATH = "/orientaciones"
ONE = PATH + "/{session:uuid}"


class SessionForm(forms.Answers):
    """A session as somebody plans it; `town` is department and municipality, as `HN-CP/0404`."""

    wording: ClassVar[Mapping[str, str]] = {
        "kind.missing": N_("Elija para quién es."),
        "town.missing": N_("Elija un municipio de la lista."),
        "place.missing": N_("Escriba en qué lugar se atiende."),
        "day.missing": N_("Escriba el día, el mes y el año."),
        "begins.missing": N_("Elija desde qué hora."),
        "language.missing": N_("Elija el idioma."),
        "seats.missing": N_("Escriba cuántos lugares hay."),
    }
    kind: SessionKind
    town: Annotated[str, StringConstraints(max_length=20)]
    place: Annotated[str, StringConstraints(max_length=LONGEST_PLACE)]
    day: WrittenDate
    begins: WrittenTime
    language: Annotated[str, StringConstraints(max_length=3)]
    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)]

    @property
    def planned(self) -> PlannedSession:
        """What the law judges."""
        department, _, municipality = self.town.partition("/")
        return PlannedSession(
            self.kind,
            department,
            municipality,
            self.place,
            self.day,
            self.begins,
            self.language,
            self.seats,
        )


class Came(forms.Answers):
    """The worker number of who came, typed or read by a scanner that types."""

    wording: ClassVar[Mapping[str, str]] = {
        "number.missing": N_("Escriba el número de por vida de la persona."),
    }
    number: Annotated[str, StringConstraints(max_length=40)]


@dataclass(frozen=True)
class SessionsPage:
    """The sessions; `done`: one was told of or called off just now."""

    sessions: Sequence[Held]
    done: str


@dataclass(frozen=True)
class PlanPage:
    """The form of a new session."""

    form: Form
    towns: Sequence[tuple[str, str]]
    languages: Sequence[tuple[str, str]]
    hours: Sequence[str] = HOURS
    kinds: Sequence[SessionKind] = tuple(SessionKind)


@dataclass(frozen=True)
class SessionPage:
    """One session with who has a seat; `done` says what was done just now."""

    held: HeldSession
    language: str
    form: Form = field(default_factory=Form)
    refusal: Conflict | None = None
    done: str = ""


@router.get(PATH)
def list_sessions(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """The sessions that the actor holds."""
    page = SessionsPage(orientation_sessions.list_held(work), hecho)
    return render(request, "orientation/list.html", page)


@router.get(PATH + "/nueva")
def ask_session(request: Request, work: SignedInReading) -> Response:
    """The form of a new session."""
    return _ask(request, work, Form())


@router.post(PATH + "/nueva")
def plan_session(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Tell of a session, or show the form with every fault."""
    check_permission(work.actor, Permission.RECEPTION_HOLD)
    given = forms.check(SessionForm, posted)
    if isinstance(given, Form):
        return _ask(request, work, given, 422)
    try:
        with work.attempt():
            held = orientation_sessions.plan_session(work, given.planned)
    except Invalid as invalid:
        return _ask(request, work, forms.refused(SessionForm, posted, invalid), 422)
    return RedirectResponse(f"{PATH}/{held.id}", 303)


@router.get(ONE)
def show_session(request: Request, work: SignedInWork, session: UUID, hecho: str = "") -> Response:
    """Who has a seat and who came; that it was looked at stands in the log."""
    return _show(request, work, session, done=hecho)


@router.post(ONE + "/asistencia")
def attend(request: Request, work: SignedInWork, session: UUID, posted: Posted) -> Response:
    """Write down that somebody came, by their number for life."""
    orientation_sessions.read_session(work, session)  # it is not there for anybody else
    given = forms.check(Came, posted)
    if isinstance(given, Form):
        return _show(request, work, session, 422, form=given)
    try:
        with work.attempt():
            new = orientation_sessions.attend(work, session, given.number)
    except Invalid as invalid:
        refused = forms.refused(Came, posted, invalid)
        return _show(request, work, session, 422, form=refused)
    except Conflict as refusal:
        return _show(request, work, session, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{session}?hecho={'vino' if new else 'ya-estaba'}", 303)


@router.post(ONE + "/invitar")
def invite(request: Request, work: SignedInWork, session: UUID) -> Response:
    """Give the free seats to approved people who came to no session yet."""
    return _act(
        request,
        work,
        session,
        lambda: orientation_sessions.invite_approved(work, session),
        "invitadas",
    )


@router.post(ONE + "/cancelar")
def cancel(request: Request, work: SignedInWork, session: UUID) -> Response:
    """Call the session off; everybody who had a seat is told."""
    return _act(
        request,
        work,
        session,
        lambda: orientation_sessions.cancel_session(work, session),
        "cancelada",
    )


def _act(
    request: Request, work: Work, session: UUID, act: Callable[[], object], done: str
) -> Response:
    try:
        with work.attempt():
            act()
    except Conflict as refusal:
        return _show(request, work, session, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{session}?hecho={done}", 303)


def _ask(request: Request, work: Work, form: Form, status: int = 200) -> Response:
    check_permission(work.actor, Permission.RECEPTION_HOLD)
    languages = [("", "–"), *list_languages(work, locale_of(request))]
    page = PlanPage(form, list_towns(work), languages)
    return render(request, "orientation/new.html", page, status)


def _show(
    request: Request,
    work: Work,
    session: UUID,
    status: int = 200,
    *,
    form: Form | None = None,
    refusal: Conflict | None = None,
    done: str = "",
) -> Response:
    held = orientation_sessions.read_session(work, session)
    code = held.session.language
    name = locale_of(request).text(work.ports.reference.languages.get(code, code))
    page = SessionPage(held, name, form or Form(), refusal, done)
    return render(request, "orientation/session.html", page, status)
