"""What workers say of an employer: its own page with the one reply, and SETRASS taking it down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import ratings
from app.services.ratings import OwnRating
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid

router = APIRouter(include_in_schema=False)

OWN = "/mis-vacantes/lo-que-dicen"


class ReplyForm(forms.Answers):
    """What the employer answers."""

    wording: ClassVar[Mapping[str, str]] = {"words.missing": N_("Escriba su respuesta.")}
    words: str = ""


@dataclass(frozen=True)
class OwnRatingPage:
    """What is told and the form; `refusal` is the code of why it was not kept."""

    own: OwnRating
    form: Form = field(default_factory=Form)
    done: bool = False
    refusal: str = ""


@router.get(OWN)
def show_own(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """What workers say of the employer for whom this person acts."""
    return _show(request, work, Form(), done=bool(hecho))


@router.post(OWN)
def reply(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Answer in public, once; a refusal keeps what was typed."""
    typed = Form(forms.typed(posted))
    if i18n.pressed(request):
        return _show(request, work, typed)
    try:
        with work.attempt():
            ratings.reply(work, typed.value("words"))
    except Invalid as invalid:
        return _show(request, work, forms.refused(ReplyForm, posted, invalid), 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "rating")
        return _show(request, work, typed, status_of(refusal), refusal=refusal.code)
    return RedirectResponse(f"{OWN}?hecho=1", 303)


@router.post("/empleador/{employer:uuid}/respuesta/quitar")
def hide_reply(work: SignedInWork, employer: UUID) -> Response:
    """SETRASS takes down a reply that names or threatens somebody."""
    ratings.hide_reply(work, employer)
    return RedirectResponse(f"/empleadores/{employer}", 303)


def _show(
    request: Request,
    work: Work,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: str = "",
) -> Response:
    page = OwnRatingPage(ratings.read_own(work), form, done, refusal)
    return render(request, "ratings/own.html", page, status)
