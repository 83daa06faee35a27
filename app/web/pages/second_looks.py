"""The desk of second looks: what the watch list found, cleared or refused by who is new to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import second_looks
from app.services.second_looks import Hit
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.answered import Row, Said, rows
from app.web.pages.compared import Line, changed_lines
from app.web.pages.searches import Typed, searched
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from permits.watch import SecondLook, WatchCheck

router = APIRouter(include_in_schema=False)

PATH = "/segunda-revision"
ONE = PATH + "/{check:uuid}"


class Look(forms.Answers):
    """What the second look says, why, and what the letter tells the worker."""

    wording: ClassVar[Mapping[str, str]] = {
        "says.missing": N_("Elija qué decide."),
        "note.missing": N_("Escriba por qué."),
        "told.missing": N_("Escriba qué lee la persona."),
    }
    says: SecondLook
    note: str
    told: str = ""


@dataclass(frozen=True)
class LooksPage:
    """What waits; `done` after one was looked at."""

    hits: Sequence[tuple[WatchCheck, str]]
    form: Form
    done: bool = False


@dataclass(frozen=True)
class LookPage:
    """One hit with the case, and the form; `refusal` is why nothing was recorded.

    `lines` tell old beside new where the list found the name that is asked for.
    """

    hit: Hit
    rows: Sequence[Row]
    form: Form
    refusal: str = ""
    lines: Sequence[Line] = ()


@router.get(PATH)
def list_looks(request: Request, work: SignedInReading, hecho: str = "", q: Typed = "") -> Response:
    """What waits for a second look, the oldest first."""
    page = LooksPage(second_looks.list_hits(work, q), searched(q), hecho == "revisado")
    return render(request, "second_looks/list.html", page)


@router.get(ONE)
def show_look(request: Request, work: SignedInWork, check: UUID) -> Response:
    """One of them; that it was opened stands in the log."""
    return _show(request, work, check, Form())


@router.post(ONE)
def record_look(request: Request, work: ProvenWork, check: UUID, posted: Posted) -> Response:
    """Clear it, or refuse the application; what was typed stays where it is not recorded."""
    typed = Form(forms.typed(posted), wording=Look.wording)
    look = forms.check(Look, posted)
    if isinstance(look, Form):
        return _show(request, work, check, look, 422)
    try:
        with work.attempt():
            second_looks.look_again(work, check, look.says, look.note, look.told)
    except Invalid as invalid:
        return _show(request, work, check, forms.refused(Look, posted, invalid), 422)
    except Conflict as refusal:
        return _show(request, work, check, typed, status_of(refusal), refusal=refusal.code)
    return RedirectResponse(f"{PATH}?hecho=revisado", 303)


def _show(
    request: Request,
    work: Work,
    check: UUID,
    form: Form,
    status: int = 200,
    *,
    refusal: str = "",
) -> Response:
    hit = second_looks.read_hit(work, check)
    spoken = locale_of(request)
    said = rows(Said(hit.case, work.ports.reference, spoken, work.actor))
    lines = changed_lines(spoken, hit.change) if hit.change else ()
    page = LookPage(hit, tuple(row for row in said if row.value), form, refusal, lines)
    return render(request, "second_looks/one.html", page, status)
